"""Two PCs that hold one key, seen and decided about at the district desk; what each hears then."""

from pathlib import Path

import pytest

from station_desk.district import tables as t
from station_desk.district.parted_logs import GO_ON, STOPPED, decide, parted
from station_desk.district.verify import verify
from station_desk.sync.trouble import Revoked
from tests.district.conftest import DistrictClock, Reached
from tests.district.officials import Official, official
from tests.district.station import CounterPC, Sender
from tests.district.test_cloned_counter import both, commands_at_district, commands_of
from tests.district.test_desk_pages import text

PAGE = "settle?station=QSQ001&counter=02"
COUNTER = {"station": "QSQ001", "counter": "02"}


@pytest.fixture
def someone(reached: Reached, clock: DistrictClock) -> Official:
    return official(reached.district, clock, "manager")


def copied(reached: Reached, clock: DistrictClock) -> tuple[Sender, CounterPC, CounterPC]:
    """A PC and its copy, which has gone on in a log of its own; both send by one key."""
    one, other, sender = CounterPC(), CounterPC(suffix="~ab12"), reached.sender()
    one.accept()
    sender.push(one.events)
    clock.wait(minutes=5)
    other.accept()
    sender.push(other.events)
    return sender, one, other


def goes_on(clock: DistrictClock, sender: Sender, pc: CounterPC) -> int:
    """Another case at that PC; the status that it gets for it."""
    clock.wait(minutes=1)
    pc.accept()
    return sender.try_push(pc.events).status_code


@pytest.mark.parametrize("kept_url", ["sqlite"], indirect=True)
def test_one_log_is_stopped_the_other_goes_on_and_nothing_is_lost(
    reached: Reached, clock: DistrictClock, someone: Official
) -> None:
    sender, one, other = copied(reached, clock)
    assert "Restored from a backup" in text(someone.get("settle").text)
    assert goes_on(clock, sender, one) == 200
    page = text(someone.get(PAGE).text)
    assert "Two PCs use one key" in page
    assert "QSQ001.02~ab12 1 1 2026-11-20 12:05 2026-11-20 12:05 to decide" in page
    assert f"Cases that several of the logs tell of Case {one.events[0].subject}" in page
    for form in ({"how": "choose", "reason": "x"}, {"how": "stopped", "reason": " "},
                 {"how": "stopped", "reason": "x", "log": "QSQ001.02~zz"}):  # fmt: skip
        assert someone.do(PAGE, "decide_log", **COUNTER, **form).status_code == 422
    form = {"how": "stopped", "log": "QSQ001.02~ab12", "reason": "the laptop in the cellar"}
    assert "stopped: what still comes is kept apart" in text(
        someone.do(PAGE, "decide_log", **COUNTER, **form).text
    )
    # At their next sync: one is heard, the other is told why, and what it sent waits.
    assert goes_on(clock, sender, one) == 200
    assert goes_on(clock, sender, other) == 401
    assert sender.try_push(other.events).json()["detail"] == "the laptop in the cellar"
    assert len(reached.district.rows(t.event.select())) == 4
    assert "Decide about all that one counter sent" in someone.get("settle").text
    someone.do("settle", "decide", which="QSQ001.02", how="accept")
    assert len(reached.district.rows(t.event.select())) == 5
    assert goes_on(clock, sender, other) == 401, "what came before is received; the log stays stopped"
    # Let go on again: it is heard as before, and everything is here.
    someone.do(PAGE, "decide_log", **COUNTER, how="go_on", reason="looked at it")
    assert goes_on(clock, sender, other) == 200
    assert goes_on(clock, sender, one) == 200
    assert "decided; two logs still grow" in text(someone.get("settle").text)
    assert len(reached.district.rows(t.event.select())) == len(one.events) + len(other.events)
    assert verify(reached.district) == []


@pytest.mark.long
def test_a_revoked_key_stops_both(reached: Reached, clock: DistrictClock, someone: Official) -> None:
    sender, one, other = copied(reached, clock)
    someone.do(PAGE, "decide_log", **COUNTER, how="revoke", reason="two PCs")
    assert [goes_on(clock, sender, pc) for pc in (one, other)] == [401, 401]
    acts = [
        row["subject"] for row in reached.district.rows(t.staff_act.select()) if row["act"] == "decide_log"
    ]
    assert acts == ["QSQ001 02 revoke two PCs"]


@pytest.mark.long
def test_a_real_copy_hears_why_and_goes_on_when_it_may(
    tmp_path: Path, over_loopback: Reached, clock: DistrictClock
) -> None:
    one, other = both(tmp_path, over_loopback, clock)
    for counter in (one, other):
        counter.accept()
        counter.sync()
        clock.wait(minutes=1)
    (found,) = parted(over_loopback.district)
    other_log = other.desk.store.about()["writer"]
    which = (found.station, found.counter, other_log)
    decide(over_loopback.district, which, STOPPED, "the one in the cellar", "wang")
    other.accept()
    with pytest.raises(Revoked) as heard:
        other.sync()
    assert heard.value.values["detail"] == "the one in the cellar"
    one.accept()
    one.sync()
    decide(over_loopback.district, which, GO_ON, "found", "wang")
    other.sync()
    assert commands_at_district(one) >= commands_of(one) | commands_of(other)
    assert verify(over_loopback.district) == []
    for counter in (one, other):
        counter.desk.store.close()
