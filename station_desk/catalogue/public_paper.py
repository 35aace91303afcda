"""What the papers of the catalogue are: guide sheet, wall poster, booklet, community basics, rules.

Officials write in `forms/papers/public/` which elements of a guide each shows, in which order and in which
words; the street or town gives all of them one style. How they look is in `printing/public/`.
"""

from collections.abc import Mapping
from typing import Literal

import msgspec

from station_desk.catalogue.item import Words

WallSize = Literal["a4", "a3", "a2"]

DIAGRAM = "diagram"
"""Names in `show` the drawing of the workflow; the other names are groups of the guide."""


class PublicPaper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published paper of the catalogue.

    `show` lists the groups of the guide in their order; `leave_out` the elements that this paper does not
    show; `sentence` its fixed sentences.
    """

    title: Words
    size: WallSize = "a4"
    show: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    sentence: dict[str, Words] = {}


class StreetStyle(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How all boards of one street or town look (policy document, 三(二)2): its name, a motto, one colour."""

    street: Words
    motto: Words
    colour: str


PUBLIC_KINDS: Mapping[str, tuple[str, ...]] = {
    "guide": ("intro", "ask", "check"),
    "poster": ("ask", "edition"),
    "booklet": ("subtitle", "contents", "by_life_event", "index", "note"),
    "basics": ("people", "edition"),
    "rules": ("adopted", "in_force", "edition"),
}
"""For each kind of paper the sentences that its file must have."""
