"""The district follows a case from counter to counter, in whatever order their logs arrive."""

from itertools import permutations

import msgspec
import pytest
from sqlalchemy import Connection, delete, update

from station_desk.cases import parts as p
from station_desk.cases.event import Event, Secret
from station_desk.cases.handover import packet_of, taken_over
from station_desk.cases.handover_parts import (
    TAKEN_OVER,
    TakenBackPublic,
    TakenOverPublic,
    TransferredPublic,
    carried,
)
from station_desk.cases.trace import Trace
from station_desk.district import kinds
from station_desk.district import tables as t
from station_desk.district.handovers import taken_by_others
from station_desk.district.traces import find_trace
from station_desk.district.verify import Problem, verify
from station_desk.district.waiting import read_what_waits
from station_desk.protocol.messages import MOST_EVENTS, VERSION, AskTaken, Dossier
from tests.district.conftest import Reached
from tests.district.station import PERSONAL, CaseOnPaper, CounterPC, Sender, refused


def send(pc: CounterPC, case: CaseOnPaper, to: CounterPC) -> Event:
    """The case leaves a counter."""
    return pc.record(case, "case.transferred", TransferredPublic(pc.counter, to.counter))


def log_of(pc: CounterPC, case: CaseOnPaper) -> list[tuple[Event, Secret | None]]:
    return [(event, pc.secrets.get(event.seq)) for event in pc.events if event.subject == case.number]


def take(pc: CounterPC, case: CaseOnPaper, source: CounterPC) -> Event:
    """The case arrives at another counter."""
    packet = packet_of(case.number, log_of(source, case))
    return pc.record(case, TAKEN_OVER, *taken_over(packet, source.counter, pc.counter))


def trace_of(reached: Reached, case: CaseOnPaper) -> Trace:
    found = reached.district.read(lambda connection: find_trace(connection, case.token))
    assert found is not None
    return found[0]


class Story:
    """A case that begins at one counter and ends at another."""

    def __init__(self, reached: Reached) -> None:
        self.first, self.second = CounterPC(counter="02"), CounterPC(counter="03")
        self.senders = {pc.counter: reached.sender(counter=pc.counter) for pc in (self.first, self.second)}
        self.case = self.first.accept()
        send(self.first, self.case, self.second)
        take(self.second, self.case, self.first)
        self.dossier = self.second.finish(self.case)

    def push(
        self, pc: CounterPC, events: list[Event] | None = None, dossiers: list[Dossier] | None = None
    ) -> None:
        self.sender(pc).push(pc.events if events is None else events, dossiers)

    def sender(self, pc: CounterPC) -> Sender:
        return self.senders[pc.counter]


def test_the_page_follows_the_case_and_its_dossier_arrives_once(reached: Reached) -> None:
    story = Story(reached)
    story.push(story.first)
    page = reached.http.get(f"/t/{story.case.token}").text
    assert "正在转交本站另一个窗口" in page
    assert "由 3 号窗口继续办理" in page
    assert "2026-12-16" in page, "the clock goes on meanwhile"
    story.push(story.second, dossiers=story.second.finished)
    assert "已办结" in reached.http.get(f"/t/{story.case.token}").text
    assert verify(reached.district) == []
    assert reached.district.rows(t.dossier.select())[0]["case_number"] == story.case.number
    assert len(reached.district.rows(t.dossier.select())) == 1
    assert "王秀兰" in "".join(part.text for part in story.dossier.parts)


def test_every_order_of_arrival_ends_in_the_same_page(reached: Reached) -> None:
    story = Story(reached)
    halves = [
        (story.first, story.first.events[:1]), (story.first, story.first.events[1:]),
        (story.second, story.second.events[:2]), (story.second, story.second.events[2:]),
    ]  # fmt: skip
    seen = set()
    for order in permutations(range(4)):
        if order.index(0) > order.index(1) or order.index(2) > order.index(3):
            continue
        reached.district.write(_empty_of_cases)
        for place in order:
            story.push(*halves[place])
        seen.add(msgspec.json.encode(trace_of(reached, story.case)))
        assert verify(reached.district) == []
    assert len(seen) == 1
    trace = msgspec.json.decode(seen.pop(), type=Trace)
    assert (trace.state, trace.holder) == ("finished", "QSQ001.03")


