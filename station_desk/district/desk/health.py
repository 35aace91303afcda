"""How well each counter keeps in touch: what it told of its logs, set against what is here now."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from sqlalchemy import Connection, RowMapping, func, select

from station_desk.cases.event import Head
from station_desk.core.clock import moment
from station_desk.district import tables as t
from station_desk.district.desk.asked import Asked
from station_desk.district.standing import pending
from station_desk.protocol.messages import Mark

SILENT_AFTER = timedelta(hours=24)

Health = Literal["complete", "behind", "silent", "untold", "never", "retired"]


@dataclass(frozen=True, slots=True)
class CounterHealth:
    """A counter of a station. `events` and `dossiers` wait at it, by its own last word.

    `untold`: its program is of before counters told how far their logs go.
    """

    station: str
    counter: str
    health: Health
    told_at: str
    complete_at: str
    oldest: str
    events: int
    dossiers: int
    unread: int


def healths(asked: Asked, station: str = "") -> list[CounterHealth]:
    """Every counter that ever enrolled, of one station or of all."""
    return asked.district.read(lambda connection: _healths(connection, asked.now, station))


def _healths(connection: Connection, now: datetime, station: str) -> list[CounterHealth]:
    d, h, w, e = t.device.c, t.heard.c, t.writer.c, t.event.c
    devices = select(d.station, d.counter, d.retired)
    heard = select(t.heard)
    marks = select(w.writer, w.seq, w.dossiers)
    unread = (
        select(w.station, w.counter, func.count())
        .join(t.event, (e.station == w.station) & (e.writer == w.writer))
        .where(e.waiting).group_by(w.station, w.counter)
    )  # fmt: skip
    if station:
        devices, heard = devices.where(d.station == station), heard.where(h.station == station)
        marks, unread = marks.where(w.station == station), unread.where(w.station == station)
    in_use: dict[tuple[str, str], bool] = {}
    for row in connection.execute(devices).all():
        counter = (row.station, row.counter)
        in_use[counter] = in_use.get(counter, False) or not row.retired
    told = {(row["station"], row["counter"]): row for row in connection.execute(heard).mappings().all()}
    held = {row.writer: Mark(Head(row.seq), row.dossiers) for row in connection.execute(marks).all()}
    waits = {(row[0], row[1]): row[2] for row in connection.execute(unread).all()}
    return [
        _health(counter, told.get(counter), held, waits.get(counter, 0), now, in_use=in_use[counter])
        for counter in sorted(in_use)
    ]


def _health(
    counter: tuple[str, str], told: RowMapping | None, held: Mapping[str, Mark], unread: int, now: datetime,
    *, in_use: bool,
) -> CounterHealth:  # fmt: skip
    if told is None:
        return CounterHealth(*counter, "never" if in_use else "retired", "", "", "", 0, 0, unread)
    events, dossiers = pending(told["heads"], held)
    complete = told["told_at"] if told["heads"] and not events + dossiers else told["complete_at"]
    oldest = told["oldest"] if events + dossiers else ""
    health: Health = "complete"
    if not in_use:
        health = "retired"
    elif now - moment(told["told_at"]) >= SILENT_AFTER:
        health = "silent"
    elif not told["heads"]:
        health = "untold"
    elif events + dossiers:
        health = "behind"
    return CounterHealth(*counter, health, told["told_at"], complete, oldest, events, dossiers, unread)
