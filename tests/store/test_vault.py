"""The key of the database: nowhere plain, opened by this PC, a passphrase or the envelope, never replaced."""

import json
import os
import shutil
import stat
from datetime import date
from pathlib import Path

import pytest

from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.counter.accept import accept
from station_desk.counter.desk import Desk
from station_desk.store.desk_store import create_store, open_store
from station_desk.store.driver import connect
from station_desk.store.first_look import first_look
from station_desk.store.profile import Profile
from station_desk.store.trouble import KeyMissing
from station_desk.store.vault import changes, device, ring_file
from station_desk.store.vault.changes import Keeping, new_envelope, note_proved, set_passphrase
from station_desk.store.vault.opening import read_key
from station_desk.store.vault.recovery_key import written
from station_desk.store.vault.ring import read_ring
from station_desk.store.vault.telling import key_state
from station_desk.store.vault.trouble import (
    GroupWrong,
    KeyAway,
    NoEnvelope,
    NoKeyPlace,
    PassphraseNeeded,
    PassphraseShort,
    WrongSecret,
)
from station_desk.store.vault.typed import unlock
from tests.store.conftest import pension_application

DAY = date(2026, 11, 20)
WORDS = "青石桥的桂花开了三遍"


@pytest.fixture(autouse=True)
def own_halves(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Halves of this test alone: it throws them away."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


def on_paper(_secret: bytes) -> None:
    """Somebody printed it."""


def closed(desk: Desk) -> Profile:
    accept(desk, pension_application(), "first")
    desk.store.close()
    return Profile(desk.store.profile.folder)


def cases_in(profile: Profile, key: str = "") -> int:
    store = open_store(profile.folder, now, key=key)
    try:
        return int(store.read("SELECT count(*) FROM cases")[0][0])
    finally:
        store.close()


def forget_this_pc() -> None:
    """The key store was emptied, the system set up anew."""
    shutil.rmtree(paths.user_keys())


def test_the_key_stands_nowhere_in_the_folder_nor_in_the_half_of_this_pc(desk: Desk) -> None:
    profile = closed(desk)
    key = read_key(profile)
    halves = list(paths.user_keys().iterdir())
    for file in (*profile.folder.rglob("*"), *halves):
        raw = file.read_bytes() if file.is_file() else b""
        assert key.encode() not in raw.lower()
        assert bytes.fromhex(key) not in raw
    assert {stat.S_IMODE(file.stat().st_mode) for file in (*profile.key_files, *halves)} == {0o600}


def test_a_copied_folder_stays_closed_where_this_user_is_not(desk: Desk, tmp_path: Path) -> None:
    profile = closed(desk)
    shutil.copytree(profile.folder, tmp_path / "stolen")
    forget_this_pc()
    before = (tmp_path / "stolen/desk.db").read_bytes()
    for opening in (
        lambda: open_store(tmp_path / "stolen", now),
        lambda: first_look(tmp_path / "stolen", "2026-11-20"),
    ):
        with pytest.raises(KeyAway):
            opening()
    assert (tmp_path / "stolen/desk.db").read_bytes() == before


def test_with_the_envelope_all_cases_are_there_after_the_key_store_was_emptied(desk: Desk) -> None:
    """A29."""
    profile = closed(desk)
    secret = new_envelope(profile, read_key(profile), DAY, on_paper)
    forget_this_pc()
    for _ in range(3):
        with pytest.raises(KeyAway):
            open_store(profile.folder, now)
    assert cases_in(profile, unlock(profile, written(secret))) == 1
    changes.keep_here(profile, unlock(profile, written(secret).lower()))
    assert cases_in(profile) == 1


def test_a_half_that_is_another_one_is_no_damage(desk: Desk) -> None:
    profile = closed(desk)
    (half,) = paths.user_keys().iterdir()
    half.write_text("ab" * 32)
    for opening in (
        lambda: open_store(profile.folder, now),
        lambda: first_look(profile.folder, "2026-11-20"),
    ):
        with pytest.raises(KeyAway):
            opening()


def test_a_wrong_secret_says_so_and_a_mistyped_one_names_the_group(desk: Desk) -> None:
    profile = closed(desk)
    with pytest.raises(NoEnvelope):
        unlock(profile, written(bytes(20)))
    secret = new_envelope(profile, read_key(profile), DAY, on_paper)
    with pytest.raises(WrongSecret):
        unlock(profile, written(bytes(20)))
    groups = written(secret).split("-")
    groups[4] = groups[4][::-1] if groups[4] != groups[4][::-1] else "00000"
    with pytest.raises(GroupWrong) as caught:
        unlock(profile, "-".join(groups))
    assert caught.value.values["place"] == 5


def test_a_new_envelope_ends_the_old_one_and_one_that_was_not_printed_does_not(desk: Desk) -> None:
    profile = closed(desk)
    key = read_key(profile)
    old = new_envelope(profile, key, DAY, on_paper)

    def jammed(_secret: bytes) -> None:
        raise OSError("paper jam")

    with pytest.raises(OSError, match="paper jam"):
        new_envelope(profile, key, DAY, jammed)
    assert unlock(profile, written(old)) == key
    assert key_state(profile).proved is False
    note_proved(profile)
    assert key_state(profile).proved is True
    new = new_envelope(profile, key, DAY, on_paper)
    assert unlock(profile, written(new)) == key
    assert key_state(profile).proved is False
    for _ in range(2):
        with pytest.raises(WrongSecret):
            unlock(profile, written(old))
        # The second copy knows the old envelope no more either.
        profile.key_file.unlink(missing_ok=True)


def test_with_a_passphrase_nothing_opens_by_itself(tmp_path: Path) -> None:
    profile = Profile(tmp_path / "p")
    create_store(profile.folder, {"name": "x"}, "QSQ001.02", now, Keeping(WORDS)).close()
    assert not paths.user_keys().exists() or not list(paths.user_keys().iterdir())
    with pytest.raises(PassphraseNeeded):
        read_key(profile)
    with pytest.raises(WrongSecret):
        unlock(profile, WORDS[:-1])
    key = unlock(profile, WORDS)
    first_look(profile.folder, "2026-11-20", key)
    facts = read_ring(profile).wraps[0].facts
    assert (facts["memory"], facts["passes"]) in ((65536, 3), (19456, 2))
    with pytest.raises(PassphraseShort):
        set_passphrase(profile, key, "kurz")
    set_passphrase(profile, key, "ein anderer Satz")
    with pytest.raises(WrongSecret):
        unlock(profile, WORDS)
    changes.drop_passphrase(profile, unlock(profile, "ein anderer Satz"))
    assert read_key(profile) == key
    with pytest.raises(WrongSecret):
        unlock(profile, "ein anderer Satz")


def test_a_lost_first_copy_is_made_anew_out_of_the_second(desk: Desk) -> None:
    profile = closed(desk)
    for broken in (None, b"", b"{", b'{"version": 2, "wraps": []', b"\0" * 400):
        profile.key_file.unlink()
        if broken is not None:
            profile.key_file.write_bytes(broken)
        assert cases_in(profile) == 1
        assert profile.key_file.read_bytes() == profile.key_copy.read_bytes()
    for file in (*profile.key_files, profile.key_spare):
        file.write_bytes(b"{}")
    with pytest.raises(KeyMissing):
        unlock(profile, written(bytes(20)))


def test_a_key_that_belongs_to_no_database_is_laid_aside_never_lost(desk: Desk) -> None:
    profile = closed(desk)
    ring = profile.key_file.read_bytes()
    profile.database.rename(profile.folder / "elsewhere.db")
    forget_this_pc()
    create_store(profile.folder, {"name": "x"}, "QSQ001.02", now).close()
    assert (profile.folder / "key.before-init.json").read_bytes() == ring


def test_where_no_half_can_be_kept_a_passphrase_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "p/state"))
    with pytest.raises(NoKeyPlace):
        create_store(tmp_path / "p", {"name": "x"}, "QSQ001.02", now)
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    with pytest.raises(NoKeyPlace):
        create_store(tmp_path / "p", {"name": "x"}, "QSQ001.02", now)
    assert not (tmp_path / "p/desk.db").exists()
    create_store(tmp_path / "p", {"name": "x"}, "QSQ001.02", now, Keeping(WORDS)).close()


