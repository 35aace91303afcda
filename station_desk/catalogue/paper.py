"""What a published paper is: its title, its sections in their order, its sentences, whom each copy is for.

The files in `forms/papers/` are written by officials, one file a paper, named after its kind; this module is
the shape they must have. `paper_kinds.py` says what each kind may and must say; `printing/` knows how it
looks.
"""

from typing import Literal

import msgspec

from station_desk.catalogue.item import Words

Format = Literal["a4", "a5"]
"""A4 upright; A5 on its side, like the receipt."""

Audience = Literal["applicant", "file", "street"]
"""Who reads it: the applicant takes it home, it stays in the file of the case, it goes to other offices."""

Block = Literal[
    "salutation",
    "text",
    "law",
    "facts",
    "grid",
    "list",
    "cases",
    "tracking",
    "proof",
    "signatures",
    "seal",
    "certified",
]
"""How a section is laid out.

Whom the paper speaks to; a paragraph; a sentence of law; labels with what they say; the same as a ruled form;
a table with a row for each thing; a row for each case with its barcode; the QR to the resident's page; the
signed code that proves the paper; lines to sign on; lines to sign on beside the place for the seal; what is
certified, in larger type.
"""


class PaperField(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A fact of the case and what it is called on this paper; `strong` sets it in bold."""

    key: str
    label: Words
    strong: bool = False


class PaperColumn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column of a table; `share` is its part of the width beside those of the others."""

    key: str
    title: Words
    share: int


class Section(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of a paper. What is empty in a case leaves no trace: a fact, a table, a sentence with a gap.

    `rows` names what a table lists, `least` how high each row is in millimetres when a pen needs room; `left`
    and `right` are the lines to sign on, those that end in a colon with a rule behind them. A ruled form
    (`grid`) also shows what is empty, for the pen.
    """

    id: str
    block: Block
    heading: Words | None = None
    text: Words | None = None
    rows: str = ""
    least: int = 0
    field: tuple[PaperField, ...] = ()
    column: tuple[PaperColumn, ...] = ()
    left: tuple[Words, ...] = ()
    right: tuple[Words, ...] = ()


class Paper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published paper. `copies` names whom each original is for; `sentence` holds what code puts in."""

    title: Words
    format: Format
    audience: Audience
    copies: tuple[Words, ...]
    section: tuple[Section, ...]
    sentence: dict[str, Words] = {}
