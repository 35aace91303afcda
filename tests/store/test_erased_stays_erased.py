"""A restore from a backup of before an erasure brings nobody back."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from station_desk.core.clock import Clock
from station_desk.counter.accept import accept
from station_desk.counter.desk import Desk
from station_desk.counter.erased_again import LOOKED
from station_desk.counter.interrupt import Withdraw, withdraw
from station_desk.counter.retention import erase_resident
from station_desk.main.open_desk import open_desk
from station_desk.store.backups.kept import DATABASE, Backup
from station_desk.store.backups.making import make_backup
from station_desk.store.backups.restoring import restore
from station_desk.store.erased_list import NAME, digest_of, listed
from station_desk.store.find import find_cases
from station_desk.store.verify import verify_deep
from tests.store.any_case import SON, any_application
from tests.store.conftest import TestClock, pension_application
from tests.store.test_erase import WHO, ended, residues

Fresh = Callable[[], str]


def quiet(_done: int, _total: int) -> None:
    pass


def backed_up(desk: Desk, place: Path) -> Backup:
    """A backup on a stick that is away when somebody is erased."""
    return make_backup(desk.store, place / "backup-1", desk.clock, quiet)


def erased(desk: Desk, number: str, fresh: Fresh) -> None:
    erase_resident(desk, number, "周站长", "本人书面申请", fresh())


def restored(desk: Desk, backup: Backup, folder: Path, clock: Clock) -> Desk:
    desk.store.close()
    restore(backup, folder, clock, quiet)
    return replace(open_desk(folder, "zh-Hans", clock))


def test_what_was_erased_after_the_backup_is_erased_again_at_once(
    desk: Desk, fresh: Fresh, tmp_path: Path
) -> None:
    number = ended(desk, "LS-008", fresh)
    other = accept(desk, pension_application(), fresh()).answer.number
    backup = backed_up(desk, tmp_path / "stick")
    erased(desk, number, fresh)
    again = restored(desk, backup, desk.store.profile.folder, desk.clock)
    # What was moved aside is the profile of now, which holds nothing of the person either.
    assert residues(again) == {}
    assert find_cases(again.store, WHO.id_number) == []
    assert again.store.case(number).erased_at
    assert not again.store.case(other).erased_at
    assert verify_deep(again.store, quiet) == []
    assert again.store.about()[LOOKED]
    again.store.close()


def test_an_old_backup_that_nothing_beside_it_knows_better_brings_it_back(
    desk: Desk, fresh: Fresh, tmp_path: Path
) -> None:
    """The control: on another PC, with nothing that was made after the erasure."""
    number = ended(desk, "LS-008", fresh)
    backup = backed_up(desk, tmp_path / "stick")
    erased(desk, number, fresh)
    again = restored(desk, backup, tmp_path / "new", desk.clock)
    assert residues(again)[WHO.id_number] > 0
    assert not again.store.case(number).erased_at
    again.store.close()


def test_without_any_list_the_log_that_is_moved_aside_tells(desk: Desk, fresh: Fresh, tmp_path: Path) -> None:
    number = ended(desk, "LS-008", fresh)
    backup = backed_up(desk, tmp_path / "stick")
    erased(desk, number, fresh)
    (desk.store.profile.folder / NAME).unlink()
    again = restored(desk, backup, desk.store.profile.folder, desk.clock)
    assert again.store.case(number).erased_at
    assert residues(again) == {}
    again.store.close()


@pytest.mark.parametrize("told_by", ["its list", "its log"])
def test_a_later_backup_beside_it_tells(
    desk: Desk, fresh: Fresh, tmp_path: Path, clock: TestClock, told_by: str
) -> None:
    """Both were copied away, without what lay beside them; backups of before carry no list."""
    number = ended(desk, "LS-008", fresh)
    backup = backed_up(desk, tmp_path / "stick")
    erased(desk, number, fresh)
    clock.wait(hours=1)
    later = make_backup(desk.store, tmp_path / "stick" / "backup-2", clock, quiet).folder
    if told_by == "its log":
        (later / NAME).unlink()
    else:
        (later / DATABASE).write_bytes(b"damaged")
    again = restored(desk, backup, tmp_path / "new", clock)
    assert again.store.case(number).erased_at
    assert residues(again) == {}
    again.store.close()


def test_the_list_beside_the_backups_serves_another_pc(desk: Desk, fresh: Fresh, tmp_path: Path) -> None:
    number = ended(desk, "LS-008", fresh)
    backup = backed_up(desk, tmp_path / "stick")
    erased(desk, number, fresh)
    shutil.copy2(desk.store.profile.folder / NAME, tmp_path / "stick")
    again = restored(desk, backup, tmp_path / "new", desk.clock)
    assert again.store.case(number).erased_at
    assert (tmp_path / "new" / NAME).exists()
    assert residues(again) == {}
    again.store.close()


def test_a_case_that_was_open_in_the_backup_is_bare_at_once_and_erased_when_it_has_ended(
    desk: Desk, fresh: Fresh, tmp_path: Path
) -> None:
    form = any_application(desk, "LS-008", WHO, SON, "蹊跷的家事")
    number = accept(desk, form, fresh()).answer.number
    backup = backed_up(desk, tmp_path / "stick")
    assert residues(desk)[WHO.id_number] > 0
    withdraw(desk, Withdraw(number, "本人要求"), fresh())
    erased(desk, number, fresh)
    again = restored(desk, backup, desk.store.profile.folder, desk.clock)
    # It cannot end by itself, but nothing of the person is left from the first moment on.
    assert not again.store.case(number).erased_at
    assert residues(again) == {}
    assert find_cases(again.store, WHO.id_number) == []
    assert verify_deep(again.store, quiet) == []
    withdraw(again, Withdraw(number, "本人要求"), fresh() + "again")
    again.store.close()
    last = open_desk(desk.store.profile.folder, "zh-Hans", desk.clock)
    assert last.store.case(number).erased_at
    assert last.store.read("SELECT count(*) FROM events WHERE private IS NOT NULL") == [(0,)]
    assert verify_deep(last.store, quiet) == []
    last.store.close()


def test_the_list_names_nobody_and_survives_nonsense(desk: Desk, fresh: Fresh) -> None:
    number = ended(desk, "LS-008", fresh)
    erased(desk, number, fresh)
    file = desk.store.profile.folder / NAME
    content = file.read_text()
    assert number not in content
    file.write_text("no line\n" + content + "\0\0{")
    assert set(listed([file.parent])) == {digest_of(number)}
