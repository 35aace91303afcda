"""Accounts of the district desk by command line: a link for its owner, a role, no entry any more."""

from pathlib import Path

import pytest

from station_desk.main.cli import main
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
