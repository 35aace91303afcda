"""A counter PC as tests need it: real events sealed into a real log, kept in memory, pushed by a real key."""

from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field

import httpx2
import msgspec

from station_desk.cases import parts as p
from station_desk.cases.event import Event, Fact, Head, Secret, head_of, seal
from station_desk.cases.trace import may_be_named, new_token, trace_of
from station_desk.catalogue.item import ClockRun, Sensitivity, Words
from station_desk.protocol import signing
from station_desk.protocol.messages import (
    VERSION,
    Dossier,
    DossierPart,
    Enrol,
    Enrolled,
    Hello,
    Mark,
    Marks,
    Pulled,
    Push,
)
from station_desk.sync.trouble import LogForked

ITEM = Words("城乡居民养老保险参保登记", "城鄉居民養老保險參保登記", "Pension insurance enrolment")
SECRET_ITEM = Words("临时救助给付", "臨時救助給付", "Temporary assistance")
STATION_NAME = "青石桥社区公共服务站"
PHONE = "010-5555 0123"
APPLICANT = p.Applicant("王秀兰", "citizen_id", "11010519491231002X", "13800138000", "青石桥路 8 号 3 单元")
CLERK = "陈静"
JSON = {"Content-Type": "application/json"}
PERSONAL = ("王秀兰", "11010519491231002X", "13800138000", "8 号 3 单元", CLERK)
STEPS = (
    p.StepPlan("accept", Words("窗口受理", "窗口受理", "Acceptance"), "clerk", 0, "wd", "run"),
    p.StepPlan("visit", Words("入户调查", "入戶調查", "Home visit"), "committee", 10, "wd", "run"),
    p.StepPlan("review", Words("街道审核", "街道審核", "Review"), "township", 1, "wd", "run"),
)
DUE = p.Times("2026-12-16", "2027-01-04", provisional=False)


@dataclass
class CaseOnPaper:
    """A case with the token that was printed on its receipt."""

    number: str
    token: str
    revision: int = 0


@dataclass
class CounterPC:
    """The log of one writer in memory: satisfies `sync.log.Log`, and can be pushed by hand."""

    station: str = "QSQ001"
    counter: str = "02"
    suffix: str = ""
    events: list[Event] = field(default_factory=list)
    secrets: dict[int, Secret] = field(default_factory=dict)
    finished: list[Dossier] = field(default_factory=list)
    noted: list[Marks] = field(default_factory=list)
    others: dict[str, tuple[tuple[Event, ...], tuple[Dossier, ...]]] = field(default_factory=dict)
    """Logs of this counter that only the district still had."""

    minute: int = 0
    sensitivity: Sensitivity = "S1"
    """Of the cases that are accepted without another wish."""

    _promised: dict[str, list[int]] = field(default_factory=dict)
    """By case, the events that have a private part."""

    def __post_init__(self) -> None:
        for event in self.events:
            if event.seq in self.secrets:
                self._promised.setdefault(event.subject, []).append(event.seq)

    @property
    def writer(self) -> str:
        return f"{self.station}.{self.counter}{self.suffix}"

    @property
    def head(self) -> Head:
        return head_of(self.events[-1]) if self.events else Head()

    def record(
        self, case: CaseOnPaper, kind: str, public: msgspec.Struct, private: msgspec.Struct | None = None
    ) -> Event:
        """The next event of this log about the case."""
        case.revision += 1
        self.minute += 1
        at = f"2026-11-20T{10 + self.minute // 60:02d}:{self.minute % 60:02d}:00+08:00"
        fact = Fact(case.number, case.revision, kind, at, CLERK, public, private)
        event, secret = seal(fact, self.writer, self.head, f"command-{len(self.events)}")
        self.events.append(event)
        if secret:
            self.secrets[event.seq] = secret
            self._promised.setdefault(case.number, []).append(event.seq)
        return event

    def accept(
        self, sensitivity: Sensitivity | None = None, times: p.Times = DUE, clock: ClockRun = "run"
    ) -> CaseOnPaper:
        """Accepts a case; the first step is done at once."""
        number = f"{self.station}-261120-{self.counter}-{len(self.events):04d}-0"
        case = CaseOnPaper(number, new_token())
        sensitivity = sensitivity or self.sensitivity
        named = may_be_named(sensitivity)
        title = ITEM if sensitivity == "S1" else SECRET_ITEM
        shown = tuple(step if named else msgspec.structs.replace(step, name=None) for step in STEPS)
        public = p.AcceptedPublic(
            item="LS-008", category="LS", title=title if named else None, kind="promise",
            sensitivity=sensitivity, station=self.station, counter=self.counter, edition="2026.11",
            digest="0" * 64, received="2026-11-20T10:00:00+08:00", ticket="T261120-A001",
            trace="" if sensitivity == "S3" else trace_of(case.token), steps=shown,
            limits=p.Limits(20, 30, "wd", "accepted"), fee=0, stage="visit", times=times, clock=clock,
        )  # fmt: skip
        private = p.AcceptedPrivate(
            applicant=APPLICANT,
            answers={"grade": "500"},
            materials=(),
            token=case.token,
            title=title,
            steps=STEPS,
        )
        self.record(case, "case.accepted", public, private)
        return case

    def advance(self, case: CaseOnPaper, done: str, stage: str) -> Event:
        return self.record(case, "case.advanced", p.AdvancedPublic(done, stage, DUE), p.Opinion("同意"))

    def stop(self, case: CaseOnPaper) -> Event:
        bring = (Words("户口簿复印件", "戶口簿複印件", "Copy of the household register"),)
        return self.record(case, "case.stopped", p.StoppedPublic(bring, "2026-11-27"), p.Opinion("缺户口簿"))

    def resume(self, case: CaseOnPaper) -> Event:
        return self.record(case, "case.resumed", p.ResumedPublic(DUE))

    def finish(self, case: CaseOnPaper) -> Dossier:
        """Ends all steps and finishes the case: its private parts are ready to go."""
        self.advance(case, "visit", "review")
        self.advance(case, "review", "")
        public = p.FinishedPublic("granted", len(self.finished) + 1)
        self.record(case, "case.finished", public, p.FinishedPrivate("已登记"))
        return self.pack(case)

    def deliver(self, case: CaseOnPaper) -> Dossier:
        public = p.DeliveredPublic("counter", len(self.finished) + 1)
        self.record(case, "case.delivered", public, p.DeliveredPrivate("王秀兰", "self"))
        return self.pack(case)

    def deliver_all(self) -> CaseOnPaper:
        """A case from the acceptance to the hand of the resident, by way of a supplement."""
        case = self.accept()
        self.stop(case)
        self.resume(case)
        self.finish(case)
        self.deliver(case)
        return case

    def void(self, case: CaseOnPaper) -> Dossier:
        public = p.VoidedPublic(len(self.finished) + 1)
        self.record(case, "case.voided", public, p.Opinion("重复受理"))
        return self.pack(case)

    def pack(self, case: CaseOnPaper) -> Dossier:
        """The private parts of the case as the next dossier."""
        own = self._promised.get(case.number, [])
        parts = tuple(DossierPart(seq, self.secrets[seq].text, self.secrets[seq].salt) for seq in own)
        self.finished.append(Dossier(self.writer, len(self.finished) + 1, case.number, parts))
        return self.finished[-1]

    def writers(self) -> tuple[str, ...]:
        return (self.writer,)

    def heads(self) -> dict[str, Mark]:
        others = {
            writer: Mark(head_of(events[-1]), len(dossiers))
            for writer, (events, dossiers) in self.others.items()
        }
        return {self.writer: Mark(self.head, len(self.finished)), **others}

    def events_after(self, writer: str, seq: int, most: int) -> tuple[Event, ...]:
        events = self.events if writer == self.writer else self.others[writer][0]
        return tuple(events[seq : seq + most])

    def dossiers_after(self, writer: str, number: int, most: int) -> tuple[Dossier, ...]:
        assert writer == self.writer
        return tuple(self.finished[number : number + most])

    def noted_marks(self) -> dict[str, Mark]:
        return self.noted[-1].marks if self.noted else {}

    def oldest_after(self, held: Mapping[str, Mark]) -> str:
        late = self.events[held.get(self.writer, Mark()).head.seq :]
        return late[0].at if late else ""

    def part_ways(self, writer: str, after: int, at: str) -> None:
        """A log in memory cannot go on under another name."""
        raise LogForked(server="", detail=f"{writer}:{after + 1}", at=at)

    def take_back(self, lost: Mapping[str, Pulled], held: Mapping[str, int], at: str) -> None:
        assert at
        assert held.keys() == self.heads().keys()
        for writer, given in lost.items():
            if writer == self.writer:
                self.events += given.events
                self.finished += given.dossiers
            else:
                self.others[writer] = (given.events, given.dossiers)

    def on_its_way(self, push: Push) -> AbstractContextManager[None]:
        assert push.events or push.dossiers
        return nullcontext()

    def note_marks(self, marks: Marks, at: str, word: str = "") -> None:
        assert at
        self.noted.append(marks)


