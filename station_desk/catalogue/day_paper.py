"""What the papers of the station are: the closing sheet that the head signs, the caseload by item type, the
queue ticket, the seal register.

Officials write in `forms/papers/day/` which facts and tables each shows, in which order and in which words.
How they look is in `printing/day_sheet.py`.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from station_desk.catalogue.item import Words
from station_desk.catalogue.paper import PaperColumn


class DayFact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A labelled line; the gaps of `text` are filled with the figures of the day."""

    label: Words
    text: Words


class DayTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table of what `rows` names; without rows `empty` is said in its place."""

    rows: str
    column: tuple[PaperColumn, ...]
    heading: Words | None = None
    empty: Words | None = None


class DayPaper(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A published paper of a day. `left` and `right` are the lines to sign on, if any."""

    title: Words
    fact: tuple[DayFact, ...]
    table: tuple[DayTable, ...]
    left: Words | None = None
    right: Words | None = None
    sentence: dict[str, Words] = {}


@dataclass(frozen=True, slots=True)
class DayKind:
    """What a paper of a day may say: facts, tables with their columns, sentences with their gaps.

    `must` names the tables without which it would not be what it is called. `later` are sentences that
    editions of before they were wanted lack: there the words that came with the program are said.
    """

    facts: frozenset[str]
    rows: Mapping[str, frozenset[str]]
    sentences: Mapping[str, frozenset[str]]
    must: tuple[str, ...]
    later: frozenset[str] = frozenset()


_NAMED = frozenset({"no", "what"})
_PAPER = frozenset({"number", "paper", "copy"})
_FIGURES = frozenset({
    "type", "tickets", "served", "missed", "received", "accepted", "finished", "turned_away", "open",
    "overdue", "wait",
})  # fmt: skip
_ENTRY = frozenset({
    "number", "day", "document", "purpose", "copies", "applicant", "approver", "clerk", "remark",
})  # fmt: skip
_CLOSING = frozenset(
    {"day", "counter", "issued", "stored", "accepted", "printed", "known", "ended", "whole", "count"}
)

DAY_KINDS: Mapping[str, DayKind] = {
    "closing": DayKind(
        facts=_CLOSING | {"district"},
        rows={"gaps": _NAMED, "notes": _NAMED},
        sentences={
            "agrees": _CLOSING,
            "differs": _CLOSING,
            "acknowledged": _CLOSING,
            "alone": _CLOSING,
            "number_missing": frozenset({"number"}),
            "receipt_missing": _PAPER,
            "paper_unsure": _PAPER,
            "paper_stray": _PAPER,
            "events_waiting": frozenset({"number"}),
            "dossier_waiting": frozenset({"number"}),
            "voided": frozenset({"number"}),
            "reprinted": frozenset({"number", "paper", "copies"}),
            "closed_by": frozenset({"name", "confirmed"}),
            "not_closed": frozenset(),
            "code": frozenset(),
        },
        must=("gaps",),
        later=frozenset({"closed_by", "not_closed", "code"}),
    ),
    "daily": DayKind(
        facts=frozenset({"day", "counter", "asked"}),
        rows={"types": _FIGURES},
        sentences={"asked": frozenset({"day", "counter", "asked"}), "total": frozenset()},
        must=("types",),
    ),
    # Of no day and of no case: the sheet that the head keeps sealed. It has the same parts.
    "envelope": DayKind(
        facts=frozenset({"day", "station", "counter"}),
        rows={},
        sentences={name: frozenset() for name in ("use", "keep", "once", "typing")},
        must=(),
    ),
    # Also of no day: what a resident takes at the door. The number itself is no fact: it is always there.
    "ticket": DayKind(
        facts=frozenset({"before", "wait", "counter", "printed_at"}),
        rows={},
        sentences={
            "restricted": frozenset(),
            "priority": frozenset({"priority"}),
            "minutes": frozenset({"count"}),
            "wait_next": frozenset(),
            "wait_unknown": frozenset(),
            "scan": frozenset(),
            "called": frozenset(),
        },
        must=(),
    ),
    "register": DayKind(
        facts=frozenset(),
        rows={"entries": _ENTRY},
        sentences={
            "count": frozenset({"year", "counter", "count", "voided"}),
            "voided": frozenset({"day", "reason"}),
            "again": frozenset({"seal"}),
        },
        must=("entries",),
    ),
}
"""The kinds of papers of a day; the proof-reader and the desk derive from it."""
