"""How each counter stands with the district: when all was in step last, how much waits there and since when.

The desk tells the ends of its logs; what of them is not here is counted here, in the transaction of its push.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from msgspec import structs
from sqlalchemy import Connection, Text, bindparam, case, insert, select, update

from station_desk.core.clock import moment, stamp
from station_desk.core.visible import is_visible
from station_desk.district import tables as t
from station_desk.district.district import District
from station_desk.district.enrolment import Device
from station_desk.district.made import Made
from station_desk.protocol.messages import Health, Mark
from station_desk.protocol.writers import Owner, owner_of

MOST_LOGS = 1000
MOST_NUMBER = 2**53
LONGEST_WORD = 40


TOLD = (
    "heard_at", "events", "dossiers", "oldest_at", "clock_ahead", "protocol", "program", "edition",
)  # fmt: skip
NOTE = Made(
    lambda _database: (
        update(t.health)
        .where(t.health.c.station == bindparam("of_station"), t.health.c.device == bindparam("of_device"))
        .values({name: bindparam(f"new_{name}") for name in TOLD})
        .values(
            complete_at=case(
                (bindparam("new_complete_at", type_=Text) == "", t.health.c.complete_at),
                else_=bindparam("new_complete_at", type_=Text),
            )
        )
    )
)


@dataclass(frozen=True, slots=True)
class CounterHealth:
    """How the PC `device` of a counter stood when it last spoke, at `heard_at` by the district's clock.

    `complete_at` is when all its logs were here to their ends, empty if never. `events` and `dossiers` wait
    there, the first since `oldest_at` by the PC's clock, which is `clock_ahead` seconds before ours.
    """

    station: str
    device: str
    counter: str
    heard_at: str
    complete_at: str
    events: int
    dossiers: int
    oldest_at: str
    clock_ahead: int
    protocol: int
    program: str
    edition: str
    editions: str = ""


def health_of(district: District, station: str = "") -> tuple[CounterHealth, ...]:
    """The health of all PCs that may send, of one station or of all, by counter."""
    h, d = t.health.c, t.device.c
    asked = (
        select(t.health)
        .join(t.device, (h.station == d.station) & (h.device == d.device))
        .where(d.retired == "")
        .order_by(h.station, h.counter)
    )
    rows = district.rows(asked.where(h.station == station) if station else asked)
    return tuple(CounterHealth(**row) for row in rows)


def sane(device: Device, health: Health | None) -> Health | None:
    """What of it a desk can mean: odd words are left out, because what is told here never holds up a push."""
    if health is None:
        return None
    owner = Owner(device.station, device.counter)
    ends = {
        writer: end
        for writer, end in list(health.ends.items())[:MOST_LOGS]
        if owner_of(writer) == owner and _is_sane(end)
    }
    words = {
        "told_at": _word(health.told_at) if _moment(health.told_at) else "",
        "oldest_at": _word(health.oldest_at) if _moment(health.oldest_at) else "",
        "program": _word(health.program),
        "edition": _word(health.edition),
    }
    return structs.replace(health, ends=ends, **words)


def note_health(
    connection: Connection,
    district: District,
    device: Device,
    told: tuple[int, Health],
    held: Mapping[str, Mark],
) -> None:
    """Notes what the device told in a message of that version; `held` is what the district holds now."""
    version, health = told
    now = district.clock()
    lacking = [(end, held.get(writer, Mark())) for writer, end in health.ends.items()]
    events = sum(max(end.head.seq - mark.head.seq, 0) for end, mark in lacking)
    dossiers = sum(max(end.dossiers - mark.dossiers, 0) for end, mark in lacking)
    said_at = _moment(health.told_at)
    values: dict[str, object] = {
        "heard_at": stamp(now),
        "events": events,
        "dossiers": dossiers,
        "oldest_at": health.oldest_at if events or dossiers else "",
        "clock_ahead": int((said_at - now).total_seconds()) if said_at else 0,
        "protocol": version,
        "program": health.program,
        "edition": health.edition,
    }
    # What is empty here leaves the moment of before.
    values["complete_at"] = stamp(now) if all(end == mark for end, mark in lacking) else ""
    _put(connection, device, values)


def _put(connection: Connection, device: Device, values: dict[str, object]) -> None:
    whose = {"of_station": device.station, "of_device": device.id}
    if not NOTE.run(connection, {f"new_{name}": value for name, value in values.items()} | whose).rowcount:
        new = {"station": device.station, "device": device.id, "counter": device.counter}
        connection.execute(insert(t.health).values({**new, **values}))


def _word(text: str) -> str:
    return text if len(text) <= LONGEST_WORD and is_visible(text) else ""


def _is_sane(end: Mark) -> bool:
    numbers = (end.head.seq, end.dossiers)
    return all(0 <= number < MOST_NUMBER for number in numbers) and len(end.head.hash) <= 64


def _moment(text: str) -> datetime | None:
    try:
        said = moment(text)
    except (ValueError, OverflowError):
        return None
    return said if datetime.fromisoformat(text).tzinfo else None