@dataclass
class Sender:
    """An enrolled device that speaks to the district by hand, so that it can also speak wrongly."""

    http: httpx2.Client
    key: str
    device: str

    def post(self, path: str, body: bytes) -> httpx2.Response:
        signed = signing.sign(self.key, "POST", path, body, self.device)
        return self.http.post(path, content=body, headers={**JSON, **signed})

    def hello(self, *writers: str) -> Marks:
        answer = self.post("/v1/hello", msgspec.json.encode(Hello(VERSION, writers)))
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=Marks)

    def try_push(
        self, events: list[Event] | None = None, dossiers: list[Dossier] | None = None
    ) -> httpx2.Response:
        push = Push(VERSION, tuple(events or ()), tuple(dossiers or ()))
        return self.post("/v1/push", msgspec.json.encode(push))

    def push(self, events: list[Event] | None = None, dossiers: list[Dossier] | None = None) -> Marks:
        answer = self.try_push(events, dossiers)
        assert answer.status_code == 200, answer.text
        return msgspec.json.decode(answer.content, type=Marks)


def enrol_asked(code: str, key: str, station: str = "QSQ001", counter: str = "02") -> Enrol:
    """What a counter PC says of itself when it enrols."""
    public_key = signing.public_key_of(key)
    return Enrol(code, station, STATION_NAME, counter, PHONE, "青石桥路 1 号", public_key)


def enrolled(http: httpx2.Client, code: str, station: str = "QSQ001", counter: str = "02") -> Sender:
    """A device that has just enrolled with the code."""
    key = signing.new_key()
    body = msgspec.json.encode(enrol_asked(code, key, station, counter))
    answer = http.post("/v1/enroll", content=body, headers=JSON)
    assert answer.status_code == 200, answer.text
    return Sender(http, key, msgspec.json.decode(answer.content, type=Enrolled).device)


def refused(answer: httpx2.Response, status: int, code: str) -> None:
    """The answer must be this refusal."""
    assert (answer.status_code, answer.json()["code"]) == (status, code)
