"""What the log makes, made again event by event: only what is still under way is kept in memory.

A case or ticket whose last stored revision is reached is remembered by the digest of the row it would have.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import msgspec

from station_desk.cases import changes as case_rules
from station_desk.cases import parts as p
from station_desk.cases import staff as staff_rules
from station_desk.cases import ticket as ticket_rules
from station_desk.cases.case import Case
from station_desk.cases.dossier import dossier_of
from station_desk.cases.event import Event, Secret
from station_desk.cases.handover_parts import TAKEN_OVER, history
from station_desk.cases.ticket import Ticket
from station_desk.store import rows
from station_desk.store.counted import numbered
from station_desk.store.unit import PAPER_STATES

PAPER_COLUMN = {"intended": 1, "sent": 2, "confirmed": 3}
BUNDLE = re.compile(r"[A-Z0-9]{6}-([0-9]{6})-([0-9]{2}[A-Z]?)-B([0-9]+)-[A-Z0-9]")
Digests = dict[str, int]


def digest(row: tuple[Any, ...]) -> int:
    """A row in a number, the same only within one run of the program."""
    return hash(row)


@dataclass(slots=True)
class Made:
    """The rows of all tables as the log would make them, by name, each in a number; and what was counted."""

    revisions: dict[str, int]
    cases: dict[str, Case] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    case_rows: Digests = field(default_factory=dict)
    ticket_rows: Digests = field(default_factory=dict)
    calls: dict[str, rows.Row] = field(default_factory=dict)
    papers: dict[tuple[str, str, int], list[str]] = field(default_factory=dict)
    seals: dict[str, rows.Row] = field(default_factory=dict)
    dossiers: dict[tuple[str, int], tuple[str, int]] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    serials: dict[str, int] = field(default_factory=dict)
    staff: dict[str, staff_rules.Member] = field(default_factory=dict)

    def take(self, event: Event, secret: Secret | None) -> None:
        """The next event. Raises ValueError, LookupError where it cannot have happened."""
        self._count(event)
        if ticket_rules.changes_a_ticket(event.kind):
            self._take_ticket(event)
        elif case_rules.changes_a_case(event.kind):
            self._take_case(event, secret)
        elif event.kind in PAPER_STATES:
            self._take_paper(event)
        elif staff_rules.changes_staff(event.kind):
            text = secret.text if secret else None
            self.staff[event.subject] = staff_rules.apply(self.staff.get(event.subject), event, text)

    def rest(self) -> None:
        """What never reached the revision that is stored: it is compared as far as the log goes."""
        for name in list(self.cases):
            self._put_case(self.cases[name])
        for ticket in self.tickets.values():
            self.ticket_rows[ticket.id] = digest(rows.ticket_row(ticket))
        self.tickets.clear()

    def _count(self, event: Event) -> None:
        used = numbered(event)
        if used:
            self._use(*used)

    def _use(self, row: str, number: int) -> None:
        self.serials[row] = max(number, self.serials.get(row, 0))

    def _take_ticket(self, event: Event) -> None:
        ticket = ticket_rules.apply(self.tickets.get(event.subject), event)
        self.tickets[event.subject] = ticket
        if event.kind == "ticket.moved":
            self._take_call(ticket, event)
        if event.revision == self.revisions.get(event.subject):
            self.ticket_rows[ticket.id] = digest(rows.ticket_row(ticket))
            del self.tickets[event.subject]

    def _take_call(self, ticket: Ticket, event: Event) -> None:
        moved = ticket_rules.read_moved(event)
        undone = f"{ticket.id} {moved.undoes}"
        if ticket_rules.is_call(moved):
            self.calls[f"{ticket.id} {event.revision}"] = rows.call_row(ticket, event, moved)
        elif undone in self.calls:
            self.calls[undone] = (*self.calls[undone][:-1], 1)

    def _take_case(self, event: Event, secret: Secret | None) -> None:
        before = self.cases.get(event.subject)
        text = secret.text if secret else None
        case = self.cases[event.subject] = case_rules.apply(before, event, text)
        if number := dossier_of(event):
            self.dossiers[event.writer, number] = (case.number, event.seq)
        if event.kind == TAKEN_OVER:
            self._take_carried_papers(event, text)
        if event.revision == self.revisions.get(event.subject):
            self._put_case(case)

    def _take_paper(self, event: Event, *, known: bool = False) -> None:
        """A step of a paper; one that is `known` already stays as it is."""
        public = msgspec.json.decode(event.public, type=p.PaperPublic)
        name = (event.subject, public.paper, public.copy)
        state = PAPER_STATES[event.kind]
        row = self.papers.get(name)
        if row is None:
            self.papers[name] = [state, event.at, "", ""]
        elif not known:
            row[0] = state
            row[PAPER_COLUMN[state]] = event.at

    def _take_carried_papers(self, event: Event, text: str | None) -> None:
        steps = [earlier for earlier, _ in history(event, text) if earlier.kind in PAPER_STATES]
        names = {(step.subject, *_paper(step)) for step in steps}
        known = names & self.papers.keys()
        for step in steps:
            self._take_paper(step, known=(step.subject, *_paper(step)) in known)

    def _put_case(self, case: Case) -> None:
        row = rows.case_row(case)
        self.case_rows[case.number] = digest(row)
        for seal in rows.seal_rows(case):
            self.seals[seal[0]] = seal
        self.counts[f"{case.state} {case.category} {case.clerk}"] += 1
        if bundle := BUNDLE.fullmatch(case.bundle):
            day, mark, serial = bundle.groups()
            self._use(f"bundle:20{day[:2]}-{day[2:4]}-{day[4:]}:{mark}", int(serial))
        if case.finished_at:
            self.days[case.finished_at[:10]] += 1
        del self.cases[case.number]


def _paper(event: Event) -> tuple[str, int]:
    public = msgspec.json.decode(event.public, type=p.PaperPublic)
    return public.paper, public.copy
