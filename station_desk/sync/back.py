"""After a restore the district is ahead of this PC's own log, or holds what a copy of it wrote: first of all
this PC brings back what it lost, and what it wrote beside goes on under another name.
"""

from station_desk.cases.event import Event, Head
from station_desk.core.errors import OfflineError
from station_desk.protocol.messages import Dossier, Mark, Marks, Pull, Pulled
from station_desk.sync.client import Wire
from station_desk.sync.log import Log
from station_desk.sync.trouble import LogForked, MessageRefused, NotTheDistrict

MOST_PAGES = 100_000
"""A district that never ends is none."""


class CannotGiveBack(OfflineError):
    """`server`: it holds what this counter has lost, but is of a time before logs were given back."""

    code = "sync.cannot_give_back"


def bring_back(log: Log, wire: Wire, marks: Marks, at: str) -> None:
    """Takes back the end of every log of ours that the district holds further than we do.

    Where it holds another end than ours, a copy of this PC wrote it: what was written here gets a log of its
    own first, and both histories are kept. Raises CannotGiveBack, what `Wire` raises.
    """
    for writer, theirs in sorted(marks.marks.items()):
        ours = log.heads().get(writer, Mark()).head
        common = _common(log, wire, writer, ours, theirs.head)
        if common < min(ours.seq, theirs.head.seq):
            log.part_ways(writer, common, at)
    here = log.heads()
    lost = {
        writer: _lost(wire, writer, here.get(writer, Mark()))
        for writer, theirs in marks.marks.items()
        if _is_further(theirs, here.get(writer, Mark()))
    }
    if lost:
        held = {
            writer: min(mark.head.seq, marks.marks.get(writer, Mark()).head.seq)
            for writer, mark in here.items()
        }
        log.take_back(lost, held, at)


def _is_further(theirs: Mark, ours: Mark) -> bool:
    return theirs.head.seq > ours.head.seq or theirs.dossiers > ours.dossiers


def _common(log: Log, wire: Wire, writer: str, ours: Head, theirs: Head) -> int:
    """The last event of a log that the district holds as we do."""

    def is_same(seq: int) -> bool:
        here = ours.hash if seq == ours.seq else log.events_after(writer, seq, 1)[0].prev
        return here == (theirs.hash if seq == theirs.seq else _hash_at(wire, writer, seq))

    same, other = 0, min(ours.seq, theirs.seq)
    if is_same(other):
        return other
    while other - same > 1:
        middle = (same + other) // 2
        same, other = (middle, other) if is_same(middle) else (same, middle)
    return same


def _hash_at(wire: Wire, writer: str, seq: int) -> str:
    """What the district holds at a place before the end of a log."""
    page = page_of(wire, Pull(wire.version, writer, seq, 0))
    if not page.events:
        raise LogForked(server=wire.server, detail=f"{writer}:{seq}", writer=writer)
    return page.events[0].prev


def page_of(wire: Wire, asked: Pull) -> Pulled:
    """A page of what the district holds. Raises CannotGiveBack, what `Wire` raises."""
    try:
        return wire.pull(asked)
    except (MessageRefused, NotTheDistrict) as error:
        # It answered to hello a moment ago: it is the district, it only has no such door.
        raise CannotGiveBack(server=wire.server) from error


def _lost(wire: Wire, writer: str, ours: Mark) -> Pulled:
    events: list[Event] = []
    dossiers: list[Dossier] = []
    head, number = ours.head, ours.dossiers
    for _ in range(MOST_PAGES):
        page = page_of(wire, Pull(wire.version, writer, head.seq, number))
        if not page.events and not page.dossiers:
            break
        if page.events and page.events[0].prev != head.hash:
            raise LogForked(server=wire.server, detail=f"{writer}:{head.seq}", writer=writer)
        events += page.events
        dossiers += page.dossiers
        head = Head(events[-1].seq, events[-1].hash) if events else head
        number = dossiers[-1].number if dossiers else number
    return Pulled(wire.version, tuple(events), tuple(dossiers))
