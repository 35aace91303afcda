"""Sets a published paper: its file says what stands where and in which words, the case fills it.

One way for all papers of a case; how each part looks lies in `blocks/`.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec

from station_desk.catalogue.item import Language, Words
from station_desk.catalogue.paper import Block, Paper, Section
from station_desk.core.texts import Say
from station_desk.printing.blocks.cases import set_cases
from station_desk.printing.blocks.facts import set_facts, set_grid
from station_desk.printing.blocks.foot import foot, foot_height, foot_lines, notes_of
from station_desk.printing.blocks.head import head_height, later_head, set_head, set_title
from station_desk.printing.blocks.listing import set_listing
from station_desk.printing.blocks.proof import set_proof
from station_desk.printing.blocks.seal import set_seal
from station_desk.printing.blocks.setting import Filled, Setting
from station_desk.printing.blocks.signatures import set_signatures
from station_desk.printing.blocks.sizes import sizes_of
from station_desk.printing.blocks.text import set_certified, set_law, set_salutation, set_text
from station_desk.printing.blocks.tracking import set_tracking
from station_desk.printing.page import Mark, Pages
from station_desk.printing.pdf import About, pdf_of
from station_desk.printing.wrapping import Line

BLOCKS: Mapping[Block, Callable[[Setting, Section], None]] = {
    "salutation": set_salutation,
    "text": set_text,
    "law": set_law,
    "facts": set_facts,
    "grid": set_grid,
    "list": set_listing,
    "cases": set_cases,
    "tracking": set_tracking,
    "proof": set_proof,
    "signatures": set_signatures,
    "seal": set_seal,
    "certified": set_certified,
}
SIGNED_ON: tuple[Block, ...] = ("signatures", "seal")
"""Where somebody signs."""

BESIDE_CODES: tuple[Block, ...] = ("facts", "tracking", "salutation", "text")
"""What may stand beside a code at the right edge; all else goes on below it."""

MOVES_TO_SIGNATURES: tuple[Block, ...] = ("text", "law", "facts", "tracking", "proof")
"""What goes to the next page with the lines to sign on when these do not fit any more."""

MOST_PAGES = 999
"""The numbers of so many pages fit at the foot."""


def paper_pdf(paper: Paper, filled: Filled, language: Language, say: Say, *, large: bool) -> bytes:
    """The paper as PDF; the same paper of the same case gives the same bytes."""
    sizes = sizes_of(paper.format, large=large)
    copies = [] if filled.counts_copies else [copy.in_language(language) for copy in paper.copies]
    notes = notes_of(sizes, filled.complaint_phone, copies, filled.edition, filled.copy_no, say)
    lines = foot_lines(sizes, notes, say("paper.foot.page", number=MOST_PAGES, count=MOST_PAGES))
    pages = Pages(sizes.sheet, head_height(sizes), foot_height(sizes, len(lines)))
    title = filled.title or paper.title.in_language(language)
    set_head(pages, sizes, filled.station, filled.number, say)
    code_top = set_title(pages, sizes, title)
    pages.y += 1.5
    setting = Setting(paper, filled, pages, sizes, language, say, code_top)
    _set_sections(setting, _in_order(setting))
    name = f"{title} {filled.number}".strip()
    about = About(name, filled.station.name, say("paper.language"), filled.number, filled.edition.full)
    return pdf_of(_framed(setting, title, lines), sizes.sheet, about)


def _in_order(setting: Setting) -> list[Section]:
    """As the file has them, a section for each paragraph; in large print the code comes after all words."""
    sections = [part for section in setting.paper.section for part in _paragraphs(section, setting.language)]
    if not setting.sizes.large:
        return sections
    codes = [section for section in sections if section.block == "tracking"]
    others = [section for section in sections if section.block != "tracking"]
    end = next((place for place, section in enumerate(others) if section.block in SIGNED_ON), len(others))
    return [*others[:end], *codes, *others[end:]]


def _paragraphs(section: Section, language: Language) -> list[Section]:
    """The paragraphs of a text, so that a page may end between any two."""
    if section.block != "text" or section.text is None:
        return [section]
    paragraphs = section.text.in_language(language).split("\n")
    return [
        msgspec.structs.replace(
            section, text=Words(text, text, text), heading=None if number else section.heading
        )
        for number, text in enumerate(paragraphs)
    ]


def _set_sections(setting: Setting, sections: Sequence[Section]) -> None:
    """One below the other; nobody signs on a page of its own: what stands before goes there too."""
    waiting = list(sections)
    while waiting:
        section = waiting.pop(0)
        if waiting and waiting[0].block in SIGNED_ON and section.block in MOVES_TO_SIGNATURES:
            _set_with(setting, section, waiting.pop(0))
        else:
            _set(setting, section)


def _set_with(setting: Setting, section: Section, signatures: Section) -> None:
    pages = setting.pages
    start = pages.state()
    _set(setting, section)
    page = len(pages.marks)
    _set(setting, signatures)
    if len(pages.marks) > page == len(start.marks):
        pages.back_to(start)
        pages.next_page()
        _set(setting, section)
        _set(setting, signatures)


def _set(setting: Setting, section: Section) -> None:
    if section.block not in BESIDE_CODES:
        setting.pages.go_below()
    BLOCKS[section.block](setting, section)


def _framed(setting: Setting, title: str, lines: Sequence[Line]) -> list[list[Mark]]:
    """The pages with their heads and feet."""
    filled, sizes = setting.filled, setting.sizes
    count = len(setting.pages.marks)
    height = foot_height(sizes, len(lines))
    framed: list[list[Mark]] = []
    for number, body in enumerate(setting.pages.marks, 1):
        where = setting.say("paper.foot.page", number=number, count=count) if count > 1 else ""
        above = later_head(sizes, filled.station.name, title, filled.number) if number > 1 else []
        framed.append([*above, *body, *foot(sizes, lines, height, where)])
    return framed
