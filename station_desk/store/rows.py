"""How a ticket or a case becomes the row that screens read: one place, so that a rebuilt row is the same."""

from typing import Any

import msgspec
from sqlalchemy import Table
from sqlalchemy.dialects import sqlite

from station_desk.cases.case import Case
from station_desk.cases.event import Event, Secret
from station_desk.cases.papers import name_of
from station_desk.cases.seal import SealEntry, entry_of, read_seal_number
from station_desk.cases.ticket import RANK, Ticket
from station_desk.cases.ticket_parts import TicketMovedPublic, Turn
from station_desk.residents.names import initials

Row = tuple[Any, ...]


def ticket_row(ticket: Ticket) -> Row:
    """The values of `tickets` in the order of its columns."""
    return (
        ticket.id, ticket.number, ticket.day, ticket.item, ticket.category, ticket.state,
        RANK[ticket.priority], ticket.taken_at, ticket.periods[-1].began, ticket.priority, ticket.counter,
        ticket.case, ticket.place, ticket.bound, ticket.until, ticket.recalls, ticket.revision,
        msgspec.json.encode(ticket),
    )  # fmt: skip


def call_row(ticket: Ticket, event: Event, moved: TicketMovedPublic) -> Row:
    """The values of `calls` in the order of its columns after `place`, of the ticket as the call left it."""
    turn = moved.turn or Turn()
    return (
        ticket.id, event.revision, ticket.number, ticket.category, ticket.day, moved.counter, event.at,
        ticket.recalls, RANK[ticket.priority], int(turn.others), ",".join(turn.among), 0,
    )  # fmt: skip


def case_row(case: Case) -> Row:
    """The values of `cases` in the order of its columns after `place`."""
    return (
        case.number, case.item, case.category, case.sensitivity, case.state, case.stage, case.times.promised,
        case.accepted_at, case.finished_at, case.counter, case.clerk, case.applicant.name,
        initials(case.applicant.name), case.applicant.id_number, case.applicant.phone, case.dossier,
        case.revision, msgspec.json.encode(case),
    )  # fmt: skip


def seal_rows(case: Case) -> list[Row]:
    """The lines of `seals` for the certificates of a case, in the order of its columns."""
    made = []
    for turn, one in enumerate(case.certificates, 1):
        number, paper = read_seal_number(one.seal), name_of("certificate", turn)
        entry = entry_of(case.number, case.applicant.name, one, paper)
        made.append((
            one.seal, number.year, number.counter, number.serial, case.number, paper,
            "voided" if one.voided else "valid", msgspec.json.encode(entry),
        ))  # fmt: skip
    return made


def seal_entry(body: bytes) -> SealEntry:
    """The line of the register whose row holds `body`."""
    return msgspec.json.decode(body, type=SealEntry)


def event_row(event: Event, secret: Secret | None) -> Row:
    """The values of `events` in the order of its columns after `place`."""
    private = (secret.text, secret.salt) if secret else (None, None)
    return (*msgspec.structs.astuple(event), *private)


def inserting(table: Table, verb: str = "INSERT", skip: tuple[str, ...] = ()) -> str:
    """The statement that puts a row into a table, compiled once: the write path binds plain tuples to it."""
    columns = [column for column in table.columns if column.name not in skip]
    statement = table.insert().values({column.name: None for column in columns})
    text = str(
        statement.compile(dialect=sqlite.dialect(paramstyle="qmark"), column_keys=[c.name for c in columns])
    )
    return verb + text.removeprefix("INSERT")


def ticket_of(body: bytes) -> Ticket:
    """The ticket whose row holds `body`."""
    return msgspec.json.decode(body, type=Ticket)


def case_of(body: bytes) -> Case:
    """The case whose row holds `body`."""
    return msgspec.json.decode(body, type=Case)
