"""How many cases came into each state in a range of days: asked of sums, never of single cases.

A range is cut into whole months, which have sums of their own, and the days before and after them: so a
question reads no more rows the longer the district works. All keys begin with the station and go on with what
is asked about; that is why the stations are named, all of them.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, func, select

from station_desk.district import tables as t
from station_desk.district.bulk import among
from station_desk.district.load_sums import ALL, MONTH

By = Literal["station", "category", "item", "day"]

Entered = dict[str, Counter[str]]
"""How many cases came into each state, by station, item type, item or day."""

Piece = tuple[date, date]
"""The first and the last day of some days."""

ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Range:
    """The days that are asked about, of one station or item type or of all."""

    first: date
    last: date
    station: str = ""
    category: str = ALL


class Cut(NamedTuple):
    """A range as its whole months and what is left of it."""

    months: Sequence[str]
    rests: Sequence[Piece]


class _Part(NamedTuple):
    """A sum that holds a part of the answer, and which of its rows."""

    table: Table
    wanted: Sequence[ColumnElement[bool]]


def cut(first: date, last: date) -> Cut:
    """The whole months between two days, and the days around them."""
    begins = first if first.day == 1 else _next_month(first)
    months, ends = [], begins
    while _next_month(ends) - ONE_DAY <= last:
        months.append(ends.isoformat()[:MONTH])
        ends = _next_month(ends)
    if not months:
        return Cut((), ((first, last),))
    around = ((first, begins - ONE_DAY), (ends, last))
    return Cut(months, [piece for piece in around if piece[0] <= piece[1]])


def entered_by(connection: Connection, by: By, asked: Range, states: Sequence[str]) -> Entered:
    """How many cases came into these states, by a column; by `item` of one item type alone."""
    stations = _stations(connection, asked)
    found: Entered = {}
    for part in _parts(connection, by, asked, stations):
        c = part.table.c
        column = c[by]
        counted = (
            select(column, c.state, func.sum(c.amount))
            .where(among(connection, c.station, stations), c.state.in_(states), *part.wanted)
            .group_by(column, c.state)
        )
        for name, state, amount in connection.execute(counted).all():
            found.setdefault(name, Counter())[state] += int(amount)
    return found


def _stations(connection: Connection, asked: Range) -> Sequence[str]:
    if asked.station:
        return [asked.station]
    return connection.execute(select(t.station.c.station)).scalars().all()


def _parts(connection: Connection, by: By, asked: Range, stations: Sequence[str]) -> Iterator[_Part]:
    """Each from the sum in whose key the wanted rows lie side by side."""
    day, month = t.day_sum.c, t.month_sum.c
    if by == "day":
        yield _Part(t.day_sum, (day.category == asked.category, *_within(asked.first, asked.last)))
        return
    months, rests = cut(asked.first, asked.last)
    if by == "item":
        yield from _parts_of_items(asked, months, rests)
        return
    of_month, of_day = month.category == asked.category, day.category == asked.category
    if by == "category":
        of_month = month.category != ALL
        of_day = among(connection, day.category, _kinds(connection, asked, stations))
    if months:
        yield _Part(t.month_sum, (of_month, month.month.in_(months)))
    for rest in rests:
        yield _Part(t.day_sum, (of_day, *_within(*rest)))


def _parts_of_items(
    asked: Range, months: Sequence[str], rests: Sequence[tuple[date, date]]
) -> Iterator[_Part]:
    month, day = t.item_month.c, t.daily.c
    if months:
        yield _Part(t.item_month, (month.category == asked.category, month.month.in_(months)))
    for first, last in rests:
        days = [(first + timedelta(days=n)).isoformat() for n in range((last - first).days + 1)]
        yield _Part(t.daily, (day.category == asked.category, day.day.in_(days)))


def _kinds(connection: Connection, asked: Range, stations: Sequence[str]) -> Sequence[str]:
    """The item types that anything was counted of in the months of the range."""
    m = t.month_sum.c
    in_range = (m.month >= asked.first.isoformat()[:MONTH], m.month <= asked.last.isoformat()[:MONTH])
    found = select(m.category).where(among(connection, m.station, stations), *in_range, m.category != ALL)
    return connection.execute(found.distinct()).scalars().all()


def _within(first: date, last: date) -> tuple[ColumnElement[bool], ...]:
    day = t.day_sum.c.day
    return day >= first.isoformat(), day <= last.isoformat()


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
