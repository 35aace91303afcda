"""A calendar year from a file: everything wrong with it is said at once, and nothing wrong gets through."""

from pathlib import Path

import pytest

from station_desk.catalogue.calendar import CalendarYear
from station_desk.catalogue.check.year_file import (
    LARGEST,
    YearFaulty,
    YearNotReadable,
    read_year,
    require_sound,
)
from station_desk.core.paths import FORMS

GOOD = """year = 2027
status = "official"
number = "测发〔2026〕1号"
notice = 2026-11-10
source = "a made-up notice"
working_days = 251
rest_weekdays = [
  2027-01-01,
  2027-02-08, 2027-02-09, 2027-02-10, 2027-02-11, 2027-02-12,
  2027-05-03,
  2027-10-01, 2027-10-04, 2027-10-05, 2027-10-06, 2027-10-07,
]
work_weekends = [2027-02-06, 2027-10-09]
"""


def written(tmp_path: Path, text: str | bytes) -> Path:
    file = tmp_path / "notice of 2027.toml"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return file


def faults(tmp_path: Path, text: str | bytes) -> list[tuple[int, str]]:
    with pytest.raises(YearFaulty) as caught:
        read_year(written(tmp_path, text))
    assert {finding.file for finding in caught.value.findings} == {"notice of 2027.toml"}
    return [(finding.line, finding.code) for finding in caught.value.findings]


def test_a_good_year_is_read_whatever_its_file_is_called(tmp_path: Path) -> None:
    year = read_year(written(tmp_path, GOOD))
    assert (year.year, year.status, year.number, year.working_days) == (
        2027,
        "official",
        "测发〔2026〕1号",
        251,
    )
    require_sound(year)


@pytest.mark.parametrize("raw", [GOOD.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + GOOD.encode()])
def test_line_ends_of_windows_and_a_byte_order_mark_do_no_harm(tmp_path: Path, raw: bytes) -> None:
    assert read_year(written(tmp_path, raw)) == read_year(written(tmp_path, GOOD))


BROKEN: dict[str, tuple[str, str, list[tuple[int, str]]]] = {
    "a rest day on a Sunday": (
        "2027-05-03",
        "2027-05-02",
        [(6, "working_days_differ"), (10, "rest_not_weekday")],
    ),
    "a working weekday": ("2027-10-09", "2027-10-11", [(6, "working_days_differ"), (13, "work_not_weekend")]),
    "a day of another year": (
        "2027-05-03",
        "2028-05-03",
        [(6, "working_days_differ"), (10, "day_other_year")],
    ),
    "a day twice": ("2027-05-03,", "2027-05-03, 2027-05-03,", [(10, "day_twice")]),
    "another sum": ("= 251", "= 250", [(6, "working_days_differ")]),
    "a holiday that works": ("2027-10-01, ", "", [(6, "working_days_differ"), (7, "holiday_works")]),
    "no number": ('number = "测发〔2026〕1号"\n', "", [(2, "missing_key")]),
    "no day of the notice": ("notice = 2026-11-10\n", "", [(2, "missing_key")]),
    "no sum": ("working_days = 251\n", "", [(2, "missing_key")]),
    "a key nobody knows": ("working_days =", "workdays =", [(2, "missing_key"), (6, "unknown_key")]),
    "another status": ('"official"', '"sure"', [(2, "not_one_of")]),
    "a year long ago": ("year = 2027", "year = 1027", [(1, "year_unlikely")]),
    "no TOML": ("year = 2027", "year 2027", [(1, "syntax")]),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_wrong_is_said_with_its_line(tmp_path: Path, name: str) -> None:
    old, new, expected = BROKEN[name]
    assert old in GOOD
    found = faults(tmp_path, GOOD.replace(old, new, 1))
    assert [
        fault for fault in found if fault[1] != "day_other_year" or name == "a day of another year"
    ] == expected


def test_a_provisional_year_needs_no_notice(tmp_path: Path) -> None:
    text = GOOD.replace("official", "provisional").replace(
        'number = "测发〔2026〕1号"\nnotice = 2026-11-10\n', ""
    )
    assert read_year(written(tmp_path, text)).status == "provisional"


def test_bytes_that_are_no_text_are_found(tmp_path: Path) -> None:
    assert faults(tmp_path, GOOD.encode("gb18030")) == [(3, "not_utf8")]


@pytest.mark.parametrize(
    "raw",
    [b"#" * (LARGEST + 1), b"year = " + b"[" * 30_000, b"a" * 10_000_000],
    ids=["large", "nested without end", "10 MB"],
)
def test_a_file_without_measure_is_refused(tmp_path: Path, raw: bytes) -> None:
    with pytest.raises(YearNotReadable):
        read_year(written(tmp_path, raw))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nothing.toml"):
        with pytest.raises(YearNotReadable):
            read_year(path)


def test_every_year_that_we_ship_as_official_could_be_entered_by_hand() -> None:
    shipped = sorted((FORMS / "calendar").glob("20*.toml"))
    assert len(shipped) == 13
    assert [read_year(file).year for file in shipped] == list(range(2015, 2028))


def test_a_year_made_without_a_file_is_held_against_the_same_rules() -> None:
    with pytest.raises(YearFaulty) as caught:
        require_sound(CalendarYear(2031, "official", "nobody", (), ()))
    assert {finding.code for finding in caught.value.findings} == {"holiday_works", "missing_key"}
