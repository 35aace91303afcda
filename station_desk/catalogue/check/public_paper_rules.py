"""Rules for the papers of the catalogue: known kinds and groups, all sentences, a style that can be read."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from station_desk.catalogue.check.category_rules import LEAST_CONTRAST, colour_shape, contrast_on_white
from station_desk.catalogue.fault import Fault
from station_desk.catalogue.guide_page import GROUPS
from station_desk.catalogue.public_paper import DIAGRAM, PUBLIC_KINDS, PublicPaper, StreetStyle

SHOWABLE = (*GROUPS, DIAGRAM)


def public_paper_faults(paper: PublicPaper, file: str) -> Iterator[Fault]:
    """What is wrong in one file of `papers/public/`."""
    kind = PurePosixPath(file).stem
    sentences = PUBLIC_KINDS.get(kind)
    if sentences is None:
        yield Fault((), "paper_unknown", {"found": kind, "known": ", ".join(PUBLIC_KINDS)})
        return
    for index, key in enumerate(paper.show):
        if key not in SHOWABLE:
            yield Fault(("show", index), "group_unknown", {"found": key, "known": ", ".join(SHOWABLE)})
        if key in paper.show[:index]:
            yield Fault(("show", index), "entry_twice", {"key": "show", "found": key})
    for name in sentences:
        if name not in paper.sentence:
            yield Fault(("sentence",), "sentence_missing", {"found": name})


def style_faults(style: StreetStyle) -> Iterator[Fault]:
    """White words stand on the colour of the street, so it must be dark enough for them."""
    if not colour_shape(style.colour):
        yield Fault(("colour",), "colour_shape", {"found": style.colour})
    elif (contrast := contrast_on_white(style.colour)) < LEAST_CONTRAST:
        yield Fault(("colour",), "colour_pale", {"found": f"{contrast:.2f}", "least": LEAST_CONTRAST})
