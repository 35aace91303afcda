"""The desk's database as the acts use it: read whole, write in units, a command at most once."""

import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import create_engine
from sqlalchemy.engine import Engine
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from station_desk.cases.case import Case
from station_desk.cases.event import Event, Head, Secret
from station_desk.cases.papers import Moment
from station_desk.cases.staff import Role
from station_desk.cases.ticket import Ticket
from station_desk.core.clock import Clock, stamp
from station_desk.core.errors import RuleError
from station_desk.store import schema
from station_desk.store.answers import keep, tell_if_due
from station_desk.store.backfill import Progress, unheard
from station_desk.store.damage import fold_in, suspect
from station_desk.store.driver import connect, connect_copy, sqlcipher
from station_desk.store.judged import judged
from station_desk.store.place import require_no_network, require_own_disk
from station_desk.store.profile import Profile, require_profile
from station_desk.store.room import make_room, make_room_to_read
from station_desk.store.trouble import ProfileExists, disk_trouble, is_damage, is_of_the_disk
from station_desk.store.turns import Turns
from station_desk.store.unit import PUT_ABOUT, Changes, Unit
from station_desk.store.unsaid import Speaker, Unsaid, unsaid_in
from station_desk.store.vault.changes import THIS_PC, Keeping
from station_desk.store.vault.opening import read_key, require_right_key
from station_desk.store.vault.tending import key_for_new, tend

Answer = TypeVar("Answer", bound=msgspec.Struct)
Seen = TypeVar("Seen")


class CommandReused(RuleError):
    code = "command.reused"


@dataclass(frozen=True, slots=True)
class Command:
    """What a clerk, a script or a button asks for once.

    `id` is made before, so that asking again is harmless.
    """

    id: str
    asked: msgspec.Struct


@dataclass(frozen=True, slots=True)
class Done(Generic[Answer]):
    """The answer of an act and what it changed; a repeated command answers the same and changes nothing."""

    answer: Answer
    changes: Changes


