"""Whatever an official, a station or a resident writes: papers of the day, of the catalogue and tickets stay
whole, inside their sheets, readable, and say all that was written.
"""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import msgspec
import pytest

from station_desk.catalogue.edition.published import PublishedForms
from station_desk.catalogue.item import Words
from station_desk.counter.public_papers import (
    Basics,
    Fact,
    Person,
    Rules,
    basics_of,
    booklet_of,
    hall_set,
    rules_of,
    sheet_of,
)
from station_desk.printing.page import A4_PORTRAIT, Format
from station_desk.printing.public.guide_sheet import Where
from station_desk.printing.public.sizes import SHEETS
from station_desk.printing.slip import ROLLS, Roll
from station_desk.printing.ticket import ticket_bytes, ticket_pdf
from station_desk.printing.trial import Trial, trial_pdf
from tests.paper.archive_rules import breaches
from tests.paper.every_paper import TICKET, WHEN, day_sheet, forms, ticket_words
from tests.paper.filled import LONG, texts
from tests.paper.test_margins import EVERYTHING, FIFTY, drawn_boxes, is_inside, outside
from tests.paper.test_public_papers import press
from tests.paper.test_ticket import outside as beside
from tests.paper.thermal import Cut, read_slip

pytestmark = pytest.mark.long

pypdfium2: Any = import_module("pypdfium2")
# "everything" holds dots, control characters, both directions and emoji together.
BAD = {
    "all": FIFTY["all"],
    "everything": EVERYTHING,
    "word": "Zk" * 5000,
    "long": LONG,
    "nothing": "",
}
EACH = pytest.mark.parametrize("text", BAD.values(), ids=BAD)
CODE = "SA-003"


def letters_outside(pdf: bytes, sheet: Format) -> list[str]:
    """The letters beyond the margins; the band of a board may bleed over the edges."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [
            f"page {number}: {box}"
            for number, page in enumerate(document, 1)
            for what, box in drawn_boxes(page)
            if what == "letter" and not is_inside(box, sheet)
        ]


def count(pdf: bytes, letter: str) -> int:
    with pypdfium2.PdfDocument(pdf) as document:
        return sum(page.get_textpage().get_text_range().count(letter) for page in document)


@EACH
@pytest.mark.parametrize("kind", ["closing", "daily"])
def test_a_paper_of_a_day_stays_inside(kind: str, text: str, overlaps: Callable[[bytes], list[str]]) -> None:
    pdf = day_sheet(kind, text[:50], long=text, rows=60 if kind == "closing" else 12)
    assert outside(pdf, A4_PORTRAIT) == []
    if text != EVERYTHING:  # Marks that enclose their neighbour lie over it by nature.
        assert overlaps(pdf) == []
    assert breaches(pdf) == []
    assert count(pdf, "瓷") >= text.count("瓷")


@EACH
def test_a_board_of_basics_stays_inside(text: str) -> None:
    short = text[:50]
    facts = (Fact(short, text), Fact("户数", "3,204 户"))
    basics = Basics(
        short, short, facts, (Person(short, short, text, short), *(Person(short, short, short, short),) * 30)
    )
    made = press(forms(), where=Where(short, short, short))
    pdf = basics_of(made, basics, "a3")
    assert letters_outside(pdf, SHEETS["a3"]) == []
    assert breaches(pdf) == []
    assert count(pdf, "瓷") >= text.count("瓷")


@EACH
def test_a_board_of_rules_stays_inside(text: str) -> None:
    short = text[:50]
    rules = Rules(short, short, (text, "第二条"), short, short, short)
    pdf = rules_of(press(forms()), rules, "a3")
    assert letters_outside(pdf, SHEETS["a3"]) == []
    assert count(pdf, "瓷") >= text.count("瓷")


@EACH
def test_a_guide_sheet_of_any_words_and_sixty_materials_stays_inside(text: str) -> None:
    pdf = sheet_of(press(hostile(text)), CODE)
    assert outside(pdf, SHEETS["a4"]) == []
    assert breaches(pdf) == []
    assert count(pdf, "瓷") >= text.count("瓷")


@pytest.mark.parametrize("name", ["all", "nothing"])
def test_a_booklet_of_any_words_stays_inside(name: str) -> None:
    pdf = booklet_of(press(hostile(BAD[name], alone=True)), lambda _done, _count: None)
    assert letters_outside(pdf, SHEETS["a4"]) == []
    assert breaches(pdf) == []


def test_an_empty_catalogue_and_no_station_still_make_papers() -> None:
    none = msgspec.structs.replace(forms().catalogue, items={}, life_events={})
    made = press(msgspec.structs.replace(forms(), catalogue=none), where=Where())
    for pdf in (booklet_of(made, lambda _d, _c: None), basics_of(made, Basics("", "", ()), "a3")):
        assert breaches(pdf) == []
    assert breaches(hall_set(made, "a3", Basics("", "", ()), lambda _d, _c: None)) == []


@EACH
def test_a_trial_print_stays_inside(text: str) -> None:
    pdf = trial_pdf(Trial(text[:50] or "站", text[:200], WHEN), texts("zh-Hans"))
    assert letters_outside(pdf, A4_PORTRAIT) == [], "its ruler alone reaches the edges, to try them"
    assert breaches(pdf) == []


@EACH
@pytest.mark.parametrize("roll", ROLLS.values(), ids=ROLLS)
def test_a_queue_ticket_stays_on_its_roll(
    text: str, roll: Roll, overlaps: Callable[[bytes], list[str]]
) -> None:
    bad = replace(
        TICKET,
        station=text[:200],
        item_class=text[:200],
        counter=text[:50],
        priority=text[:50],
        number="A1000",
    )
    pdf = ticket_pdf(bad, roll, ticket_words("zh-Hans"))
    assert beside(pdf, roll) == []
    assert breaches(pdf) == []
    if text not in (EVERYTHING, BAD["all"]):  # Marks that enclose their neighbour lie over it by nature.
        assert overlaps(pdf) == []
    assert read_slip(ticket_bytes(bad, roll, "gb18030", ticket_words("zh-Hans")))[-1] == Cut()


def hostile(text: str, *, alone: bool = False) -> PublishedForms:
    """The catalogue with an item whose words are all this, with sixty materials."""
    published = forms()
    item = published.catalogue.items[CODE]
    material = msgspec.structs.replace(item.material[0], note=text[:50], issuer=text[:50], when=text[:50])
    bad = msgspec.structs.replace(
        item, name=Words(text[:50], text[:50], text[:50]), accepted_by=text[:50], decided_by=text[:50],
        basis=(text[:50],), conditions=(text, "条件"), material=(material,) * 60,
    )  # fmt: skip
    items = {CODE: bad} if alone else {**published.catalogue.items, CODE: bad}
    events = {} if alone else published.catalogue.life_events
    catalogue = msgspec.structs.replace(published.catalogue, items=items, life_events=events)
    return msgspec.structs.replace(published, catalogue=catalogue)
