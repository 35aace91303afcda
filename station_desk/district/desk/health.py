"""How well each counter keeps in touch, in one word, out of what its PC told when it last spoke."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, RowMapping, func, select

from station_desk.core.clock import moment
from station_desk.district import tables as t
from station_desk.district.desk.asked import Asked
from station_desk.district.offered import took_of
from station_desk.protocol.editions import Took

SILENT_AFTER = timedelta(hours=24)

InTouch = Literal["complete", "behind", "silent", "never", "retired"]


@dataclass(frozen=True, slots=True)
class Counter:
    """A counter that ever enrolled. `events` and `dossiers` wait at it, `unread` cannot be read here yet.

    The texts are empty until it has told them: a PC with a program of before tells nothing.
    """

    station: str
    counter: str
    in_touch: InTouch
    heard_at: str = ""
    complete_at: str = ""
    oldest_at: str = ""
    events: int = 0
    dossiers: int = 0
    unread: int = 0
    program: str = ""
    edition: str = ""
    took: tuple[Took, ...] = ()
    """What became there of the editions that were offered."""


def counters(asked: Asked, station: str = "") -> list[Counter]:
    """Every counter, of one station or of all."""
    return asked.district.read(lambda connection: _counters(connection, asked.now, station))


def _counters(connection: Connection, now: datetime, station: str) -> list[Counter]:
    d, h, w, e = t.device.c, t.health.c, t.writer.c, t.event.c
    devices = (
        select(d.station, d.counter, d.retired, *(h[name] for name in TOLD))
        .join_from(t.device, t.health, (h.station == d.station) & (h.device == d.device), isouter=True)
        .order_by(d.station, d.counter, d.enrolled_at)
    )
    unread = (
        select(w.station, w.counter, func.count())
        .join(t.event, (e.station == w.station) & (e.writer == w.writer))
        .where(e.waiting).group_by(w.station, w.counter)
    )  # fmt: skip
    if station:
        devices, unread = devices.where(d.station == station), unread.where(w.station == station)
    waits = {(row[0], row[1]): row[2] for row in connection.execute(unread).all()}
    # The PC in use of each counter, else its last one.
    of_counter: dict[tuple[str, str], RowMapping] = {}
    for row in connection.execute(devices).mappings().all():
        key = (row["station"], row["counter"])
        if key not in of_counter or of_counter[key]["retired"]:
            of_counter[key] = row
    return [_counter(row, waits.get(key, 0), now) for key, row in sorted(of_counter.items())]


TOLD = ("heard_at", "complete_at", "oldest_at", "events", "dossiers", "program", "edition", "editions")


def _counter(row: RowMapping, unread: int, now: datetime) -> Counter:
    told = {name: row[name] for name in TOLD} if row["heard_at"] else {}
    took = took_of(told.pop("editions", ""))
    return Counter(row["station"], row["counter"], _in_touch(row, now), unread=unread, took=took, **told)


def _in_touch(row: RowMapping, now: datetime) -> InTouch:
    if row["retired"]:
        return "retired"
    if not row["heard_at"]:
        return "never"
    if now - moment(row["heard_at"]) >= SILENT_AFTER:
        return "silent"
    return "behind" if row["events"] or row["dossiers"] else "complete"
