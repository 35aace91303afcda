"""A mistake of ours on the command line: no traceback, a report without personal data, a sentence, exit 1."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.main.bug_told import bug_told, profile_in

BROKEN = """
import sys
from station_desk.main import cli, verbs
verbs.ROOMS = {}
sys.exit(cli.main(sys.argv[1:]))
"""
"""A program whose list of verbs is lost: any command is a mistake of ours."""

SECRET = "王秀兰 11010519491231002X"


def run_broken(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", BROKEN, *words], capture_output=True, text=True, encoding="utf-8", check=False
    )


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_a_mistake_is_a_sentence_with_its_report(tmp_path: Path, language: str) -> None:
    done = run_broken("--language", language, "--profile", str(tmp_path), "find", SECRET)
    assert (done.returncode, done.stdout) == (1, "")
    (report,) = (tmp_path / "reports").iterdir()
    assert done.stderr.count("\n") == 1
    assert str(report) in done.stderr
    assert "Traceback" not in done.stderr
    assert "StopIteration" in (tmp_path / "diary.log").read_text()
    told = report.read_text("utf-8")
    assert "verb_named" in told
    assert not [word for word in (*SECRET.split(), str(Path.home())) if word in told]


def test_as_json_it_is_one_line(tmp_path: Path) -> None:
    done = run_broken("--json", f"--profile={tmp_path}", "status")
    said = json.loads(done.stdout)
    assert (done.returncode, done.stderr) == (1, "")
    assert (said["ok"], said["error"]) == (False, "bug.met")
    assert Path(said["values"]["file"]).is_file()


def test_a_mistake_makes_no_profile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    nowhere = tmp_path / "none"
    say = Texts(paths.RESOURCES / "i18n", "en")
    assert bug_told(ValueError(SECRET), ["--profile", str(nowhere)], say) == 1
    assert not nowhere.exists()
    assert list((tmp_path / "station-desk" / "reports").iterdir())


def test_where_no_report_can_be_kept_that_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setattr("tempfile.tempdir", str(file))
    assert bug_told(ValueError(SECRET), [], Texts(paths.RESOURCES / "i18n", "en")) == 1
    said = capsys.readouterr().err
    assert "no report could be written" in said
    assert SECRET not in said


def test_the_profile_is_read_without_the_grammar(tmp_path: Path) -> None:
    assert profile_in(["status", "--profile", str(tmp_path)]) == tmp_path
    assert profile_in([f"--profile={tmp_path}"]) == tmp_path
    assert profile_in(["status", "--profile"]) == paths.default_profile()
