"""Brings the district up to the end of this PC's logs: asks what it holds, sends what it lacks, compares.

Where the district is ahead, this PC was restored from a backup: what it wrote itself comes back first.

What is acknowledged is what the district says it holds now. A lost reply, a restored server, a killed PC heal
by asking again; whatever was sent before the line was cut stays sent.
"""

from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from station_desk.cases.event import Event, head_of
from station_desk.core.clock import Clock, moment, stamp
from station_desk.core.errors import AuthError, IntegrityError
from station_desk.protocol.messages import (
    MOST_AT_ONCE,
    MOST_BYTES,
    NAMES_LOGS,
    TELLS_HEALTH,
    VERSION,
    DistrictKeys,
    Dossier,
    Health,
    Hello,
    Mark,
    Marks,
    Push,
)
from station_desk.sync.back import bring_back
from station_desk.sync.client import Wire
from station_desk.sync.courier import messages_after
from station_desk.sync.log import Log
from station_desk.sync.trouble import HeadsDisagree, LogForked, MessageTooBig, Revoked, VersionRefused

T = TypeVar("T", Event, Dossier)
NO_KEYS_TOLD = DistrictKeys()


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of this sync the district holds by now."""

    events: int
    events_total: int
    dossiers: int
    dossiers_total: int


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What one sync sent and what the district holds after it.

    `clock_ahead` is how far this PC's clock is before that of the district; `waiting` counts events that the
    district keeps but cannot read yet; `own_keys` are those of the district itself. `keys`, `call_backs`,
    `editions` and `station` are the marks of the keys that it knows, of the station's call-backs, of the
    editions, and of what it says of the station.
    """

    events: int
    dossiers: int
    marks: Marks
    waiting: int
    clock_ahead: timedelta
    keys: str = ""
    own_keys: DistrictKeys = NO_KEYS_TOLD
    call_backs: str = ""
    editions: str = ""
    station: str = ""


@dataclass(frozen=True, slots=True)
class Works:
    """With what the counter works, as the district is told: its program and the edition in use."""

    program: str = ""
    edition: str = ""


NOT_TOLD = Works()


def sync_once(
    log: Log, wire: Wire, clock: Clock, progress: Callable[[Progress], None], works: Works = NOT_TOLD
) -> SyncReport:
    """Sends all that the district lacks of what the logs hold at this moment, and tells how this PC stands.

    Raises an OfflineError when the line fails (what was sent stays sent), an AuthError, and an
    IntegrityError: LogForked when the district holds what this PC never wrote, HeadsDisagree when the ends
    differ after all.
    """
    asked_at = clock()
    health = Health(
        log.heads(), stamp(asked_at), log.oldest_after(log.noted_marks()), works.program, works.edition
    )
    try:
        marks = wire.hello(Hello(VERSION, log.writers(), health))
    except Revoked:
        _hand_in(log, wire)
        raise
    log.note_marks(marks, stamp(clock()), wire.word)
    bring_back(log, wire, marks, stamp(clock()))
    goal = log.heads()
    for writer, mark in sorted(marks.marks.items()):
        _require_known(log, wire, writer, mark, goal.get(writer, Mark()))
    sending = _Sending(log, wire, clock, progress, goal, marks, replace(health, ends=goal))
    sending.tell()
    for writer in sorted(goal):
        sending.send_events(writer)
    for writer in sorted(goal):
        sending.send_dossiers(writer)
    _require_same(sending.marks, goal)
    done, ahead = sending.progress_now(), asked_at - moment(marks.time)
    return SyncReport(
        done.events, done.dossiers, sending.marks, sending.marks.waiting, ahead, marks.keys, marks.own_keys,
        marks.call_backs, marks.editions, marks.station,
    )  # fmt: skip


def _hand_in(log: Log, wire: Wire) -> None:
    """What a revoked PC still has is kept apart at the district, until somebody there decides about it."""
    for encoded in messages_after(log, log.noted_marks()):
        with suppress(Revoked):
            wire.push(encoded)


