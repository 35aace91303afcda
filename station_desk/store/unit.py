"""One unit of writing, all or nothing: its events, what they make of tickets, cases and papers, the answer.

A unit runs inside one BEGIN IMMEDIATE … COMMIT. It knows the end of this PC's log, seals facts into events
after it and writes what they make into the tables of the screens at once.
"""

from dataclasses import dataclass, field
from typing import Any

import msgspec

from station_desk.cases import changes as case_rules
from station_desk.cases import parts as p
from station_desk.cases import ticket as ticket_rules
from station_desk.cases.case import Case, State
from station_desk.cases.dossier import dossier_of
from station_desk.cases.event import Event, Fact, Head, Secret, head_of, seal
from station_desk.cases.handover_parts import TAKEN_OVER, history, whole
from station_desk.cases.papers import Moment, moments
from station_desk.cases.staff import changes_staff
from station_desk.cases.ticket import Ticket, TicketUnknown
from station_desk.core.errors import RuleError
from station_desk.protocol.bounds import require_sayable
from station_desk.store import rows, staff, tables
from station_desk.store.case_tables import put_case


class CaseUnknown(RuleError):
    code = "case.unknown"


class CaseLost(CaseUnknown):
    """It was accepted between the backup from which this counter was restored and the restore."""

    code = "case.lost_by_restore"


@dataclass(frozen=True, slots=True)
class Changes:
    """What a unit of writing changed, so that each page can decide whether to look again."""

    tickets: frozenset[str] = frozenset()
    cases: frozenset[str] = frozenset()
    papers: bool = False
    outbox: bool = False


INSERT_EVENT = rows.inserting(tables.events, skip=("place",))
PUT_TICKET = rows.inserting(tables.tickets, "INSERT OR REPLACE")
INSERT_CALL = rows.inserting(tables.calls, skip=("place",))
UNDO_CALL = "UPDATE calls SET undone = 1 WHERE ticket = ? AND revision = ?"
UPSERT_SERIAL = (
    "INSERT INTO serials (name, value) VALUES (?, 1) ON CONFLICT (name) DO UPDATE SET value = value + 1"
    " RETURNING value"
)
PUT_ABOUT = (
    "INSERT INTO about (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
)
EVENT_COLUMNS = ", ".join(Event.__struct_fields__)
LOG_OF = f"SELECT private, salt, {EVENT_COLUMNS} FROM events WHERE subject = ? ORDER BY revision"
NEWEST_OF = (
    "SELECT public FROM events JOIN (SELECT subject AS name, max(revision) AS last FROM events"
    " WHERE subject >= ? AND subject < ? GROUP BY subject) ON subject = name AND revision = last"
    " ORDER BY subject"
)
PUT_DOSSIER = "INSERT INTO dossiers (writer, number, case_number, upto) VALUES (?, ?, ?, ?)"
PUT_SEAL = rows.inserting(tables.seals, "INSERT OR REPLACE")
PAPER_STATES = {"paper.intended": "intended", "paper.sent": "sent", "paper.confirmed": "confirmed"}


