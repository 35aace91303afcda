"""Every paper of a case, in every language and in large print: it says all and stays on its sheet."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from importlib import import_module
from typing import Any

import pytest

from station_desk.catalogue.item import LANGUAGES, Language
from station_desk.catalogue.paper import Paper
from station_desk.catalogue.paper_kinds import LISTS, PAPER_KINDS
from station_desk.catalogue.paper_references import GAP, gaps, texts_of
from station_desk.printing.blocks.sizes import LARGE_POINTS
from station_desk.printing.paper import paper_pdf
from station_desk.printing.proof import codes_on
from tests.paper.filled import FIFTY, LONG, MOST_ROWS, NUMBER, PROOF, URL, filled, published, texts

pypdfium2: Any = import_module("pypdfium2")

Read = Callable[[bytes], list[str]]
KEPT = [kind for kind, about in PAPER_KINDS.items() if about.kept]
SIZES = [(kind, False) for kind in PAPER_KINDS] + [(kind, True) for kind in KEPT]
IDS = [f"{kind}{'-large' if large else ''}" for kind, large in SIZES]
HAIR = 0.3
"""Millimetres by which ink may reach over a margin: half the thickness of the firmest rule."""


def printed(kind: str, language: Language = "zh-Hans", *, large: bool = False, **what: Any) -> bytes:
    return paper_pdf(published()[kind], filled(kind, **what), language, texts(language), large=large)


@cache
def usual(kind: str, language: Language, *, large: bool) -> bytes:
    return printed(kind, language, large=large)


def test_every_kind_is_published_with_the_program() -> None:
    assert set(published()) == set(PAPER_KINDS)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(("kind", "large"), SIZES, ids=IDS)
def test_all_that_a_paper_says_is_read_back(
    kind: str, large: bool, language: Language, text_of: Read
) -> None:
    pdf = usual(kind, language, large=large)
    page = _solid("".join(text_of(pdf)))
    missing = [said for said in _said(published()[kind], language) if _solid(said) not in page]
    assert missing == []


@pytest.mark.parametrize(("kind", "large"), SIZES, ids=IDS)
def test_the_scanner_finds_the_case_and_the_phone_its_page(kind: str, large: bool) -> None:
    codes = codes_on(usual(kind, "zh-Hans", large=large))
    assert codes[0] == (1, "Code 128", NUMBER.replace("-", ""))
    tracked = any(section.block == "tracking" for section in published()[kind].section)
    proved = any(section.block == "proof" for section in published()[kind].section)
    squares = {text for _, name, text in codes if name == "QR Code"}
    assert squares == {*[URL] * tracked, *[PROOF] * proved}


@pytest.mark.long
@pytest.mark.parametrize(("kind", "large"), SIZES, ids=IDS)
def test_whatever_is_written_stays_within_the_margins(
    kind: str, large: bool, text_of: Read, overlaps: Callable[[bytes], list[str]]
) -> None:
    named = named_facts(published()[kind])
    names = {key: FIFTY for key in PAPER_KINDS[kind].known if key.startswith(("name", "applicant", "agent"))}
    longest = next(
        key
        for key in ("reason", "result", "conditions", "route", "body", "item", "station_address")
        if key in named
    )
    pdf = printed(kind, large=large, facts={**names, longest: LONG}, rows=MOST_ROWS)
    assert _outside(pdf) == []
    assert overlaps(pdf) == []
    assert "".join(text_of(pdf)).count("瓷") >= LONG.count("瓷")


@pytest.mark.parametrize(("kind", "large"), SIZES, ids=IDS)
def test_what_there_is_not_leaves_no_trace(kind: str, large: bool, text_of: Read) -> None:
    nothing = dict.fromkeys(PAPER_KINDS[kind].known - {"number"}, "")
    pdf = printed(kind, large=large, facts=nothing, rows=0, url=None, proved=False)
    page = "".join(text_of(pdf))
    lines = {line.strip() for line in page.splitlines()}
    for section in (section for section in published()[kind].section if section.block != "grid"):
        assert {fact.label.hans for fact in section.field if fact.key != "number"} & lines == set()
        assert {column.title.hans for column in section.column} & lines == set()
    assert "{" not in page
    assert [name for _, name, _ in codes_on(pdf)] == ([] if kind in LISTS else ["Code 128"])
    assert _outside(pdf) == []


@pytest.mark.parametrize("kind", KEPT)
def test_large_print_is_nowhere_smaller_than_eighteen_points(kind: str) -> None:
    with pypdfium2.PdfDocument(usual(kind, "en", large=True)) as document:
        sizes = {round(thing.get_font_size(), 1) for page in document for thing in _texts(page)}
        assert {(round(page.get_width()), round(page.get_height())) for page in document} == {(595, 842)}
    assert min(sizes) >= LARGE_POINTS


@pytest.mark.parametrize(("kind", "large"), SIZES, ids=IDS)
def test_the_same_paper_gives_the_same_bytes_and_a_reprint_says_that_it_is_one(
    kind: str, large: bool, text_of: Read
) -> None:
    first = usual(kind, "zh-Hans", large=large)
    assert printed(kind, large=large) == first
    again = replace(filled(kind), copy_no=3)
    pdf = paper_pdf(published()[kind], again, "zh-Hans", texts("zh-Hans"), large=large)
    mark = _solid(texts("zh-Hans")("paper.foot.reprint", number=3))
    assert mark in _solid("".join(text_of(pdf)))
    assert mark not in _solid("".join(text_of(first)))


def named_facts(paper: Paper) -> set[str]:
    """The facts that a paper shows as they are, not those in its sentences."""
    return {fact.key for section in paper.section if not section.rows for fact in section.field}


def _said(paper: Paper, language: Language) -> Iterator[str]:
    yield paper.title.in_language(language)
    for section in paper.section:
        for words in (section.heading, *(fact.label for fact in section.field)):
            if words and section.block != "grid":
                yield words.in_language(language)
        for number in (1, 2):
            shown = [column.key for column in section.column if column.key != "no"]
            yield from (f"〔{section.rows}.{key} {number:02}〕" for key in shown)
    for _, words in texts_of(paper):
        for paragraph in words.in_language(language).split("\n"):
            yield GAP.sub(lambda found: f"〔{found[1]}〕", paragraph)
    yield from (f"〔{key}〕" for key in named_facts(paper) - {"number"})
    yield from (
        f"〔{gap}〕" for _, words in texts_of(paper) for gap in gaps(words)[language] if gap != "number"
    )


def _solid(text: str) -> str:
    return re.sub(r"\s+", "", text).replace("\ufffe", "")


def _outside(pdf: bytes) -> list[str]:
    """Everything that is drawn beyond the margins of its page, in millimetres."""
    found = []
    with pypdfium2.PdfDocument(pdf) as document:
        for number, page in enumerate(document, 1):
            width, height = (edge * 25.4 / 72 for edge in (page.get_width(), page.get_height()))
            side, top, foot = (10, 9, 8) if width > height else (15, 14, 12)
            for thing in page.get_objects():
                left, low, right, high = (edge * 25.4 / 72 for edge in thing.get_bounds())
                inside = left >= side - HAIR and right <= width - side + HAIR
                if not inside or low < foot - HAIR or high > height - top + HAIR:
                    found.append(f"page {number}: {left:.1f} {low:.1f} {right:.1f} {high:.1f}")
    return found


def _texts(page: Any) -> list[Any]:
    return [thing for thing in page.get_objects() if isinstance(thing, pypdfium2.PdfTextObj)]


def test_the_lines_to_sign_on_stay_together_and_never_stand_alone(text_of: Read) -> None:
    for rows in range(1, 26, 2):
        pages = text_of(printed("notice", rows=rows))
        (signed,) = [page for page in pages if "签收日期" in page]
        assert "申请人（代理人）签收" in signed
        assert "〔clerk〕 签名" in signed
        assert "所称五日为工作日" in signed
