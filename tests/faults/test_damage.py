"""A damaged database is found out before it is used, put aside whole, and never replaced by an empty one."""

import json
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from random import Random

import pytest

from station_desk.core.clock import CHINA, now
from station_desk.main.desk import is_first_run
from station_desk.store.damage import PAGE, is_open_elsewhere, quarantine
from station_desk.store.desk_store import create_store, open_store
from station_desk.store.first_look import first_look
from station_desk.store.profile import Profile
from station_desk.store.trouble import Damaged, ProfileExists, Quarantined
from tests.faults.bit_flips import as_plain_sqlite_reads, as_the_desk_reads, flips, plain_copy
from tests.faults.desk_process import batch, said
from tests.faults.full_day import full_day
from tests.faults.trial import asked, named


def turn(profile: Profile, page: int) -> bytes:
    """Turns a bit of a page, counted from 1; answers the file as it was."""
    good = profile.database.read_bytes()
    place = (page - 1) * PAGE + 1000
    profile.database.write_bytes(good[:place] + bytes([good[place] ^ 4]) + good[place + 1 :])
    return good


def aside(profile: Profile) -> list[str]:
    return sorted(file.name for file in profile.folder.glob("desk.damaged-*"))


def test_what_is_damaged_is_put_aside_whole_and_a_sentence_says_where(counter: Profile) -> None:
    turn(counter, 1)
    damaged = counter.database.read_bytes()
    code, _, errors = said(counter.folder, "status")
    assert code == 6
    (name,) = aside(counter)
    assert name in errors
    assert "restore" in errors
    assert (counter.folder / name).read_bytes() == damaged
    assert not counter.database.exists()
    assert said(counter.folder, "status")[0] == 6
    with pytest.raises(Quarantined):
        first_look(counter.folder, "2026-11-20")


def test_a_backup_takes_its_place_and_meets_no_log_that_was_left_behind(counter: Profile) -> None:
    assert said(counter.folder, "batch", given=asked(named("a", 3)))[0] == 0
    assert said(counter.folder, "backup")[0] == 0
    turn(counter, 1)
    assert said(counter.folder, "status")[0] == 6
    # As if the putting aside had been killed between the file and its log.
    (name,) = aside(counter)
    Path(f"{counter.database}-wal").write_bytes(b"of the damaged one")
    code, output, errors = said(counter.folder, "restore")
    assert (code, errors) == (0, ""), output
    assert (counter.folder / f"{name}-wal").read_bytes() == b"of the damaged one"
    code, output, _ = said(counter.folder, "status")
    assert (code, name in output) == (0, True)
    assert said(counter.folder, "cases")[1].count("LS-008") == 3


def test_nothing_is_set_up_in_its_place(counter: Profile) -> None:
    turn(counter, 1)
    with pytest.raises(Quarantined):
        open_store(counter.folder, now)
    assert not is_first_run(counter.folder)
    with pytest.raises(ProfileExists):
        create_store(counter.folder, {}, "w", now)
    assert not counter.database.exists()


def test_a_bad_page_met_at_work_is_looked_for_at_the_next_opening(counter: Profile) -> None:
    store = open_store(counter.folder, now)
    ((page,),) = store.read("SELECT rootpage FROM sqlite_master WHERE name = 'papers'")
    store.close()
    good = turn(counter, page)
    store = open_store(counter.folder, now)
    with pytest.raises(Damaged):
        store.read("SELECT * FROM papers")
    store.close()
    assert counter.suspect.exists()
    with pytest.raises(Quarantined):
        open_store(counter.folder, now)
    assert not counter.suspect.exists()
    # A mark that turns out to be wrong does no harm.
    counter.database.write_bytes(good)
    counter.suspect.touch()
    open_store(counter.folder, now).close()
    assert not counter.suspect.exists()


def test_another_key_is_no_damage(counter: Profile) -> None:
    before = counter.database.read_bytes()
    counter.key_file.write_text(json.dumps({"key": "ab" * 32}))
    with pytest.raises(Damaged):
        open_store(counter.folder, now)
    assert counter.database.read_bytes() == before
    assert aside(counter) == []


def test_what_another_program_works_on_is_not_taken_away(counter: Profile) -> None:
    with batch(counter.folder) as desk:
        assert desk.accept("a")["ok"]
        assert is_open_elsewhere(counter)
        # The other one has the page in memory: for it nothing is wrong yet.
        turn(counter, 1)
        with pytest.raises(Damaged):
            open_store(counter.folder, now)
        assert aside(counter) == []
    assert not is_open_elsewhere(counter)


def at_noon() -> datetime:
    return datetime(2026, 11, 20, 12, tzinfo=CHINA)


def test_the_log_goes_along_and_a_second_one_takes_another_name(counter: Profile) -> None:
    for part in ("-wal", "-shm"):
        Path(f"{counter.database}{part}").write_bytes(part.encode())
    content = counter.database.read_bytes()
    place = quarantine(counter, at_noon)
    assert place.name == "desk.damaged-20261120-120000.db"
    assert Path(f"{place}-wal").read_bytes() == b"-wal"
    counter.database.write_bytes(content)
    assert quarantine(counter, at_noon).name == "desk.damaged-20261120-120001.db"
    assert len(aside(counter)) == 4


def test_killed_half_way_it_can_be_asked_again(counter: Profile) -> None:
    place = quarantine(counter, at_noon)
    Path(f"{counter.database}-wal").write_bytes(b"left behind")
    assert quarantine(counter) == place
    assert Path(f"{place}-wal").read_bytes() == b"left behind"


def test_a_batch_ends_where_its_database_is_damaged(counter: Profile) -> None:
    good = counter.database.read_bytes()
    counter.database.write_bytes(good[:PAGE] + bytes(len(good) - PAGE))
    code, output, errors = said(counter.folder, "batch", given=b'{"id":"a","do":"call_next"}\n' * 3)
    assert code == 6
    assert output.count('"ok":true') == 0
    assert "Traceback" not in errors


def test_no_turned_bit_is_ever_shown_as_data(tmp_path: Path) -> None:
    profile = full_day(tmp_path / "profile")
    refused, right, wrong = flips(profile.database, 40, Random(1), as_the_desk_reads)
    assert (refused > 0, refused + right, wrong) == (True, 40, 0)


def test_the_planted_fault_plain_sqlite_shows_wrong_data(tmp_path: Path) -> None:
    plain = plain_copy(full_day(tmp_path / "profile"), tmp_path / "plain.db")
    assert flips(plain, 40, Random(1), as_plain_sqlite_reads)[2] > 0


def test_a_window_says_it_and_ends(counter: Profile) -> None:
    turn(counter, 1)
    command = [sys.executable, "-m", "station_desk", "--profile", str(counter.folder), "--language", "en"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 6
    assert "put aside" in done.stderr
