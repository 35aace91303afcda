"""A paper while it is being set: what it says of its case, in which language, and the pages so far."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from station_desk.catalogue.item import Language, Words
from station_desk.catalogue.paper import Paper
from station_desk.catalogue.paper_references import GAP
from station_desk.core.texts import Say
from station_desk.printing.blocks.sizes import Sizes
from station_desk.printing.letterhead import Edition, Station
from station_desk.printing.page import Pages, plain
from station_desk.printing.wrapping import units

Row = Mapping[str, str]

HEADING_LEADING = 0.64
"""Millimetres of a heading's line for each point of its size."""


@dataclass(frozen=True, slots=True)
class Filled:
    """What a paper says of its case; an empty text stands for what there is not.

    `number` is the case whose barcode stands at the head, empty for a list of several. `tracking_url` is None
    for restricted items and where there is no district. `copy_no` counts prints: above 1, a reprint. `proof`
    is the signed code of a receipt or certificate. `title` stands in place of the published one.
    `counts_copies`: the paper says itself how many copies there are, so its foot does not.
    """

    station: Station
    number: str
    values: Mapping[str, str]
    rows: Mapping[str, Sequence[Row]]
    tracking_url: str | None
    complaint_phone: str
    edition: Edition
    copy_no: int
    proof: str = ""
    title: str = ""
    counts_copies: bool = False


@dataclass(frozen=True, slots=True)
class Setting:
    """A published paper, what fills it, the pages it goes onto and how large everything is."""

    paper: Paper
    filled: Filled
    pages: Pages
    sizes: Sizes
    language: Language
    say: Say
    code_top: float = 0.0
    """From where on the first page a code may stand at the right edge."""

    def words(self, words: Words | None) -> str:
        """Published words in the language of the paper."""
        return words.in_language(self.language) if words else ""

    def sentence(self, name: str) -> str:
        """A fixed sentence of the paper."""
        return self.words(self.paper.sentence[name])

    def filled_in(self, words: Words | None) -> str:
        """Published words with their gaps filled; empty when a gap has nothing to fill it."""
        text = self.words(words)
        if any(not self.filled.values[gap] for gap in GAP.findall(text)):
            return ""
        return GAP.sub(lambda found: self.filled.values[found[1]], text)

    def set_heading(self, words: Words | None) -> None:
        """A heading that is never left alone at the end of a page."""
        text = self.words(words)
        if not text:
            return
        lettering = self.sizes.heading
        leading = lettering.size * HEADING_LEADING
        self.pages.y += self.sizes.leading * 0.5
        self.pages.need(leading + 2.5 * self.sizes.leading)
        self.pages.flow(self.pages.left, units(plain(text, lettering)), leading)
        self.pages.y += 0.6
