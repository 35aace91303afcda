"""Rules for the papers: known facts only, the parts that make one valid, no names where others read."""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath

from station_desk.catalogue.check.numbers import too_small
from station_desk.catalogue.fault import Fault, Place
from station_desk.catalogue.item import LANGUAGES, Words
from station_desk.catalogue.paper import Block, Paper, Section
from station_desk.catalogue.paper_kinds import FULL, PAPER_KINDS, PaperKind
from station_desk.catalogue.paper_references import gaps, loose_ends, named_in, texts_of

_ID = re.compile(r"[a-z]+(_[a-z]+)*")
_PARTS = ("text", "rows", "field", "column", "left", "right")

NEEDS: Mapping[Block, tuple[tuple[str, ...], ...]] = {
    "salutation": (("text",),), "text": (("text",),), "law": (("text",),), "facts": (("field",),),
    "grid": (("field",), ("rows",)), "list": (("rows", "column"),), "cases": (("rows", "field"),),
    "tracking": ((),), "proof": (("text",),), "signatures": (("left", "right"), ("left",), ("right",)),
    "certified": (("text",),), "seal": (("left", "right"), ("right",)),
}  # fmt: skip
"""What a section of each layout holds, in one of several ways; all else would be shown nowhere."""

LEAST_SHARE = 1
WHOLE_IDENTITY = ("applicant.full", "identity.full", "agent.full")
"""Facts that show a whole identity number."""


def paper_faults(paper: Paper, file: str) -> Iterator[Fault]:
    """All that is wrong in one file of `papers/`."""
    name = PurePosixPath(file).stem
    kind = PAPER_KINDS.get(name)
    if kind is None:
        yield Fault((), "paper_unknown", {"found": name, "known": ", ".join(PAPER_KINDS)})
        return
    found = [*loose_ends(paper, kind), *_section_faults(paper)]
    yield from found
    # A misspelt name leaves a gap behind; the gap is no fault of its own.
    if not found:
        sentences = ((("sentence", name), words) for name, words in paper.sentence.items())
        yield from gap_differences([*texts_of(paper), *sentences])
        yield from _lacking(paper, kind)
    yield from _privacy_faults(paper, kind)
    if not paper.copies:
        yield Fault(("copies",), "list_empty", {"key": "copies"})


def gap_differences(texts: Iterable[tuple[Place, Words]]) -> Iterator[Fault]:
    """A text must fill the same gaps in every language: who reads the other one is told as much."""
    for place, words in texts:
        found = gaps(words)
        first, *others = LANGUAGES
        for language in others:
            if missing := sorted(set(found[first]) ^ set(found[language])):
                yield Fault((*place, language), "gap_differs", {"found": ", ".join(missing), "first": first})


def _section_faults(paper: Paper) -> Iterator[Fault]:
    ids = [section.id for section in paper.section]
    for index, section in enumerate(paper.section):
        if not _ID.fullmatch(section.id):
            yield Fault(("section", index, "id"), "key_shape", {"found": section.id})
        if section.id in ids[:index]:
            yield Fault(("section", index, "id"), "entry_twice", {"key": "section", "found": section.id})
        yield from _block_faults(index, section)
        for number, column in enumerate(section.column):
            yield from too_small(("section", index, "column", number, "share"), column.share, LEAST_SHARE)


def _block_faults(index: int, section: Section) -> Iterator[Fault]:
    ways = NEEDS[section.block]
    held = [part for part in _PARTS if getattr(section, part)]
    if any(sorted(held) == sorted(way) for way in ways):
        return
    needed = max(ways, key=lambda way: len(set(way) & set(held)))
    at = ("section", index)
    for part in needed:
        if part not in held:
            yield Fault(at, "block_lacks", {"block": section.block, "key": part})
    for part in held:
        if part not in needed:
            values = {"block": section.block, "key": part, "known": ", ".join(needed) or "—"}
            yield Fault((*at, part), "block_unused", values, rests_on=((*at, part), (*at, "block")))


def _lacking(paper: Paper, kind: PaperKind) -> Iterator[Fault]:
    """Facts and parts without which the paper would not do what the law asks of it."""
    named = named_in(paper)
    for fact in kind.must:
        if fact not in named:
            yield Fault(("section",), "paper_lacks", {"found": fact})
    blocks = {section.block for section in paper.section}
    for block in kind.blocks:
        if block not in blocks:
            yield Fault(("section",), "paper_lacks_block", {"found": block})


def _privacy_faults(paper: Paper, kind: PaperKind) -> Iterator[Fault]:
    """Papers for other offices name nobody in full; a whole identity number is only where it is signed."""
    for place, key in _shown(paper):
        if paper.audience == "street" and key.endswith(FULL):
            yield Fault(place, "full_for_others", {"found": key}, rests_on=(place, ("audience",)))
        elif key in WHOLE_IDENTITY and not kind.whole_names:
            yield Fault(place, "identity_unsigned", {"found": key})


def _shown(paper: Paper) -> Iterator[tuple[Place, str]]:
    for index, section in enumerate(paper.section):
        for number, fact in enumerate(section.field):
            yield ("section", index, "field", number, "key"), fact.key
    for place, words in texts_of(paper):
        for gap in gaps(words)["zh-Hans"]:
            yield place, gap
