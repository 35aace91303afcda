"""A profile of before is brought up to date by steps: killed anywhere it goes on, nothing counts twice."""

import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from station_desk.core.clock import now
from station_desk.counter.desk import Desk
from station_desk.store import schema
from station_desk.store.backfill import STEP, fill
from station_desk.store.desk_store import DeskStore, open_store
from station_desk.store.driver import connect
from station_desk.store.find import find_cases
from station_desk.store.lists import case_count
from station_desk.store.migrate import upgrade
from station_desk.store.profile import Profile
from station_desk.store.vault.changes import make_key
from station_desk.store.vault.opening import read_key
from tests.bench.many_cases import make_profile

CASES = 2 * STEP + 500
COLUMNS = (
    "place, number, item, category, sensitivity, state, stage, promised, accepted_at, finished_at, counter,"
    " clerk, name, initials, id_number, phone, dossier, revision, body"
)
# Opens the profile and is killed when it has told of so many steps.
UNTIL_KILLED = """
import os, signal, sys
from pathlib import Path
from station_desk.core.clock import now
from station_desk.store.desk_store import open_store
steps = 0
def told(done, total):
    global steps
    steps += total == int(sys.argv[3])  # the copy before is told in pages
    if steps > int(sys.argv[2]):
        os.kill(os.getpid(), signal.SIGKILL)
open_store(Path(sys.argv[1]), now, told)
"""


@pytest.fixture(scope="module")
def cases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    desk = make_profile(tmp_path_factory.mktemp("cases") / "profile", CASES, waiting=0)
    yield desk
    desk.store.close()


@pytest.fixture
def old(tmp_path: Path, cases: Desk) -> Path:
    """The same cases as the version before kept them."""
    profile = Profile(tmp_path / "old")
    key = make_key(profile)
    connection: Any = connect(profile.database, key)
    upgrade(connection, BEFORE)
    for table, columns in (("about", '"key", value'), ("writers", "*"), ("cases", COLUMNS)):
        rows = cases.store.read(f"SELECT {columns} FROM {table}")
        marks = ", ".join("?" * len(rows[0]))
        connection.execute("BEGIN")
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", rows)
        connection.execute("COMMIT")
    connection.close()
    return profile.folder


BEFORE = 2
"""The newest version before words and counts were kept."""


def test_an_older_profile_finds_and_counts_as_if_it_had_always_done_so(old: Path, cases: Desk) -> None:
    told: list[tuple[int, int]] = []
    store = open_store(old, now, lambda done, total: told.append((done, total)))
    assert filled(told) == [0, STEP, 2 * STEP, CASES]
    assert same(store.seen_by(cases.role), cases.store)
    store.close()


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_killed_at_any_step_it_goes_on_where_it_was(old: Path, cases: Desk, steps: int) -> None:
    killed = subprocess.run(
        [sys.executable, "-c", UNTIL_KILLED, str(old), str(steps), str(CASES)], check=False, timeout=60
    )
    assert killed.returncode == -signal.SIGKILL
    told: list[tuple[int, int]] = []
    store = open_store(old, now, lambda done, total: told.append((done, total)))
    assert filled(told)[0] == steps * STEP
    assert same(store.seen_by(cases.role), cases.store)
    store.close()


def test_a_profile_that_is_up_to_date_is_not_filled_again(old: Path) -> None:
    open_store(old, now).close()
    told: list[int] = []
    store = open_store(old, now, lambda done, _total: told.append(done))
    assert told == []
    store.close()
    connection = connect(Profile(old).database, read_key(Profile(old)))
    fill(connection)
    assert connection.execute("PRAGMA user_version").fetchone() == (schema.NEWEST,)
    connection.close()


def filled(told: list[tuple[int, int]]) -> list[int]:
    """How far the filling said it was; the copy before it is told in pages of the database."""
    return [done for done, total in told if total == CASES]


def same(one: DeskStore, other: DeskStore) -> bool:
    """Whether both count and find the same."""
    asked = ("王", "王伟", "wxl", "5678", "1234", "31", "买买提", "𠮷")
    questions = ("SELECT * FROM case_counts WHERE cases > 0", "SELECT * FROM case_days WHERE cases > 0")
    return (
        case_count(one) == case_count(other)
        and all(one.read(sql) == other.read(sql) for sql in questions)
        and all(find_cases(one, text) == find_cases(other, text) for text in asked)
    )
