"""Ready to be spread over machines by station: no key and no statement that needs more than one of them."""

import pytest
from sqlalchemy import UniqueConstraint, select

from station_desk.district import tables as t
from station_desk.district.keys import answer_keys
from station_desk.protocol.messages import VERSION, AskKeys
from tests.district.conftest import Reached
from tests.district.statements import WHOLE_DISTRICT, lacks_station, listening


@pytest.fixture(autouse=True)
def of_one_station() -> None:
    """Here the listening itself is tried."""


def test_every_key_begins_with_the_station() -> None:
    for table in t.metadata.sorted_tables:
        if table in t.OF_THE_DISTRICT:
            continue
        keys = [table.primary_key, *(c for c in table.constraints if isinstance(c, UniqueConstraint))]
        first = {next(iter(key.columns)).name for key in keys}
        first |= {next(iter(index.columns)).name for index in table.indexes if index.unique}
        assert first == {"station"}, table.name
        assert [column.name for column in table.columns if column.autoincrement is True] == []


@pytest.mark.parametrize(
    ("statement", "lacks"),
    [
        ("SELECT 1", False),
        ("SELECT value FROM about WHERE name = ?", False),
        ("SELECT seq FROM event WHERE event.station = %(station_1)s AND seq > 5", False),
        ("SELECT seq FROM event WHERE event.station = ? AND event.seq IN (?, ?)", False),
        ("SELECT seq FROM event WHERE writer = ?", True),
        ("SELECT station FROM event", True),
        ("UPDATE device SET retired=? WHERE device.counter = ?", True),
        ("UPDATE device SET retired=? WHERE device.station = ? AND device.counter = ?", False),
        ("DELETE FROM trace WHERE trace.station = ? AND trace.number IN (?)", False),
        ("INSERT INTO tally (station, what, amount) VALUES (?, ?, ?)", False),
        (
            "INSERT INTO event (writer, station, seq) SELECT writer, station, seq FROM pg_temp.stage_event",
            False,
        ),
        ("INSERT INTO event (writer, seq) VALUES (?, ?)", True),
    ],
)
def test_a_statement_that_asks_more_than_one_station_is_named(statement: str, lacks: bool) -> None:
    assert lacks_station(statement) is lacks


def test_what_is_listened_to_is_heard(reached: Reached, monkeypatch: pytest.MonkeyPatch) -> None:
    with listening() as found:
        reached.district.rows(select(t.event.c.seq))
        answer_keys(reached.district, AskKeys(VERSION))
        assert found == set(), "a test may ask what it likes, and this act means the whole district"
        monkeypatch.delitem(WHOLE_DISTRICT, ("keys.py", "answer_keys"))
        answer_keys(reached.district, AskKeys(VERSION))
        assert {place[:2] for place in found} == {("keys.py", "answer_keys")}
