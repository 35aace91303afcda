"""Hands a case over to another counter of the station, takes one over, takes one back that did not arrive.

The hand-over is an event first; the sealed packet is made from the log after it, as often as it is asked for.
The code is made with each packet, told once and kept nowhere.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import msgspec

from station_desk.cases.event import Fact
from station_desk.cases.handover import (
    Packet,
    SameCounter,
    hands_of,
    packet_of,
    require_takeable,
    sound_case,
    taken_over,
)
from station_desk.cases.handover_parts import MOST_HANDS, TAKEN_OVER, TakenBackPublic, TransferredPublic
from station_desk.cases.number import read_number
from station_desk.cases.permits import require_may
from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError
from station_desk.counter.advance import recorded
from station_desk.counter.answers import Moved
from station_desk.counter.calendar_years import date_by_own_calendar
from station_desk.counter.desk import Desk
from station_desk.counter.set_up import CounterNotWellFormed
from station_desk.protocol.handover import (
    MOST_BYTES,
    CodeWrong,
    Envelope,
    PacketNotUnderstood,
    new_code,
    open_packet,
    read_envelope,
    seal_packet,
)
from station_desk.protocol.messages import MOST_TEXT
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit

MOST_TRIES = 3
HANDED_OVER = "handed_over:"
"""Under this name and its number the profile notes what is known of a case that was handed over."""

ON_ITS_WAY = "on its way"
_TRIES = "handover_tries:"


class PacketForOther(RuleError):
    code = "handover.for_other"


class PacketLocked(RuleError):
    code = "handover.locked"


class CaseTooLong(RuleError):
    code = "handover.too_long"


class TakenElsewhere(RuleError):
    code = "handover.taken_elsewhere"


class CodeRefused(RuleError):
    code = "handover.code_refused"


class HandOver(msgspec.Struct, frozen=True):
    """The case goes to the counter `to` of this station."""

    number: str
    to: str


class Reclaim(msgspec.Struct, frozen=True):
    """The packet was lost or refused: the case stays here."""

    number: str


class TakeOver(msgspec.Struct, frozen=True):
    """A packet, by the SHA-256 of its file."""

    packet: str


@dataclass(frozen=True, slots=True)
class SealedPacket:
    """The file for the other counter, and the code that the clerk reads out."""

    number: str
    to: str
    code: str
    content: bytes


def hand_over(desk: Desk, wish: HandOver, command: str) -> Done[Moved]:
    """The case that has left this counter; asked again for the same counter, nothing changes.

    Raises SameCounter, CounterNotWellFormed, CaseTooLong and what its state forbids.
    """
    to = _counter_named(desk, wish.to)

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        if case.state == "transferred" and case.handed[-1].to == to:
            return Moved(case.number, case.state, case.stage, case.times.promised, case.revision)
        require_may(case, "case.transferred")
        public = TransferredPublic(desk.station.counter, to)
        moved = recorded(desk, unit, case.number, "case.transferred", public, None)
        _require_short_enough(packet_of(case.number, unit.log_of(case.number)), desk.station.counter, to)
        unit.set_about(HANDED_OVER + case.number, ON_ITS_WAY)
        return moved

    return desk.once(Command(command, wish), Moved, act)


def packet_for(desk: Desk, number: str) -> SealedPacket:
    """The packet of a case that was handed over, with a fresh code. Raises CaseUnknown, CaseNotHandedOver."""
    case = desk.store.case(str(read_number(number)))
    require_may(case, "case.taken_back")
    code, to = new_code(), case.handed[-1].to
    packet = packet_of(case.number, desk.store.log_of(case.number))
    content = seal_packet(packet, desk.station.code, case.handed[-1].source, to, code)
    return SealedPacket(case.number, to, code, content)


def reclaim(desk: Desk, wish: Reclaim, command: str) -> Done[Moved]:
    """The case that stays here after all. Raises CaseNotHandedOver, TakenElsewhere."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.taken_back")
        to = case.handed[-1].to
        if unit.about(HANDED_OVER + case.number) not in ("", ON_ITS_WAY):
            raise TakenElsewhere(number=case.number, to=to)
        unit.forget_about(HANDED_OVER + case.number)
        sent = [event.hash for event, _ in unit.log_of(case.number) if event.kind == "case.transferred"]
        return recorded(desk, unit, case.number, "case.taken_back", TakenBackPublic(sent[-1]), None)

    return desk.once(Command(command, wish), Moved, act)


