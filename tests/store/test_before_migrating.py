"""A newer program copies the database before it rewrites it, and tells how far it is."""

import re
from pathlib import Path

import pytest

from station_desk.cases.event import Head
from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.store import copies
from station_desk.store import told as telling
from station_desk.store.copies import ONLY_ADDING, needs_copy
from station_desk.store.desk_store import open_store
from station_desk.store.driver import connect
from station_desk.store.migrate import upgrade
from station_desk.store.profile import Profile
from station_desk.store.schema import NEWEST
from station_desk.store.vault.changes import make_key

OLD = {"station": "QSQ001", "name": "x", "counter": "02", "writer": "QSQ001.02"}
REWRITES = re.compile(r"\b(ALTER|DELETE|DROP|INSERT|REPLACE|UPDATE|VACUUM|REINDEX)\b")
ADDS = ("INSERT INTO case_words (case_words, rank)", "INSERT INTO about (")
"""A wish of how new words shall lie, and a note: neither touches what was there."""


def made(folder: Path, version: int) -> Profile:
    """A counter as the program of that version left it."""
    profile = Profile(folder)
    connection = connect(profile.database, make_key(profile))
    upgrade(connection, version)
    connection.executemany("INSERT INTO about (key, value) VALUES (?, ?)", list(OLD.items()))
    connection.execute("INSERT INTO writers VALUES ('QSQ001.02', 0, ?)", (Head().hash,))
    connection.close()
    return profile


def copies_in(profile: Profile) -> list[str]:
    return [file.name for file in profile.folder.glob(copies.COPIES)]


def test_what_is_rewritten_is_copied_first_and_tells_how_far_it_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile, told = made(tmp_path / "old", 4), list[tuple[int, int]]()
    monkeypatch.setattr(copies, "STEP", 8)
    open_store(profile.folder, now, lambda done, total: told.append((done, total))).close()
    assert copies_in(profile) == ["desk.before-0004.db"]
    pages = told[-1][1]
    assert told == [(min(done, pages), pages) for done in range(8, pages + 8, 8)]
    assert len(told) > 3


def test_where_only_tables_and_indexes_are_added_nobody_waits_for_a_copy(tmp_path: Path) -> None:
    profile = made(tmp_path / "nearly", 9)
    store = open_store(profile.folder, now)
    assert store.read("SELECT count(*) FROM events_aside") == [(0,)]
    assert copies_in(profile) == []
    store.close()


def test_a_copy_that_is_stopped_leaves_the_database_as_it_was(tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise KeyboardInterrupt

    profile = made(tmp_path / "old", 4)
    with pytest.raises(KeyboardInterrupt):
        open_store(profile.folder, now, stop)
    assert copies_in(profile) == []
    open_store(profile.folder, now).close()


def test_an_index_of_all_events_tells_how_far_it_is_and_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile, told = made(tmp_path / "old", 7), list[tuple[int, int]]()
    monkeypatch.setattr(telling, "EVERY", 20)

    def stop(done: int, total: int) -> None:
        told.append((done, total))
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        open_store(profile.folder, now, stop)
    told.clear()
    open_store(profile.folder, now, lambda done, total: told.append((done, total))).close()
    assert len(told) > 5
    assert told == sorted(told)


def test_versions_said_to_add_only_rewrite_nothing() -> None:
    for version in ONLY_ADDING:
        for file in (paths.DB / "station" / "versions").glob(f"{version:04d}_*.py"):
            text = file.read_text("utf-8").replace('"key"', "key")
            for added in ADDS:
                text = text.replace(added, "")
            assert not REWRITES.findall(text), file


def test_one_step_that_rewrites_asks_for_the_copy() -> None:
    assert needs_copy(1, NEWEST)
    assert needs_copy(4, 12)
    assert not needs_copy(8, 12)
    assert needs_copy(NEWEST, NEWEST + 1)
