"""Brings unsent cases to the district on a stick, and takes its answer back: for a month without network."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import msgspec

from station_desk.core.clock import moment, stamp
from station_desk.core.errors import RuleError
from station_desk.counter.coming_editions import DeskEditions
from station_desk.counter.desk import Desk
from station_desk.counter.station_by_district import DistrictSays
from station_desk.counter.station_told import tell_station
from station_desk.counter.sync_now import DISTRICT_SEAL, NotEnrolled
from station_desk.counter.sync_state import shared_marks
from station_desk.protocol.courier import AnswerNotOurs, Frame, Sender, read_answer, seal_frames
from station_desk.protocol.messages import Mark, Marks
from station_desk.store.call_backs import DeskCallBacks
from station_desk.store.keys import DEVICE_KEY, DISTRICT_SIGN
from station_desk.store.log import DeskLog
from station_desk.sync.courier import frames_after, lacking

DISTRICT_TIME = "district_time"
Progress = Callable[[int, int], None]


class NothingToBring(RuleError):
    code = "courier.nothing_to_bring"


class DistrictKeyUnknown(RuleError):
    code = "courier.key_unknown"


class AnswerOlder(RuleError):
    code = "courier.answer_older"


@dataclass(frozen=True, slots=True)
class Brought:
    """A file for the district: sealed `content` with so many events and dossiers."""

    content: bytes
    events: int
    dossiers: int


def make_courier_file(desk: Desk, progress: Progress, *, everything: bool = False) -> Brought:
    """The file with all that the district does not hold as far as it told; with `everything`, the whole log.

    Nothing counts as acknowledged by it: only the district's word does, over the wire or in its answer file.
    Raises NotEnrolled, NothingToBring, DistrictKeyUnknown before the first sync with a district that has
    keys.
    """
    about = desk.store.about()
    if not about.get("district_url"):
        raise NotEnrolled
    if not about.get(DISTRICT_SEAL):
        raise DistrictKeyUnknown
    tell_station(desk)
    log = DeskLog(desk.store)
    held = {} if everything else shared_marks(desk.store)
    counts = lacking(log, held)
    if not any(counts):
        raise NothingToBring
    sender = Sender(desk.station.code, desk.station.counter, about["device"], about[DISTRICT_SEAL])
    frames = _counted(frames_after(log, held, about["device"], about[DEVICE_KEY]), progress, sum(counts))
    return Brought(seal_frames(frames, sender, stamp(desk.clock()), counts), *counts)


def take_answer(desk: Desk, raw: bytes) -> Marks:
    """Notes what the district says it holds, from the answer to a file.

    Raises as `read_answer` does, AnswerOlder when the district has said something newer meanwhile.
    """
    about = desk.store.about()
    if not about.get(DISTRICT_SIGN):
        raise DistrictKeyUnknown
    marks = read_answer(raw, about["device"], about[DISTRICT_SIGN])
    if not set(marks.marks) <= set(DeskLog(desk.store).writers()):
        raise AnswerNotOurs
    newest = about.get(DISTRICT_TIME, "")
    if newest and _is_older(desk, marks, newest):
        raise AnswerOlder(time=marks.time, newest=newest)
    DeskLog(desk.store).note_marks(marks, stamp(desk.clock()))
    if marks.called_back:
        DeskCallBacks(desk.store).keep(marks.called_back)
    if marks.editions_brought:
        DeskEditions(desk).take_stick(marks.editions_brought)
    if marks.station_brought:
        DistrictSays(desk.store).keep(marks.station_brought)
    return marks


def _is_older(desk: Desk, marks: Marks, newest: str) -> bool:
    """Of two words of the same second the one that holds less came first."""
    if moment(marks.time) != moment(newest):
        return moment(marks.time) < moment(newest)
    known = DeskLog(desk.store).noted_marks()
    return any(
        marks.marks.get(writer, Mark()).head.seq < mark.head.seq
        or marks.marks.get(writer, Mark()).dossiers < mark.dossiers
        for writer, mark in known.items()
    )


def _counted(frames: Iterator[Frame], progress: Progress, total: int) -> Iterator[Frame]:
    done = 0
    for frame in frames:
        yield frame
        told = msgspec.json.decode(frame.body, type=dict[str, list[msgspec.Raw] | int])
        done += sum(len(part) for part in told.values() if isinstance(part, list))
        progress(done, total)