def made_of_version_1(folder: Path) -> tuple[Profile, str]:
    """A profile as the first program left it: its key plain."""
    profile = Profile(folder)
    create_store(folder, {"name": "青石桥"}, "QSQ001.02", now).close()
    key = read_key(profile)
    profile.key_copy.unlink()
    profile.key_file.write_text(json.dumps({"version": 1, "wrapping": "file", "key": key}))
    return profile, key


def test_a_plain_key_is_brought_over_and_written_over(tmp_path: Path) -> None:
    profile, key = made_of_version_1(tmp_path / "p")
    assert first_look(profile.folder, "2026-11-20").about["name"] == "青石桥"
    assert key in profile.key_file.read_text()
    with profile.key_file.open("rb") as old:
        open_store(profile.folder, now).close()
        assert set(old.read()) == {0}
    assert [file.name for file in profile.folder.iterdir() if key in file.read_text("latin-1")] == []
    assert read_key(profile) == key
    assert key_state(profile).was_plain
    open_store(profile.folder, now).close()


@pytest.mark.parametrize("stop", ["keep_half", "link", "write_whole", "write_ring", "overwrite", "unlink"])
def test_bringing_over_that_was_broken_off_leaves_a_profile_that_opens(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, stop: str
) -> None:
    profile, key = made_of_version_1(tmp_path / "p")
    with monkeypatch.context() as broken:
        place = {"keep_half": changes, "link": os, "write_ring": changes, "overwrite": changes}
        where = place.get(stop, Path if stop == "unlink" else changes)
        if stop == "write_whole":
            where = ring_file
        broken.setattr(where, stop, killed)
        with pytest.raises(KeyboardInterrupt):
            open_store(profile.folder, now)
    assert read_key(profile) == key
    open_store(profile.folder, now).close()
    assert read_key(profile) == key
    assert [file.name for file in profile.folder.iterdir() if key in file.read_text("latin-1")] == []


def killed(*_: object, **__: object) -> None:
    raise KeyboardInterrupt


def test_two_profiles_of_one_user_have_halves_of_their_own(tmp_path: Path) -> None:
    keys = set()
    for name in ("a", "b"):
        create_store(tmp_path / name, {"name": name}, "QSQ001.02", now).close()
        keys.add(read_key(Profile(tmp_path / name)))
    assert len(keys) == 2
    device.forget_half(read_ring(Profile(tmp_path / "a")).wraps[0])
    with pytest.raises(KeyAway):
        read_key(Profile(tmp_path / "a"))
    connect(tmp_path / "b/desk.db", read_key(Profile(tmp_path / "b"))).close()
