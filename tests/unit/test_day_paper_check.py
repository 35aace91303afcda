"""The proof-reader names each fault of the papers of a day in its line."""

from pathlib import Path

import pytest

from station_desk.catalogue.check import check_forms
from station_desk.catalogue.day_paper import DAY_KINDS
from station_desk.catalogue.fault import BrokenForm, FaultCode
from station_desk.catalogue.read import read_day_papers
from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.texts import LANGUAGES, Texts
from tests.unit.planting import marks, plant

CLOSING, DAILY = "papers/day/closing.toml", "papers/day/daily.toml"
MORE = 'more = { zh-Hans = "多", zh-Hant = "多", en = "m" }\n'
ROWS: list[tuple[FaultCode, str, str, str, int]] = [
    ("gap_unknown", CLOSING, 'en = "{issued}, {stored}"', 'en = "{issue}, {stored}"', 0),
    ("gap_differs", CLOSING, 'en = "{issued}, {stored}"', 'en = "{issued}"', 0),
    ("gap_broken", CLOSING, 'en = "{issued}, {stored}"', 'en = "{issued}, {stored}}"', 0),
    ("paper_rows_unknown", CLOSING, 'rows = "gaps"', 'rows = "gap"', 0),
    ("paper_lacks", CLOSING, 'rows = "gaps"', 'rows = "notes"', -1),
    ("sentence_missing", CLOSING, "voided = {", "# voided = {", 0),
    ("sentence_unknown", DAILY, "[sentence]\n", "[sentence]\n" + MORE, 1),
    ("paper_field_unknown", DAILY, 'key = "tickets"', 'key = "ticket"', 0),
    ("number_too_small", DAILY, "share = 5", "share = 0", 0),
    ("language_missing", DAILY, 'zh-Hant = "每日辦件", ', "", 0),
]  # fmt: skip


@pytest.mark.parametrize(("code", "file", "old", "new", "down"), ROWS, ids=[row[0] for row in ROWS])
def test_one_fault_is_one_finding_in_its_line(
    forms: Path, code: FaultCode, file: str, old: str, new: str, down: int
) -> None:
    line = plant(forms, file, old, new)
    findings = check_forms(forms)
    found = marks(findings)
    assert [code for _, _, code in found] == [code]
    assert found[0][0] == file
    assert code == "sentence_missing" or found[0][1] == line + down
    for language in LANGUAGES:
        assert Texts(RESOURCES / "i18n", language)(f"check.{code}", **findings[0].values)


def test_a_paper_of_no_known_kind_is_named_and_passed_over(forms: Path) -> None:
    (forms / DAILY).rename(forms / "papers/day/weekly.toml")
    assert marks(check_forms(forms)) == [("papers/day/weekly.toml", 1, "paper_unknown")]
    assert set(read_day_papers(forms)) == {"closing", "envelope", "ticket", "register"}


def test_what_could_not_be_printed_stops_the_reader(forms: Path) -> None:
    plant(forms, CLOSING, 'rows = "gaps"', 'rows = "gap"')
    with pytest.raises(BrokenForm):
        read_day_papers(forms)


def test_every_kind_is_published() -> None:
    assert set(read_day_papers(FORMS)) == set(DAY_KINDS)
