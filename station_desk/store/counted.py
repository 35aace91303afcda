"""The rows of numbers counted again from what was numbered: cases, bundles, tickets, seals, records."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from station_desk.cases.data_rights import DESTROYED
from station_desk.cases.event import Event
from station_desk.cases.number import read_number
from station_desk.cases.seal import CERTIFIED, CertifiedPublic, read_seal_number
from station_desk.cases.ticket_parts import TicketTakenPublic
from station_desk.core.errors import RuleError

RAISE = (
    "INSERT INTO serials (name, value) VALUES (?, ?)"
    " ON CONFLICT (name) DO UPDATE SET value = max(value, excluded.value)"
)


def numbered(event: Event) -> tuple[str, int] | None:
    """The row of numbers and the number in it that an event has used; None when it used none."""
    try:
        match event.kind:
            case "case.accepted" | "case.received":
                number = read_number(event.subject)
                return f"case:{number.day.isoformat()}:{number.counter}", number.serial
            case "ticket.taken":
                told = msgspec.json.decode(event.public, type=TicketTakenPublic)
                return f"ticket:{told.day}:{told.number[:1]}", int(told.number[1:])
            case kind if kind == CERTIFIED:
                seal = read_seal_number(msgspec.json.decode(event.public, type=CertifiedPublic).seal)
                return f"seal:{seal.year}:{seal.counter}", seal.serial
            case kind if kind == DESTROYED:
                year, mark, serial = event.subject.split("-")[1:]
                return f"destroyed:{year.removeprefix('X')}:{mark}", int(serial)
            case _:
                return None
    except (ValueError, RuleError):
        return None


def raise_serials(connection: Any, known: Mapping[str, int], events: Iterable[Event]) -> None:
    """Lets every row of numbers begin after what these events have used."""
    rows = [*known.items(), *(found for event in events if (found := numbered(event)))]
    connection.executemany(RAISE, rows)
