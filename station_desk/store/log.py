"""The desk's log as the district sees it: what `sync/` reads and the marks it brings back."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from typing import Any

import msgspec

from station_desk.cases.event import Event, Head
from station_desk.protocol.messages import Dossier, DossierPart, Mark, Marks, Pulled, Push
from station_desk.store.desk_store import DeskStore
from station_desk.store.erase import settle
from station_desk.store.flight import OnItsWay, on_its_way
from station_desk.store.parting import part_ways
from station_desk.store.taking_back import take_back
from station_desk.store.unit import EVENT_COLUMNS, PUT_ABOUT, Unit
from station_desk.store.verifying.word import WORD

OWN_PARTS = (
    "SELECT writer, seq, revision, private, salt FROM {} WHERE subject = ?1 AND writer = ?2 AND seq <= ?3"
    " AND private IS NOT NULL"
)
PARTS = (
    f"WITH own AS ({OWN_PARTS.format('events')} UNION ALL {OWN_PARTS.format('events_aside')})"
    " SELECT writer, seq, private, salt FROM ("
    "SELECT * FROM own UNION ALL SELECT writer, seq, revision, private, salt FROM events WHERE subject = ?1"
    " AND writer <> ?2 AND private IS NOT NULL AND revision < (SELECT min(revision) FROM own)"
    ") ORDER BY revision, writer, seq"
)

EPOCH, RESTORED_SEEN, RESTORED_LACKED = "district_epoch", "district_restored_seen", "district_restored_lacked"
"""The life of the district from a restore to the next; when this PC met another one, and how many events of
those that the district had told of it then lacked."""


class DeskLog:
    """Satisfies `sync.log.Log` out of the desk's database."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def writers(self) -> tuple[str, ...]:
        """All writers of this device, those of before a restore as well."""
        return tuple(writer for (writer,) in self._store.read("SELECT writer FROM writers ORDER BY writer"))

    def heads(self) -> dict[str, Mark]:
        """Our own end of each writer's log and row of dossiers."""
        rows = self._store.read(
            "SELECT w.writer, w.seq, w.hash, (SELECT coalesce(max(number), 0) FROM dossiers d"
            " WHERE d.writer = w.writer) FROM writers w"
        )
        return {writer: Mark(Head(seq, end), dossiers) for writer, seq, end, dossiers in rows}

    def events_after(self, writer: str, seq: int, most: int) -> tuple[Event, ...]:
        """The next events of a writer, in order."""
        # What the district gave back and work has overtaken lies aside, and is as much of the log.
        rows = self._store.read(
            f"SELECT {EVENT_COLUMNS} FROM events WHERE writer = ?1 AND seq > ?2"
            f" UNION ALL SELECT {EVENT_COLUMNS} FROM events_aside WHERE writer = ?1 AND seq > ?2"
            " ORDER BY seq LIMIT ?3",
            (writer, seq, most),
        )
        return tuple(Event(*row) for row in rows)

    def dossiers_after(self, writer: str, number: int, most: int) -> tuple[Dossier, ...]:
        """The next dossiers of a writer, in order.

        A dossier is all private parts of the case up to the event that closed it.
        """
        rows = self._store.read(
            "SELECT number, case_number, upto FROM dossiers WHERE writer = ? AND number > ?"
            " ORDER BY number LIMIT ?",
            (writer, number, most),
        )
        return tuple(Dossier(writer, n, case, self._parts(writer, case, upto)) for n, case, upto in rows)

    def oldest_after(self, held: Mapping[str, Mark]) -> str:
        """When the first event was made that lies after these marks, or closed a dossier that does."""
        waiting = []
        for (writer,) in self._store.read("SELECT writer FROM writers"):
            mark = held.get(writer, Mark())
            waiting += [event.at for event in self.events_after(writer, mark.head.seq, 1)]
            waiting += [
                at
                for (at,) in self._store.read(
                    "SELECT e.at FROM dossiers d JOIN events e ON e.writer = d.writer AND e.seq = d.upto"
                    " WHERE d.writer = ? AND d.number > ? ORDER BY d.number LIMIT 1",
                    (writer, mark.dossiers),
                )
            ]
        return min(waiting, default="")

    def part_ways(self, writer: str, after: int, at: str) -> None:
        """What was written here after that event of a log, of which the district holds another end, parts."""
        part_ways(self._store, writer, after, at)

    def take_back(self, lost: Mapping[str, Pulled], held: Mapping[str, int], at: str) -> None:
        """Takes back the ends of logs that this PC wrote itself and has lost, or that a copy of it wrote.

        Raises NotOurs when they do not follow what is here.
        """
        take_back(self._store, lost, held, at)
        settle(self._store)

    def on_its_way(self, push: Push) -> AbstractContextManager[None]:
        """Notes, as long as the block runs, which events and dossiers are being sent."""
        seqs = [event.seq for event in push.events] or [0]
        numbers = [dossier.number for dossier in push.dossiers] or [0]
        writers = [*(one.writer for one in push.events), *(one.writer for one in push.dossiers)]
        message = OnItsWay(writers[0], min(seqs), max(seqs), min(numbers), max(numbers))
        return on_its_way(self._store.profile.folder, message)

    def note_marks(self, marks: Marks, at: str, word: str = "") -> None:
        """Keeps what the district said it holds, for the screen, with its signed word."""
        rows = [(w, m.head.seq, m.head.hash, m.dossiers) for w, m in marks.marks.items()]
        with self._store.writing() as unit:
            _note_restored(unit, marks, at)
            unit.connection.execute("DELETE FROM marks")
            unit.connection.executemany(
                "INSERT INTO marks (writer, seq, hash, dossiers) VALUES (?, ?, ?, ?)", rows
            )
            unit.connection.executemany(
                PUT_ABOUT,
                [
                    ("synced_at", at),
                    (WORD, word),
                    ("district_time", marks.time),
                    (EPOCH, marks.epoch),
                    ("district_waiting", str(marks.waiting)),
                    ("district_unread", msgspec.json.encode(marks.unread).decode()),
                ],
            )

    def noted_marks(self) -> dict[str, Mark]:
        """What the district said it holds when it was last asked."""
        rows = self._store.read("SELECT writer, seq, hash, dossiers FROM marks")
        return {writer: Mark(Head(seq, end), dossiers) for writer, seq, end, dossiers in rows}

    def _parts(self, writer: str, case: str, upto: int) -> tuple[DossierPart, ...]:
        """What the log says of the case, and before it the logs in which the case began."""
        rows: list[tuple[Any, ...]] = self._store.read(PARTS, (case, writer, upto))
        return tuple(
            DossierPart(seq, text, salt, "" if log == writer else log) for log, seq, text, salt in rows
        )


def _note_restored(unit: Unit, marks: Marks, at: str) -> None:
    """Where the district lives again from a backup, it may lack what it has acknowledged."""
    before = unit.about(EPOCH)
    if before in ("", marks.epoch):
        return
    told = unit.connection.execute("SELECT writer, seq FROM marks").fetchall()
    lacked = sum(max(0, seq - marks.marks.get(writer, Mark()).head.seq) for writer, seq in told)
    unit.set_about(RESTORED_SEEN, at)
    unit.set_about(RESTORED_LACKED, str(lacked))
