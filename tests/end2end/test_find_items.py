"""`items find` as a script and a person use it: with a profile, without one, with what fits nothing."""

import json
from pathlib import Path

import pytest

from station_desk.main.cli import main


def codes(capsys: pytest.CaptureFixture[str], profile: Path, text: str) -> list[str]:
    capsys.readouterr()
    assert main(["--profile", str(profile), "--json", "items", "find", text]) == 0
    return [json.loads(line)["code"] for line in capsys.readouterr().out.splitlines()]


def test_items_are_found_without_a_station_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    nobody = tmp_path / "nobody"
    assert codes(capsys, nobody, "低保") == ["SA-001", "SA-004"]
    assert codes(capsys, nobody, "dog reg") == ["PS-006"]
    assert codes(capsys, nobody, "qqqq") == []
    assert not nobody.exists(), "a look leaves nothing behind"


def test_what_fits_nothing_says_what_now(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--profile", str(tmp_path / "nobody"), "--language", "en", "items", "find", "qqqq"]) == 0
    sentence = (
        'No item has "qqqq" in its name, code or pinyin. Try another word, or see them all with `items list`.'
    )
    assert capsys.readouterr().out == sentence + "\n"
