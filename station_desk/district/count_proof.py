"""Proves the counts: each case as its events say, each day and each sum as the cases come to."""

from collections import Counter
from collections.abc import Iterator, Mapping

from sqlalchemy import Connection, select

from station_desk.district import tables as t
from station_desk.district.caseload import days_of, load_of, row_of
from station_desk.district.load_sums import Day, sums_that_differ
from station_desk.district.rows import AT_ONCE
from station_desk.district.traces import CASE_KINDS, histories


def counts_that_differ(connection: Connection, station: str) -> Iterator[str]:
    """The cases of the station (`station/case`), its days (`station/day/item/state`), then its sums."""
    e, c = t.event.c, t.caseload.c
    cases = select(e.subject).where(e.station == station, e.kind.in_(CASE_KINDS)).distinct()
    stored_cases = select(c.number).where(c.station == station)
    numbers = sorted({*connection.execute(cases).scalars(), *connection.execute(stored_cases).scalars()})
    for start in range(0, len(numbers), AT_ONCE):
        some = numbers[start : start + AT_ONCE]
        loads = [load_of(of_case) for of_case in histories(connection, station, some)]
        made = {load.number: row_of(station, load) for load in loads if load is not None}
        asked = t.caseload.select().where(c.station == station, c.number.in_(some))
        stored = {row["number"]: dict(row) for row in connection.execute(asked).mappings().all()}
        yield from (f"{station}/{number}" for number in some if made.get(number) != stored.get(number))
    days = _days(connection, station)
    wrong = sorted(_wrong_days(connection, station, days))
    yield from (f"{station}/{day}/{item}/{state}" for day, _, item, state in wrong)
    yield from (f"{station}/{line}" for line in sums_that_differ(connection, station, days))


def _days(connection: Connection, station: str) -> Counter[Day]:
    """What the counted cases come to."""
    c = t.caseload.c
    days: Counter[Day] = Counter()
    for row in connection.execute(select(c.category, c.item, c.entered).where(c.station == station)).all():
        days.update(days_of(row.category, row.item, row.entered))
    return days


def _wrong_days(connection: Connection, station: str, days: Mapping[Day, int]) -> Iterator[Day]:
    d, summed = t.daily.c, Counter(days)
    asked = select(d.day, d.category, d.item, d.state, d.amount).where(d.station == station)
    for day, category, item, state, amount in connection.execute(asked).all():
        summed[day, category, item, state] -= amount
    return (day for day, difference in summed.items() if difference)
