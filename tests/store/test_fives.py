"""Words of five characters come into the index of a profile of before: stopped anywhere, each comes once."""

from pathlib import Path
from typing import Any

import pytest

from station_desk.core.clock import now
from station_desk.counter.desk import Desk
from station_desk.residents.finding import findable, long_grams
from station_desk.store import word_index
from station_desk.store.desk_store import DeskStore, open_store
from station_desk.store.driver import connect
from station_desk.store.find import find_cases
from station_desk.store.migrate import upgrade
from station_desk.store.profile import Profile
from station_desk.store.vault.opening import read_key
from station_desk.store.verifying.tables import check_words
from tests.store.test_before_migrating import made

CASES, STEP = 25, 10
BEFORE = 11
"""The newest version whose numbers were found by words of four alone."""
FILLED_TO = 7
Told = list[tuple[int, int]]


@pytest.fixture
def old(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Profile:
    """A counter with cases as the version before left it, filled in small steps."""
    monkeypatch.setattr(word_index, "STEP", STEP)
    profile = made(tmp_path / "old", BEFORE)
    connection = opened(profile)
    for place in range(1, CASES + 1):
        _put(connection, place)
    connection.close()
    return profile


def opened(profile: Profile) -> Any:
    return connect(profile.database, read_key(profile))


def _put(connection: Any, place: int) -> None:
    said = (
        f"QSQ001-2611{place:02d}-02-00{place:02d}-K",
        "王伟",
        "ww",
        f"1101051949{place:08d}",
        "13912345678",
    )
    row = (place, said[0], *[""] * 10, *said[1:], 0, 1, b"")
    connection.execute(f"INSERT INTO cases VALUES ({', '.join('?' * len(row))})", row)
    words = findable(*said) - long_grams(said[0], *said[3:])
    connection.execute(word_index.INSERT_WORDS, (place, " ".join(words)))


def whole(store: DeskStore) -> bool:
    """Whether every case has all its words, each once, and nothing is noted as still to do."""
    with store.reading() as unit:
        noted = unit.connection.execute(word_index.NOTED).fetchone()
        return check_words(unit.connection) == [] and noted is None


def test_an_older_profile_finds_by_any_five_and_tells_how_far_it_is(old: Profile) -> None:
    told: Told = []
    store = open_store(old.folder, now, lambda done, total: told.append((done, total)))
    assert [done for done, total in told if total == CASES] == [0, STEP, 2 * STEP]
    assert told[-1][0] == told[-1][1]
    assert whole(store)
    # Many parts are one, and a question looks into each.
    assert store.read("SELECT count(DISTINCT segid) FROM case_words_idx") == [(1,)]
    assert [row.number[-6:-2] for row in find_cases(store.seen_by("head"), "261113")] == ["0013"]
    store.close()


@pytest.mark.parametrize("stop_at", range(5))
def test_stopped_anywhere_it_goes_on_where_it_was(old: Profile, stop_at: int) -> None:
    told: Told = []

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) > stop_at:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_store(old.folder, now, stop)
    store = open_store(old.folder, now)
    assert whole(store)
    store.close()


def test_what_an_older_program_left_half_filled_is_gone_through_once(old: Profile) -> None:
    told: Told = []
    connection = opened(old)
    connection.execute("INSERT INTO case_words (case_words) VALUES ('delete-all')")
    connection.execute("DELETE FROM cases WHERE place <= ?", (FILLED_TO,))
    for place in range(1, FILLED_TO + 1):
        _put(connection, place)
    connection.execute("INSERT INTO about (\"key\", value) VALUES ('to_fill', ?)", (str(FILLED_TO),))
    connection.close()
    store = open_store(old.folder, now, lambda done, total: told.append((done, total)))
    assert whole(store)
    assert [step for step in told if step[1] in (CASES, FILLED_TO)] == [
        (FILLED_TO, CASES), (CASES, CASES), (0, FILLED_TO),
    ]  # fmt: skip
    store.close()


def test_a_new_profile_lays_its_words_as_one_that_was_brought_up_to_date(old: Profile, desk: Desk) -> None:
    connection = opened(old)
    upgrade(connection, BEFORE + 1)
    config = "SELECT k, v FROM case_words_config ORDER BY k"
    assert desk.store.read(config) == connection.execute(config).fetchall() != []
    connection.close()
