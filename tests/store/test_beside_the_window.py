"""What is big is checked and copied in processes beside the window, which end at once when stopped."""

import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from station_desk.core.last_place import resting
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.backing_up import back_up, back_up_if_due
from station_desk.counter.checks import check_at_start
from station_desk.counter.desk import Desk
from station_desk.store.backups import making
from station_desk.store.backups.kept import backups_in, place_of
from station_desk.store.verifying import apart

Fresh = Callable[[], str]


class Stop(Exception):
    """Somebody does not wait any more."""


def stop(_done: int, _total: int) -> None:
    raise Stop


def quiet(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def big(desk: Desk, fresh: Fresh, pension: Application, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A profile that counts as a big one."""
    accept(desk, pension, fresh())
    for module in (making, apart):
        monkeypatch.setattr(module, "SMALL", 0)
    return desk


@pytest.mark.long
def test_a_big_profile_is_copied_and_checked_beside_and_as_well(big: Desk) -> None:
    assert check_at_start(big, quiet) == []
    heard: list[tuple[int, int]] = []
    back_up(big, lambda done, total: heard.append((done, total)))
    (backup,) = backups_in(place_of(big.store.profile.folder))
    assert (backup.manifest.cases, heard[-1]) == (1, (1, 1))
    assert any(total > 1 for _, total in heard), "the pages are told"
    with big.store.writing() as unit:
        unit.connection.execute("UPDATE writers SET hash = 'x'")
    assert {finding.code for finding in check_at_start(big, quiet)} == {"head"}


@pytest.mark.long
def test_whoever_stops_it_waits_no_longer_and_nothing_is_left(big: Desk) -> None:
    began = time.monotonic()
    with pytest.raises(Stop):
        back_up(big, stop)
    with pytest.raises(Stop):
        check_at_start(big, stop)
    assert time.monotonic() - began < 20
    assert list(place_of(big.store.profile.folder).iterdir()) == []


def test_a_big_profile_is_not_copied_while_somebody_waits_for_the_window_to_close(
    desk: Desk, fresh: Fresh, pension: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    accept(desk, pension, fresh())
    monkeypatch.setattr("station_desk.counter.backing_up.QUICKLY_COPIED", 0)
    assert back_up_if_due(desk, quiet, closing=True) is None
    assert back_up_if_due(desk, quiet) is not None


def test_what_a_switched_off_pc_left_of_a_backup_goes_with_the_next(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    accept(desk, pension, fresh())
    place = place_of(desk.store.profile.folder)
    old, under_way = place / ".backup-20260301T080000.part", place / ".backup-20260302T080000.part"
    for part in (old, under_way):
        part.mkdir(parents=True)
        (part / "desk.db").write_bytes(b"half")
    _age(old)
    back_up(desk, quiet)
    assert (old.exists(), under_way.exists()) == (False, True)


def test_between_two_steps_lies_a_rest() -> None:
    told: list[tuple[int, int]] = []
    step = resting(lambda done, total: told.append((done, total)))
    time.sleep(0.02)
    began = time.monotonic()
    step(1, 2)
    assert time.monotonic() - began >= 0.009
    assert told == [(1, 2)]


def _age(folder: Path) -> None:
    two_days_ago = time.time() - 2 * making.LEFT_SECONDS
    os.utime(folder, (two_days_ago, two_days_ago))


SLEEPER = """
import os, sys, time
from pathlib import Path
from station_desk.store.processes import Job, done_beside

def sleep(note, _progress):
    Path(note + ".part").write_text(str(os.getpid()))
    Path(note + ".part").rename(note)
    time.sleep(120)

if __name__ == "__main__":
    done_beside([Job(sleep, (sys.argv[1],))], lambda _done, _total: None)
"""


@pytest.mark.long
def test_a_process_beside_ends_with_a_program_that_was_killed(tmp_path: Path) -> None:
    script, note = tmp_path / "sleeper.py", tmp_path / "pid"
    script.write_text(SLEEPER)
    program = subprocess.Popen([sys.executable, str(script), str(note)])
    _until(note.exists)
    program.kill()
    program.wait()
    _until(lambda: not Path(f"/proc/{note.read_text()}").exists())


def _until(is_so: Callable[[], bool]) -> None:
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.1)
    raise AssertionError("it did not come so far within a minute")