def take_over(desk: Desk, raw: bytes, code: str, command: str) -> Done[Moved]:
    """The case that goes on at this counter, with its number, revision, clocks and history.

    Raises PacketNotUnderstood, PacketDamaged, PacketForOther, CodeNotWellFormed, CodeRefused, PacketLocked,
    PacketBroken, PacketNewer, PacketOld, CaseHereAlready; then nothing is written but the count of tries.
    """
    if len(raw) > MOST_BYTES:
        raise PacketNotUnderstood
    envelope = read_envelope(raw)
    _require_for_us(desk, envelope)
    packet = _opened(desk, envelope, code)
    sound_case(packet, desk.station.code, envelope.source, envelope.to)
    wish = TakeOver(hashlib.sha256(raw).hexdigest())
    return desk.once(Command(command, wish), Moved, lambda unit: _taken(desk, unit, packet, envelope))


def on_their_way(desk: Desk) -> tuple[str, ...]:
    """The numbers of the cases that were handed over and about which nothing was heard since."""
    told = desk.store.about().items()
    return tuple(
        key.removeprefix(HANDED_OVER)
        for key, known in told
        if key.startswith(HANDED_OVER) and known == ON_ITS_WAY
    )


def note_taken(desk: Desk, numbers: Iterable[str]) -> None:
    """Notes that other counters have these cases by now: they are not taken back any more."""
    with desk.store.writing() as unit:
        for number in numbers:
            if unit.about(HANDED_OVER + number) == ON_ITS_WAY:
                unit.set_about(HANDED_OVER + number, stamp(desk.clock()))


def _taken(desk: Desk, unit: Unit, packet: Packet, envelope: Envelope) -> Moved:
    require_takeable(unit.known_case(packet.number), packet)
    public, private = taken_over(packet, envelope.source, desk.station.counter)
    revision = max(unit.subject_revision(packet.number), packet.events[-1].revision) + 1
    at = stamp(desk.clock())
    unit.record(Fact(packet.number, revision, TAKEN_OVER, at, desk.actor, public, private))
    unit.forget_about(HANDED_OVER + packet.number, _TRIES + envelope.id)
    date_by_own_calendar(desk, unit, unit.case(packet.number))
    case = unit.case(packet.number)
    return Moved(case.number, case.state, case.stage, case.times.promised, case.revision)


def _require_for_us(desk: Desk, envelope: Envelope) -> None:
    ours = (desk.station.code, desk.station.counter)
    if (envelope.station, envelope.to) != ours:
        raise PacketForOther(number=envelope.number, station=envelope.station, to=envelope.to.lstrip("0"))


def _opened(desk: Desk, envelope: Envelope, code: str) -> Packet:
    """What was sealed; a wrong code is counted before anything is said of it."""
    if _tries(desk, envelope, 0) >= MOST_TRIES:
        raise PacketLocked(number=envelope.number, source=envelope.source.lstrip("0"))
    try:
        return open_packet(envelope, code)
    except CodeWrong as error:
        left = MOST_TRIES - _tries(desk, envelope, 1)
        if left <= 0:
            raise PacketLocked(number=envelope.number, source=envelope.source.lstrip("0")) from error
        raise CodeRefused(number=envelope.number, left=left) from error


def _tries(desk: Desk, envelope: Envelope, more: int) -> int:
    """How many wrong codes were typed for this packet here, with `more` of them."""
    key = _TRIES + envelope.id
    with desk.store.writing() as unit:
        tries = int(unit.about(key) or 0) + more
        if more:
            unit.set_about(key, str(tries))
    return tries


def _counter_named(desk: Desk, asked: str) -> str:
    to = asked.strip()
    if not to.isascii() or not to.isdecimal() or not 0 < int(to) < 100:
        raise CounterNotWellFormed(counter=asked)
    to = f"{int(to):02d}"
    if to == desk.station.counter:
        raise SameCounter(counter=desk.station.counter_name)
    return to


def _require_short_enough(packet: Packet, source: str, to: str) -> None:
    """What cannot be taken over must not be handed over."""
    for part in taken_over(packet, source, to):
        size = len(msgspec.json.encode(part).decode())
        if size > MOST_TEXT:
            raise CaseTooLong(number=packet.number, size=size, most=MOST_TEXT)
    if hands_of(packet) >= MOST_HANDS - 1:
        raise CaseTooLong(number=packet.number, size=hands_of(packet), most=MOST_HANDS - 1)
