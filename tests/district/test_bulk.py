"""Many rows at once: all of them or none, and a trouble on the way is told like any other of the database."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from sqlalchemy import Connection, bindparam, select, text
from sqlalchemy.exc import IntegrityError, OperationalError

from station_desk.district import tables as t
from station_desk.district.bulk import FEW, put
from station_desk.district.district import District, open_district
from station_desk.district.made import Made, among, list_of
from tests.district.conftest import Reached

ROWS = [{"station": "QSQ001", "what": f"kind{number}", "amount": number} for number in range(3 * FEW)]

ODD = ("tab\tand\nline", "back\\slash", "\\N", "\\.", 'quote"{,}', "cr\r", "it's %s", "𠮷", "NULL", "")
OF_KINDS = Made(
    lambda database: (
        select(t.tally.c.what)
        .where(t.tally.c.station == bindparam("of_station"), among(database, t.tally.c.what, "kinds"))
        .order_by(t.tally.c.amount)
    )
)


@pytest.fixture
def district(fresh_postgres: str) -> Iterator[District]:
    with closing(open_district(fresh_postgres)) as opened:
        yield opened


def test_rows_are_copied_several_times_in_one_unit(district: District) -> None:
    def twice(connection: Connection) -> None:
        put(connection, t.tally, ROWS[:FEW])
        put(connection, t.tally, ROWS[FEW : 2 * FEW + 5])
        put(connection, t.tally, ROWS[2 * FEW + 5 :])

    district.write(twice)
    found = district.rows(t.tally.select())
    assert sorted(found, key=lambda row: row["amount"]) == ROWS


@pytest.mark.parametrize("times", [1, 4], ids=["inserted", "copied"])
def test_every_text_is_kept_and_found_as_it_is(reached: Reached, times: int) -> None:
    texts = [text * turn for turn in range(1, times + 1) for text in ODD if text or turn == 1]
    rows = [{"station": "QSQ001", "what": what, "amount": n} for n, what in enumerate(texts)]

    def found(connection: Connection) -> list[str]:
        put(connection, t.tally, rows)
        of = {"of_station": "QSQ001", "kinds": list_of(connection, texts)}
        return [what for (what,) in OF_KINDS.rows(connection, of)]

    assert reached.district.write(found) == texts


def test_a_row_that_is_there_already_takes_all_of_them_back(district: District) -> None:
    district.write(lambda connection: put(connection, t.tally, ROWS[5:6]))
    with pytest.raises(IntegrityError):
        district.write(lambda connection: put(connection, t.tally, ROWS))
    assert [row["what"] for row in district.rows(t.tally.select())] == ["kind5"]


def test_a_lock_and_the_time_limits_are_told_as_the_database_does(district: District) -> None:
    def limits(connection: Connection) -> list[str]:
        names = ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout")
        return [str(connection.execute(text(f"SHOW {name}")).scalar_one()) for name in names]

    def hurried(connection: Connection) -> None:
        connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
        put(connection, t.tally, ROWS)

    def locked(connection: Connection) -> str:
        connection.execute(text("LOCK TABLE tally IN ACCESS EXCLUSIVE MODE"))
        with pytest.raises(OperationalError) as told:
            district.write(hurried)
        return str(getattr(told.value.orig, "sqlstate", ""))

    assert district.write(limits) == ["30s", "10s", "1min"]
    assert district.write(locked) == "55P03"
    district.write(hurried)
    assert len(district.rows(t.tally.select())) == len(ROWS)
