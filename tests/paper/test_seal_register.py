"""The register and the certificate with whatever may be typed: inside the margins, nothing lost."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from station_desk.catalogue.item import LANGUAGES, Language
from station_desk.printing.page import A4_PORTRAIT
from station_desk.printing.paper import paper_pdf
from station_desk.printing.seal_register import A4_ACROSS
from tests.paper.every_paper import register
from tests.paper.filled import FIFTY, LONG, filled, published, texts
from tests.paper.test_margins import EVERYTHING, outside
from tests.paper.test_margins import FIFTY as NAMES

pytestmark = pytest.mark.long

COLUMNS = 9
TYPED = [FIFTY, LONG, EVERYTHING, "\x07", *NAMES.values()]
Read = Callable[[bytes], list[str]]


def test_a_year_of_entries_goes_on_page_after_page_within_the_margins(
    text_of: Read, overlaps: Callable[[bytes], list[str]]
) -> None:
    pdf = register([[f"2026-02-{n:04d}-K", *["子女入学"] * 8] for n in range(1, 400)])
    pages = text_of(pdf)
    assert len(pages) > 10
    assert all("登记号" in page for page in pages[:-1])
    assert all(f"2026-02-{n:04d}-K" in "".join(pages) for n in range(1, 400))
    assert outside(pdf, A4_ACROSS) == []
    assert overlaps(pdf) == []


@pytest.mark.parametrize(
    "text", [FIFTY, LONG, EVERYTHING, "\x07", *NAMES.values()], ids=range(4 + len(NAMES))
)
def test_whatever_is_typed_stays_inside_the_register(text: str) -> None:
    assert outside(register([[text] * COLUMNS, ["1"] * COLUMNS]), A4_ACROSS) == []


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("text", [FIFTY, FIFTY * 4, *NAMES.values()], ids=range(2 + len(NAMES)))
def test_a_certificate_called_by_a_long_name_of_a_station_with_one_stays_inside(
    text: str, large: bool, overlaps: Callable[[bytes], list[str]]
) -> None:
    facts = {"station": text, "issued": text, "approver": text, "clerk": text}
    said = replace(filled("certificate", facts=facts), title=text, counts_copies=True)
    pdf = paper_pdf(published()["certificate"], said, "zh-Hans", texts("zh-Hans"), large=large)
    assert outside(pdf, A4_PORTRAIT) == []
    assert overlaps(pdf) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_called_after_what_it_certifies_and_does_not_count_copies_at_its_foot(
    language: Language, text_of: Read
) -> None:
    kept = published()["certificate"].copies[1].in_language(language)
    said = replace(filled("certificate"), title="居住情况证明")
    for counts in (True, False):
        told = replace(said, counts_copies=counts)
        words = "".join(
            text_of(paper_pdf(published()["certificate"], told, language, texts(language), large=False))
        )
        assert "居住情况证明" in words
        assert (kept in words) != counts
