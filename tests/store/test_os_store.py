"""A real key store of the system, started for these tests alone: the Secret Service of gnome-keyring."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from station_desk.core.clock import now
from station_desk.store.desk_store import create_store, open_store
from station_desk.store.first_look import first_look
from station_desk.store.profile import Profile
from station_desk.store.vault import os_store, secret_service
from station_desk.store.vault.changes import keep_here, new_envelope
from station_desk.store.vault.opening import read_key
from station_desk.store.vault.recovery_key import written
from station_desk.store.vault.telling import key_state
from station_desk.store.vault.trouble import KeyAway
from station_desk.store.vault.typed import unlock

DAY = now().date()


@pytest.fixture
def key_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An unlocked key store on a bus of its own; its folder can be emptied."""
    data = tmp_path / "data"
    monkeypatch.setenv("XDG_DATA_HOME", str(data))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv("PYTHON_KEYRING_BACKEND")
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--print-address", "--nofork"], stdout=subprocess.PIPE, text=True
    )
    assert bus.stdout
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.stdout.readline().strip())
    daemon = _daemon()
    forget_backend()
    yield data / "keyrings"
    for process in (daemon, bus):
        process.terminate()
        process.wait(10)
        for stream in (process.stdout, process.stdin):
            if stream:
                stream.close()
    forget_backend()


def _daemon() -> "subprocess.Popen[str]":
    command = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
    pipe = subprocess.PIPE
    daemon = subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, env=os.environ)
    assert daemon.stdin
    assert daemon.stdout
    daemon.stdin.write("\n")
    daemon.stdin.close()
    daemon.stdout.readline()
    return daemon


def forget_backend() -> None:
    """`keyring` chooses its backend once a process."""
    import keyring.core

    keyring.core._keyring_backend = None


def test_the_key_store_keeps_one_half_and_no_file_does(key_store: Path, tmp_path: Path) -> None:
    profile = Profile(tmp_path / "p")
    create_store(profile.folder, {"name": "青石桥"}, "QSQ001.02", now).close()
    assert key_state(profile).way == "store"
    kept = [file for file in (tmp_path / "state").rglob("*") if file.is_file()]
    assert [file.read_bytes() for file in kept] == [profile.key_file.read_bytes()], (
        "a copy of it, and no half"
    )
    key = read_key(profile)
    assert first_look(profile.folder, "2026-11-20").about["name"] == "青石桥"
    half = str(profile.key_file.read_text())
    assert key not in half
    name = key_state_half(profile)
    straight = secret_service.secret({"service": os_store.SERVICE, "username": name}, 5)
    store = os_store._store()
    assert store
    assert straight == store.get_password(os_store.SERVICE, name)


def key_state_half(profile: Profile) -> str:
    from station_desk.store.vault.ring import read_ring

    return str(read_ring(profile).wraps[0].facts["half"])


def test_an_emptied_key_store_asks_for_the_envelope_and_all_is_there(key_store: Path, tmp_path: Path) -> None:
    """A29, with a real one."""
    profile = Profile(tmp_path / "p")
    store = create_store(profile.folder, {"name": "青石桥"}, "QSQ001.02", now)
    store.close()
    key = read_key(profile)
    secret = new_envelope(profile, key, DAY, lambda _secret: None)
    os_store.forget(key_state_half(profile))
    before = profile.database.read_bytes()
    for _ in range(2):
        with pytest.raises(KeyAway):
            open_store(profile.folder, now)
    assert profile.database.read_bytes() == before
    keep_here(profile, unlock(profile, written(secret)))
    assert key_state(profile).way == "store"
    assert read_key(profile) == key
    store = open_store(profile.folder, now)
    assert store.about()["name"] == "青石桥"
    store.close()


def test_a_session_without_the_key_store_asks_too(
    key_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = Profile(tmp_path / "p")
    create_store(profile.folder, {"name": "x"}, "QSQ001.02", now).close()
    key = read_key(profile)
    with monkeypatch.context() as elsewhere:
        elsewhere.delenv("DBUS_SESSION_BUS_ADDRESS")
        forget_backend()
        with pytest.raises(KeyAway):
            read_key(profile)
    forget_backend()
    assert read_key(profile) == key
    assert shutil.which("gnome-keyring-daemon")