def test_the_second_log_alone_tells_the_whole_case(reached: Reached) -> None:
    story = Story(reached)
    story.push(story.second, story.second.events[:1])
    trace = trace_of(reached, story.case)
    assert (trace.state, trace.stage, trace.number) == ("processing", "visit", story.case.number)
    assert "现在：入户调查" in reached.http.get(f"/t/{story.case.token}").text
    assert verify(reached.district) == []


def test_what_the_first_counter_says_afterwards_does_not_count(reached: Reached) -> None:
    story = Story(reached)
    stray = CaseOnPaper(story.case.number, story.case.token, 9)
    story.first.record(stray, "case.voided", p.VoidedPublic(1))
    for pc in (story.second, story.first):
        story.push(pc)
    assert trace_of(reached, story.case).state == "finished"


def test_a_case_that_was_taken_back_goes_on_at_the_first_counter(reached: Reached, pc: CounterPC) -> None:
    sender = reached.sender()
    case = pc.accept()
    handed = send(pc, case, CounterPC(counter="03"))
    pc.record(case, "case.taken_back", TakenBackPublic(handed.hash))
    pc.finish(case)
    sender.push(pc.events, pc.finished)
    assert trace_of(reached, case).state == "finished"
    assert verify(reached.district) == []


@pytest.mark.parametrize(("one", "other"), [("02", "03"), ("03", "02")])
def test_a_case_that_two_counters_hold_is_told_and_the_take_over_counts(
    reached: Reached, one: str, other: str
) -> None:
    first, second = CounterPC(counter=one), CounterPC(counter=other)
    senders = {pc.counter: reached.sender(counter=pc.counter) for pc in (first, second)}
    case = first.accept()
    handed = send(first, case, second)
    twin = CaseOnPaper(case.number, case.token, case.revision)
    first.record(case, "case.taken_back", TakenBackPublic(handed.hash))
    first.advance(case, "visit", "review")
    take(second, twin, first_at_hand_over(first, handed))
    for pc in (first, second):
        senders[pc.counter].push(pc.events)
    trace = trace_of(reached, case)
    assert (trace.state, trace.stage, trace.holder) == ("processing", "visit", f"QSQ001.{other}")
    assert verify(reached.district) == [Problem("held_twice", f"QSQ001/{case.number}")]
    first.void(case)
    senders[one].push(first.events, first.finished)
    assert trace_of(reached, case).state == "processing"
    assert verify(reached.district) == []


def first_at_hand_over(pc: CounterPC, handed: Event) -> CounterPC:
    """The counter as it was when it handed the case over."""
    return CounterPC(pc.station, pc.counter, events=pc.events[: handed.seq], secrets=pc.secrets)


def test_a_restricted_case_has_no_page_at_any_counter(reached: Reached) -> None:
    first, second = CounterPC(counter="02", sensitivity="S3"), CounterPC(counter="03")
    case = first.accept()
    send(first, case, second)
    take(second, case, first)
    for pc in (first, second):
        reached.sender(counter=pc.counter).push(pc.events)
    assert reached.http.get(f"/t/{case.token}").status_code == 404
    assert verify(reached.district) == []


def test_no_public_part_and_no_page_holds_anything_personal(reached: Reached) -> None:
    story = Story(reached)
    publics = "".join(event.public for pc in (story.first, story.second) for event in pc.events)
    names = PERSONAL[:-1]
    assert [name for name in names if name in publics] == []
    for pc in (story.first, story.second):
        story.push(pc, dossiers=pc.finished)
    assert [name for name in PERSONAL if name in reached.http.get(f"/t/{story.case.token}").text] == []


def test_a_history_that_differs_from_its_own_log_is_found(reached: Reached) -> None:
    story = Story(reached)
    liar = CounterPC(counter="02")
    liar.record(CaseOnPaper("other", "x"), "case.voided", p.VoidedPublic(1))
    story.sender(story.first).push(liar.events)
    story.push(story.second, dossiers=story.second.finished)
    assert verify(reached.district) == [Problem("history_differs", "QSQ001.02:1")]


