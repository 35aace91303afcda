"""Accounts of the district desk by command line: a link for its owner, a role, no entry any more."""

from pathlib import Path

import pytest

from station_desk.catalogue.edition.root import signed_root
from station_desk.main.cli import main
from tests.district.publisher import ROOT_TEXT, A, B
from tests.end2end.conftest import Run


def test_an_account_is_made_listed_changed_and_disabled(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, at = Run(tmp_path / "profile", capsys), ("--db", str(tmp_path / "district.db"))
    said = run.one(
        "district",
        "staff",
        "add",
        *at,
        "--name",
        "Wang",
        "--role",
        "admin",
        "--public-url",
        "https://d.example/",
    )
    assert said["name"] == "wang"
    assert said["link"].startswith("https://d.example/district/set-up/")
    again = run.one("district", "staff", "link", *at, "--name", "wang")
    assert again["link"].rpartition("/")[2] != said["link"].rpartition("/")[2]
    assert run("district", "staff", "role", *at, "--name", "wang", "--role", "viewer")[0]["role"] == "viewer"
    assert run("district", "staff", "disable", *at, "--name", "wang")[0]["state"] == "disabled"
    assert [row["state"] for row in run("district", "staff", *at)] == ["disabled"]
    wrong = run.one("district", "staff", "add", *at, "--name", "li", "--role", "boss", code=3)
    assert wrong["error"] == "district.role_unknown"
    assert run.one("district", "staff", "kick", *at, code=3)["error"] == "district.staff_act_unknown"


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_it_is_told_in_every_language(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    at = ("--db", str(tmp_path / "district.db"))
    assert main(["--language", language, "district", "staff", "add", *at, "--name", "wang"]) == 0
    assert main(["--language", language, "district", "staff", *at]) == 0
    assert "{" not in capsys.readouterr().out


def test_whose_signatures_count_is_set_on_the_server(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first list by hand; the next one must be signed by two keys of the first."""
    run, at = Run(tmp_path / "profile", capsys), ("--db", str(tmp_path / "district.db"))
    assert run.one("district", "trust", *at, code=3)["error"] == "district.root_file_needed"
    file = tmp_path / "root.toml"
    assert run.one("district", "trust", str(file), *at, code=3)["error"] == "edition.file_not_readable"
    file.write_text(ROOT_TEXT, "utf-8")
    assert run.one("district", "trust", str(file), *at)["keys"] == ["周局长", "钱科长", "孙科长"]
    newer = ROOT_TEXT.replace("version = 1", "version = 2")
    file.write_text(newer, "utf-8")
    assert run.one("district", "trust", str(file), *at, code=3)["error"] == "edition.root_too_few_keys"
    file.write_text(signed_root(signed_root(newer, A), B), "utf-8")
    assert run.one("district", "trust", str(file), *at)["version"] == 2
