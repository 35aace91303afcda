"""The key by command line: locked, opened, proved, changed; a wrong secret has exit code 7 and a sentence."""

import json
import os
import shutil
import subprocess
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
import zxingcpp

from station_desk.core import paths
from station_desk.main.cli import main
from tests.end2end.conftest import Run

pypdfium2: Any = import_module("pypdfium2")

WORDS = "青石桥的桂花开了三遍"


@pytest.fixture(autouse=True)
def own_halves(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Halves of this test alone: it throws them away."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


def scanned(file: Path) -> str:
    """What the QR of the sheet says, at the dots of a counter printer."""
    picture = pypdfium2.PdfDocument(file)[0].render(scale=203 / 72).to_pil()
    return str(zxingcpp.read_barcodes(picture)[0].text)


def secret_file(folder: Path, text: str) -> str:
    file = folder / "secret"
    file.write_text(f"{text}\r\n", "utf-8")
    return str(file)


def with_secret(run: Run, secret: str, *words: str, code: int = 0) -> dict[str, Any]:
    return run.one("--key-file", secret, *words, code=code)


def test_an_envelope_opens_what_this_pc_lost(run: Run, form: str, tmp_path: Path) -> None:
    case = run.one("accept", "--item", "LS-008", "--form", form)["number"]
    sheet = tmp_path / "usb/sheet.pdf"
    assert run.one("key", "show-recovery", code=3)["error"] == "key.envelope_needs_place"
    inside = str(run.profile / "x.pdf")
    assert run.one("key", "show-recovery", "--out", inside, code=3)["error"] == "key.envelope_in_profile"
    run("key", "show-recovery", "--out", str(sheet))
    again = run.one("key", "show-recovery", "--out", str(sheet), code=5)
    assert again["error"] == "key.envelope_not_written"
    secret = secret_file(tmp_path, scanned(sheet))
    shutil.rmtree(paths.user_keys())
    for verb in (("status",), ("cases",), ("verify",), ("accept", "--item", "LS-008", "--form", form)):
        assert run.one(*verb, code=7)["error"] == "key.away"
    state = run.one("key", "status")
    assert (state["way"], state["opens"], state["proved"]) == ("file", False, False)
    assert with_secret(run, secret, "cases")["number"] == case
    with_secret(run, secret, "key", "prove")
    with_secret(run, secret, "key", "unlock")
    assert run.one("case", case)["number"] == case
    state = run.one("key", "status")
    assert (state["opens"], state["proved"], state["weaker"]) == (True, True, True)


def test_another_key_ends_the_old_envelope_and_keeps_the_data(run: Run, form: str, tmp_path: Path) -> None:
    case = run.one("accept", "--item", "LS-008", "--form", form)["number"]
    run("key", "show-recovery", "--out", str(tmp_path / "old.pdf"))
    run("print", "receipt", case)
    kept = run("papers", "list")
    run("key", "rotate", "--out", str(tmp_path / "new.pdf"))
    assert run("verify", "--deep") == []
    old = secret_file(tmp_path, scanned(tmp_path / "old.pdf"))
    assert with_secret(run, old, "key", "prove", code=7)["error"] == "key.wrong"
    new = secret_file(tmp_path, scanned(tmp_path / "new.pdf"))
    with_secret(run, new, "key", "prove")
    assert run("papers", "list") == kept
    run("papers", "save", kept[0]["paper"], "--out", str(tmp_path / "paper.pdf"))
    assert (tmp_path / "paper.pdf").read_bytes().startswith(b"%PDF")
    assert run.one("papers", "save", "nothing", "--out", "x.pdf", code=3)["error"] == "papers.not_kept"


def test_a_passphrase_is_asked_for_and_never_a_word_of_the_command(tmp_path: Path, run: Run) -> None:
    secret, wrong = secret_file(tmp_path, WORDS), tmp_path / "wrong"
    wrong.write_text("nothing of that kind")
    run("key", "passphrase", "--passphrase-file", secret)
    assert run.one("status", code=7)["error"] == "key.passphrase_needed"
    assert with_secret(run, str(wrong), "status", code=7)["error"] == "key.wrong"
    assert with_secret(run, str(tmp_path / "none"), "status", code=7)["error"] == "key.file_unreadable"
    with_secret(run, secret, "status")
    short = tmp_path / "short"
    short.write_text("short")
    refused = with_secret(run, secret, "key", "passphrase", "--passphrase-file", str(short), code=3)
    assert refused["error"] == "key.passphrase_short"
    with_secret(run, secret, "key", "passphrase", "--this-pc")
    run("status")


def test_a_descriptor_serves_as_the_key_file(tmp_path: Path, run: Run) -> None:
    run("key", "passphrase", "--passphrase-file", secret_file(tmp_path, WORDS))
    reading, writing = os.pipe()
    os.write(writing, f"{WORDS}\n".encode())
    os.close(writing)
    words = ["--profile", str(run.profile), "--key-file", f"/dev/fd/{reading}", "--json", "status"]
    command = [sys.executable, "-m", "station_desk", *words]
    done = subprocess.run(command, capture_output=True, text=True, check=False, pass_fds=(reading,))
    os.close(reading)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["station"] == "QSQ001"


def test_init_says_how_the_data_open(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["init", "--station", "QSQ001", "--name", "站", "--counter", "2"]
    assert main(["--profile", str(tmp_path / "a"), "--language", "en", *words]) == 0
    said = "".join(capsys.readouterr())
    assert "weaker" in said
    assert "no envelope" in said
    secret = secret_file(tmp_path, WORDS)
    assert main(["--profile", str(tmp_path / "b"), "--json", *words, "--passphrase-file", secret]) == 0
    assert json.loads(capsys.readouterr().out.splitlines()[0])["key"] == "passphrase"
    monkeypatch.setenv("XDG_STATE_HOME", "/proc/nowhere")
    assert main(["--profile", str(tmp_path / "c"), "--json", *words]) == 7
    assert json.loads(capsys.readouterr().out)["error"] == "key.no_place"
    assert not (tmp_path / "c/desk.db").exists()
