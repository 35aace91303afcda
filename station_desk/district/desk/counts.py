"""The figures of the caseload, asked of the days that are summed already: never of single cases."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, func, select

from station_desk.district import tables as t

ACCEPTED, ENDED, OTHERWISE = "processing", "finished", ("withdrawn", "declined", "voided")


@dataclass(frozen=True, slots=True)
class Range:
    """The days that are asked about, of one station or item type or of all."""

    first: date
    last: date
    station: str = ""
    category: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """What one station, item type or day comes to."""

    accepted: int = 0
    ended: int = 0
    otherwise: int = 0
    before: int = 0
    open: int = 0
    late: int = 0


def lines_by(connection: Connection, by: str, asked: Range, before: Range, today: date) -> dict[str, Line]:
    """The lines by `station`, `category` or `item`; `before` is the range to compare with."""
    now, then = entered_by(connection, by, asked), entered_by(connection, by, before)
    c = t.caseload.c
    stock = _counts(connection, by, _of(t.caseload, asked, c.open))
    late = _counts(connection, by, _of(t.caseload, asked, c.due != "", c.due < today.isoformat()))
    names = sorted({*now, *then, *stock, *late})
    return {name: _line(now, then, stock, late, name) for name in names}


def entered_by(connection: Connection, by: str, asked: Range) -> dict[str, Counter[str]]:
    """How many cases came into each state in the range, by a column of the days."""
    d = t.daily.c
    in_range = (d.day >= asked.first.isoformat(), d.day <= asked.last.isoformat())
    found: dict[str, Counter[str]] = {}
    rows = connection.execute(
        select(d[by], d.state, func.sum(d.amount)).where(*in_range, *_of(t.daily, asked))
        .group_by(d[by], d.state)
    ).all()  # fmt: skip
    for name, state, amount in rows:
        found.setdefault(name, Counter())[state] = int(amount)
    return found


def total(lines: Mapping[str, Line]) -> Line:
    """All of them together."""
    return Line(*(sum(getattr(line, name) for line in lines.values()) for name in Line.__slots__))


def _of(table: Table, asked: Range, *more: ColumnElement[bool]) -> list[ColumnElement[bool]]:
    c = table.c
    named = [c.station == asked.station] if asked.station else []
    return [*more, *named, *([c.category == asked.category] if asked.category else [])]


def _counts(connection: Connection, by: str, wanted: list[ColumnElement[bool]]) -> dict[str, int]:
    column: Any = t.caseload.c[by]
    rows = connection.execute(select(column, func.count()).where(*wanted).group_by(column)).all()
    return {row[0]: row[1] for row in rows}


def _line(
    now: Mapping[str, Counter[str]], then: Mapping[str, Counter[str]], stock: Mapping[str, int],
    late: Mapping[str, int], name: str,
) -> Line:  # fmt: skip
    entered: Counter[str] = now.get(name, Counter())
    return Line(
        entered[ACCEPTED], entered[ENDED], sum(entered[state] for state in OTHERWISE),
        then.get(name, Counter[str]())[ACCEPTED], stock.get(name, 0), late.get(name, 0),
    )  # fmt: skip
