"""Where the district holds another history of our log, a copy of this PC synced first: ours leaves it."""

from station_desk.cases.event import FIRST
from station_desk.protocol.messages import Mark, Marks, Pull
from station_desk.sync.back import page_of
from station_desk.sync.client import Wire
from station_desk.sync.log import Log


def heal_forks(log: Log, wire: Wire, marks: Marks, at: str) -> None:
    """Finds for every log where the two histories part, and gives ours a log of its own from there.

    A log that cannot be left stays as it is; what follows then tells of the fork. Raises what `Wire` raises.
    """
    heads = log.heads()
    for writer, theirs in sorted(marks.marks.items()):
        ours = heads.get(writer, Mark()).head
        shared = min(ours.seq, theirs.head.seq)
        if shared and _ours_at(log, writer, shared) != _theirs_at(wire, writer, theirs, shared):
            log.leave_fork(writer, _parting(log, wire, writer, theirs, shared), at)


def _parting(log: Log, wire: Wire, writer: str, theirs: Mark, differs: int) -> int:
    """The last event that both have: found by halving, a page for each question."""
    same = 0
    while differs - same > 1:
        middle = (same + differs) // 2
        if _ours_at(log, writer, middle) == _theirs_at(wire, writer, theirs, middle):
            same = middle
        else:
            differs = middle
    return same


def _ours_at(log: Log, writer: str, seq: int) -> str:
    """What our event with this number hashes to."""
    return log.events_after(writer, seq - 1, 1)[0].hash if seq else FIRST


def _theirs_at(wire: Wire, writer: str, theirs: Mark, seq: int) -> str:
    if seq == theirs.head.seq:
        return theirs.head.hash
    page = page_of(wire, Pull(wire.version, writer, seq, theirs.dossiers))
    return page.events[0].prev if page.events else ""
