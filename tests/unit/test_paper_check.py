"""The proof-reader names each fault of a paper in its line, and lets no paper through that would be void."""

import shutil
from pathlib import Path
from typing import get_args

import pytest

from station_desk.catalogue.check import check_forms
from station_desk.catalogue.check.paper_rules import NEEDS, paper_faults
from station_desk.catalogue.fault import BrokenForm, FaultCode, Finding, without_shadows
from station_desk.catalogue.paper import Block, Paper
from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.catalogue.paper_references import named_in
from station_desk.catalogue.read import read_catalogue, read_papers
from station_desk.catalogue.schema import read_on
from station_desk.catalogue.sheet import parse
from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.texts import LANGUAGES, Texts
from tests.unit.planting import PAPER_CODES

NOTICE, REFUSAL = "papers/notice.toml", "papers/refusal.toml"
BYE = '[sentence]\nbye = { zh-Hans = "x", zh-Hant = "x", en = "x" }\n'

ROWS: list[tuple[FaultCode, str, str, int]] = [
    ("language_missing", 'zh-Hant = "一次性告知書", ', "", 0),
    ("paper_field_unknown", 'key = "received_at"', 'key = "recieved_at"', 0),
    ("paper_field_unknown", 'key = "wrong"', 'key = "wrongs"', 0),
    ("paper_rows_unknown", 'rows = "mending"', 'rows = "mendings"', 0),
    ("sentence_unknown", "[sentence]\n", BYE, 1),
    ("gap_unknown", 'en = "To {name.full}:"', 'en = "To {name.fall}: {name.full}"', 0),
    ("gap_broken", 'en = "To {name.full}:"', 'en = "To {name.full}:}"', 0),
    ("gap_differs", 'en = "To {name.full}:"', 'en = "To you:"', 0),
    ("block_lacks", 'rows = "mending"\n', "", -4),
    ("block_unused", 'id = "code"', 'rows = "mending"\nid = "code"', 0),
    ("identity_unsigned", 'key = "agent.masked"', 'key = "agent.full"', 0),
    ("key_shape", 'id = "opening"', 'id = "Opening"', 0),
    ("entry_twice", 'id = "opening"', 'id = "case"', 0),
    ("number_too_small", "share = 10", "share = 0", 0),
    ("not_one_of", 'format = "a4"', 'format = "a3"', 0),
]


def text_of(name: str, *changes: tuple[str, str]) -> str:
    text = (FORMS / name).read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def findings(name: str, text: str) -> list[Finding]:
    sheet = parse(name, text.encode())
    paper, faults = read_on(sheet.table, Paper)
    broken = [fault.place for fault in faults]
    return sheet.findings([*faults, *without_shadows(paper_faults(paper, name), broken)])


@pytest.mark.parametrize(
    ("code", "old", "new", "down"), ROWS, ids=[f"{n}-{r[0]}" for n, r in enumerate(ROWS)]
)
def test_one_fault_is_one_finding_in_its_line(code: FaultCode, old: str, new: str, down: int) -> None:
    (finding,) = findings(NOTICE, text_of(NOTICE, (old, new)))
    line = text_of(NOTICE).split(old, maxsplit=1)[0].count("\n") + 1
    assert (finding.file, finding.line, finding.code) == (NOTICE, line + down, code)
    for language in LANGUAGES:
        assert Texts(RESOURCES / "i18n", language)(f"check.{code}", **finding.values)


def test_a_paper_must_bear_the_name_of_a_kind() -> None:
    (finding,) = findings("papers/notices.toml", text_of(NOTICE))
    assert (finding.line, finding.code) == (1, "paper_unknown")
    assert "notice" in str(finding.values["known"])


def test_a_fixed_sentence_that_is_missing_is_named() -> None:
    (finding,) = findings(NOTICE, text_of(NOTICE, ("again = {", "# again = {")))
    line = text_of(NOTICE).split("[sentence]")[0].count("\n") + 1
    assert (finding.line, finding.code, finding.values) == (line, "sentence_missing", {"found": "again"})


def test_a_notice_without_its_law_is_not_let_through() -> None:
    (finding,) = findings(NOTICE, text_of(NOTICE, ('block = "law"', 'block = "text"')))
    assert (finding.code, finding.values) == ("paper_lacks_block", {"found": "law"})


@pytest.mark.parametrize("kind", PAPER_KINDS)
def test_every_fact_that_a_paper_must_show_is_missed_when_it_is_gone(kind: str) -> None:
    name = f"papers/{kind}.toml"
    for fact in sorted({*PAPER_KINDS[kind].must} - PAPER_KINDS[kind].rows.keys()):
        text = text_of(name).replace(f"{{{fact}}}", "{complaint}")
        text = text.replace(f'key = "{fact}"', 'key = "complaint"')
        missed = [finding.values for finding in findings(name, text) if finding.code == "paper_lacks"]
        assert missed == [{"found": fact}]


def test_a_paper_for_others_shows_nobody_in_full_wherever_he_is_named() -> None:
    found = findings(NOTICE, text_of(NOTICE, ('audience = "applicant"', 'audience = "street"')))
    assert {finding.code for finding in found} == {"full_for_others"}
    assert {finding.values["found"] for finding in found} == {"applicant.named", "name.full"}


def test_every_kind_of_fault_of_a_paper_is_planted_here() -> None:
    alone = {"paper_unknown", "sentence_missing", "paper_lacks", "paper_lacks_block", "full_for_others"}
    assert {code for code, *_ in ROWS} & PAPER_CODES | alone == PAPER_CODES
    assert set(get_args(FaultCode)) >= PAPER_CODES


def test_every_layout_says_what_it_needs() -> None:
    assert set(NEEDS) == set(get_args(Block))


def test_what_a_paper_asks_by_a_wrong_name_stops_the_reading(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    for old, new in (
        ('key = "received_at"', 'key = "x"'),
        ("{name.full}", "{x}"),
        ("again = {", "agian = {"),
    ):
        (tmp_path / NOTICE).write_text(text_of(NOTICE, (old, new)), "utf-8")
        with pytest.raises(BrokenForm):
            read_papers(tmp_path)
    (tmp_path / NOTICE).write_text(text_of(NOTICE), "utf-8")
    (tmp_path / "papers/certificate_of_tomorrow.toml").write_text("future = true\n", "utf-8")
    assert set(read_papers(tmp_path)) == {"notice"}


def test_a_folder_without_papers_may_be_published(tmp_path: Path) -> None:
    assert read_papers(tmp_path) == {}
    assert [f for f in check_forms(FORMS) if f.file.startswith("papers/")] == []


def test_the_digest_of_a_catalogue_covers_its_papers(tmp_path: Path) -> None:
    forms = shutil.copytree(FORMS, tmp_path / "forms", ignore=shutil.ignore_patterns("calendar"))
    before = read_catalogue(forms).digest
    (forms / NOTICE).write_text(text_of(NOTICE, ("存在的问题", "问题")), "utf-8", newline="\n")
    assert read_catalogue(forms).digest != before
    assert before == read_catalogue(FORMS).digest


def test_what_a_paper_shows_is_found_wherever_it_stands() -> None:
    shown = named_in(read_papers(FORMS)["refusal"])
    assert {"remedy", "materials", "applicant.named", "clerk", "reason"} <= shown
