"""Proves the counts: each case as its events say, each day as the sum over the cases."""

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, select

from station_desk.district import tables as t
from station_desk.district.caseload import Day, days_of, load_of, row_of
from station_desk.district.rows import AT_ONCE
from station_desk.district.traces import CASE_KINDS, histories


def counts_that_differ(connection: Connection, station: str) -> Iterator[str]:
    """The cases of the station (`station/case`), then its days (`station/day/item/state`)."""
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
    yield from (f"{station}/{day[0]}/{day[2]}/{day[3]}" for day in sorted(_wrong_days(connection, station)))


def _wrong_days(connection: Connection, station: str) -> Iterator[Day]:
    c, d = t.caseload.c, t.daily.c
    summed: Counter[Day] = Counter()
    for row in connection.execute(select(c.category, c.item, c.entered).where(c.station == station)).all():
        summed.update(days_of(row.category, row.item, row.entered))
    asked = select(d.day, d.category, d.item, d.state, d.amount).where(d.station == station)
    for day, category, item, state, amount in connection.execute(asked).all():
        summed[day, category, item, state] -= amount
    return (day for day, difference in summed.items() if difference)
