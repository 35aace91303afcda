"""The differences between two editions as sentences: what an official reads before signing."""

from collections.abc import Mapping
from typing import Any

import msgspec

from station_desk.catalogue.edition.difference import QUANTITY, Change, Part
from station_desk.catalogue.item import LANGUAGES, Words
from station_desk.core.texts import Texts
from station_desk.counter.wording import limit_words, worded

SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": "~"}
NOTHING = "—"
CODED: Mapping[str, str] = {
    "kind": "term.kind", "plane": "term.plane", "type": "term.type", "role": "term.station_role",
    "step.role": "term.role", "material.need": "term.need", "material.form": "term.form",
    "material.substitute": "term.how", "step.clock": "edition.value", "limit.from": "edition.value",
    "evidence": "edition.value", "status": "edition.value", "result.kind": "edition.value",
}  # fmt: skip
"""Where the words for the codes of a key stand; other values are said as they are written."""

TOLD: Mapping[str, tuple[str, ...]] = {
    "step": ("role", "limit"), "material": ("form", "need"),
    "step.next": ("to", "when"), "guide.question": ("asked", "answer"),
}  # fmt: skip
"""What is said of an entry that came or went, beside its name."""


def change_lines(change: Change, texts: Texts) -> list[str]:
    """A line for the entry and one for each difference in it."""
    name = worded(change.name, texts) if change.name else ""
    head = (SIGNS[change.how], texts(f"edition.kind.{change.kind}"), change.code, name)
    return [
        " ".join(word for word in head if word),
        *(f"    {part_words(p, change.kind, texts)}" for p in change.parts),
    ]


def part_words(part: Part, kind: str, texts: Texts) -> str:
    """A difference in an entry of this kind in one sentence: 承诺时限：20 个工作日 → 18 个工作日."""
    what = _what(part, kind, texts)
    match part.how:
        case "changed":
            before, after = _value(part.key, part.before, texts), _value(part.key, part.after, texts)
            return texts("edition.diff.changed", what=what, before=before, after=after)
        case "moved":
            return texts("edition.diff.moved", what=what, after=_value(part.key, part.after, texts))
        case "added" | "removed":
            value = _value(part.key, part.after if part.how == "added" else part.before, texts)
            key = f"edition.diff.{part.how}" if value else f"edition.diff.{part.how}_bare"
            return texts(key, what=what, value=value)


def _what(part: Part, kind: str, texts: Texts) -> str:
    if not part.entry:
        return _said(f"edition.key.{kind}.{part.key}", texts) or _label(part.key, texts)
    entry = worded(part.name, texts) if part.name else part.entry
    within, _, key = part.key.partition(".")
    named = texts("edition.diff.entry", what=_label(within, texts), entry=entry)
    return texts("edition.diff.within", what=_label(part.key, texts), entry=named) if key else named


def _label(key: str, texts: Texts) -> str:
    """What people call a key; one that has no word yet is called as in the file."""
    last = key.rpartition(".")[2]
    return _said(f"edition.key.{key}", texts) or _said(f"edition.key.{last}", texts) or last


def _value(key: str, value: Any, texts: Texts) -> str:
    match value:
        case None | "":
            return NOTHING
        case bool():
            return texts("edition.value.yes" if value else "edition.value.no")
        case dict() if value.keys() == QUANTITY:
            return limit_words(value["count"], value["unit"], texts)
        case dict() if value.keys() == set(LANGUAGES):
            return worded(msgspec.convert(value, Words), texts)
        case dict():
            told = TOLD.get(key, ())
            return " · ".join(_value(f"{key}.{k}", value[k], texts) for k in told if value.get(k) is not None)
        case list() | tuple():
            return " · ".join(_value(key, one, texts) for one in value) or NOTHING
        case _:
            return _said(f"{CODED.get(key, '')}.{value}", texts) or str(value)


def _said(key: str, texts: Texts) -> str:
    try:
        return texts(key) if not key.startswith(".") else ""
    except KeyError:
        return ""
