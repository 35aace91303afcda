"""Ratings by command line: how many of each grade, who waits for a call, and that the call was made."""

from pathlib import Path

import httpx2
import pytest

from station_desk.district.enrolment import new_enrol_code
from station_desk.main.cli import main
from station_desk.main.district import Served
from tests.district.station import CounterPC, enrolled
from tests.end2end.conftest import Run


@pytest.fixture
def number(tmp_path: Path) -> str:
    """A finished case that its resident was very dissatisfied with."""
    with (
        Served(str(tmp_path / "district.db")) as served,
        httpx2.Client(base_url=served.url, transport=httpx2.HTTPTransport()) as http,
    ):
        pc = CounterPC()
        case = pc.deliver_all()
        enrolled(http, new_enrol_code(served.district, "QSQ001")).push(pc.events, pc.finished)
        answer = http.post(f"/t/{case.token}", data={"grade": "very_poor", "words": "等了三小时"})
        assert answer.status_code == 303
    return case.number


def test_a_bad_rating_waits_until_the_call_is_noted(
    number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run, database = Run(tmp_path / "profile", capsys), str(tmp_path / "district.db")
    said = run("district", "ratings", "--db", database)
    assert {row["grade"]: row["count"] for row in said[:5]}["very_poor"] == 1
    assert (said[5]["number"], said[5]["words"]) == (number, "等了三小时")
    called = ("--station", "QSQ001", "--case", number, "--reason", "已致歉")
    assert len(run("district", "ratings", "--db", database, *called)) == 5
    assert run.one("district", "ratings", "--db", database, *called, code=3)["error"] == "rating.not_open"


@pytest.mark.parametrize("language", ["zh-Hans", "zh-Hant", "en"])
def test_it_is_told_in_every_language(
    number: str, tmp_path: Path, capsys: pytest.CaptureFixture[str], language: str
) -> None:
    capsys.readouterr()
    assert main(["--language", language, "district", "ratings", "--db", str(tmp_path / "district.db")]) == 0
    said = capsys.readouterr().out
    assert number in said
    assert "{" not in said
