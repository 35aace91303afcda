"""The proof-reader names each fault of the papers of the catalogue in its line."""

from pathlib import Path

import pytest

from station_desk.catalogue.check import check_forms
from station_desk.catalogue.fault import FaultCode
from station_desk.core.paths import RESOURCES
from station_desk.core.texts import LANGUAGES, Texts
from tests.unit.planting import marks, plant

POSTER, STYLE = "papers/public/poster.toml", "papers/public/style.toml"
ROWS: list[tuple[FaultCode, str, str, str, int]] = [
    ("group_unknown", POSTER, '"diagram", "materials"', '"diagrams", "materials"', 0),
    ("entry_twice", POSTER, '"diagram", "materials"', '"materials", "materials"', 0),
    ("sentence_missing", POSTER, "ask = {", "asked = {", -1),
    ("not_one_of", POSTER, 'size = "a3"', 'size = "a1"', 0),
    ("language_missing", POSTER, 'zh-Hant = "辦事流程", ', "", 0),
    ("colour_shape", STYLE, "#1F5FBF", "#1f5fbf", 0),
    ("colour_pale", STYLE, "#1F5FBF", "#9FC0F0", 0),
]


@pytest.mark.parametrize(("code", "file", "old", "new", "down"), ROWS, ids=[row[0] for row in ROWS])
def test_one_fault_is_one_finding_in_its_line(
    forms: Path, code: FaultCode, file: str, old: str, new: str, down: int
) -> None:
    line = plant(forms, file, old, new)
    findings = check_forms(forms)
    assert marks(findings) == [(file, line + down, code)]
    for language in LANGUAGES:
        assert Texts(RESOURCES / "i18n", language)(f"check.{code}", **findings[0].values)


def test_a_paper_of_no_known_kind_is_named(forms: Path) -> None:
    (forms / POSTER).rename(forms / "papers/public/placard.toml")
    assert marks(check_forms(forms)) == [("papers/public/placard.toml", 1, "paper_unknown")]
