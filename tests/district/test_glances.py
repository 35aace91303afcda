"""The quickest look-up finds what the usual one finds, and nothing that goes wrong on its way is seen."""

from collections.abc import Iterator
from functools import partial

import pytest
from sqlalchemy import Connection, Update, bindparam, select, text, update

from station_desk.cases.trace import new_token, trace_of
from station_desk.district import tables as t
from station_desk.district.glances import Glances, NoGlance
from station_desk.district.places import PLACES_AT, short_of
from station_desk.district.traces import find_trace, glance_at_trace
from tests.district.conftest import Reached
from tests.district.station import CaseOnPaper, CounterPC


@pytest.fixture
def cases(reached: Reached, pc: CounterPC) -> Iterator[tuple[CaseOnPaper, CaseOnPaper]]:
    """A delivered case and an open one; nothing of what a test did to the look-ups outlasts it."""
    made = pc.deliver_all(), pc.accept()
    reached.sender().push(pc.events, pc.finished)
    yield made
    glances_of(reached).close()


def glances_of(reached: Reached) -> Glances:
    assert reached.district.database.glances
    return reached.district.database.glances


def both(reached: Reached, token: str, since: str = "") -> str:
    """The number that both ways lead to, empty for none: they must agree."""
    quick = glance_at_trace(reached.district.database, token, since)
    assert quick == reached.district.read(lambda connection: find_trace(connection, token, since))
    return quick[0].number if quick else ""


def _run(statement: Update, connection: Connection) -> None:
    connection.execute(statement)


def test_both_ways_lead_to_the_same_case_and_nowhere_where_a_place_was_changed(
    reached: Reached, cases: tuple[CaseOnPaper, CaseOnPaper]
) -> None:
    ended, begun = cases
    assert both(reached, ended.token) == ended.number
    assert both(reached, ended.token, "9999") == "", "too old to be shown"
    assert both(reached, begun.token, "9999") == begun.number, "open ones are always shown"
    assert both(reached, new_token()) == ""
    p = t.token_place.c
    right = {"number": ended.number, "station": "QSQ001", "short": short_of(trace_of(ended.token))}
    wrong = {"number": begun.number, "station": "QSQ009", "short": short_of(trace_of("x"))}
    of_case = (p.number == right["number"]) & (p.station == right["station"]) & (p.short == right["short"])
    for name, value in wrong.items():
        planted = update(t.token_place).where(of_case).values({name: value})
        reached.district.write(partial(_run, planted))
        assert both(reached, ended.token) == "", name
        back = (p[name] == value) if name != "number" else (p.short == right["short"])
        reached.district.write(partial(_run, update(t.token_place).where(back).values({name: right[name]})))
    assert both(reached, ended.token) == ended.number


def test_a_look_up_whose_table_or_connection_is_gone_goes_the_usual_way(
    reached: Reached, cases: tuple[CaseOnPaper, CaseOnPaper]
) -> None:
    token, glances = cases[0].token, glances_of(reached)
    values = {"of_short": short_of(trace_of(token))}
    assert len(glances.ask(PLACES_AT, values)) == 1
    lost = glances._idle.get_nowait()
    lost.close()
    glances._idle.put(lost)
    assert both(reached, token) == cases[0].number, "seen by nobody"
    assert len(glances.ask(PLACES_AT, values)) == 1, "and the next one is quick again"
    reached.district.write(lambda c: c.execute(text("ALTER TABLE token_place RENAME TO hidden")))
    try:
        with pytest.raises(NoGlance):
            glances.ask(PLACES_AT, values)
    finally:
        reached.district.write(lambda c: c.execute(text("ALTER TABLE hidden RENAME TO token_place")))
    assert len(glances.ask(PLACES_AT, values)) == 1


def test_a_look_up_sees_what_was_written_a_moment_ago_and_writes_nothing(
    reached: Reached, cases: tuple[CaseOnPaper, CaseOnPaper]
) -> None:
    glances = glances_of(reached)
    asked = select(t.tally.c.amount).where(
        t.tally.c.station == bindparam("of"), t.tally.c.what == bindparam("w")
    )
    values = {"of": "QSQ001", "w": "dossier"}
    assert [row[0] for row in glances.ask(asked, values)] == [2]
    raised = update(t.tally).where(t.tally.c.station == "QSQ001").values(amount=5)
    reached.district.write(lambda connection: connection.execute(raised))
    assert [row[0] for row in glances.ask(asked, values)] == [5]
    connection = glances._taken()
    with pytest.raises(glances._error, match=r"read-?only"):
        connection.execute("DELETE FROM tally")
    connection.close()