@dataclass(slots=True)
class _Sending:
    """One sync under way; `marks` is the district's last word."""

    log: Log
    wire: Wire
    clock: Clock
    progress: Callable[[Progress], None]
    goal: dict[str, Mark]
    marks: Marks
    health: Health
    most: int = field(init=False)
    first: Marks = field(init=False)

    def __post_init__(self) -> None:
        self.first = self.marks
        self.most = max(1, min(self.marks.most, MOST_AT_ONCE))

    def send_events(self, writer: str) -> None:
        goal = self.goal[writer].head.seq
        while (seq := self._mark(writer).head.seq) < goal:
            batch = self.log.events_after(writer, seq, min(self.most, goal - seq))
            self._send(batch, _push_of_events)
            if self._mark(writer).head.seq <= seq:
                raise self._disagree(writer)

    def send_dossiers(self, writer: str) -> None:
        goal = self.goal[writer].dossiers
        while (number := self._mark(writer).dossiers) < goal:
            batch = self.log.dossiers_after(writer, number, min(self.most, goal - number))
            self._send(batch, _push_of_dossiers)
            if self._mark(writer).dossiers <= number:
                raise self._disagree(writer)

    def tell(self) -> None:
        self.progress(self.progress_now())

    def progress_now(self) -> Progress:
        events = dossiers = events_total = dossiers_total = 0
        for writer, goal in self.goal.items():
            first, now = self.first.marks.get(writer, Mark()), self._mark(writer)
            events += now.head.seq - first.head.seq
            events_total += goal.head.seq - first.head.seq
            dossiers += now.dossiers - first.dossiers
            dossiers_total += goal.dossiers - first.dossiers
        return Progress(events, events_total, dossiers, dossiers_total)

    def _require_understood(self, push: Push) -> None:
        """What an older district cannot understand waits until it is brought up to date."""
        if self.wire.version < NAMES_LOGS and any(part.log for one in push.dossiers for part in one.parts):
            raise VersionRefused(server=self.wire.server, detail=str(self.wire.version))

    def _send(self, batch: Sequence[T], push_of: Callable[[Sequence[T]], Push]) -> None:
        """Sends as much of the batch as goes into one message; what a proxy finds too big is halved."""
        count = len(batch)
        while count:
            push = self._with_health(push_of(batch[:count]))
            self._require_understood(push)
            encoded = msgspec.json.encode(push)
            try:
                if len(encoded) > MOST_BYTES:
                    raise MessageTooBig(server=self.wire.server, detail=_name(batch[0]))
                with self.log.on_its_way(push):
                    self.marks = self.wire.push(encoded)
                break
            except MessageTooBig as error:
                if count == 1:
                    place = _place(batch[:1])
                    raise MessageTooBig(server=self.wire.server, detail=_name(batch[0]), **place) from error
                count = self.most = count // 2
            except (IntegrityError, AuthError) as error:
                # Where the district does not say what it is about, it is about this message.
                error.values = {**_place(batch[:count]), **error.values}
                raise
        self.log.note_marks(self.marks, stamp(self.clock()), self.wire.word)
        self.tell()

    def _with_health(self, push: Push) -> Push:
        """The message with what will still wait once it is taken; an older district hears nothing of it."""
        version = self.wire.version
        if version < TELLS_HEALTH:
            return replace(push, version=version)
        held = dict(self.marks.marks)
        for event in push.events[-1:]:
            held[event.writer] = replace(self._mark(event.writer), head=head_of(event))
        for dossier in push.dossiers[-1:]:
            held[dossier.writer] = replace(self._mark(dossier.writer), dossiers=dossier.number)
        told = replace(self.health, told_at=stamp(self.clock()), oldest_at=self.log.oldest_after(held))
        return replace(push, version=version, health=told)

    def _mark(self, writer: str) -> Mark:
        return self.marks.marks.get(writer, Mark())

    def _disagree(self, writer: str) -> HeadsDisagree:
        return _disagreement(writer, self.goal[writer], self._mark(writer))


def _push_of_events(events: Sequence[Event]) -> Push:
    return Push(VERSION, events=tuple(events))


def _push_of_dossiers(dossiers: Sequence[Dossier]) -> Push:
    return Push(VERSION, dossiers=tuple(dossiers))


def _place(batch: Sequence[T]) -> dict[str, object]:
    """The part of a log that a message holds."""
    (of, first), (_, last) = _number(batch[0]), _number(batch[-1])
    return {"writer": batch[0].writer, "of": of, "first": first, "last": last}


def _number(message: Event | Dossier) -> tuple[str, int]:
    match message:
        case Event():
            return "events", message.seq
        case Dossier():
            return "dossiers", message.number


def _name(message: Event | Dossier) -> str:
    return message.subject if isinstance(message, Event) else message.case


def _require_known(log: Log, wire: Wire, writer: str, theirs: Mark, ours: Mark) -> None:
    """The district must hold a beginning of our log and nothing else."""
    seq = theirs.head.seq
    if seq > ours.head.seq or theirs.dossiers > ours.dossiers:
        raise LogForked(server=wire.server, detail=f"{writer}:{seq}", writer=writer)
    known = ours.head.hash if seq == ours.head.seq else log.events_after(writer, seq, 1)[0].prev
    if theirs.head.hash != known:
        raise LogForked(server=wire.server, detail=f"{writer}:{seq}", writer=writer)


def _require_same(marks: Marks, goal: dict[str, Mark]) -> None:
    for writer, ours in sorted(goal.items()):
        theirs = marks.marks.get(writer, Mark())
        if theirs != ours:
            raise _disagreement(writer, ours, theirs)


def _disagreement(writer: str, ours: Mark, theirs: Mark) -> HeadsDisagree:
    return HeadsDisagree(writer=writer, ours=_said(ours), theirs=_said(theirs))


def _said(mark: Mark) -> str:
    return f"{mark.head.seq}+{mark.dossiers} {mark.head.hash[:12]}"
