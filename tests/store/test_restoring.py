"""A restore puts a whole profile in place or none; what was there is kept; no number comes a second time."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.queue import TakeTicket, queue_now, take_ticket
from station_desk.main.desk import is_first_run
from station_desk.main.open_desk import open_desk
from station_desk.store.backups.kept import Backup, NotABackup, chosen
from station_desk.store.backups.making import make_backup
from station_desk.store.backups.restoring import InUse, finish_restore, rebuild, restore
from station_desk.store.profile import READY
from station_desk.store.trouble import Damaged
from station_desk.store.unit import CaseLost, CaseUnknown
from station_desk.store.verify import verify_deep

Fresh = Callable[[], str]


def quiet(_done: int, _total: int) -> None:
    pass


def backed_up(desk: Desk, folder: Path) -> Backup:
    return make_backup(desk.store, folder, desk.clock, quiet)


def opened(folder: Path, desk: Desk) -> Desk:
    return open_desk(folder, "zh-Hans", desk.clock)


def test_numbers_and_the_queue_go_on_after_a_restore(
    desk: Desk, fresh: Fresh, pension: Application, tmp_path: Path
) -> None:
    waits = take_ticket(desk, TakeTicket("LS-008"), fresh()).answer.number
    backup = backed_up(desk, tmp_path / "b")
    lost = accept(desk, pension, fresh()).answer.number
    lost_ticket = take_ticket(desk, TakeTicket("LS-008"), fresh()).answer.number
    desk.store.close()
    told = restore(backup, desk.store.profile.folder, desk.clock, quiet)
    again = opened(desk.store.profile.folder, desk)
    number = accept(again, pension, fresh()).answer.number
    ticket = take_ticket(again, TakeTicket("LS-008"), fresh()).answer.number
    assert number != lost
    assert told.mark in number
    assert ticket not in (waits, lost_ticket)
    assert [row.number for row in queue_now(again)] == [waits, ticket], "who came first is called first"
    assert verify_deep(again.store, quiet) == []
    with pytest.raises(CaseLost) as caught:
        again.store.case(lost)
    sentence = again.texts.error(caught.value)
    assert lost in sentence
    assert "回执有效" in sentence
    with pytest.raises(CaseUnknown) as other:
        again.store.case("QSQ001-251120-02-0001-K")
    assert type(other.value) is CaseUnknown
    again.store.close()


def test_what_was_there_is_moved_aside_whole(desk: Desk, fresh: Fresh, tmp_path: Path) -> None:
    backup = backed_up(desk, tmp_path / "b")
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    desk.store.close()
    folder = desk.store.profile.folder
    told = restore(backup, folder, desk.clock, quiet)
    kept = opened(folder / told.aside, desk)
    assert len(queue_now(kept)) == 1
    kept.store.close()


def test_an_open_profile_is_not_taken_away(desk: Desk, tmp_path: Path) -> None:
    backup = backed_up(desk, tmp_path / "b")
    desk.store.read("SELECT 1")
    with pytest.raises(InUse):
        restore(backup, desk.store.profile.folder, desk.clock, quiet)
    assert desk.store.read("SELECT count(*) FROM about") != [(0,)]


def test_a_restore_into_an_empty_folder(desk: Desk, tmp_path: Path) -> None:
    told = restore(backed_up(desk, tmp_path / "b"), tmp_path / "new", desk.clock, quiet)
    assert told.aside == ""
    made = opened(tmp_path / "new", desk)
    assert made.station.code == "QSQ001"
    made.store.close()


def test_a_damaged_profile_is_replaced_and_kept(
    desk: Desk, fresh: Fresh, pension: Application, tmp_path: Path
) -> None:
    accept(desk, pension, fresh())
    backup = backed_up(desk, tmp_path / "b")
    desk.store.close()
    database = desk.store.profile.database
    raw = bytearray(database.read_bytes())
    for place in range(100, len(raw), 4096):
        raw[place] ^= 255
    database.write_bytes(raw)
    folder = desk.store.profile.folder
    with pytest.raises(Damaged):
        opened(folder, desk)
    told = restore(backup, folder, desk.clock, quiet)
    assert (folder / told.aside / "desk.db").read_bytes() == bytes(raw)
    again = opened(folder, desk)
    assert again.store.read("SELECT count(*) FROM cases") == [(1,)]
    again.store.close()


@pytest.mark.parametrize("moved", [0, 1, 2])
def test_killed_at_its_last_steps_the_next_start_ends_it(desk: Desk, tmp_path: Path, moved: int) -> None:
    backup = backed_up(desk, tmp_path / "b")
    desk.store.close()
    folder = desk.store.profile.folder
    rebuild(backup, folder / READY, quiet)
    if moved:
        (folder / READY / "move-aside").write_bytes(b'"aside-x"')
    if moved == 2:
        (folder / "aside-x").mkdir()
        (folder / "desk.db").rename(folder / "aside-x" / "desk.db")
    if not moved:
        (folder / "desk.db").unlink()
    assert not is_first_run(folder), "no wizard over a profile that only has to be moved in"
    again = opened(folder, desk)
    assert again.station.code == "QSQ001"
    again.store.close()
    assert not (folder / READY).exists()
    assert finish_restore(folder) is False


def test_killed_before_it_was_whole_the_old_one_stands(desk: Desk, fresh: Fresh, tmp_path: Path) -> None:
    backup = backed_up(desk, tmp_path / "b")
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    desk.store.close()
    folder = desk.store.profile.folder
    shutil.copytree(backup.folder, folder / ".restore-part")
    again = opened(folder, desk)
    assert len(queue_now(again)) == 1
    again.store.close()


def test_what_is_no_backup_is_refused(tmp_path: Path) -> None:
    (tmp_path / "x").write_text("x")
    with pytest.raises(NotABackup):
        chosen(tmp_path / "x")
    with pytest.raises(NotABackup):
        chosen(tmp_path / "nothing")
