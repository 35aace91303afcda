"""What any district must do for its stations, however it is reached and whatever database it has."""

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import msgspec
import pytest

from station_desk.cases import parts as p
from station_desk.cases.event import Event, hash_of
from station_desk.district.dump import dump
from station_desk.district.verify import verify
from station_desk.protocol import signing
from station_desk.protocol.messages import (
    MOST_BYTES,
    MOST_EVENTS,
    VERSION,
    Dossier,
    DossierPart,
    Hello,
    Push,
)
from tests.district.conftest import Reached
from tests.district.station import PERSONAL, CaseOnPaper, CounterPC, Sender, refused


class DistrictStory:
    """The promises; the subclasses say how the district is reached."""

    @pytest.fixture
    def sender(self, reached: Reached) -> Sender:
        return reached.sender()

    def test_what_was_pushed_is_held(self, reached: Reached, sender: Sender, pc: CounterPC) -> None:
        case = pc.accept()
        pc.finish(case)
        marks = sender.push(pc.events, pc.finished)
        assert marks.marks == pc.heads()
        assert sender.hello(pc.writer).marks == pc.heads()
        assert verify(reached.district) == []
        assert _events(reached) == pc.events

    def test_the_same_push_twice_counts_once(self, reached: Reached, sender: Sender, pc: CounterPC) -> None:
        pc.finish(pc.accept())
        first = sender.push(pc.events, pc.finished)
        assert sender.push(pc.events, pc.finished).marks == first.marks
        assert sender.push(pc.events[1:3]).marks == first.marks
        assert _events(reached) == pc.events
        assert verify(reached.district) == []

    def test_the_same_push_by_many_at_once_counts_once(
        self, reached: Reached, sender: Sender, pc: CounterPC
    ) -> None:
        pc.finish(pc.accept())
        _at_once(3, lambda: sender.push(pc.events, pc.finished))
        assert sender.hello().marks == pc.heads()
        assert _events(reached) == pc.events
        assert verify(reached.district) == []

    def test_two_counters_of_a_station_push_at_once(self, reached: Reached) -> None:
        pcs = [CounterPC(counter=counter) for counter in ("01", "02", "03")]
        senders = [reached.sender(counter=pc.counter) for pc in pcs]
        for pc in pcs:
            for _ in range(5):
                pc.finish(pc.accept())
        pairs = iter(zip(senders, pcs, strict=True))

        def push_all() -> None:
            sender, pc = next(pairs)
            for at in range(0, len(pc.events), 4):
                sender.push(pc.events[at : at + 4])
            sender.push(dossiers=pc.finished)

        _at_once(3, push_all)
        assert [sender.hello().marks for sender in senders] == [pc.heads() for pc in pcs]
        assert verify(reached.district) == []

    def test_hello_names_the_logs_that_the_device_forgot(self, sender: Sender, pc: CounterPC) -> None:
        other = CounterPC(suffix="~ab12")
        pc.accept()
        other.accept()
        sender.push(pc.events)
        sender.push(other.events)
        assert sender.hello().marks == {**pc.heads(), **other.heads()}

    def test_a_cut_reply_is_healed_by_hello(self, sender: Sender, pc: CounterPC) -> None:
        pc.accept()
        sender.try_push(pc.events)  # Nobody reads the answer.
        assert sender.hello(pc.writer).marks == pc.heads()

    def test_a_gap_is_refused_and_nothing_of_the_push_is_kept(
        self, reached: Reached, sender: Sender, pc: CounterPC
    ) -> None:
        case = pc.accept()
        pc.stop(case)
        pc.resume(case)
        refused(sender.try_push(pc.events[1:]), 409, "sync.log_gap")
        refused(sender.try_push([pc.events[0], pc.events[2]]), 409, "sync.log_gap")
        assert sender.hello().marks == {}
        assert _events(reached) == []

    def test_a_fork_is_refused_and_the_first_history_stays(
        self, reached: Reached, sender: Sender, pc: CounterPC
    ) -> None:
        twin = CounterPC()
        for each in (pc, twin):
            each.accept()
            each.accept()
        sender.push(pc.events[:1])
        refused(sender.try_push(twin.events[:1]), 409, "sync.log_forked")
        refused(sender.try_push(twin.events[1:]), 409, "sync.log_forked")
        assert _events(reached) == pc.events[:1]

    def test_an_event_that_was_changed_on_the_way_is_refused(self, sender: Sender, pc: CounterPC) -> None:
        pc.accept()
        changed = msgspec.structs.replace(pc.events[0], actor="someone else")
        refused(sender.try_push([changed]), 400, "sync.hash_wrong")
        assert sender.hello().marks == {}

    @pytest.mark.parametrize(
        "other",
        [CounterPC(station="QSQ002"), CounterPC(counter="03"), CounterPC(suffix="~"), CounterPC(suffix=".x")],
        ids=["station", "counter", "empty_suffix", "dot"],
    )
    def test_the_log_of_another_is_refused(self, reached: Reached, sender: Sender, other: CounterPC) -> None:
        stranger = CounterPC(other.station, other.counter, other.suffix)
        stranger.finish(stranger.accept())
        refused(sender.try_push(stranger.events), 403, "sync.writer_not_ours")
        refused(sender.try_push(dossiers=stranger.finished), 403, "sync.writer_not_ours")
        hello = msgspec.json.encode(Hello(VERSION, (stranger.writer,)))
        refused(sender.post("/v1/hello", hello), 403, "sync.writer_not_ours")
        assert _events(reached) == []

    @pytest.mark.parametrize("size", [MOST_BYTES + 1, 5 * MOST_BYTES])
    def test_a_body_that_is_too_big_is_refused(self, sender: Sender, size: int) -> None:
        refused(sender.post("/v1/push", b" " * size), 413, "sync.message_too_big")

    def test_a_body_of_the_greatest_size_is_taken(self, sender: Sender, pc: CounterPC) -> None:
        pc.accept()
        body = msgspec.json.encode(Push(VERSION, tuple(pc.events))).ljust(MOST_BYTES)
        assert sender.post("/v1/push", body).status_code == 200
        assert sender.hello().marks == pc.heads()

    def test_too_many_events_at_once_are_refused(self, sender: Sender, pc: CounterPC) -> None:
        for _ in range(MOST_EVENTS + 1):
            pc.accept()
        small = [msgspec.structs.replace(event, public="{}") for event in pc.events]
        refused(sender.try_push(small), 413, "sync.message_too_big")

    @pytest.mark.parametrize(
        "body",
        [
            b"",
            b"{",
            b"[]",
            b"\xff\xfe",
            b"[" * 100_000,
            b'{"version":1,"events":[{"x":' + b"[" * 100_000,
            b'{"version":1,"surprise":1}',
            b'{"version":"1"}',
            b'{"version":1,"events":[{}]}',
        ],
        ids=["empty", "cut", "list", "no_utf8", "deep", "deep_inside", "unknown_field", "text", "no_event"],
    )
    def test_what_is_no_push_is_refused(self, sender: Sender, body: bytes) -> None:
        refused(sender.post("/v1/push", body), 400, "sync.message_refused")

    @pytest.mark.parametrize(
        "change",
        [
            {"subject": "nul\0"},
            {"subject": "x" * 201},
            {"public": "x" * (64 * 1024 + 1)},
            {"seq": 0},
            {"seq": 2**53},
            {"seq": 10**30},
            {"revision": -1},
        ],
        ids=["nul", "long_word", "long_text", "before_first", "too_far", "much_too_far", "revision"],
    )
    def test_an_event_that_no_counter_writes_is_refused(
        self, sender: Sender, pc: CounterPC, change: dict[str, object]
    ) -> None:
        pc.accept()
        odd = msgspec.structs.replace(pc.events[0], **change)
        odd = msgspec.structs.replace(odd, hash=hash_of(odd)) if odd.seq < 2**53 else odd
        assert sender.try_push([odd]).status_code == 400
        assert sender.hello().marks == {}

    def test_another_version_of_the_protocol_is_refused(self, sender: Sender) -> None:
        body = msgspec.json.encode(Hello(VERSION + 1, ()))
        refused(sender.post("/v1/hello", body), 426, "sync.version_refused")

    def test_another_kind_of_content_is_refused(self, sender: Sender) -> None:
        body = msgspec.json.encode(Hello(VERSION, ()))
        signed = signing.sign(sender.key, "POST", "/v1/hello", body, sender.device)
        answer = sender.http.post("/v1/hello", content=body, headers={**signed, "Content-Type": "text/plain"})
        refused(answer, 415, "sync.message_refused")

    def test_an_unknown_kind_waits_and_the_mark_advances(
        self, reached: Reached, sender: Sender, pc: CounterPC
    ) -> None:
        case = pc.accept()
        pc.record(case, "case.rated", p.Opinion("五星"))
        pc.advance(case, "visit", "review")
        marks = sender.push(pc.events)
        assert (marks.marks, marks.waiting) == (pc.heads(), 1)
        assert _events(reached) == pc.events
        assert "街道审核" in reached.http.get(f"/t/{case.token}").text
        assert verify(reached.district) == []

    def test_a_case_that_is_dated_anew_shows_its_new_day(
        self, reached: Reached, sender: Sender, pc: CounterPC
    ) -> None:
        before, after = p.Times("2027-01-04", "", provisional=True), p.Times("2027-01-05")
        case = pc.accept(times=before)
        year = p.YearImportedPublic(2027, "official", "made up", (date(2027, 1, 4),), (date(2027, 1, 9),))
        pc.record(CaseOnPaper("calendar:2027", ""), "calendar.imported", year)
        notice = (p.YearNotice(2027, "official", "测发〔2026〕1号", "2026-11-10"),)
        pc.record(case, "case.redated", p.RedatedPublic(before, after, notice))
        assert sender.push(pc.events).waiting == 0
        page = reached.http.get(f"/t/{case.token}").text
        assert "2027-01-05" in page
        assert "2027-01-04" not in page
        assert "暂定" not in page
        assert verify(reached.district) == []

    def test_a_known_kind_of_a_newer_shape_waits_too(self, sender: Sender, pc: CounterPC) -> None:
        case = pc.accept()
        pc.record(case, "case.advanced", p.Opinion("no such fields"))
        assert sender.push(pc.events).waiting == 1
        assert sender.hello().marks == pc.heads()

    @pytest.mark.parametrize(
        "public",
        ['{"deep":' + "[" * 30_000 + "]" * 30_000 + "}", "{", '{"done":"\\ud83d"}', ""],
        ids=["deep", "cut", "half_a_character", "empty"],
    )
    def test_a_public_part_that_cannot_be_read_never_stops_the_queue(
        self, sender: Sender, pc: CounterPC, public: str
    ) -> None:
        case = pc.accept()
        pc.advance(case, "visit", "review")
        odd = msgspec.structs.replace(pc.events[1], public=public)
        pc.events[1] = msgspec.structs.replace(odd, hash=hash_of(odd))
        assert sender.push(pc.events).waiting == 1

    def test_a_dossier_that_the_log_did_not_promise_is_refused(
        self, reached: Reached, sender: Sender, pc: CounterPC
    ) -> None:
        other, case = pc.accept(), pc.accept()
        pc.pack(other)
        dossier = pc.finish(case)
        first, *rest = dossier.parts
        sender.push(pc.events, pc.finished[:1])
        wrong = [
            (DossierPart(first.seq, first.text + " ", first.salt), *rest),
            (DossierPart(first.seq, first.text, "00" * 16), *rest),
            (DossierPart(first.seq, first.text, "no salt"), *rest),
            (DossierPart(first.seq + 10_000, first.text, first.salt), *rest),
            (*pc.finished[0].parts, *rest),
        ]
        for parts in wrong:
            answer = sender.try_push(dossiers=[Dossier(pc.writer, 2, case.number, parts)])
            refused(answer, 400, "sync.commitment_wrong")
        assert sender.hello().marks[pc.writer].dossiers == 1
        assert sender.push(dossiers=[dossier]).marks == pc.heads()
        assert verify(reached.district) == []

    def test_a_dossier_out_of_its_place_is_refused(self, sender: Sender, pc: CounterPC) -> None:
        cases = [pc.accept() for _ in range(3)]
        for case in cases:
            pc.finish(case)
        sender.push(pc.events)
        refused(sender.try_push(dossiers=pc.finished[1:]), 409, "sync.log_gap")
        sender.push(dossiers=pc.finished[:2])
        swapped = msgspec.structs.replace(pc.finished[1], number=1)
        refused(sender.try_push(dossiers=[swapped]), 409, "sync.log_forked")
        assert sender.push(dossiers=pc.finished).marks == pc.heads()

    def test_a_dossier_before_its_events_is_refused(self, sender: Sender, pc: CounterPC) -> None:
        pc.finish(pc.accept())
        refused(sender.try_push(dossiers=pc.finished), 400, "sync.commitment_wrong")

    def test_no_private_part_leaves_in_a_dump_or_lies_in_the_events(
        self, reached: Reached, sender: Sender, pc: CounterPC
    ) -> None:
        pc.deliver_all()
        sender.push(pc.events, pc.finished)
        lines = [json.dumps(line, ensure_ascii=False) for line in dump(reached.district)]
        assert [line for line in lines for name in PERSONAL[:-1] if name in line] == []
        assert len(lines) == len(pc.events) + len(pc.finished)

    def test_a_station_learns_nothing_of_another(
        self, reached: Reached, sender: Sender, pc: CounterPC
    ) -> None:
        pc.accept()
        sender.push(pc.events)
        stranger = reached.sender("QSQ002")
        assert stranger.hello().marks == {}
        refused(
            stranger.post("/v1/hello", msgspec.json.encode(Hello(VERSION, (pc.writer,)))),
            403,
            "sync.writer_not_ours",
        )

    def test_stray_requests_of_stations_get_the_shape_of_a_refusal(self, reached: Reached) -> None:
        refused(reached.http.get("/v1/push"), 405, "sync.message_refused")
        refused(reached.http.post("/v1/nothing"), 404, "sync.message_refused")


class TestInProcess(DistrictStory):
    @pytest.fixture
    def reached(self, in_process: Reached) -> Reached:
        return in_process


class TestOverLoopback(DistrictStory):
    @pytest.fixture
    def reached(self, over_loopback: Reached) -> Reached:
        return over_loopback


def _events(reached: Reached) -> list[Event]:
    lines = [line for line in dump(reached.district) if line.pop("what") == "event"]
    return [Event(**line) for line in lines]


def _at_once(threads: int, work: Callable[[], object]) -> None:
    """The same work in several threads; a failure in one of them is a failure of the test."""
    with ThreadPoolExecutor(threads) as pool:
        for done in [pool.submit(work) for _ in range(threads)]:
            done.result()