@dataclass(slots=True)
class Unit:
    """The writing unit under way on `connection`; `writer` is the log of this PC."""

    connection: Any
    writer: str
    head: Head
    command: str
    touched_tickets: set[str] = field(default_factory=set)
    touched_cases: set[str] = field(default_factory=set)
    touched_papers: bool = False
    tells_answers: bool = False
    """Whether the log shall tell of the kept answers with this unit (`store/answers.py`)."""

    def record(self, fact: Fact) -> Event:
        """Writes the fact as the next event of the log, and what it makes of its subject."""
        event, secret = seal(fact, self.writer, self.head, self.command)
        require_sayable(event, secret, self._private_size(fact) if secret else 0)
        self.connection.execute(INSERT_EVENT, rows.event_row(event, secret))
        self.head = head_of(event)
        self.project(event, secret)
        return event

    def project(self, event: Event, secret: Secret | None) -> None:
        """Writes what an event makes of its ticket, case, paper or dossier into the tables of the screens."""
        if ticket_rules.changes_a_ticket(event.kind):
            self._project_ticket(event)
        elif case_rules.changes_a_case(event.kind):
            self._project_case(event, secret)
        elif event.kind in PAPER_STATES:
            self._project_paper(event)
        elif changes_staff(event.kind):
            staff.project(self.connection, event, secret)

    def next_serial(self, name: str) -> int:
        """The next number of a row of numbers, from 1; given back if the unit is not committed."""
        return int(self.connection.execute(UPSERT_SERIAL, (name,)).fetchone()[0])

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it is now. Raises TicketUnknown."""
        found = self._body("SELECT body FROM tickets WHERE id = ?", ticket_id)
        if found is None:
            raise TicketUnknown(ticket=ticket_id)
        return rows.ticket_of(found)

    def case(self, number: str) -> Case:
        """The case as it is now. Raises CaseUnknown."""
        found = self._body("SELECT body FROM cases WHERE number = ?", number)
        if found is None:
            raise self._unknown(number)
        return rows.case_of(found)

    def known_case(self, number: str) -> Case | None:
        """The case as it is now; None when this counter never had it."""
        found = self._body("SELECT body FROM cases WHERE number = ?", number)
        return rows.case_of(found) if found else None

    def log_of(self, subject: str) -> list[tuple[Event, Secret | None]]:
        """Every event of a subject with its private part, in the order of its revisions."""
        found = self.connection.execute(LOG_OF, (subject,)).fetchall()
        return [
            (Event(*columns), Secret(private, salt) if private is not None else None)
            for private, salt, *columns in found
        ]

    def story(self, number: str) -> tuple[Moment, ...]:
        """A case step by step, with all that was said privately. Raises CaseUnknown."""
        log = whole(self.log_of(number))
        if not log:
            raise CaseUnknown(number=number)
        return moments((event, secret.text if secret else None) for event, secret in log)

    def times_happened(self, number: str, kind: str) -> int:
        """How many events of a kind a case has, at whatever counter."""
        return sum(event.kind == kind for event, _ in whole(self.log_of(number)))

    def unconfirmed_copy(self, number: str, paper: str) -> int:
        """The first copy of a paper that was meant to be printed and is not known to have come out, or 0."""
        row = self.connection.execute(
            "SELECT min(copy) FROM papers WHERE case_number = ? AND paper = ? AND state <> 'confirmed'",
            (number, paper),
        ).fetchone()
        return int(row[0] or 0)

    def cases_like(self, item: str, id_number: str, phone: str) -> list[Case]:
        """The cases of an item with this identity number, or where there is none with this phone."""
        column, value = ("id_number", id_number) if id_number else ("phone", phone)
        if not value:
            return []
        found = self.connection.execute(
            f"SELECT body FROM cases WHERE {column} = ? AND item = ? ORDER BY place DESC", (value, item)
        ).fetchall()
        return [rows.case_of(body) for (body,) in found]

    def cases_in(self, state: State) -> list[Case]:
        """The open cases in a state, in the order of their numbers."""
        found = self.connection.execute(
            f"SELECT body FROM cases WHERE {tables.OPEN} AND state = ? ORDER BY number", (state,)
        ).fetchall()
        return [rows.case_of(body) for (body,) in found]

    def open_cases(self) -> list[Case]:
        """Every case that somebody still works on, the one due first at the top."""
        found = self.connection.execute(
            f"SELECT body FROM cases WHERE {tables.OPEN} ORDER BY promised, number"
        ).fetchall()
        return [rows.case_of(body) for (body,) in found]

    def newest(self, prefix: str) -> list[str]:
        """The public part of the last event of each subject whose name begins with `prefix`, by name."""
        found = self.connection.execute(NEWEST_OF, (prefix, prefix + "~")).fetchall()
        return [public for (public,) in found]

    def about(self, key: str) -> str:
        """A fact about the station, empty when it was never noted."""
        row = self.connection.execute("SELECT value FROM about WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def set_about(self, key: str, value: str) -> None:
        """Notes a fact about the station."""
        self.connection.execute(PUT_ABOUT, (key, value))

    def forget_about(self, *keys: str) -> None:
        """Forgets facts about the station."""
        self.connection.executemany("DELETE FROM about WHERE key = ?", [(key,) for key in keys])

    def subject_revision(self, subject: str) -> int:
        """The revision of the last event of a subject, 0 when there is none."""
        row = self.connection.execute(
            "SELECT max(revision) FROM events WHERE subject = ?", (subject,)
        ).fetchone()
        return int(row[0] or 0)

    def last_copy(self, number: str, paper: str) -> int:
        """How many times a paper of a case was meant to be printed."""
        row = self.connection.execute(
            "SELECT max(copy) FROM papers WHERE case_number = ? AND paper = ?", (number, paper)
        ).fetchone()
        return int(row[0] or 0)

    def is_confirmed(self, number: str, paper: str, copy: int) -> bool:
        """Whether this copy of a paper is known to have come out."""
        row = self.connection.execute(
            "SELECT state FROM papers WHERE case_number = ? AND paper = ? AND copy = ?", (number, paper, copy)
        ).fetchone()
        return row is not None and row[0] == "confirmed"

    def changes(self) -> Changes:
        """What this unit has changed so far."""
        return Changes(
            frozenset(self.touched_tickets), frozenset(self.touched_cases), self.touched_papers, outbox=True
        )

    def _project_ticket(self, event: Event) -> None:
        before = None if event.kind == "ticket.taken" else self.ticket(event.subject)
        ticket = ticket_rules.apply(before, event)
        self.connection.execute(PUT_TICKET, rows.ticket_row(ticket))
        self.touched_tickets.add(event.subject)
        if before:
            self._project_call(ticket, event)

    def _project_call(self, ticket: Ticket, event: Event) -> None:
        moved = ticket_rules.read_moved(event)
        if ticket_rules.is_call(moved):
            self.connection.execute(INSERT_CALL, rows.call_row(ticket, event, moved))
        elif moved.undoes:
            self.connection.execute(UNDO_CALL, (ticket.id, moved.undoes))

    def _project_case(self, event: Event, secret: Secret | None) -> None:
        before = self._before(event)
        case = case_rules.apply(before, event, secret.text if secret else None)
        put_case(self.connection, before, case)
        self.touched_cases.add(case.number)
        if case.certificates and (before is None or _sealed(before) != _sealed(case)):
            self.connection.executemany(PUT_SEAL, rows.seal_rows(case))
        if number := dossier_of(event):
            self.connection.execute(PUT_DOSSIER, (event.writer, number, case.number, event.seq))
        if event.kind == TAKEN_OVER:
            self._project_carried_papers(event, secret)

    def _before(self, event: Event) -> Case | None:
        if event.kind == TAKEN_OVER:
            return self.known_case(event.subject)
        return None if event.kind in case_rules.FIRST else self.case(event.subject)

    def _project_carried_papers(self, event: Event, secret: Secret | None) -> None:
        """The papers that other counters printed: their numbering goes on here, what is known here stays."""
        known = self.connection.execute(
            "SELECT paper, copy FROM papers WHERE case_number = ?", (event.subject,)
        ).fetchall()
        for earlier, _ in history(event, secret.text if secret else None):
            if earlier.kind in PAPER_STATES:
                public = msgspec.json.decode(earlier.public, type=p.PaperPublic)
                if (public.paper, public.copy) not in known:
                    self._project_paper(earlier)

    def _project_paper(self, event: Event) -> None:
        public = msgspec.json.decode(event.public, type=p.PaperPublic)
        state = PAPER_STATES[event.kind]
        self.connection.execute(
            f"INSERT INTO papers (case_number, paper, copy, state, intended_at, sent_at, confirmed_at)"
            f" VALUES (?, ?, ?, ?, ?, '', '')"
            f" ON CONFLICT DO UPDATE SET state = excluded.state, {state}_at = excluded.intended_at",
            (event.subject, public.paper, public.copy, state, event.at),
        )
        self.touched_papers = True

    def _unknown(self, number: str) -> CaseUnknown:
        """Why a case is not here: its number may be of the time between a backup and its restore."""
        made, restored = self.about("restored_from"), self.about("restored_at")
        day = f"20{number[7:9]}-{number[9:11]}-{number[11:13]}"
        ours = number.startswith(self.about("station")) and number[14:16] == self.about("counter")
        if restored and ours and made[:10] <= day <= restored[:10]:
            return CaseLost(number=number, made=made[:16].replace("T", " "), restored=restored[:10])
        return CaseUnknown(number=number)

    def _private_size(self, fact: Fact) -> int:
        if fact.revision == 1:
            return 0
        row = self.connection.execute(
            "SELECT coalesce(sum(length(CAST(private AS BLOB))), 0) FROM events WHERE subject = ?",
            (fact.subject,),
        ).fetchone()
        return int(row[0])

    def _body(self, sql: str, name: str) -> bytes | None:
        row = self.connection.execute(sql, (name,)).fetchone()
        return bytes(row[0]) if row else None


def _sealed(case: Case) -> tuple[object, ...]:
    """What the seal register says of a case depends on this."""
    return case.applicant.name, case.certificates
