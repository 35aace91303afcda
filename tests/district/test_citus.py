"""A district over several machines: every table goes by its station, or to all of them, and is named once.

Citus is no part of these machines. Where STATION_DESK_CITUS names an empty database on a coordinator of it,
the last test runs on the real one; the others ask plain PostgreSQL with functions of the same names that note
what they were called with.
"""

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import select, text

from station_desk.cases.trace import trace_of
from station_desk.district import tables as t
from station_desk.district.citus import CitusMissing, PostgresNeeded, spread
from station_desk.district.district import District, open_district
from station_desk.district.enrolment import Device
from station_desk.district.places import PLACED, short_of
from station_desk.district.receive import receive
from station_desk.district.traces import find_trace
from station_desk.district.verify import verify
from station_desk.protocol.messages import VERSION, Push
from tests.district.conftest import Reached
from tests.district.station import CounterPC

CITUS = os.environ.get("STATION_DESK_CITUS", "")
STAND_IN = """
CREATE TABLE called (what text, name text, by text, beside text);
CREATE TABLE pg_dist_partition (logicalrelid regclass);
CREATE FUNCTION create_distributed_table(
    table_name regclass, distribution_column text, distribution_type text DEFAULT 'hash',
    colocate_with text DEFAULT 'default', shard_count int DEFAULT NULL
) RETURNS void LANGUAGE sql AS $$
    INSERT INTO called VALUES ('spread', table_name::text, distribution_column, colocate_with);
    INSERT INTO pg_dist_partition VALUES (table_name);
$$;
CREATE FUNCTION create_reference_table(table_name regclass) RETURNS void LANGUAGE sql AS $$
    INSERT INTO called VALUES ('copied', table_name::text, '', '');
    INSERT INTO pg_dist_partition VALUES (table_name);
$$;
"""


@pytest.fixture
def plain(fresh_postgres: str) -> Iterator[District]:
    with closing(open_district(fresh_postgres)) as district:
        yield district


def test_every_table_is_named_once_with_its_station_and_beside_the_others(plain: District) -> None:
    with pytest.raises(CitusMissing):
        spread(plain.database)
    plain.write(lambda connection: connection.exec_driver_sql(STAND_IN))
    first = spread(plain.database)
    called = plain.read(lambda c: c.execute(text("SELECT what, name, by, beside FROM called")).all())
    names = [row.name for row in called]
    assert sorted(names) == sorted(t.metadata.tables), "all of them, each once"
    of_district = {table.name for table in t.OF_THE_DISTRICT}
    assert {row.name for row in called if row.what == "copied"} == of_district == set(first.copied)
    by_station = [tuple(row) for row in called if row.what == "spread"]
    assert by_station[0] == ("spread", "station", "station", "none")
    assert {row[2:] for row in by_station[1:]} == {("station", "station")}
    assert spread(plain.database) == ((), ()), "what is spread already is left alone"


def test_a_district_in_a_file_is_not_spread(tmp_path: Path) -> None:
    with closing(open_district(f"sqlite:///{tmp_path}/d.db")) as district, pytest.raises(PostgresNeeded):
        spread(district.database)


def test_a_token_is_found_by_its_place_and_by_nothing_else(reached: Reached, pc: CounterPC) -> None:
    case, other = pc.accept(), pc.accept()
    reached.sender().push(pc.events)
    rows = reached.district.rows(select(t.token_place))
    assert {(row["short"], row["station"], row["number"]) for row in rows} == {
        (short_of(trace_of(one.token)), pc.station, one.number) for one in (case, other)
    }
    pc.advance(case, "visit", "review")
    reached.sender().push(pc.events)
    assert len(reached.district.rows(select(t.token_place))) == 2, "one place a case, whatever happens to it"
    # Eight bytes alike lead nowhere: the whole hash decides.
    place = t.token_place.c
    to_other = {"short": short_of(trace_of("other"))}
    moved = t.token_place.update().where(place.number == case.number).values(to_other)
    reached.district.write(lambda connection: connection.execute(moved))
    assert reached.district.read(lambda c: find_trace(c, "other")) is None
    assert reached.district.read(lambda c: find_trace(c, case.token)) is None
    assert reached.district.read(lambda c: find_trace(c, other.token)) is not None


def test_tokens_of_a_database_of_before_lead_to_their_cases(new_url: str, pc: CounterPC) -> None:
    case = pc.accept()
    with closing(open_district(new_url)) as district:
        _received(district, pc)
        district.write(lambda connection: connection.execute(t.token_place.delete()))
        district.write(lambda c: c.execute(t.about.delete().where(t.about.c.name == PLACED)))
        assert district.read(lambda c: find_trace(c, case.token)) is None
    with closing(open_district(new_url)) as again:
        assert again.read(lambda c: find_trace(c, case.token)) is not None


@pytest.mark.skipif(not CITUS, reason="STATION_DESK_CITUS names no empty database on a Citus coordinator")
def test_on_the_real_engine_a_push_and_a_look_up_go_to_one_machine() -> None:
    pc = CounterPC()
    case = pc.deliver_all()
    with closing(open_district(CITUS)) as district:
        spread(district.database)
        _received(district, pc)
        assert verify(district) == []
        assert district.read(lambda c: find_trace(c, case.token)) is not None
        asked = "EXPLAIN SELECT body FROM trace WHERE station = 'QSQ001' AND number = 'x'"
        plan = district.read(lambda c: c.exec_driver_sql(asked).scalars().all())
    assert any("Task Count: 1" in line for line in plan)


def _received(district: District, pc: CounterPC) -> None:
    told = {"station": pc.station, "name": "", "phone": "", "address": ""}
    district.write(lambda connection: connection.execute(t.station.insert().values(told)))
    device = Device(pc.station, pc.counter, f"{pc.writer}.x", "", "", "")
    receive(district, device, Push(VERSION, tuple(pc.events), tuple(pc.finished)))
