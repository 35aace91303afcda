"""May a case go to another counter, and is what came from one what that counter wrote? Pure rules.

The packet is the history of one case out of one log: every event since the case came to that counter, with
its private part. The counter that takes it checks every hash and every promise before it writes a line.
"""

from collections.abc import Iterable, Sequence

import msgspec

from station_desk.cases.case import Case
from station_desk.cases.changes import FIRST, apply, changes_a_case
from station_desk.cases.event import Event, Secret, commit, hash_of
from station_desk.cases.handover_parts import (
    MOST_HANDS,
    TAKEN_OVER,
    Carried,
    CarriedSecret,
    TakenOverPrivate,
    TakenOverPublic,
    TransferredPublic,
    carried,
    carried_secret,
    history,
    log_of,
)
from station_desk.core.errors import IntegrityError, RuleError


class SameCounter(RuleError):
    code = "handover.same_counter"


class PacketBroken(IntegrityError):
    code = "handover.broken"


class PacketNewer(RuleError):
    code = "handover.newer"


class PacketOld(RuleError):
    code = "handover.old"


class CaseHereAlready(RuleError):
    code = "handover.here_already"


class Packet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What one counter gives to another of a case: its events in order, and their private parts."""

    number: str
    events: tuple[Carried, ...]
    parts: tuple[CarriedSecret, ...]


def packet_of(number: str, log: Iterable[tuple[Event, Secret | None]]) -> Packet:
    """The packet out of what a log holds of the case, in the order of its revisions, up to its hand-over.

    What was before the case came here last is carried by the event with which it came.
    """
    held = list(log)
    kinds = [event.kind for event, _ in held]
    start = max(n for n, kind in enumerate(kinds) if kind in (*FIRST, TAKEN_OVER))
    own = held[start : max(n for n, kind in enumerate(kinds) if kind == "case.transferred") + 1]
    return Packet(
        number,
        tuple(carried(event) for event, _ in own),
        tuple(carried_secret(event, secret) for event, secret in own if secret),
    )


def hands_of(packet: Packet) -> int:
    """How often the case changed hands before, as far as the packet tells."""
    takes = [one.event() for one in packet.events if one.kind == TAKEN_OVER]
    return len(takes) + sum(one.kind == TAKEN_OVER for take in takes for one, _ in history(take, None))


def taken_over(packet: Packet, source: str, counter: str) -> tuple[TakenOverPublic, TakenOverPrivate]:
    """What the event says with which `counter` takes the case over."""
    return TakenOverPublic(source, counter, packet.events), TakenOverPrivate(packet.parts)


def sound_case(packet: Packet, station: str, source: str, to: str) -> Case:
    """The case as the packet makes it, handed over by `source` to `to`.

    Raises PacketBroken when a hash or a promise does not hold or the events make no case, PacketNewer for
    kinds and shapes of a newer program.
    """
    try:
        events = _proved(packet)
        _require_ends_with_hand_over(packet, events, station, source, to)
        case = _folded(packet, events)
    except msgspec.MsgspecError as error:
        raise PacketNewer(number=packet.number) from error
    except (ValueError, LookupError, RecursionError) as error:
        raise PacketBroken(number=packet.number) from error
    if case.station != station or case.state != "transferred":
        raise PacketBroken(number=packet.number)
    return case


def require_takeable(here: Case | None, packet: Packet) -> None:
    """Raises when the case is at this counter already, or came and went since the packet was made."""
    if here is None:
        return
    if here.state != "transferred":
        raise CaseHereAlready(number=packet.number)
    if packet.events[-1].revision <= here.revision:
        raise PacketOld(number=packet.number, to=here.handed[-1].to, at=here.handed[-1].at[:10])


def _proved(packet: Packet) -> list[tuple[Event, Secret | None]]:
    """The events of the packet with their private parts, each proved; carried ones too."""
    secrets = {(part.writer, part.seq): part.secret() for part in packet.parts}
    own = [(one.event(), secrets.pop((one.writer, one.seq), None)) for one in packet.events]
    if secrets:
        raise PacketBroken(number=packet.number)
    whole: list[tuple[Event, Secret | None]] = []
    for event, secret in own:
        if event.kind == TAKEN_OVER:
            whole += history(event, secret.text if secret else None)
        whole.append((event, secret))
    _require_proved(packet.number, whole)
    return own


def _require_proved(number: str, log: Sequence[tuple[Event, Secret | None]]) -> None:
    """Every event hashes to what it says, keeps its promise, and comes after the one before it."""
    if sum(event.kind == TAKEN_OVER for event, _ in log) >= MOST_HANDS:
        raise PacketBroken(number=number)
    before: Event | None = None
    for event, secret in log:
        promised = commit(secret) if secret else ""
        if event.subject != number or event.hash != hash_of(event) or event.commitment != promised:
            raise PacketBroken(number=number)
        if before and not _comes_after(event, before):
            raise PacketBroken(number=number)
        if event.kind.startswith("case.") and not changes_a_case(event.kind):
            raise PacketNewer(number=number)
        before = event


def _comes_after(event: Event, before: Event) -> bool:
    if event.revision <= before.revision:
        return False
    if event.writer != before.writer:
        return True
    return event.seq > before.seq and (event.seq > before.seq + 1 or event.prev == before.hash)


def _require_ends_with_hand_over(
    packet: Packet, events: Sequence[tuple[Event, Secret | None]], station: str, source: str, to: str
) -> None:
    if not events:
        raise PacketBroken(number=packet.number)
    last = events[-1][0]
    if last.kind != "case.transferred" or log_of(last.writer) != f"{station}.{source}":
        raise PacketBroken(number=packet.number)
    public = msgspec.json.decode(last.public, type=TransferredPublic)
    if (public.source, public.to) != (source, to):
        raise PacketBroken(number=packet.number)


def _folded(packet: Packet, events: Iterable[tuple[Event, Secret | None]]) -> Case:
    case: Case | None = None
    for event, secret in events:
        if changes_a_case(event.kind):
            case = apply(case, event, secret.text if secret else None)
    if case is None:
        raise PacketBroken(number=packet.number)
    return case
