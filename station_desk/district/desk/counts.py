"""The figures of the caseload: what came in, what ended, what is open and late, beside the time before."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from station_desk.district import tables as t
from station_desk.district.desk.entered import By, Entered, Range, entered_by

ACCEPTED, ENDED, OTHERWISE = "processing", "finished", ("withdrawn", "declined", "voided")


@dataclass(frozen=True, slots=True)
class Line:
    """What one station, item type or day comes to."""

    accepted: int = 0
    ended: int = 0
    otherwise: int = 0
    before: int = 0
    open: int = 0
    late: int = 0


class Counted(NamedTuple):
    """The caseload of a range: by station, by item type or item, by day."""

    by_station: Mapping[str, Line]
    below: Mapping[str, Line]
    by_day: Entered


class _Stock(NamedTuple):
    """How many cases are open and how many of them late, by station and by what is below."""

    open: Mapping[str, int]
    late: Mapping[str, int]


def counted(connection: Connection, now: Range, before: Range, below: By, today: date) -> Counted:
    """All figures of a range; `before` is the one to compare with."""
    c = t.caseload.c
    is_open = _counts(connection, now, below, c.open)
    is_late = _counts(connection, now, below, c.due != "", c.due < today.isoformat())
    lines = [
        _lines(connection, by, now, before, _Stock(of_open, of_late))
        for by, of_open, of_late in zip(("station", below), is_open, is_late, strict=True)
    ]
    return Counted(lines[0], lines[1], entered_by(connection, "day", now, (ACCEPTED, ENDED)))


def total(lines: Mapping[str, Line]) -> Line:
    """All of them together."""
    return Line(*(sum(getattr(line, name) for line in lines.values()) for name in Line.__slots__))


def _counts(
    connection: Connection, asked: Range, below: By, *wanted: ColumnElement[bool]
) -> tuple[Mapping[str, int], Mapping[str, int]]:
    """How many of these cases there are by station, and by what is below; each is looked at once."""
    c = t.caseload.c
    named = [c.station == asked.station] if asked.station else []
    kind = [c.category == asked.category] if asked.category else []
    question = select(c.station, c[below], func.count()).where(*wanted, *named, *kind)
    stations: Counter[str] = Counter()
    others: Counter[str] = Counter()
    for station, other, amount in connection.execute(question.group_by(c.station, c[below])).all():
        stations[station] += amount
        others[other] += amount
    return stations, others


def _lines(connection: Connection, by: By, now: Range, before: Range, stock: _Stock) -> dict[str, Line]:
    entered = entered_by(connection, by, now, (ACCEPTED, ENDED, *OTHERWISE))
    then = entered_by(connection, by, before, (ACCEPTED,))
    names = sorted({*entered, *then, *stock.open, *stock.late})
    return {name: _line(entered, then, stock, name) for name in names}


def _line(now: Entered, then: Entered, stock: _Stock, name: str) -> Line:
    entered: Counter[str] = now.get(name, Counter())
    return Line(
        entered[ACCEPTED], entered[ENDED], sum(entered[state] for state in OTHERWISE),
        then.get(name, Counter[str]())[ACCEPTED], stock.open.get(name, 0), stock.late.get(name, 0),
    )  # fmt: skip
