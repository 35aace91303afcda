"""A place that cannot be written, or that a newer program has written: a sentence, and nothing is touched."""

import hashlib
import os
from pathlib import Path

import pytest

from station_desk.core.clock import now
from station_desk.store.desk_store import open_store
from station_desk.store.driver import connect
from station_desk.store.first_look import first_look
from station_desk.store.profile import Profile
from station_desk.store.trouble import NewerProfile, NotWritable
from station_desk.store.vault.opening import read_key
from tests.faults.conftest import Mounted
from tests.faults.desk_process import said
from tests.faults.trial import asked

INIT = ("init", "--station", "QSQ001", "--name", "x", "--counter", "1")


@pytest.mark.parametrize("verb", [("status",), ("batch",), ("verify",)], ids=lambda words: str(words[0]))
def test_a_counter_in_a_folder_that_cannot_be_written_says_so(
    counter: Profile, mounted: Mounted, verb: tuple[str, ...]
) -> None:
    closed = mounted("closed", "--bind", "-o", "ro", str(counter.folder))
    if os.access(closed, os.W_OK):
        pytest.skip("this system mounts nothing read-only")
    code, _, errors = said(closed, *verb, given=asked(["a"]))
    assert code == 5
    assert "cannot be written" in errors
    assert "Traceback" not in errors


def test_no_counter_is_made_where_nothing_can_be_written(tmp_path: Path, mounted: Mounted) -> None:
    closed = mounted("closed", "-t", "tmpfs", "-o", "ro,size=1m", "tmpfs")
    code, _, errors = said(closed / "profile", *INIT)
    assert code == 5
    assert "cannot be written" in errors
    assert "Traceback" not in errors


def test_the_first_look_of_the_window_says_it_too(counter: Profile, mounted: Mounted) -> None:
    closed = mounted("closed", "--bind", "-o", "ro", str(counter.folder))
    with pytest.raises(NotWritable):
        first_look(closed, "2026-11-20")


def newer(profile: Profile, *, left_open: bool) -> None:
    """As a newer program leaves it: closed, or killed with its log beside the file."""
    connection = connect(profile.database, read_key(profile))
    connection.execute("PRAGMA user_version = 999")
    if left_open:
        log = Path(f"{profile.database}-wal").read_bytes()
        database = profile.database.read_bytes()
        connection.close()
        profile.database.write_bytes(database)
        Path(f"{profile.database}-wal").write_bytes(log)
        Path(f"{profile.database}-shm").unlink(missing_ok=True)
    else:
        connection.close()


def fingerprints(folder: Path) -> dict[str, str]:
    """Every file but the index in shared memory, which is made anew at each look."""
    files = [file for file in folder.rglob("*") if file.is_file() and not file.name.endswith("-shm")]
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files if file.stat().st_size}


@pytest.mark.parametrize("left_open", [False, True], ids=["closed", "with its log"])
def test_what_a_newer_program_wrote_stays_byte_for_byte(counter: Profile, left_open: bool) -> None:
    newer(counter, left_open=left_open)
    before = fingerprints(counter.folder)
    assert ("desk.db-wal" in before) == left_open
    with pytest.raises(NewerProfile):
        open_store(counter.folder, now)
    first_look(counter.folder, "2026-11-20")
    code, _, errors = said(counter.folder, "status")
    assert (code, "newer program" in errors) == (5, True)
    assert fingerprints(counter.folder) == before


def test_the_planted_fault_an_ordinary_opening_would_have_touched_it(counter: Profile) -> None:
    newer(counter, left_open=True)
    before = fingerprints(counter.folder)
    connection = connect(counter.database, read_key(counter))
    connection.execute("SELECT count(*) FROM about").fetchone()
    connection.close()
    assert fingerprints(counter.folder) != before
