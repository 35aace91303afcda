"""Settings and the diagnostics bundle by command line: told, changed, refused with a reason."""

import json
import zipfile
from pathlib import Path

from tests.end2end.conftest import Run


def test_settings_are_listed_changed_and_given_back(run: Run) -> None:
    rows = {row["key"]: row for row in run("settings", "list")}
    assert {"language", "look.theme", "station.clerk", "sync.on", "papers.printer"} <= set(rows)
    assert run.one("settings", "set", "sync.seconds", "30")["value"] == "30"
    assert run.one("settings", "get", "sync.seconds")["own"] is True
    assert run.one("settings", "reset", "sync.seconds")["value"] == "60"
    run("settings", "set", "papers.printer", "folder:/srv/papers")
    printers = {row["kind"]: row for row in run("printers", "list") if "kind" in row}
    assert printers["receipt"]["address"] == "folder:/srv/papers"


def test_a_wrong_value_is_refused_with_its_reason(run: Run) -> None:
    for words, code in (
        (("set", "sync.seconds", "1"), "settings.not_within"),
        (("set", "language", "de"), "settings.not_a_choice"),
        (("set", "papers.printer", "nowhere"), "printer.address_not_understood"),
        (("set", "station.name", " "), "settings.value_needed"),
        (("reset", "station.name"), "settings.value_needed"),
        (("get", "nothing"), "settings.unknown"),
        (("get",), "settings.unknown"),
    ):
        (trouble,) = run("settings", *words, code=3)
        assert trouble["error"] == code


def test_the_language_of_this_pc_is_spoken_when_none_is_asked_for(run: Run) -> None:
    run("settings", "set", "language", "en")
    (trouble,) = run("settings", "get", "nothing", code=3)
    assert trouble["text"].startswith("There is no setting")


def test_the_bundle_is_listed_and_written_once(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "bundle.zip"
    listed = {row["file"] for row in run("diagnose", "--out", str(file)) if "file" in row}
    with zipfile.ZipFile(file) as archive:
        assert set(archive.namelist()) == listed
        assert json.loads(archive.read("verify.json")) == {"findings": {}}
    assert run("diagnose", "--out", str(file), code=3)[-1]["error"] == "diagnose.file_there"
