"""One event, one place: what the district holds of an event elsewhere in the logs than it lies here.

A district that was restored, or a copy of this PC, may have given the very same event another place than we
did. Sent as well, it would be there twice. So ours moves to where the district has it, and what followed it
in its log here is laid again without it.
"""

from collections.abc import Mapping, Sequence

from station_desk.cases.dossier import dossier_of
from station_desk.cases.event import Event
from station_desk.cases.kept_answers import KEPT
from station_desk.store.parting import lay_again, put_at, settle_rows, with_number
from station_desk.store.unit import EVENT_COLUMNS, PUT_DOSSIER, Unit

Place = tuple[str, int]


def settle_twins(unit: Unit, given: Sequence[Event], held: Mapping[str, int], at: str) -> frozenset[Place]:
    """Moves every event that is among those given to the place given; the places that are filled by that.

    An event that the district holds in our place as well (`held`) stays where it is.
    """
    vacated: set[str] = set()
    filled: set[Place] = set()
    aside = _aside(unit)
    for event in given:
        here = [("events", one) for one in _in_events(unit, event)]
        here += [("events_aside", one) for one in aside.get((event.subject, event.revision), ())]
        for table, twin in here:
            if twin.seq > held.get(twin.writer, 0) and _said(twin) == _said(event):
                _move(unit, table, twin, event)
                vacated.add(twin.writer)
                filled.add((event.writer, event.seq))
                break
    settle_rows(unit, {event.subject for event in given if (event.writer, event.seq) in filled})
    for writer in sorted(vacated):
        lay_again(unit, writer, held.get(writer, 0), at)
    return frozenset(filled)


def _move(unit: Unit, table: str, twin: Event, event: Event) -> None:
    put_at(unit, table, twin, event)
    if dossier_of(twin):
        unit.connection.execute("DELETE FROM dossiers WHERE writer = ? AND upto = ?", (twin.writer, twin.seq))
        unit.connection.execute(PUT_DOSSIER, (event.writer, dossier_of(event), event.subject, event.seq))


def _in_events(unit: Unit, event: Event) -> list[Event]:
    asked = f"SELECT {EVENT_COLUMNS} FROM events WHERE subject = ? AND revision = ?"
    return [Event(*row) for row in unit.connection.execute(asked, (event.subject, event.revision)).fetchall()]


def _aside(unit: Unit) -> dict[tuple[str, int], list[Event]]:
    found: dict[tuple[str, int], list[Event]] = {}
    for row in unit.connection.execute(f"SELECT {EVENT_COLUMNS} FROM events_aside").fetchall():
        event = Event(*row)
        found.setdefault((event.subject, event.revision), []).append(event)
    return found


def _said(event: Event) -> tuple[str, ...]:
    """What an event says wherever it stands: no two events say the same."""
    public = "" if event.kind == KEPT else with_number(event, 1).public
    return event.kind, event.at, event.actor, event.command, public, event.commitment
