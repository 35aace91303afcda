"""How each case stands with the district, and why one was refused: for the lists, the case, the command line.

Nothing here remembers that something was sent. "Acknowledged" is what the district said it holds when it was
last asked; "on its way" is a message that waits for its answer at this moment; "refused" is the last word of
the district about the case, its log or this counter, until it says another.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import msgspec

from station_desk.core.clock import stamp
from station_desk.core.errors import DeskError, OfflineError
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.sync_state import shared_marks
from station_desk.protocol.messages import Mark, Unread
from station_desk.store.desk_store import DeskStore
from station_desk.store.flight import OnItsWay, now_on_its_way
from station_desk.sync.trouble import (
    HeadsDisagree,
    LogForked,
    LogGap,
    NotEnrolled,
    Replaced,
    Revoked,
    VersionRefused,
    WriterNotOurs,
)

How = Literal["alone", "waiting", "on_its_way", "acknowledged", "refused"]
REFUSAL = "sync_refusal"
WHOLE_COUNTER = frozenset(one.code for one in (NotEnrolled, Revoked, Replaced, VersionRefused, WriterNotOurs))
WHOLE_LOG = frozenset(one.code for one in (LogForked, LogGap, HeadsDisagree))
EVENTS_OF = (
    "SELECT subject, writer, seq FROM events WHERE subject IN (SELECT value FROM json_each(?))"
    " AND kind LIKE 'case.%'"
)
DOSSIERS_OF = (
    "SELECT d.case_number, d.writer, d.number FROM cases c CROSS JOIN writers w"
    " CROSS JOIN dossiers d ON d.writer = w.writer AND d.number = c.dossier AND d.case_number = c.number"
    " WHERE c.number IN (SELECT value FROM json_each(?))"
)
LATE_CASES = (
    "SELECT DISTINCT subject FROM events WHERE writer = ? AND seq > ? AND kind LIKE 'case.%'"
    " UNION SELECT case_number FROM dossiers WHERE writer = ? AND number > ?"
)


class Refusal(msgspec.Struct, frozen=True):
    """The last refusal: its sentence by `code` and `values`, and what of a log it is about."""

    code: str
    values: dict[str, str]
    at: str
    writer: str = ""
    of: str = ""
    first: int = 0
    last: int = 0


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands. `whole` says that its contents are held too.

    `reason` is the key of a sentence with its `values`: why it was refused, or what it waits behind.
    """

    how: How
    whole: bool = False
    reason: str = ""
    values: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Late:
    """What the district does not hold of a case yet: events and dossiers by their logs."""

    events: list[tuple[str, int]]
    dossiers: list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class _District:
    """What is known now: the marks, what is on its way, the last refusal, the cases that are kept unread."""

    marks: Mapping[str, Mark]
    flying: OnItsWay
    refusal: Refusal | None
    unread: frozenset[str]
    behind: str


def standings(store: DeskStore, numbers: Sequence[str]) -> dict[str, Standing]:
    """How each of some cases stands: those on a page of a list, whatever else there is."""
    about = store.about()
    if not about.get("district_url"):
        return dict.fromkeys(numbers, Standing("alone"))
    district = _known(store, about)
    late = {number: _Late([], []) for number in numbers}
    asked, whole = json.dumps(list(numbers)), set()
    for number, writer, seq in store.read(EVENTS_OF, (asked,)):
        if seq > district.marks.get(writer, Mark()).head.seq:
            late[number].events.append((writer, seq))
    for number, writer, place in store.read(DOSSIERS_OF, (asked,)):
        if place > district.marks.get(writer, Mark()).dossiers:
            late[number].dossiers.append((writer, place))
        else:
            whole.add(number)
    return {number: _standing(number, one, district, whole=number in whole) for number, one in late.items()}


def standing_of(store: DeskStore, number: str) -> Standing:
    """How one case stands."""
    return standings(store, [number])[number]


def unsettled(store: DeskStore) -> dict[str, Standing]:
    """Every case of which the district does not hold all, or cannot read all; by number."""
    marks = shared_marks(store)
    late: set[str] = set(_unread(store, store.about()))
    for (writer,) in store.read("SELECT writer FROM writers"):
        mark = marks.get(writer, Mark())
        rows = store.read(LATE_CASES, (writer, mark.head.seq, writer, mark.dossiers))
        late |= {number for (number,) in rows}
    return standings(store, sorted(late))


