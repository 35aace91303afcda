"""A profile that each release left behind is opened by this program: all that is in it agrees."""

import shutil
from pathlib import Path

import pytest

from station_desk.core.clock import now
from station_desk.store import schema
from station_desk.store.desk_store import open_store
from station_desk.store.lists import case_count
from station_desk.store.verify import verify_deep

PROFILES = Path(__file__).parent / "profiles"
RELEASES = sorted(folder.name for folder in PROFILES.iterdir())
"""Each made by `full_day` of the program of that release, with its key beside it."""


@pytest.mark.parametrize("release", RELEASES)
def test_the_profile_of_a_release_is_brought_up_to_date(tmp_path: Path, release: str) -> None:
    shutil.copytree(PROFILES / release, tmp_path / "profile")
    for _ in range(2):
        store = open_store(tmp_path / "profile", now)
        assert store.read("PRAGMA user_version") == [(schema.NEWEST,)]
        assert case_count(store) == {"delivered": 1, "finished": 1, "processing": 7, "voided": 1}
        assert store.read("SELECT count(*) FROM tickets WHERE state = 'waiting'") == [(3,)]
        assert store.read("SELECT number FROM seals") == [("QSQ001-2026-02-0001-P",)]
        assert verify_deep(store, lambda done, total: None) == []
        store.close()


def test_the_release_of_now_is_among_them() -> None:
    assert "0.1.0" in RELEASES
