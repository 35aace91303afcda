"""A backup has its name only when it is proved; it is thinned, carried on, and holds nobody up."""

import os
import shutil
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.backing_up import (
    age_words,
    back_up,
    back_up_if_due,
    backup_state,
    drill_now,
    known_backups,
)
from station_desk.counter.desk import Desk
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.counter.settings import change_setting
from station_desk.store.backups.kept import BackupFaulty, NoBackup, NoRoom, backups_in, place_of
from station_desk.store.backups.making import make_backup, prove, require_free, thin
from tests.store.conftest import TestClock

Fresh = Callable[[], str]


def quiet(_done: int, _total: int) -> None:
    pass


def test_a_backup_holds_what_the_profile_held_and_opens_by_itself(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    accept(desk, pension, fresh())
    change_setting(desk, "queue.seconds", "7")
    made = back_up(desk, quiet)
    (backup,) = backups_in(place_of(desk.store.profile.folder))
    assert (made.cases, made.events, made.second) == (1, backup.manifest.events, "")
    names = {file.name for file in backup.folder.iterdir()}
    assert {"desk.db", "key.json", "backup.json"} <= names
    assert "desk.db-wal" not in names
    accept(desk, pension, fresh())
    copy = desk.store.opened_beside(backup.database)
    assert copy.execute("SELECT count(*) FROM cases").fetchone() == (1,)
    assert copy.execute("SELECT value FROM about WHERE key = 'setting:queue.seconds'").fetchone() == ("7",)
    copy.close()


def test_nothing_of_a_person_can_be_read_in_it(desk: Desk, fresh: Fresh, pension: Application) -> None:
    accept(desk, pension, fresh())
    back_up(desk, quiet)
    for file in place_of(desk.store.profile.folder).rglob("*"):
        raw = file.read_bytes() if file.is_file() else b""
        for text in ("王秀兰", "11010519491231002X", "13912345678", "SQLite format"):
            assert text.encode() not in raw


def test_a_flipped_bit_in_a_copy_is_found_before_it_is_named(desk: Desk, fresh: Fresh) -> None:
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    folder = desk.store.profile.folder / "backups" / "b"
    backup = make_backup(desk.store, folder, desk.clock, quiet)
    raw = bytearray(backup.database.read_bytes())
    raw[len(raw) // 2] ^= 1
    backup.database.write_bytes(raw)
    with pytest.raises(BackupFaulty):
        prove(backup.database, desk.store.key_for_helper(), backup.manifest)


def test_a_copy_of_another_moment_is_not_the_one_that_was_made(desk: Desk, fresh: Fresh) -> None:
    early = make_backup(desk.store, desk.store.profile.folder / "b1", desk.clock, quiet)
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    late = make_backup(desk.store, desk.store.profile.folder / "b2", desk.clock, quiet)
    with pytest.raises(BackupFaulty):
        prove(early.database, desk.store.key_for_helper(), late.manifest)


def test_a_stopped_backup_leaves_nothing(desk: Desk, fresh: Fresh) -> None:
    take_ticket(desk, TakeTicket("LS-008"), fresh())

    class Stop(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        back_up(desk, stop)
    place = place_of(desk.store.profile.folder)
    assert backups_in(place) == []
    assert list(place.iterdir()) == []


def test_work_goes_on_while_it_is_made(desk: Desk, fresh: Fresh, pension: Application) -> None:
    for _ in range(3):
        accept(desk, pension, fresh())
    going, done = threading.Event(), threading.Event()

    def slow(_done: int, _total: int) -> None:
        going.set()
        assert done.wait(10)

    thread = threading.Thread(target=lambda: back_up(desk, slow))
    thread.start()
    assert going.wait(10)
    number = accept(desk, pension, fresh()).answer.number
    done.set()
    thread.join()
    (backup,) = known_backups(desk)
    assert backup.manifest.cases == 3
    assert desk.store.case(number).state == "processing"


def test_it_is_made_when_something_changed_and_its_time_has_come(
    desk: Desk, fresh: Fresh, clock: TestClock
) -> None:
    assert back_up_if_due(desk, quiet) is None, "nothing is there yet"
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    assert back_up_if_due(desk, quiet) is not None
    clock.wait(hours=5)
    assert back_up_if_due(desk, quiet) is None, "nothing changed"
    assert not backup_state(desk).late
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    assert backup_state(desk).late
    assert "5" in age_words(desk.texts, backup_state(desk))
    assert back_up_if_due(desk, quiet) is not None
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    clock.wait(minutes=3)
    assert back_up_if_due(desk, quiet) is None, "too soon"
    assert back_up_if_due(desk, quiet, closing=True) is not None
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    change_setting(desk, "backup.on", "no")
    clock.wait(hours=5)
    assert back_up_if_due(desk, quiet, closing=True) is None


def test_a_second_place_gets_it_too_and_its_absence_is_said(
    desk: Desk, fresh: Fresh, tmp_path: Path, clock: TestClock
) -> None:
    stick = tmp_path / "stick"
    change_setting(desk, "backup.to", str(stick))
    take_ticket(desk, TakeTicket("LS-008"), fresh())
    absent = back_up(desk, quiet)
    assert (absent.second, str(stick) in absent.trouble) == ("absent", True)
    assert str(stick) in backup_state(desk).trouble
    stick.mkdir()
    clock.wait(minutes=20)
    assert back_up(desk, quiet).second == "made"
    state = backup_state(desk)
    assert (state.trouble, state.second_made) == ("", state.made)
    (carried,) = backups_in(stick / "QSQ001.02")
    shutil.rmtree(place_of(desk.store.profile.folder))
    assert known_backups(desk) == [carried]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not bind this user")
def test_a_second_place_that_may_not_be_written_is_said(desk: Desk, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir(mode=0o500)
    change_setting(desk, "backup.to", str(stick))
    assert back_up(desk, quiet).second == "failed"


def test_a_full_disk_is_said_before_anything_is_written(desk: Desk) -> None:
    with pytest.raises(NoRoom):
        require_free(desk.store.profile.folder, 2**60)


def test_old_backups_are_thinned_on_the_disk(desk: Desk, fresh: Fresh, clock: TestClock) -> None:
    for _ in range(12):
        take_ticket(desk, TakeTicket("LS-008"), fresh())
        back_up(desk, quiet)
        clock.wait(minutes=20)
    place = place_of(desk.store.profile.folder)
    clock.wait(hours=2)
    thin(place, clock)
    left = backups_in(place)
    assert 2 <= len(left) <= 6
    assert len(list(place.iterdir())) == len(left)
    assert left[0].made == clock() - timedelta(hours=2, minutes=20)


def test_a_drill_says_how_it_went_and_leaves_nothing(desk: Desk, fresh: Fresh, pension: Application) -> None:
    with pytest.raises(NoBackup):
        drill_now(desk, quiet)
    accept(desk, pension, fresh())
    back_up(desk, quiet)
    accept(desk, pension, fresh())
    before = {file.name for file in desk.store.profile.folder.iterdir()}
    told = drill_now(desk, quiet)
    assert (told.findings, told.cases, told.deep) == ((), 1, True)
    assert told.behind > 0
    assert {file.name for file in desk.store.profile.folder.iterdir()} == before
    assert backup_state(desk).drilled
    desk.store.read("SELECT 1")


def test_a_drill_of_a_bad_backup_fails(desk: Desk, fresh: Fresh, pension: Application) -> None:
    accept(desk, pension, fresh())
    back_up(desk, quiet)
    (backup,) = known_backups(desk)
    raw = bytearray(backup.database.read_bytes())
    raw[5000] ^= 8
    backup.database.write_bytes(raw)
    with pytest.raises(BackupFaulty):
        drill_now(desk, quiet)
    assert not backup_state(desk).drilled
