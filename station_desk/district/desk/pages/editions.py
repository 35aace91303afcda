"""Which edition of the catalogue is published here, and with which one each counter last took a case."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection, select

from station_desk.cases.parts import AcceptedPublic
from station_desk.district import tables as t
from station_desk.district.caseload import BEGIN
from station_desk.district.desk.asked import Asked, PageOf
from station_desk.district.desk.blocks import Block, Cell, Facts, Figure, Figures, Table
from station_desk.district.desk.links import files_of, station_names
from station_desk.district.page import shown


@dataclass(frozen=True, slots=True)
class InUse:
    """The edition of the last case that a counter took in; empty before its first one."""

    station: str
    counter: str
    edition: str = ""
    digest: str = ""
    at: str = ""


def editions(asked: Asked) -> Sequence[Block]:
    """The published one, then every counter that is in use."""
    say, published = asked.say, asked.forms()
    digest = published.catalogue.digest
    used = asked.district.read(_in_use)
    same = sum(one.digest == digest for one in used)
    other = sum(bool(one.digest) and one.digest != digest for one in used)
    facts = (
        (say("desk.editions.number"), published.edition.number),
        (say("desk.editions.publisher"), published.edition.publisher.in_language(asked.wishes.language)),
        (say("desk.editions.effective"), f"{published.edition.effective}"),
        (say("desk.editions.items"), f"{len(published.catalogue.items)}"),
        (say("desk.editions.digest"), digest),
    )
    figures = Figures(
        (
            Figure(say("desk.editions.same"), f"{same}", "ok"),
            Figure(say("desk.editions.other"), f"{other}", "warn" if other else "ok"),
            Figure(say("desk.editions.unknown"), f"{len(used) - same - other}"),
        )
    )
    columns = [say(f"desk.editions.{one}") for one in ("edition", "at", "state")]
    names = station_names(asked)
    table = Table(
        say("desk.editions.title"),
        (say("desk.station"), say("desk.stations.counter"), *columns),
        [_row(asked, one, digest, names) for one in used], say("desk.stations.empty"),
        files=files_of(asked, "editions"), remark=say("desk.editions.remark"),
    )  # fmt: skip
    return [figures, Facts(say("desk.editions.published"), facts), table]


def _row(asked: Asked, one: InUse, digest: str, names: Mapping[str, str]) -> tuple[Cell, ...]:
    say = asked.say
    if not one.digest:
        state = Cell(say("desk.editions.no_case"))
    elif one.digest == digest:
        state = Cell(say("desk.editions.is_same"), mark="ok")
    else:
        state = Cell(say("desk.editions.is_other"), mark="warn")
    return (
        Cell(f"{one.station} {names.get(one.station, '')}".strip()), Cell(one.counter),
        Cell(one.edition or say("desk.none")), Cell(shown(one.at) or say("desk.none")), state,
    )  # fmt: skip


def _in_use(connection: Connection) -> list[InUse]:
    d, w = t.device.c, t.writer.c
    counters = connection.execute(
        select(d.station, d.counter).where(d.retired == "").order_by(d.station, d.counter)
    ).all()
    writers: dict[tuple[str, str], list[str]] = {}
    for row in connection.execute(select(w.station, w.counter, w.writer)).all():
        writers.setdefault((row.station, row.counter), []).append(row.writer)
    return [
        max(
            (_last(connection, row.station, row.counter, one) for one in writers.get((row[0], row[1]), [])),
            key=lambda used: used.at, default=InUse(row.station, row.counter),
        )
        for row in counters
    ]  # fmt: skip


def _last(connection: Connection, station: str, counter: str, writer: str) -> InUse:
    """From the end of the log backwards: its last acceptance is near."""
    e = t.event.c
    row = connection.execute(
        select(e.public, e.at)
        .where(e.station == station, e.writer == writer, e.kind.in_(BEGIN), ~e.waiting)
        .order_by(e.seq.desc()).limit(1)
    ).first()  # fmt: skip
    if row is None:
        return InUse(station, counter)
    public = msgspec.json.decode(row.public, type=AcceptedPublic)
    return InUse(station, counter, public.edition, public.digest, row.at)


EDITIONS = PageOf("editions", "editions", editions, {})
