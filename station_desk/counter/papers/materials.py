"""The materials of a case as papers list them: what was handed in, what becomes of it, what to mend."""

import re
from collections.abc import Iterable, Iterator, Mapping

from station_desk.cases import parts as p
from station_desk.catalogue.item import Words
from station_desk.counter.papers.telling import Rows, Telling
from station_desk.counter.wording import worded

GIVEN = ("brought", "elic", "shared", "promise", "follows")
"""Ways in which a material counts as dealt with, and so stands on the receipt."""

FATES: Mapping[str, str] = {
    "original": "fate_returned", "original_and_copy": "fate_both", "copy": "fate_kept", "signed": "fate_kept",
    "electronic": "fate_kept",
}  # fmt: skip
"""What becomes of a paper that was brought, by its form."""

MENDED_BY = re.compile(r"\s*(?:→|=>)\s*")
NAMED = re.compile(r"([^：:]{1,40})[：:]\s*(.+)", re.DOTALL)
"""A defect as clerks write it: 申请表：未签名 → 请本人签名."""

NOTHING = ""


def material_rows(told: Telling) -> Rows:
    """What was handed in, in the order of the item."""
    given = [seen for seen in told.case.materials if seen.how in GIVEN]
    return [
        {
            "no": str(number), "name": worded(seen.name, told.say), "form": form_words(told, seen),
            "copies": copies_of(seen), "fate": _fate(told, seen),
        }
        for number, seen in enumerate(given, 1)
    ]  # fmt: skip


def returned_rows(told: Telling) -> Rows:
    """What was handed in and goes back to the applicant, all of it: nothing came of the application."""
    brought = [seen for seen in told.case.materials if _here(seen)]
    return [
        {
            "no": str(number), "name": worded(seen.name, told.say), "form": form_words(told, seen),
            "copies": str(seen.copies), "fate": told.sentence("fate_returned"),
        }
        for number, seen in enumerate(brought, 1)
    ]  # fmt: skip


def mending_rows(told: Telling, bring: Iterable[Words], defects: Iterable[str]) -> Rows:
    """All that is wrong, each with how to mend it: papers that are missing first, then what a clerk wrote."""
    rows = [*_missing(told, bring), *_defects(told, defects)]
    return [{"no": str(number), **row} for number, row in enumerate(rows, 1)]


def form_words(told: Telling, seen: p.PaperSeen) -> str:
    """In which form a material was shown, or what stands in its place."""
    if seen.on_file:
        return told.say("papers.on_file", case=seen.on_file)
    return told.say(f"term.form.{seen.form}" if seen.how == "brought" else f"term.how.{seen.how}")


def copies_of(seen: p.PaperSeen) -> str:
    """How many copies the station keeps; empty for what was only looked at."""
    return str(seen.copies) if _here(seen) and seen.form != "original" else NOTHING


def _fate(told: Telling, seen: p.PaperSeen) -> str:
    return told.sentence(FATES[seen.form]) if _here(seen) else NOTHING


def _here(seen: p.PaperSeen) -> bool:
    return seen.how == "brought" and not seen.on_file


def _missing(told: Telling, bring: Iterable[Words]) -> Iterator[dict[str, str]]:
    known = {seen.name.hans: seen for seen in told.case.materials}
    for name in bring:
        seen = known.get(name.hans)
        form, copies = (seen.form, seen.copies) if seen else ("original", 1)
        yield {
            "name": worded(name, told.say), "wrong": told.sentence("missing"),
            "mend": told.sentence(f"bring_{form}", copies=copies),
        }  # fmt: skip


def _defects(told: Telling, defects: Iterable[str]) -> Iterator[dict[str, str]]:
    for defect in defects:
        wrong, *mend = MENDED_BY.split(defect.strip(), maxsplit=1)
        named = NAMED.fullmatch(wrong)
        name, what = (named[1], named[2]) if named else (NOTHING, wrong)
        yield {"name": name, "wrong": what, "mend": mend[0] if mend else told.sentence("mend")}
