"""Everything that this counter knows of one resident, for himself (PIPL art. 45): as data and as a paper.

The log has the export before the file is made.
"""

from dataclasses import dataclass

import msgspec

from station_desk.cases.called_back import subject_of as called_back
from station_desk.cases.case import Case
from station_desk.cases.contents import Line, lines_of
from station_desk.cases.event import Event, Fact, Secret
from station_desk.cases.number import read_number
from station_desk.cases.opened import (
    EXPORTED,
    AccessExportedPrivate,
    AccessExportedPublic,
    subject_of,
)
from station_desk.cases.parts import Agent
from station_desk.cases.permits import require_reason
from station_desk.cases.rights import FIELDS
from station_desk.cases.sight import Sight
from station_desk.core.clock import stamp
from station_desk.counter.access_log import AccessRow, Looks, looks
from station_desk.counter.desk import Desk
from station_desk.counter.retention import knows_of
from station_desk.store.desk_store import Command
from station_desk.store.drafts import draft_bodies
from station_desk.store.people import cases_as_agent, every_case_of_person
from station_desk.store.unit import Unit

TICKETS = "SELECT id, body FROM tickets WHERE case_number = ? ORDER BY id"


class ExportResident(msgspec.Struct, frozen=True):
    """Asks for all that is known of the person of a case, and says on whose wish."""

    case: str
    reason: str


class Exported(msgspec.Struct, frozen=True):
    """Which cases were written out."""

    cases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Happened:
    """An event as the log has it: also what stood there before a correction."""

    at: str
    kind: str
    actor: str
    public: msgspec.Raw
    private: msgspec.Raw | None


@dataclass(frozen=True, slots=True)
class KnownCase:
    """One case of the resident: what it says in full, what happened when, which papers were made.

    `events` are those of the case, of the call-back after a bad rating, of the visit.
    """

    case: Case
    lines: tuple[Line, ...]
    events: tuple[Happened, ...]
    papers: tuple[tuple[str, int, str], ...]
    visits: tuple[msgspec.Raw, ...]


@dataclass(frozen=True, slots=True)
class ActedFor:
    """A case of somebody else in which he was the agent: what it says of him, nothing of the other."""

    number: str
    received: str
    agent: Agent


@dataclass(frozen=True, slots=True)
class ResidentFile:
    """All of it: his cases, who looked at them, where he acted for others, what was typed and not taken."""

    made: str
    cases: tuple[KnownCase, ...]
    looks: tuple[AccessRow, ...]
    acted_for: tuple[ActedFor, ...] = ()
    drafts: tuple[msgspec.Raw, ...] = ()


def export_resident(desk: Desk, wish: ExportResident, command: str) -> ResidentFile:
    """Raises CaseUnknown, NotAllowed, ReasonNeeded."""
    asked = desk.store.case(str(read_number(wish.case)))
    reason = require_reason(asked, wish.reason)
    cases = tuple(every_case_of_person(desk.store, asked.applicant) or [asked])
    numbers = tuple(case.number for case in cases)

    def act(unit: Unit) -> Exported:
        subject, told = subject_of(asked.number), AccessExportedPrivate(reason)
        revision = unit.subject_revision(subject) + 1
        public, at = AccessExportedPublic(numbers), stamp(desk.clock())
        unit.record(Fact(subject, revision, EXPORTED, at, desk.actor, public, told))
        return Exported(numbers)

    desk.once(Command(command, wish), Exported, act)
    seen = [row for number in numbers for row in looks(desk, Looks(case=number))]
    acted = cases_as_agent(desk.store, asked.applicant)
    drafts = [body for body in draft_bodies(desk.store) if any(knows_of(case, body) for case in cases)]
    return ResidentFile(
        stamp(desk.clock()), tuple(_known(desk, case) for case in cases),
        tuple(sorted({row.place: row for row in seen}.values(), key=lambda row: row.place)),
        tuple(ActedFor(one.number, one.received_at, one.agent) for one in acted if one.agent),
        tuple(map(msgspec.Raw, drafts)),
    )  # fmt: skip


def as_json(file: ResidentFile) -> bytes:
    """The whole as data, to be read by another program."""
    return msgspec.json.format(msgspec.json.encode(file), indent=1)


def _known(desk: Desk, case: Case) -> KnownCase:
    sight = Sight("head", case.category, case.sensitivity, frozenset(FIELDS))
    tickets = desk.store.read(
        "SELECT id, body FROM tickets WHERE case_number = ? ORDER BY id", (case.number,)
    )
    subjects = (case.number, called_back(case.number), *(ticket for ticket, _ in tickets))
    events = tuple(_happened(*one) for subject in subjects for one in desk.store.log_of(subject))
    papers = desk.store.read(
        "SELECT paper, copy, intended_at FROM papers WHERE case_number = ? ORDER BY intended_at, paper, copy",
        (case.number,),
    )
    return KnownCase(
        case, lines_of(case, sight), events, tuple((p, int(c), at) for p, c, at in papers),
        tuple(msgspec.Raw(body) for _, body in tickets),
    )  # fmt: skip


def _happened(event: Event, secret: Secret | None) -> Happened:
    private = msgspec.Raw(secret.text.encode()) if secret else None
    return Happened(event.at, event.kind, event.actor, msgspec.Raw(event.public.encode()), private)
