"""Lost copies of `key.json` close nobody out: another copy is found, and the envelope opens by it."""

import shutil
from datetime import date
from pathlib import Path

import pytest

from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.counter.backing_up import back_up
from station_desk.counter.desk import Desk
from station_desk.store.desk_store import open_store
from station_desk.store.profile import Profile
from station_desk.store.trouble import KeyMissing
from station_desk.store.vault.changes import new_envelope
from station_desk.store.vault.recovery_key import written
from station_desk.store.vault.ring import read_ring
from station_desk.store.vault.ring_file import keep_ways, write_ring
from station_desk.store.vault.trouble import KeyAway, NoEnvelope, WrongSecret
from station_desk.store.vault.typed import unlock

DAY = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def closed(desk: Desk) -> Profile:
    desk.store.close()
    return Profile(desk.store.profile.folder)


def envelope(profile: Profile) -> str:
    return written(new_envelope(profile, unlocked(profile), DAY, lambda _secret: None))


def unlocked(profile: Profile) -> str:
    return open_store(profile.folder, now).key_for_helper()


def lose(profile: Profile) -> None:
    for file in profile.key_files:
        file.unlink()


def opens(profile: Profile, key: str = "") -> bool:
    store = open_store(profile.folder, now, key=key)
    try:
        return bool(store.about()["station"])
    finally:
        store.close()


def test_with_both_copies_gone_the_third_opens_and_makes_them_anew(closed: Profile) -> None:
    before = closed.key_file.read_bytes()
    lose(closed)
    assert opens(closed)
    assert [file.read_bytes() for file in (*closed.key_files, closed.key_spare)] == [before] * 3


def test_the_envelope_opens_by_the_copy_of_a_backup_when_all_else_is_gone(desk: Desk) -> None:
    profile = desk.store.profile
    secret = envelope(profile)
    back_up(desk, lambda _done, _total: None)
    desk.store.close()
    locked = Profile(profile.folder)
    lose(locked)
    shutil.rmtree(paths.user_keys())
    shutil.rmtree(paths.user_rings())
    with pytest.raises(KeyAway):
        open_store(locked.folder, now)
    assert opens(locked, unlock(locked, secret))
    assert locked.key_file.exists()


def test_without_any_copy_not_even_the_envelope_opens_and_nothing_is_made_anew(closed: Profile) -> None:
    secret, before = envelope(closed), closed.database.read_bytes()
    lose(closed)
    closed.key_spare.unlink()
    for opening in (lambda: open_store(closed.folder, now), lambda: unlock(closed, secret)):
        with pytest.raises(KeyMissing):
            opening()
    assert closed.database.read_bytes() == before


def test_the_third_copy_follows_a_new_envelope(closed: Profile) -> None:
    old, new = envelope(closed), envelope(closed)
    lose(closed)
    with pytest.raises(WrongSecret):
        unlock(closed, old)
    assert opens(closed, unlock(closed, new))


def test_a_backup_of_before_does_not_overrule_a_newer_way(desk: Desk, tmp_path: Path) -> None:
    """The ways in force replace those of a restored backup; those that lie in older backups never do."""
    profile = desk.store.profile
    back_up(desk, lambda _done, _total: None)
    restored = Profile(tmp_path / "restored")
    shutil.copytree(profile.folder, restored.folder)
    secret = envelope(restored)
    lose(profile)
    profile.key_spare.unlink()
    assert read_ring(profile).by("recovery") is None, "out of the backup"
    keep_ways(profile, restored)
    assert unlock(restored, secret)
    write_ring(profile, read_ring(profile))
    keep_ways(profile, restored)
    with pytest.raises(NoEnvelope):
        unlock(restored, secret)
