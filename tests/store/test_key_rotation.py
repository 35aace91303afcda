"""Another key for the same data: whole, verified, and safe against a kill at any moment."""

import os
import shutil
import signal
import subprocess
import sys
import time
from datetime import date

import pytest

from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.counter.accept import accept
from station_desk.counter.desk import Desk
from station_desk.store.desk_store import open_store
from station_desk.store.driver import connect
from station_desk.store.first_look import first_look
from station_desk.store.profile import Profile
from station_desk.store.trouble import Damaged
from station_desk.store.vault import rotation
from station_desk.store.vault.changes import Keeping, new_envelope
from station_desk.store.vault.opening import read_key
from station_desk.store.vault.recovery_key import written
from station_desk.store.vault.ring import read_ring
from station_desk.store.vault.ring_file import COPY
from station_desk.store.vault.rotation import rotate
from station_desk.store.vault.trouble import ProfileInUse, WrongSecret
from station_desk.store.vault.typed import unlock
from station_desk.store.verify import verify_deep
from tests.store.conftest import pension_application

DAY = date(2026, 11, 20)
CASES = 40
KILLS = 30
# Says when it begins, so that the kill falls into the work and not into the imports.
ROTATING = """
import sys
from datetime import date
from pathlib import Path
from station_desk.store.profile import Profile
from station_desk.store.vault.changes import Keeping
from station_desk.store.vault.opening import read_key
from station_desk.store.vault.rotation import rotate
profile = Profile(Path(sys.argv[1]))
key = read_key(profile)
print("now", flush=True)
rotate(profile, key, Keeping(), date(2026, 11, 20), lambda secret: print(secret.hex(), flush=True))
print("done", flush=True)
"""


@pytest.fixture(autouse=True)
def own_halves(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Halves of this test alone: it throws them away."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


def on_paper(_secret: bytes) -> None:
    """Somebody printed it."""


def filled(desk: Desk, cases: int = CASES) -> Profile:
    for place in range(cases):
        accept(desk, pension_application(), f"command-{place}")
    desk.store.close()
    return Profile(desk.store.profile.folder)


def require_whole(profile: Profile, cases: int = CASES) -> None:
    store = open_store(profile.folder, now)
    assert verify_deep(store, lambda *_: None) == []
    assert store.read("SELECT count(*) FROM cases") == [(cases,)]
    store.close()
    assert not (profile.folder / COPY).exists()
    assert read_ring(profile).next is None


def test_the_new_key_opens_everything_and_the_old_one_nothing(desk: Desk) -> None:
    profile = filled(desk)
    old, ring = read_key(profile), read_ring(profile)
    envelope = new_envelope(profile, old, DAY, on_paper)
    (profile.folder / "desk.before-0003.db").write_bytes(b"a copy under the old key")
    done = rotate(profile, old, Keeping(), DAY, on_paper)
    assert read_key(profile) == done.key != old
    require_whole(profile)
    assert unlock(profile, written(done.secret)) == done.key
    with pytest.raises(WrongSecret):
        unlock(profile, written(envelope))
    with pytest.raises(Exception, match="not a database"):
        connect(profile.database, old)
    assert not (profile.folder / "desk.before-0003.db").exists()
    assert not (paths.user_keys() / ring.wraps[0].facts["half"]).exists()


def test_while_somebody_has_it_open_the_key_stays(desk: Desk) -> None:
    profile = filled(desk, 1)
    other = open_store(profile.folder, now)
    other.read("SELECT 1")
    before = profile.key_file.read_bytes()
    with pytest.raises(ProfileInUse):
        rotate(profile, read_key(profile), Keeping(), DAY, on_paper)
    assert profile.key_file.read_bytes() == before
    assert other.read("SELECT count(*) FROM cases") == [(1,)]
    other.close()
    require_whole(profile, 1)


def test_what_cannot_be_printed_changes_nothing(desk: Desk) -> None:
    profile = filled(desk, 1)
    key, before = read_key(profile), profile.key_file.read_bytes()

    def jammed(_secret: bytes) -> None:
        raise OSError("paper jam")

    with pytest.raises(Exception, match="paper jam"):
        rotate(profile, key, Keeping(), DAY, jammed)
    assert (read_key(profile), profile.key_file.read_bytes()) == (key, before)
    require_whole(profile, 1)


@pytest.mark.parametrize("half", ["kept", "lost"])
@pytest.mark.parametrize("stop", ["_copy", "write_ring", "_require_whole", "_finish", "_forget"])
def test_broken_off_anywhere_it_opens_by_the_pc_and_by_an_envelope(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, stop: str, half: str
) -> None:
    profile = filled(desk, 2)
    key = read_key(profile)
    secrets = [new_envelope(profile, key, DAY, on_paper)]
    with monkeypatch.context() as broken:
        broken.setattr(rotation, stop, killed)
        with pytest.raises(KeyboardInterrupt):
            rotate(profile, key, Keeping(), DAY, secrets.append)
    if half == "lost":
        shutil.rmtree(paths.user_keys())
        opened = []
        for secret in secrets:
            try:
                opened.append(unlock(profile, written(secret)))
            except WrongSecret:
                continue
        store = open_store(profile.folder, now, key=opened[-1])
        assert verify_deep(store, lambda *_: None) == []
        store.close()
    else:
        first_look(profile.folder, "2026-11-20")
        require_whole(profile, 2)


def killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_a_copy_that_is_not_whole_brings_the_old_database_back(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    profile = filled(desk, 3)
    key = read_key(profile)
    counted = rotation._counted
    seen: list[object] = []

    def wrong_at_last(connection: object) -> tuple[object, ...]:
        seen.append(connection)
        return counted(connection) if len(seen) < 3 else ()

    with monkeypatch.context() as broken:
        broken.setattr(rotation, "_counted", wrong_at_last)
        with pytest.raises(Damaged):
            rotate(profile, key, Keeping(), DAY, on_paper)
    assert read_key(profile) == key
    require_whole(profile, 3)


@pytest.mark.long
@pytest.mark.timeout(300)
def test_killed_at_any_moment_it_opens_with_one_key_and_all_cases(desk: Desk) -> None:
    profile = filled(desk)
    done = 0
    # From before it begins to after it ended: the time of a whole one is measured first.
    began = time.monotonic()
    assert _rotated_for(profile, 60.0)
    lasts = time.monotonic() - began
    for kill in range(KILLS):
        done += _rotated_for(profile, lasts * kill / KILLS)
        require_whole(profile)
    print(f"{KILLS} kills, {done} after the end")
    assert done < KILLS


def _rotated_for(profile: Profile, seconds: float) -> bool:
    """Changes the key and is killed so long after it began; whether it had ended before."""
    command = [sys.executable, "-c", ROTATING, str(profile.folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=dict(os.environ)) as child:
        assert child.stdout
        assert child.stdout.readline() == "now\n"
        try:
            child.wait(seconds)
        except subprocess.TimeoutExpired:
            child.send_signal(signal.SIGKILL)
        return "done" in child.stdout.read()
