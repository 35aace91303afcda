"""What the desk shows without counting cases is what counting comes to; whatever differs is found."""

from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from datetime import date, timedelta
from functools import partial
from random import Random
from urllib.parse import urlencode

from sqlalchemy import Connection, RowMapping, Table, delete, insert, select, update
from sqlalchemy.sql.dml import UpdateBase

from station_desk.cases.trace import new_token, trace_of
from station_desk.district import load_sums
from station_desk.district import tables as t
from station_desk.district.desk.entered import By, Cut, Range, cut, entered_by
from station_desk.district.district import District, open_district
from station_desk.district.load_sums import SUMMED, SUMS, Day, add_to_sums, sum_what_was_there
from station_desk.district.places import short_of
from station_desk.district.verify import Problem, verify
from tests.district.conftest import Reached
from tests.district.station import CounterPC
from tests.district.test_ratings import send

TODAY = date(2026, 11, 20)
STATIONS, STATES = ("QSQ001", "QSQ002", "QSQ003"), ("processing", "finished", "voided")
ITEMS = (("LS", "LS-001"), ("LS", "LS-008"), ("SA", "SA-001"), ("MZ", "MZ-003"))
NEW = ("2026-11-20", "LS", "LS-008", "processing")
Days = Mapping[str, Counter[Day]]
"""Lines of `daily` by station."""


def made_up(seed: int) -> Days:
    """Three years of days of three stations."""
    dice = Random(seed)
    days: dict[str, Counter[Day]] = {station: Counter() for station in STATIONS}
    for _ in range(400):
        day = (TODAY - timedelta(days=dice.randrange(1000))).isoformat()
        days[dice.choice(STATIONS)][day, *dice.choice(ITEMS), dice.choice(STATES)] += dice.randrange(1, 9)
    return days


def put_days(connection: Connection, days: Days) -> None:
    """As pushes bring them: the days, and with them the sums, in two helpings."""
    names = ("day", "category", "item", "state")
    for station, lines in days.items():
        connection.execute(insert(t.station).values(station=station, name="", phone="", address=""))
        rows = [
            {"station": station, **dict(zip(names, line, strict=True)), "amount": amount}
            for line, amount in lines.items()
        ]
        connection.execute(insert(t.daily), rows)
        once = Counter({line: amount - 1 for line, amount in lines.items()})
        add_to_sums(connection, station, once)
        add_to_sums(connection, station, lines - once)


def rows_of(district: District, table: Table) -> set[tuple[object, ...]]:
    return {tuple(row.values()) for row in district.rows(select(table))}


def counted(days: Days, by: By, asked: Range) -> Mapping[str, Counter[str]]:
    """The same, counted by hand."""
    found: dict[str, Counter[str]] = {}
    for station, lines in days.items():
        for (day, category, item, state), amount in lines.items():
            named = {"station": station, "category": category, "item": item, "day": day}
            if (
                asked.first.isoformat() <= day <= asked.last.isoformat()
                and asked.station in ("", station)
                and asked.category in ("", category)
                and state in STATES[:2]
            ):
                found.setdefault(named[by], Counter())[state] += amount
    return found


def test_every_question_comes_to_what_counting_the_days_comes_to(reached: Reached) -> None:
    days, dice = made_up(1), Random(2)
    reached.district.write(lambda connection: put_days(connection, days))
    for _ in range(30):
        first = TODAY - timedelta(days=dice.randrange(900))
        asked = Range(
            first, first + timedelta(days=dice.choice((0, 6, 29, 30, 89, 364))),
            dice.choice(("", "", "QSQ002")), dice.choice(("", "LS", "SA")),
        )  # fmt: skip
        by: By
        for by in ("station", "day", "item" if asked.category else "category"):
            found = reached.district.read(partial(entered_by, by=by, asked=asked, states=STATES[:2]))
            assert found == counted(days, by, asked), (by, asked)


def test_a_range_is_cut_into_whole_months_and_the_days_around_them() -> None:
    assert cut(date(2026, 1, 1), date(2026, 2, 28)) == Cut(["2026-01", "2026-02"], [])
    ends = ((date(2025, 11, 21), date(2025, 11, 30)), (date(2026, 1, 1), date(2026, 1, 5)))
    assert cut(ends[0][0], ends[1][1]) == Cut(["2025-12"], list(ends))
    assert cut(date(2026, 2, 2), date(2026, 3, 30)) == Cut((), ((date(2026, 2, 2), date(2026, 3, 30)),))
    for first in range(0, 60, 3):
        for length in range(0, 100, 3):
            begin, end = TODAY + timedelta(days=first), TODAY + timedelta(days=first + length)
            months, rests = cut(begin, end)
            inside = [begin + timedelta(days=n) for n in range(length + 1)]
            of_rests = [day for day in inside if any(one <= day <= other for one, other in rests)]
            of_months = [day for day in inside if day.isoformat()[:7] in months]
            assert sorted(of_rests + of_months) == inside


