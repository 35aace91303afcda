"""The log itself: each event follows the one before of its writer, each private part is the promised one."""

from collections.abc import Iterator
from typing import Any

from station_desk.cases.event import Event, Head, Secret, commit, follows, head_of
from station_desk.store.verifying.finding import STEP, Finding, Progress
from station_desk.store.verifying.reading import Line, count_of, lines, lines_aside

MOST_NAMED = 20
"""So many missing events in a row are named one by one; of more, the first and the last."""


def check_log(connection: Any, progress: Progress) -> list[Finding]:
    """Names every event that was edited, taken out or moved, and every end that is not the noted one."""
    total = count_of(connection)
    chains = _Chains(lines_aside(connection))
    findings: list[Finding] = []
    for done, line in enumerate(lines(connection), 1):
        findings.extend(chains.take(line))
        if done % STEP == 0 or done == total:
            progress(done, total)
    noted = {
        writer: Head(seq, end)
        for writer, seq, end in connection.execute("SELECT writer, seq, hash FROM writers").fetchall()
    }
    return [*findings, *chains.finish(noted)]


class _Chains:
    """The chains of all writers as far as they are read."""

    def __init__(self, aside: list[Line]) -> None:
        self._ends: dict[str, Head] = {}
        self._aside = {(event.writer, event.seq): (event, secret) for event, secret in aside}

    def take(self, line: Line) -> Iterator[Finding]:
        event = line[0]
        yield from self._take_aside(event.writer, event.seq)
        yield from self._link(line)

    def finish(self, noted: dict[str, Head]) -> Iterator[Finding]:
        for writer in sorted({*(writer for writer, _ in self._aside), *self._ends, *noted}):
            yield from self._take_aside(writer, 0)
            end = self._ends.get(writer, Head())
            if writer not in noted:
                yield Finding("writer", writer)
            elif end != noted[writer]:
                yield Finding("head", writer, f"{end.seq} / {noted[writer].seq}")
        for (writer, seq), (event, _) in sorted(self._aside.items()):
            yield Finding("chain", f"{writer} {seq}", event.subject)

    def _take_aside(self, writer: str, before: int) -> Iterator[Finding]:
        """What lies aside and comes before that number (0: all that follows) takes its place in the chain."""
        while True:
            seq = self._ends.get(writer, Head()).seq + 1
            if (before and seq >= before) or (writer, seq) not in self._aside:
                return
            yield from self._link(self._aside.pop((writer, seq)))

    def _link(self, line: Line) -> Iterator[Finding]:
        event, secret = line
        end = self._ends.get(event.writer, Head())
        if event.seq > end.seq + 1:
            yield from _missing(event.writer, end.seq + 1, event.seq - 1)
        if not follows(event, end):
            yield Finding("chain", f"{event.writer} {event.seq}", event.subject)
        if secret and not _is_promised(event, secret):
            yield Finding("private", f"{event.writer} {event.seq}", event.subject)
        self._ends[event.writer] = head_of(event)


def _is_promised(event: Event, secret: Secret) -> bool:
    try:
        return commit(secret) == event.commitment
    except ValueError:  # a salt that is none
        return False


def _missing(writer: str, first: int, last: int) -> Iterator[Finding]:
    if last - first < MOST_NAMED:
        for seq in range(first, last + 1):
            yield Finding("missing", f"{writer} {seq}")
    else:
        yield Finding("missing", f"{writer} {first}–{last}")
