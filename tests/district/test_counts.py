"""The counts of the district: the same however the events come, of restricted cases too, and of before."""

from contextlib import closing

import pytest
from sqlalchemy import delete
from starlette.testclient import TestClient

from station_desk.catalogue.item import Sensitivity
from station_desk.district import tables as t
from station_desk.district.app import make_app
from station_desk.district.district import District, open_district
from station_desk.district.first_count import COUNTED
from station_desk.district.load_sums import SUMMED
from station_desk.district.verify import verify
from tests.district.conftest import Reached
from tests.district.station import DUE, CounterPC

DAY = "2026-11-20"


def days(district: District) -> dict[tuple[str, str], int]:
    rows = district.rows(t.daily.select())
    assert {row["day"] for row in rows} <= {DAY}
    return {(row["station"], row["state"]): row["amount"] for row in rows if row["amount"]}


def test_each_state_is_counted_on_the_day_it_was_first_reached(reached: Reached, pc: CounterPC) -> None:
    pc.deliver_all()
    late = pc.accept()
    sender = reached.sender()
    sender.push(pc.events[:2])
    assert days(reached.district) == {("QSQ001", "processing"): 1, ("QSQ001", "supplement"): 1}
    sender.push(pc.events, pc.finished)
    pc.void(late)
    sender.push(pc.events)
    sender.push(pc.events)
    counted = {"processing": 2, "supplement": 1, "finished": 1, "delivered": 1, "voided": 1}
    assert days(reached.district) == {("QSQ001", state): n for state, n in counted.items()}
    assert verify(reached.district) == []


@pytest.mark.parametrize("sensitivity", ["S1", "S2", "S3"])
def test_a_restricted_case_counts_like_any_other(
    reached: Reached, pc: CounterPC, sensitivity: Sensitivity
) -> None:
    pc.accept(sensitivity)
    reached.sender().push(pc.events)
    (row,) = reached.district.rows(t.caseload.select())
    assert (row["item"], row["category"], row["counter"], row["due"]) == ("LS-008", "LS", "02", DUE.promised)
    assert row["open"]


def test_no_clock_no_due_date(reached: Reached, pc: CounterPC) -> None:
    pc.stop(pc.accept())
    pc.finish(pc.accept())
    reached.sender().push(pc.events)
    assert sorted((row["state"], row["due"]) for row in reached.district.rows(t.caseload.select())) == [
        ("finished", ""), ("supplement", ""),
    ]  # fmt: skip


def test_a_district_of_before_is_counted_when_it_is_opened(new_url: str, pc: CounterPC) -> None:
    pc.deliver_all()
    with closing(open_district(new_url)) as district:
        Reached(district, TestClient(make_app(district))).sender().push(pc.events, pc.finished)
        before = days(district)
        district.write(
            lambda c: [
                c.execute(delete(t.caseload)), c.execute(delete(t.daily)),
                c.execute(delete(t.about).where(t.about.c.name.in_((COUNTED, SUMMED)))),
            ]
        )  # fmt: skip
        assert {problem.fault for problem in verify(district)} == {"count_differs"}
    with closing(open_district(new_url)) as district:
        assert days(district) == before
        assert verify(district) == []
