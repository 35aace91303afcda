"""What is out of the ordinary: events that wait for a newer program, counters that go on under a new log."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from station_desk.district import tables as t
from station_desk.district.desk.asked import Asked, PageOf
from station_desk.district.desk.blocks import Block, Cell, Table
from station_desk.district.desk.links import station_names
from station_desk.district.page import shown


def settle(asked: Asked) -> Sequence[Block]:
    """Both lists; neither loses anything by waiting."""
    names = station_names(asked)
    return [_waiting(asked, names), _copies(asked, names)]


def _waiting(asked: Asked, names: Mapping[str, str]) -> Table:
    say, e = asked.say, t.event.c
    count, since = func.count().label("count"), func.min(e.received_at).label("since")
    rows = asked.district.rows(
        select(e.station, e.writer, e.kind, count, since)
        .where(e.waiting).group_by(e.station, e.writer, e.kind).order_by(e.station, e.writer, e.kind)
    )  # fmt: skip
    cells = [
        (
            Cell(f"{row['station']} {names.get(row['station'], '')}".strip()), Cell(row["writer"]),
            Cell(row["kind"]), Cell(f"{row['count']}", number=True), Cell(shown(row["since"])),
        )
        for row in rows
    ]  # fmt: skip
    head = (say("desk.station"), *(say(f"desk.settle.{name}") for name in ("log", "kind", "count", "since")))
    return Table(
        say("desk.settle.waiting"), head, cells, say("desk.settle.waiting_empty"),
        remark=say("desk.settle.waiting_remark"),
    )  # fmt: skip


def _copies(asked: Asked, names: Mapping[str, str]) -> Table:
    say, w = asked.say, t.writer.c
    logs: dict[tuple[str, str], list[str]] = {}
    for row in asked.district.rows(
        select(w.station, w.counter, w.writer, w.seq).order_by(w.station, w.writer)
    ):
        logs.setdefault((row["station"], row["counter"]), []).append(f"{row['writer']} ({row['seq']})")
    cells = [
        (Cell(f"{station} {names.get(station, '')}".strip()), Cell(counter), Cell(", ".join(of_counter)))
        for (station, counter), of_counter in logs.items()
        if len(of_counter) > 1
    ]
    head = (say("desk.station"), say("desk.stations.counter"), say("desk.settle.logs"))
    return Table(
        say("desk.settle.copies"), head, cells, say("desk.settle.copies_empty"),
        remark=say("desk.settle.copies_remark"),
    )  # fmt: skip


SETTLE = PageOf("settle", "settle", settle, {})