class DeskStore:
    """The database of one profile. Open it with `open_store`, make it with `create_store`.

    `role` is that of whoever reads lists through it: the one that sees least, until somebody is named.
    """

    role: Role = "auditor"

    def __init__(self, profile: Profile, key: str, clock: Clock) -> None:
        self.profile = profile
        self._key = key
        self._clock = clock
        self._writing = threading.Lock()
        self._turns = Turns(profile.folder)
        self.speaker: Speaker | None = None
        self.engine: Engine = create_engine(
            "sqlite://", module=sqlcipher, creator=lambda: connect(profile.database, key),
            # The connection that came back last knows most pages: each keeps its own in memory.
            poolclass=QueuePool, pool_use_lifo=True, skip_autocommit_rollback=True,
            isolation_level="AUTOCOMMIT",
        )  # fmt: skip

    def seen_by(self, role: Role) -> "DeskStore":
        """The same database as somebody in this role sees it."""
        seen = copy(self)
        seen.role = role
        return seen

    def close(self) -> None:
        """Lets go of the file; the last connection folds the write-ahead log into it."""
        make_room(self.profile)
        self.engine.dispose()
        self._turns.close()

    def once(self, command: Command, answer: type[Answer], act: Callable[[Unit], Answer]) -> Done[Answer]:
        """Runs the act in one writing unit, unless this command was done before: then its first answer again.

        Raises CommandReused when the id was used for something else.
        """
        asked = hashlib.sha256(msgspec.json.encode([type(command.asked).__name__, command.asked])).hexdigest()
        with self.writing(command.id) as unit:
            known = unit.connection.execute(
                "SELECT asked, answer FROM commands WHERE id = ?", (command.id,)
            ).fetchone()
            if known is None:
                began = unit.head.seq
                said = act(unit)
                if self.speaker:
                    self.speaker.note(unit, command.id)
                at = stamp(self._clock())
                keep(unit, command.id, asked, msgspec.json.encode(said).decode(), at)
                tell_if_due(unit, began, at)
                # What was typed for it is in the log now: the draft goes in the same commit.
                unit.connection.execute("DELETE FROM drafts WHERE id = ?", (command.id,))
                return Done(said, unit.changes())
            if known[0] != asked:
                raise CommandReused(command=command.id)
            if self.speaker:
                self.speaker.repeated.add(command.id)
            return Done(msgspec.json.decode(known[1], type=answer), Changes())

    def spoken_by(self, run: str) -> "DeskStore":
        """The same store for a program that tells its answers to another one, by the name of this run of it.

        Each command notes in its own commit that its answer is not told yet; see `store/unsaid.py`.
        """
        speaking = copy(self)
        speaking.speaker = Speaker(run)
        return speaking

    def told_all(self) -> None:
        """The run whose store this is has told every answer."""
        if self.speaker:
            with self.writing() as unit:
                self.speaker.end(unit)

    def unsaid(self) -> list[Unsaid]:
        """What scripts that were stopped have perhaps never told."""
        with self._plain() as connection:
            return unsaid_in(_reader(connection))

    @contextmanager
    def writing(self, command: str = "") -> Iterator[Unit]:
        """A unit of writing: committed at the end, rolled back whole by any exception."""
        with self._writing, self._plain() as connection:
            self._turns.begin(connection)
            try:
                writer, seq, end = connection.execute(
                    "SELECT writer, seq, hash FROM writers"
                    " WHERE writer = (SELECT value FROM about WHERE key = 'writer')"
                ).fetchone()
                unit = Unit(connection, writer, Head(seq, end), command)
                yield unit
                if unit.head.seq != seq:
                    connection.execute(
                        "UPDATE writers SET seq = ?, hash = ? WHERE writer = ?",
                        (unit.head.seq, unit.head.hash, writer),
                    )
                make_room(self.profile)
                connection.execute("COMMIT")
            except BaseException:
                # After a disk error SQLite has rolled back by itself; a second ROLLBACK would hide the cause.
                if connection.in_transaction:
                    connection.execute("ROLLBACK")
                raise

    @contextmanager
    def reading(self) -> Iterator[Unit]:
        """Looks at what a unit of writing would see; nothing can be written."""
        with self._plain() as connection:
            yield _reader(connection)

    def read(self, sql: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """All rows of a plain question, fetched at once: no reader stays open."""
        with self._plain() as connection:
            rows: list[tuple[Any, ...]] = connection.execute(sql, values).fetchall()
            return rows

    def about(self) -> Mapping[str, str]:
        """The station, the counter and what the district told them."""
        return dict(self.read("SELECT key, value FROM about"))

    def set_about(self, values: Mapping[str, str]) -> None:
        """Remembers facts about the station by name."""
        with self.writing() as unit:
            unit.connection.executemany(PUT_ABOUT, list(values.items()))

    def case(self, number: str) -> Case:
        """The case as it is now. Raises CaseUnknown."""
        with self._plain() as connection:
            return _reader(connection).case(number)

    def log_of(self, subject: str) -> list[tuple[Event, Secret | None]]:
        """Every event of a subject with its private part, in the order of its revisions."""
        with self._plain() as connection:
            return _reader(connection).log_of(subject)

    def story(self, number: str) -> tuple[Moment, ...]:
        """A case step by step, with all that was said privately. Raises CaseUnknown."""
        with self._plain() as connection:
            return _reader(connection).story(number)

    def newest(self, prefix: str) -> list[str]:
        """The public part of the last event of each subject whose name begins with `prefix`, by name."""
        with self._plain() as connection:
            return _reader(connection).newest(prefix)

    def look(self, question: Callable[[Unit], Seen]) -> Seen:
        """Asks several questions of one state of the tables; nothing may be written."""
        with self._plain() as connection:
            connection.execute("BEGIN")
            try:
                return question(_reader(connection))
            finally:
                connection.execute("COMMIT")

    @contextmanager
    def snapshot(self) -> Iterator[Any]:
        """A connection that sees one moment, however long it is read and whoever writes meanwhile."""
        with self._plain() as connection:
            connection.execute("BEGIN")
            try:
                # The moment is that of the first reading, not of BEGIN.
                connection.execute("SELECT count(*) FROM writers").fetchone()
                yield connection
            finally:
                connection.execute("COMMIT")

    def key_for_helper(self) -> str:
        """The key, for a process of ours that reads the same file."""
        return self._key

    def opened_beside(self, database: Path) -> Any:
        """A plain connection to another file under the key of this one: a copy of it."""
        return connect_copy(database, self._key)

    def ticket(self, ticket_id: str) -> Ticket:
        """The ticket as it is now. Raises TicketUnknown."""
        with self._plain() as connection:
            return _reader(connection).ticket(ticket_id)

    @contextmanager
    def _plain(self) -> Iterator[Any]:
        with disk_trouble(self.profile.database):
            pooled = self.engine.raw_connection()
            try:
                yield pooled.driver_connection
            except sqlcipher.DatabaseError as error:
                if is_of_the_disk(error):
                    self._let_go(pooled, error)
                raise
            finally:
                pooled.close()

    def _let_go(self, pooled: PoolProxiedConnection, error: Exception) -> None:
        """After trouble of the disk nothing goes on with what was open; the next step opens the file anew."""
        if is_damage(error):
            suspect(self.profile)
        pooled.invalidate()
        self.engine.dispose()


def _reader(connection: Any) -> Unit:
    return Unit(connection, "", Head(), "")


def open_store(folder: Path, clock: Clock, progress: Progress = unheard, key: str = "") -> DeskStore:
    """The database of the profile in `folder`, brought up to date. Never makes an empty one in its place.

    `progress` hears how far that is where it takes long. `key` is given where this PC does not open the
    profile by itself (`store/vault/opening.py`).

    Raises NoProfile, KeyMissing, PassphraseNeeded, KeyAway, NewerProfile (the file stays untouched),
    OnNetwork, Damaged, Quarantined.
    """
    profile = Profile(folder, key)
    require_no_network(folder)
    require_profile(profile)
    key = read_key(profile)
    require_right_key(profile, key)
    make_room_to_read(profile)
    with judged(profile, key, clock):
        schema.bring_up_to_date(profile, key, progress)
    fold_in(profile, key)
    tend(profile)
    return DeskStore(Profile(folder, key), key, clock)


def create_store(
    folder: Path, about: Mapping[str, str], writer: str, clock: Clock, keeping: Keeping = THIS_PC
) -> DeskStore:
    """A new profile in `folder` for the writer.

    Raises ProfileExists when there is one already, or one that was put aside; NetworkFolder, CloudFolder,
    NoKeyPlace.
    """
    profile = Profile(folder)
    require_own_disk(folder)
    if profile.database.exists() or profile.set_aside():
        raise ProfileExists(path=folder)
    key = key_for_new(profile, keeping)
    schema.create(profile, key, {**about, "writer": writer}, writer)
    return DeskStore(Profile(folder, key), key, clock)