def reason_words(standing: Standing, texts: Texts) -> str:
    """Why, and what to do now, in the language of the person; nothing where there is nothing to say."""
    return texts(standing.reason, **standing.values) if standing.reason else ""


def held_words(standing: Standing, texts: Texts) -> str:
    """The standing in a word or two, for a list."""
    part = standing.how == "acknowledged" and not standing.whole
    return texts("case_sync.state.part" if part else f"case_sync.state.{standing.how}")


def facts_of(standing: Standing, texts: Texts) -> dict[str, object]:
    """The standing for a program."""
    code = standing.reason.removeprefix("errors.")
    words = reason_words(standing, texts)
    return {"state": standing.how, "contents": standing.whole, "code": code, "text": words}


def note_refusal(desk: Desk, trouble: DeskError) -> None:
    """Keeps what the district said about a case, a log or this counter. Being offline says nothing new."""
    if isinstance(trouble, OfflineError) and not isinstance(trouble, VersionRefused):
        return
    values = {name: desk.texts.spoken(value) for name, value in trouble.values.items()}
    first, last = (int(values.get(name, "0")) for name in ("first", "last"))
    said = Refusal(
        trouble.code, values, stamp(desk.clock()), values.get("writer", ""), values.get("of", ""), first, last
    )
    desk.store.set_about({REFUSAL: msgspec.json.encode(said).decode()})


def _known(store: DeskStore, about: Mapping[str, str]) -> _District:
    said = about.get(REFUSAL)
    refusal = msgspec.json.decode(said, type=Refusal) if said else None
    flying = now_on_its_way(store.profile.folder)
    behind = _case_of(store, refusal) if refusal else ""
    return _District(shared_marks(store), flying, refusal, frozenset(_unread(store, about)), behind)


def _unread(store: DeskStore, about: Mapping[str, str]) -> list[str]:
    """The cases of the events that the district keeps and cannot read yet."""
    said = about.get("district_unread", "[]")
    places = [[one.writer, one.seq] for one in msgspec.json.decode(said, type=tuple[Unread, ...])]
    rows = store.read(
        "SELECT DISTINCT e.subject FROM json_each(?) j JOIN events e ON e.writer = j.value ->> 0"
        " AND e.seq = j.value ->> 1 WHERE e.kind LIKE 'case.%'",
        (json.dumps(places),),
    )
    return [number for (number,) in rows]


def _case_of(store: DeskStore, refusal: Refusal) -> str:
    """The one case that a refusal is about; empty where it is about more."""
    if refusal.first != refusal.last or not refusal.first:
        return ""
    what = (
        "SELECT case_number FROM dossiers WHERE writer = ? AND number = ?"
        if refusal.of == "dossiers"
        else "SELECT subject FROM events WHERE writer = ? AND seq = ?"
    )
    rows = store.read(what, (refusal.writer, refusal.first))
    return str(rows[0][0]) if rows else ""


def _standing(number: str, late: _Late, district: _District, *, whole: bool) -> Standing:
    if any(district.flying.has_event(*one) for one in late.events) or any(
        district.flying.has_dossier(*one) for one in late.dossiers
    ):
        return Standing("on_its_way", whole)
    if number in district.unread:
        return Standing("refused", whole, "case_sync.waiting_room")
    if not late.events and not late.dossiers:
        return Standing("acknowledged", whole)
    refusal = district.refusal
    if refusal and _is_about(refusal, late):
        return Standing("refused", whole, f"errors.{refusal.code}", refusal.values)
    if refusal and district.behind and refusal.writer in {writer for writer, _ in late.events}:
        return Standing("waiting", whole, "case_sync.behind", {"case": district.behind})
    return Standing("waiting" if late.events else "acknowledged", whole)


def _is_about(refusal: Refusal, late: _Late) -> bool:
    """Whether the refusal is about this case, about its log, or about the whole counter."""
    if refusal.code in WHOLE_COUNTER or not refusal.writer:
        return True
    if refusal.code in WHOLE_LOG:
        return refusal.writer in {writer for writer, _ in (*late.events, *late.dossiers)}
    places = late.dossiers if refusal.of == "dossiers" else late.events
    return any(writer == refusal.writer and refusal.first <= n <= refusal.last for writer, n in places)
