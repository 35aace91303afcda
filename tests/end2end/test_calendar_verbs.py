"""`calendar` and `case --explain` as a script or a station head uses them."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from station_desk.cases.parts import Applicant
from station_desk.core.clock import CHINA
from station_desk.core.texts import LANGUAGES
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.set_up import SetUp
from station_desk.main.cli import main
from station_desk.main.open_desk import set_up_desk

YEAR = """year = 2027
status = "official"
number = "测发〔2026〕1号"
notice = 2026-11-10
source = "made up for this test"
working_days = 250
rest_weekdays = [
  2027-01-01, 2027-01-04,
  2027-02-05, 2027-02-08, 2027-02-09, 2027-02-10,
  2027-04-05,
  2027-05-03,
  2027-06-09,
  2027-09-15,
  2027-10-01, 2027-10-04,
]
work_weekends = [2027-01-09]
"""
FORM = Application(
    "LS-008",
    Applicant("王秀兰", "citizen_id", "11010519491231002X", "13912345678"),
    {"payment_grade": "500", "payment_mode": "自行缴费"},
    {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
)


class Run:
    """One command on a profile with one case accepted on 29 December 2026."""

    def __init__(self, profile: Path, capsys: pytest.CaptureFixture[str]) -> None:
        desk = set_up_desk(
            profile, SetUp("QSQ001", "青石桥", "2"), "en", lambda: datetime(2026, 12, 29, 10, tzinfo=CHINA)
        )
        self.case = accept(desk, FORM, "accepted").answer.number
        desk.store.close()
        self.profile = profile
        self._capsys = capsys

    def say(self, *words: str, code: int = 0, language: str = "en") -> str:
        """What people are told, on both streams."""
        self._capsys.readouterr()
        assert main(["--profile", str(self.profile), "--language", language, *words]) == code
        said = self._capsys.readouterr()
        assert "Traceback" not in said.err
        return said.out + said.err

    def facts(self, *words: str, code: int = 0) -> list[dict[str, Any]]:
        """What programs are told."""
        return [json.loads(line) for line in self.say(*words, "--json", code=code).splitlines()]


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(tmp_path / "profile", capsys)


@pytest.fixture
def year(tmp_path: Path) -> Path:
    file = tmp_path / "2027.toml"
    file.write_text(YEAR, "utf-8")
    return file


def test_the_years_are_listed_with_their_notices(run: Run) -> None:
    rows = run.facts("calendar", "list")
    assert [row["year"] for row in rows] == list(range(2015, 2028))
    assert (rows[11]["status"], rows[11]["working_days"], rows[11]["number"], rows[11]["notice"]) == (
        "official", 248, "国办发明电〔2025〕7号", "2025-11-04",
    )  # fmt: skip
    assert {row["origin"] for row in rows} == {"shipped"}
    assert "2027  provisional" in run.say("calendar", "list")


def test_a_year_is_shown_with_its_days(run: Run) -> None:
    (facts,) = run.facts("calendar", "show", "2026")
    assert len(facts["rest_weekdays"]) == 19
    assert "4 Jan, 14 Feb, 28 Feb, 9 May, 20 Sep, 10 Oct" in run.say("calendar", "show", "2026")


def test_a_year_is_entered_and_the_open_case_is_dated_anew(run: Run, year: Path) -> None:
    (answer,) = run.facts("calendar", "import", str(year), "--id", "a")
    assert (answer["year"], answer["looked"], answer["changed"]) == (2027, 1, 1)
    assert run.facts("calendar", "import", str(year), "--id", "a") == [answer]
    (row,) = run.facts("cases")
    assert row["promised"] == "2027-01-05"
    assert "due day moved from 2027-01-04 to 2027-01-05 (holiday notice of 2027 测发〔2026〕1号)" in run.say(
        "case", run.case
    )
    assert run.facts("calendar", "list")[-1]["origin"] == "entered"
    assert run.facts("verify", "--deep") == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_due_day_is_explained(run: Run, language: str) -> None:
    said = run.say("case", run.case, "--explain", language=language)
    expected = {
        "en": "Promised: 3 working days from 30 Dec 2026: due 4 Jan 2027.",
        "zh-Hans": "承诺期限：自2026年12月30日起 3 个工作日，2027年1月4日到期。",
        "zh-Hant": "承諾期限：自2026年12月30日起 3 個工作日，2027年1月4日到期。",
    }
    assert expected[language] in said


def test_an_explanation_for_programs_has_every_day(run: Run) -> None:
    (facts,) = run.facts("case", run.case, "--explain")
    (why,) = facts["explained"]
    assert why["due"]["day"] == facts["times"]["promised"] == "2027-01-04"
    assert why["counted"] == [
        {"first": "2026-12-30", "last": "2026-12-31"},
        {"first": "2027-01-04", "last": "2027-01-04"},
    ]
    assert why["skipped"] == [
        {"reason": "holiday", "year": 2027, "first": "2027-01-01", "last": "2027-01-03"}
    ]
    assert "explained" not in run.facts("case", run.case)[0]


def test_while_papers_are_awaited_the_explanation_says_that_the_clock_stands(run: Run) -> None:
    run.say("supplement", run.case, "--material", "hukou", "--until", "2027-01-31")
    assert run.facts("case", run.case, "--explain")[0]["explained"] == []
    assert "The clock has stood since 20" in run.say("case", run.case, "--explain")


def test_every_fault_of_a_year_is_told_with_its_line_and_nothing_is_entered(run: Run, year: Path) -> None:
    year.write_text(YEAR.replace("2027-05-03", "2027-05-02").replace("= 250", "= 249"), "utf-8")
    rows = run.facts("calendar", "import", str(year), code=3)
    assert [(row["line"], row["code"]) for row in rows] == [
        (6, "working_days_differ"),
        (11, "rest_not_weekday"),
    ]
    assert "2027.toml:11:" in run.say("calendar", "import", str(year), code=3)
    assert run.facts("calendar", "list")[-1]["origin"] == "shipped"


REFUSED: dict[str, tuple[tuple[str, ...], str]] = {
    "no file": (("import",), "calendar.file_needed"),
    "a file that is not there": (("import", "nowhere.toml"), "calendar.not_readable"),
    "a folder": (("import", "."), "calendar.not_readable"),
    "no year": (("show",), "calendar.year_needed"),
    "a word": (("show", "next"), "calendar.year_needed"),
    "a year that nobody entered": (("show", "2031"), "calendar.missing"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_done_is_refused_with_a_sentence(run: Run, name: str) -> None:
    words, error = REFUSED[name]
    (said,) = run.facts("calendar", *words, code=3)
    assert said["error"] == error
    assert run.say("calendar", *words, code=3)


def test_an_official_year_is_not_made_provisional(run: Run, year: Path) -> None:
    run.say("calendar", "import", str(year))
    year.write_text(YEAR.replace('"official"', '"provisional"'), "utf-8")
    (said,) = run.facts("calendar", "import", str(year), code=3)
    assert said["error"] == "calendar.already_official"