def test_contents_that_the_first_counter_did_not_promise_are_found(reached: Reached) -> None:
    story = Story(reached)
    for pc in (story.first, story.second):
        story.push(pc, dossiers=pc.finished)
    (row,) = reached.district.rows(t.dossier.select())
    wrong = row["parts"].replace("王秀兰", "李秀兰")
    reached.district.write(lambda c: c.execute(update(t.dossier).values(parts=wrong)))
    assert verify(reached.district) == [
        Problem("dossier_not_promised", "QSQ001.03:1"), Problem("dossier_not_promised", "QSQ001.02:1"),
    ]  # fmt: skip


def test_an_older_district_keeps_the_turns_and_reads_them_later(
    reached: Reached, monkeypatch: pytest.MonkeyPatch
) -> None:
    story = Story(reached)
    older = {
        kind: shape
        for kind, shape in kinds.PARTS.items()
        if not kind.startswith(("case.trans", "case.taken"))
    }
    with monkeypatch.context() as old:
        old.setattr(kinds, "PARTS", older)
        for pc in (story.first, story.second):
            story.push(pc, dossiers=pc.finished)
        assert story.sender(story.second).hello().waiting == 1
        assert trace_of(reached, story.case).state == "finished", "its known turns are followed all the same"
    assert read_what_waits(reached.district.database) == 2
    assert trace_of(reached, story.case).holder == "QSQ001.03"
    assert verify(reached.district) == []


@pytest.mark.parametrize("broken", ["subject", "kind", "shape", "deep"])
def test_a_history_that_cannot_be_read_waits_and_stops_nothing(reached: Reached, broken: str) -> None:
    story = Story(reached)
    pc = CounterPC(counter="03")
    pc.record(CaseOnPaper(story.case.number, "x", 7), TAKEN_OVER, odd_history(story, broken))
    pc.deliver_all()
    marks = story.sender(pc).push(pc.events, pc.finished)
    assert (marks.marks, marks.waiting) == (pc.heads(), 1)
    assert verify(reached.district) == []


def odd_history(story: Story, broken: str) -> TakenOverPublic:
    """A take-over that carries what no counter wrote."""
    packet = packet_of(story.case.number, log_of(story.first, story.case))
    first, *rest = packet.events
    if broken == "deep":
        event = story.second.events[0]
        for _ in range(45):
            deeper = TakenOverPublic("02", "03", (carried(event),))
            event = msgspec.structs.replace(event, public=msgspec.json.encode(deeper).decode())
        return msgspec.json.decode(event.public, type=TakenOverPublic)
    change: dict[str, dict[str, object]] = {
        "subject": {"subject": "another"}, "kind": {"kind": "case.rated"},
        "shape": {"public": msgspec.Raw(b'{"deep":[1]}')},
    }  # fmt: skip
    return TakenOverPublic("02", "03", (msgspec.structs.replace(first, **change[broken]), *rest))


def test_the_district_knows_who_has_a_case_now(reached: Reached) -> None:
    story = Story(reached)
    numbers = (story.case.number, "none")

    def known(counter: str) -> frozenset[str]:
        return reached.district.read(lambda c: taken_by_others(c, "QSQ001", counter, numbers))

    story.push(story.first)
    assert known("02") == frozenset()
    story.push(story.second)
    assert known("02") == {story.case.number}
    assert known("03") == frozenset()


def test_only_so_many_cases_are_asked_for_at_once(reached: Reached) -> None:
    sender = reached.sender()
    asked = msgspec.json.encode(AskTaken(VERSION, ("x",) * (MOST_EVENTS + 1)))
    refused(sender.post("/v1/taken", asked), 413, "sync.message_too_big")
    assert sender.post("/v1/taken", msgspec.json.encode(AskTaken(VERSION, ("\0", "x")))).json() == {
        "cases": []
    }
    newer = msgspec.json.encode(AskTaken(VERSION + 1, ()))
    refused(sender.post("/v1/taken", newer), 426, "sync.version_refused")


def _empty_of_cases(connection: Connection) -> None:
    for table in (t.event, t.dossier, t.trace, t.tally, t.writer):
        connection.execute(delete(table))