def test_sums_of_before_are_filled_though_it_broke_off(new_url: str) -> None:
    days = made_up(3)
    with closing(open_district(new_url)) as district:
        district.write(lambda connection: put_days(connection, days))
        expected = {table: rows_of(district, table) for table in SUMS}
        assert all(expected.values())
        district.write(_as_before)
        district.write(lambda connection: load_sums._fill(connection, "QSQ001"))  # And there it broke off.
        assert {row[0] for row in rows_of(district, t.day_sum)} == {"QSQ001"}
        district.write(lambda connection: add_to_sums(connection, "QSQ003", {NEW: 1}))  # Somebody sent.
        sum_what_was_there(district.database)
        assert {table: rows_of(district, table) for table in SUMS} == expected
        district.write(lambda connection: connection.execute(delete(t.item_month)))
        sum_what_was_there(district.database)
        assert rows_of(district, t.item_month) == set(), "once it is noted, nothing is filled again"


def _as_before(connection: Connection) -> None:
    for station in STATIONS:
        values = {"station": station, "writer": f"{station}.01", "counter": "01", "seq": 0, "hash": ""}
        connection.execute(insert(t.writer).values(**values, dossiers=0))
    for table in SUMS:
        connection.execute(delete(table))
    connection.execute(insert(t.month_sum).values(
        station="QSQ002", month="2026-01", category="", state="x", amount=5
    ))  # fmt: skip
    connection.execute(delete(t.about).where(t.about.c.name == SUMMED))


def _planted(case: str, other_token: str) -> list[tuple[UpdateBase, list[Problem]]]:
    """Changes behind our back, each with what `verify` must say of it."""
    d, m, i, g = t.day_sum.c, t.month_sum.c, t.item_month.c, t.grade_sum.c
    sums = "QSQ001/{}"
    return [
        (
            update(t.day_sum).where(d.category == "", d.state == "finished").values(amount=7),
            [Problem("count_differs", sums.format("day_sum/*/finished/2026-11-20"))],
        ),
        (
            delete(t.day_sum).where(d.category == "LS", d.state == "delivered"),
            [Problem("count_differs", sums.format("day_sum/LS/delivered/2026-11-20"))],
        ),
        (
            update(t.month_sum).where(m.category == "LS", m.state == "finished").values(month="2026-10"),
            [
                Problem("count_differs", sums.format("month_sum/2026-10/LS/finished")),
                Problem("count_differs", sums.format("month_sum/2026-11/LS/finished")),
            ],
        ),
        (
            update(t.item_month).where(i.state == "finished").values(amount=0),
            [Problem("count_differs", sums.format("item_month/LS/2026-11/LS-008/finished"))],
        ),
        (
            update(t.grade_sum).where(g.grade == "poor").values(amount=2),
            [Problem("grades_differ", "QSQ001/poor")],
        ),
        (delete(t.grade_sum), [Problem("grades_differ", "QSQ001/poor")]),
        (
            update(t.grade_sum).values(grade="good"),
            [Problem("grades_differ", "QSQ001/good"), Problem("grades_differ", "QSQ001/poor")],
        ),
        (delete(t.token_place), [Problem("place_missing", f"QSQ001/{case}")]),
        (
            update(t.token_place).values(short=short_of(trace_of(other_token))),
            [Problem("place_missing", f"QSQ001/{case}")],
        ),
        (update(t.token_place).values(number="N1"), [Problem("place_missing", f"QSQ001/{case}")]),
        (update(t.token_place).values(station="QSQ002"), [Problem("place_missing", f"QSQ001/{case}")]),
        (delete(t.rating).where(t.rating.c.number == case), [Problem("grades_differ", "QSQ001/poor")]),
    ]  # fmt: skip


CHANGED = (*SUMS, t.grade_sum, t.token_place, t.rating)


def run(connection: Connection, statement: UpdateBase) -> None:
    connection.execute(statement)


def put_back(connection: Connection, kept: Mapping[Table, Sequence[RowMapping]]) -> None:
    for table, rows in kept.items():
        connection.execute(delete(table))
        connection.execute(insert(table), [dict(row) for row in rows])


def test_every_sum_and_place_that_was_changed_is_found(reached: Reached, pc: CounterPC) -> None:
    case = pc.deliver_all()
    reached.sender().push(pc.events, pc.finished)
    assert send(reached, case, urlencode({"grade": "poor"})).status_code == 200
    assert verify(reached.district) == []
    district = reached.district
    for statement, expected in _planted(case.number, new_token()):
        kept = {table: district.rows(select(table)) for table in CHANGED}
        district.write(partial(run, statement=statement))
        assert verify(district) == expected, str(statement)
        district.write(partial(put_back, kept=kept))
    assert verify(district) == []
