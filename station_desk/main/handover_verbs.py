"""`transfer` and `take-over`: a case goes from one counter of the station to another, in a sealed file."""

from pathlib import Path

from station_desk.core.errors import RuleError, TroubleError
from station_desk.core.whole_file import write_whole
from station_desk.counter.answers import Moved
from station_desk.counter.desk import Desk
from station_desk.counter.handover import HandOver, Reclaim, hand_over, packet_for, reclaim, take_over
from station_desk.counter.sync_now import learn_what_was_taken
from station_desk.main.act_verbs import tell_case
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said
from station_desk.protocol.handover import MOST_BYTES

FOLDER = "handover"
"""Where packets lie when nobody says otherwise, below the profile."""


class CounterNeeded(RuleError):
    code = "handover.counter_needed"


class PacketNotReadable(RuleError):
    code = "handover.not_readable"


class PacketNotWritten(TroubleError):
    code = "handover.not_written"


def transfer_verb(options: Options, said: Said) -> int:
    """Hands a case over and writes its packet, or takes it back."""
    if bool(options.to) == options.take_back:
        raise CounterNeeded
    with desk_of(options) as desk:
        if options.take_back:
            # Two counters must never hold one case: whoever can be asked is asked first.
            learn_what_was_taken(desk)
            answer = reclaim(desk, Reclaim(options.case), command_id(options)).answer
            return tell_case(desk, said, answer)
        answer = hand_over(desk, HandOver(options.case, options.to), command_id(options)).answer
        return _write_packet(desk, answer, options.out, said)


def take_over_verb(options: Options, said: Said) -> int:
    """Takes a case over from the packet of another counter."""
    raw = _read(options.file)
    with desk_of(options) as desk:
        return tell_case(desk, said, take_over(desk, raw, options.code, command_id(options)).answer)


def _write_packet(desk: Desk, answer: Moved, out: Path | None, said: Said) -> int:
    packet = packet_for(desk, answer.number)
    file = out or desk.store.profile.folder / FOLDER / f"{packet.number}-{packet.to}.json"
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(packet.content, file)
    except OSError as error:
        # The event is there: asking again makes the packet, with another code.
        raise PacketNotWritten(number=packet.number, path=file, why=error.strerror or str(error)) from error
    facts = {
        "number": packet.number,
        "to": packet.to,
        "file": str(file),
        "code": packet.code,
        "state": answer.state,
    }
    to = packet.to.lstrip("0")
    said.tell(facts, "handover.cli.sent", number=packet.number, to=to, file=file, code=packet.code)
    return 0


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            return opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise PacketNotReadable(path=file, why=error.strerror or str(error)) from error
