"""After a restore the district is ahead of this PC's own log: what was lost is brought back first."""

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

    Raises LogForked when what it holds does not follow what is here, CannotGiveBack, what `Wire` raises.
    """
    heads = log.heads()
    for writer, theirs in sorted(marks.marks.items()):
        ours = heads.get(writer, Mark())
        if theirs.head.seq > ours.head.seq:
            events, dossiers = _lost(wire, writer, ours.head, log.counted_dossiers(writer))
            log.take_back(writer, events, dossiers, at)


def page_of(wire: Wire, asked: Pull) -> Pulled:
    """A page of what the district holds. Raises CannotGiveBack, what `Wire` raises."""
    try:
        return wire.pull(asked)
    except (MessageRefused, NotTheDistrict) as error:
        # It answered to hello a moment ago: it is the district, it only has no such door.
        raise CannotGiveBack(server=wire.server) from error


def _lost(wire: Wire, writer: str, head: Head, number: int) -> tuple[list[Event], list[Dossier]]:
    events: list[Event] = []
    dossiers: list[Dossier] = []
    for _ in range(MOST_PAGES):
        page = page_of(wire, Pull(wire.version, writer, head.seq, number))
        if not page.events and not page.dossiers:
            break
        if page.events and page.events[0].prev != head.hash:
            raise LogForked(server=wire.server, detail=f"{writer}:{head.seq}")
        events += page.events
        dossiers += page.dossiers
        head = Head(events[-1].seq, events[-1].hash) if events else head
        number = dossiers[-1].number if dossiers else number
    return events, dossiers
