"""A backup that this PC does not open is restored by what somebody has: a passphrase or the envelope."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.store.profile import Profile
from station_desk.store.vault.changes import new_envelope
from station_desk.store.vault.opening import read_key
from station_desk.store.vault.recovery_key import written
from tests.end2end.conftest import Run

WORDS, NEWER = "青石桥的桂花开了三遍", "后院的枣树也结了果子"


@pytest.fixture(autouse=True)
def own_halves(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Halves of this test alone: it throws them away."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


def kept(folder: Path, text: str) -> str:
    file = folder / f"secret-{len(text)}-{text[:2]}"
    file.write_text(text + "\n", "utf-8")
    return str(file)


def envelope(profile: Path) -> str:
    made = Profile(profile)
    return written(new_envelope(made, read_key(made), now().date(), lambda _secret: None))


def another_pc() -> None:
    """The halves and the third copies stay on the PC that burnt."""
    shutil.rmtree(paths.user_keys(), ignore_errors=True)
    shutil.rmtree(paths.user_rings(), ignore_errors=True)


def tickets(run: Run, folder: Path, secret: str) -> int:
    run.profile = folder
    return len(run("--key-file", secret, "ticket", "list"))


def restored(run: Run, backup: Path, to: Path, secret: str, code: int = 0) -> dict[str, Any]:
    return run.one("--key-file", secret, "restore", str(backup), "--to", str(to), code=code)


def test_by_the_envelope_on_another_pc(run: Run, tmp_path: Path) -> None:
    run("ticket", "take", "--item", "LS-008")
    secret = kept(tmp_path, envelope(run.profile))
    run("backup", str(tmp_path / "b"))
    another_pc()
    assert run.one("restore", str(tmp_path / "b"), "--to", str(tmp_path / "n"), code=7)["error"] == "key.away"
    wrong = kept(tmp_path, written(bytes(20)))
    assert restored(run, tmp_path / "b", tmp_path / "n", wrong, code=7)["error"] == "key.wrong"
    assert not (tmp_path / "n" / "desk.db").exists()
    assert restored(run, tmp_path / "b", tmp_path / "n", secret)["mark"]
    assert tickets(run, tmp_path / "n", secret) == 1


@pytest.mark.long
def test_by_the_passphrase_of_now_and_by_the_one_of_then(run: Run, tmp_path: Path) -> None:
    old, new = kept(tmp_path, WORDS), kept(tmp_path, NEWER)
    run("key", "passphrase", "--passphrase-file", old)
    run("--key-file", old, "backup", str(tmp_path / "b"))
    run("--key-file", old, "key", "passphrase", "--passphrase-file", new)
    assert run.one("restore", str(tmp_path / "b"), code=7)["error"] == "key.passphrase_needed"
    # Into its own place: the passphrase of now holds, that of the backup does not come back.
    run("--key-file", new, "restore", str(tmp_path / "b"))
    assert run.one("--key-file", old, "status", code=7)["error"] == "key.wrong"
    assert run.one("--key-file", new, "status")
    # Elsewhere nobody knows of a newer one.
    assert restored(run, tmp_path / "b", tmp_path / "n", new, code=7)["error"] == "key.wrong"
    assert restored(run, tmp_path / "b", tmp_path / "n", old)["mark"]


@pytest.mark.long
def test_a_backup_of_before_a_change_of_keys_opens_by_its_own_envelope(run: Run, tmp_path: Path) -> None:
    secret = kept(tmp_path, envelope(run.profile))
    run("backup", str(tmp_path / "b"))
    run("key", "rotate", "--out", str(tmp_path / "sheet.pdf"))
    run("--key-file", secret, "restore", str(tmp_path / "b"))
    assert run.one("--key-file", secret, "status")
