"""A bad rating comes down to the head of the station, and what he did comes up: once, by whatever way."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest
from sqlalchemy import delete

from station_desk.cases.called_back import ANSWERED, CallBackAnsweredPublic, subject_of
from station_desk.cases.rating import Rating
from station_desk.core.clock import stamp
from station_desk.counter.call_backs import AnswerCallBack, answer_call_back, call_backs
from station_desk.counter.courier import make_courier_file, take_answer
from station_desk.district import kinds
from station_desk.district import tables as t
from station_desk.district.courier import take_in
from station_desk.district.ratings import Rated, answered_ratings, mend, open_ratings, rate
from station_desk.district.verify import verify
from station_desk.district.waiting import read_what_waits
from station_desk.protocol.messages import (
    MOST_CALL_BACKS,
    OLDEST,
    VERSION,
    AskCallBacks,
    CallBack,
    CallBacks,
)
from station_desk.store.call_backs import TOLD
from tests.district.conftest import NOON, DistrictClock, Reached
from tests.district.station import PERSONAL, CaseOnPaper, CounterPC, Sender
from tests.district.test_restored_counter import Counter, quiet

DONE = "已上门说明并补发材料，居民表示满意"
WORDS = "跑了三趟"
MEND_BY = date(2026, 12, 11)

BAD = Rating("poor", ("slow",), WORDS)


def due(_rated_on: date) -> date:
    return MEND_BY


@pytest.fixture
def sender(reached: Reached) -> Sender:
    return reached.sender()


@pytest.fixture
def rated(reached: Reached, sender: Sender, pc: CounterPC) -> CaseOnPaper:
    """A finished case whose resident was not satisfied."""
    case = pc.deliver_all()
    sender.push(pc.events, pc.finished)
    assert rate(reached.district, case.token, BAD, due) == "open"
    return case


def asked(sender: Sender, version: int = VERSION) -> CallBacks:
    answer = sender.post("/v1/call-backs", msgspec.json.encode(AskCallBacks(version)))
    assert answer.status_code == 200, answer.text
    return msgspec.json.decode(answer.content, type=CallBacks)


def answers(pc: CounterPC, number: str, rated_at: str = stamp(NOON), done: str = DONE) -> None:
    """The head of the station notes a call at this counter."""
    public = CallBackAnsweredPublic(number, rated_at, "2026-11-20", done)
    pc.record(CaseOnPaper(subject_of(number), ""), ANSWERED, public)


def answered(reached: Reached) -> list[tuple[str, str, str]]:
    return [(one.number, one.mended_by, one.outcome) for one in answered_ratings(reached.district)]


def test_what_is_open_comes_down_without_who_and_why(sender: Sender, rated: CaseOnPaper) -> None:
    listed = asked(sender)
    assert listed.open == (CallBack(rated.number, "poor", ("slow",), stamp(NOON), "2026-12-11"),)
    assert (listed.count, listed.mark) == (1, sender.hello().call_backs)
    told = msgspec.json.encode(listed).decode()
    assert [secret for secret in (*PERSONAL, WORDS, rated.token) if secret in told] == []
    assert asked(sender, OLDEST) == listed


def test_the_answer_comes_up_with_the_log_and_counts_once(
    reached: Reached, sender: Sender, pc: CounterPC, rated: CaseOnPaper
) -> None:
    before = sender.hello().call_backs
    answers(pc, "QSQ001-261120-02-9999-0")
    answers(pc, rated.number, "2026-11-19T12:00:00+08:00", "是另一次评价")
    sender.push(pc.events, pc.finished)
    assert answered(reached) == []
    answers(pc, rated.number)
    answers(pc, rated.number, done="又一次")
    sender.push(pc.events, pc.finished)
    sender.push(pc.events, pc.finished)
    assert answered(reached) == [(rated.number, "station", DONE)]
    assert (asked(sender).open, open_ratings(reached.district)) == ((), ())
    assert sender.hello().call_backs != before
    assert verify(reached.district) == []


def test_what_the_district_mended_first_stays(
    reached: Reached, sender: Sender, pc: CounterPC, rated: CaseOnPaper
) -> None:
    mend(reached.district, "QSQ001", rated.number, "区级已回访")
    answers(pc, rated.number)
    sender.push(pc.events)
    assert answered(reached) == [(rated.number, "district", "区级已回访")]


def test_another_station_hears_nothing_and_answers_nothing(reached: Reached, rated: CaseOnPaper) -> None:
    other, pc = reached.sender("QSQ002", "01"), CounterPC("QSQ002", "01")
    assert asked(other).open == ()
    answers(pc, rated.number)
    other.push(pc.events)
    assert answered(reached) == []


def test_a_district_of_before_keeps_the_answer_and_reads_it_later(
    reached: Reached, sender: Sender, pc: CounterPC, rated: CaseOnPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers(pc, rated.number)
    with monkeypatch.context() as old:
        old.setattr(kinds, "PARTS", {kind: one for kind, one in kinds.PARTS.items() if kind != ANSWERED})
        assert sender.push(pc.events).waiting == 1
    assert answered(reached) == []
    assert read_what_waits(reached.district.database) == 1
    assert answered(reached) == [(rated.number, "station", DONE)]


def test_an_answer_that_cannot_be_read_waits_and_stops_nothing(
    reached: Reached, sender: Sender, pc: CounterPC, rated: CaseOnPaper
) -> None:
    class Odd(msgspec.Struct):
        number: list[str]

    pc.record(CaseOnPaper(subject_of(rated.number), ""), ANSWERED, Odd([rated.number]))
    answers(pc, rated.number, done="很长" * 500)
    assert sender.push(pc.events).waiting == 1
    assert [len(outcome) for _, _, outcome in answered(reached)] == [200]


def test_more_than_a_message_holds_are_counted(reached: Reached, sender: Sender, rated: CaseOnPaper) -> None:
    (row,) = reached.district.rows(t.rating.select().where(t.rating.c.station == "QSQ001"))
    rows = [{**row, "number": f"{rated.number}{n:04d}"} for n in range(MOST_CALL_BACKS + 3)]
    reached.district.write(lambda c: c.execute(t.rating.insert(), rows))
    listed = asked(sender)
    assert (len(listed.open), listed.count) == (MOST_CALL_BACKS, MOST_CALL_BACKS + 4)


@pytest.fixture
def counter(tmp_path: Path, over_loopback: Reached, clock: DistrictClock) -> Iterator[Counter]:
    made = Counter(tmp_path, over_loopback, clock)
    yield made
    made.desk.store.close()


def test_a_month_without_network_a_restore_and_a_stick(counter: Counter, clock: DistrictClock) -> None:
    """A real counter: down after a month and up, an old backup back, then both ways in files."""
    number = counter.accept()
    counter.end(number)
    counter.sync()
    district, desk = counter.reached.district, counter.desk
    assert rate(district, desk.store.case(number).token, BAD, due) == "open"
    clock.wait(days=31)
    counter.sync()
    assert states(counter) == ["overdue"]
    assert WORDS not in desk.store.about()[TOLD]
    backup = counter.back_up()
    answer(counter, number, DONE)
    counter.sync()
    counter.sync()
    assert states(counter) == ["answered"]
    one = the_answered(counter)
    assert (one.mended_by, one.called_on, one.mended_at[:10]) == ("station", "2026-12-21", "2026-12-21")
    counter.restore(backup)
    assert states(counter) == ["overdue"]
    answer(counter, number, "另一次")
    counter.sync()
    counter.sync()
    assert states(counter) == ["answered"]
    assert the_answered(counter).outcome == DONE
    r = t.rating.c
    district.write(lambda c: c.execute(delete(t.rating).where(r.station == "QSQ001")))
    clock.wait(days=1)
    assert rate(district, counter.desk.store.case(number).token, BAD, due) == "open"
    counter.take()
    carry(counter)
    assert states(counter) == ["overdue"]
    answer(counter, number, "在 U 盘上")
    carry(counter)
    assert states(counter) == ["answered"]
    assert the_answered(counter).outcome == "在 U 盘上"


def answer(counter: Counter, number: str, done: str) -> None:
    answer_call_back(counter.desk, AnswerCallBack(number, done), uuid4().hex)


def states(counter: Counter) -> list[str]:
    return [row.urgency for row in call_backs(counter.desk)]


def the_answered(counter: Counter) -> Rated:
    (one,) = answered_ratings(counter.reached.district)
    return one


def carry(counter: Counter) -> None:
    brought = take_in(counter.reached.district, make_courier_file(counter.desk, quiet).content, quiet)
    take_answer(counter.desk, brought.answer)
