"""Who looked at what is known of residents, when and why: read out of the log, for head and auditor."""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from station_desk.cases.data_rights import (
    CORRECTED,
    DESTROYED,
    ERASED,
    CorrectedPublic,
    DestroyedPublic,
    ErasedPublic,
)
from station_desk.cases.event import Event
from station_desk.cases.opened import (
    EXPORTED,
    KNOWN,
    READ,
    UNMASKED,
    AccessExportedPublic,
    AccessReadPublic,
    AccessUnmaskedPrivate,
    AccessUnmaskedPublic,
    ResidentOpenedPublic,
)
from station_desk.core.texts import Say
from station_desk.counter.desk import Desk
from station_desk.store.access import AccessEvent, access_events

FORMULA = ("=", "+", "-", "@", "\t", "\r")
COLUMNS = ("at", "actor", "what", "cases", "why")


@dataclass(frozen=True, slots=True)
class Looks:
    """Which looks are wanted; an empty text asks for all. Days are ISO, both included."""

    actor: str = ""
    case: str = ""
    since: str = ""
    until: str = ""


@dataclass(frozen=True, slots=True)
class AccessRow:
    """One look, correction or erasure. `detail` are its fields, paper or record; `why` a code or words."""

    place: int
    at: str
    actor: str
    kind: str
    cases: tuple[str, ...]
    detail: tuple[str, ...]
    why: str
    way: str
    words: str = ""


def looks(desk: Desk, wanted: Looks, most: int = 0) -> list[AccessRow]:
    """The newest first. Raises NotAllowed."""
    desk.require("audit")
    return [_row(one) for one in access_events(desk.store, wanted.actor, wanted.case, _span(wanted), most)]


def what_words(row: AccessRow, say: Say) -> str:
    """What somebody did, in words."""
    match row.kind:
        case "access.unmasked":
            fields = say("access.and").join(say(f"access.field.{field}") for field in row.detail)
            return say("access.what.unmasked", fields=fields)
        case "access.read" if row.detail[1:]:
            return say("access.what.paper", paper=_paper(row.detail[1], say))
        case "access.read":
            return say(f"access.what.{row.detail[0]}")
        case "case.corrected":
            return say("access.what.corrected", count=len(row.detail))
        case kind:
            return say(f"access.what.{kind.rpartition('.')[2]}")


def why_words(row: AccessRow, say: Say) -> str:
    """Why: the reason from the list, or the words; empty where none was asked for."""
    match row.kind:
        case "access.unmasked":
            reason = say(f"access.reason.{row.why}")
            return say("access.why.words", reason=reason, words=row.words) if row.words else reason
        case "resident.opened":
            return say("access.why.application", item=row.why)
        case "case.erased" | "data.destroyed":
            return say(f"access.ground.{row.why}", record=row.detail[0])
        case _:
            return row.words


def as_csv(rows: list[AccessRow], say: Say) -> bytes:
    """The list for office programs."""
    head = [say(f"access.column.{name}") for name in COLUMNS]
    return sheet_of(
        head,
        ((one.at, one.actor, what_words(one, say), " ".join(one.cases), why_words(one, say)) for one in rows),
    )


def sheet_of(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV; no cell of it is a formula."""
    text = io.StringIO(newline="")
    sheet = csv.writer(text)
    sheet.writerow(head)
    for cells in rows:
        sheet.writerow([f"'{cell}" if cell.startswith(FORMULA) else cell for cell in cells])
    return text.getvalue().encode("utf-8-sig")


def _span(wanted: Looks) -> tuple[str, str]:
    return wanted.since, f"{wanted.until}~" if wanted.until else "~"


def _paper(name: str, say: Say) -> str:
    return say("papers.register.title") if name == "register" else say(f"papers.kind.{name}")


def _row(one: AccessEvent) -> AccessRow:
    event = one.event
    cases, detail, why, way = _told(event)
    words = _words(one.private) if event.kind in (UNMASKED, EXPORTED) else ""
    return AccessRow(one.place, event.at, event.actor, event.kind, cases, detail, why, way, words)


def _words(private: str | None) -> str:
    return msgspec.json.decode(private, type=AccessUnmaskedPrivate).words if private else ""


def _told(event: Event) -> tuple[tuple[str, ...], tuple[str, ...], str, str]:
    match event.kind:
        case _ if event.kind == KNOWN:
            opened = msgspec.json.decode(event.public, type=ResidentOpenedPublic)
            return opened.cases, (), opened.item, "window"
        case _ if event.kind == READ:
            read = msgspec.json.decode(event.public, type=AccessReadPublic)
            return (read.case,), (read.what, read.paper) if read.paper else (read.what,), "", read.way
        case _ if event.kind == UNMASKED:
            unmasked = msgspec.json.decode(event.public, type=AccessUnmaskedPublic)
            return (unmasked.case,), unmasked.fields, unmasked.reason, unmasked.way
        case _ if event.kind == EXPORTED:
            exported = msgspec.json.decode(event.public, type=AccessExportedPublic)
            return exported.cases, (), "", ""
        case _ if event.kind == CORRECTED:
            return (event.subject,), msgspec.json.decode(event.public, type=CorrectedPublic).places, "", ""
        case _ if event.kind == ERASED:
            gone = msgspec.json.decode(event.public, type=ErasedPublic)
            return (event.subject,), (gone.record,), gone.ground, ""
        case _ if event.kind == DESTROYED:
            record = msgspec.json.decode(event.public, type=DestroyedPublic)
            return tuple(line.case for line in record.lines), (record.record,), record.ground, ""
        case _:
            return (), (), "", ""
