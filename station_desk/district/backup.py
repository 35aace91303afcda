"""A backup of the district while it works: one moment of all tables, in one file, proved by reading it back.

It is read in one transaction that sees one moment (SQLite: its write-ahead log; PostgreSQL: REPEATABLE READ),
so it holds whole messages only, and waits for nobody. It gets its name after it was read back from the disk.
"""

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Table

from station_desk.cases.event import FIRST
from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError, TroubleError
from station_desk.core.whole_file import settle
from station_desk.district import schema
from station_desk.district import tables as t
from station_desk.district.backup_file import (
    FORMAT,
    WHAT,
    End,
    Heading,
    Row,
    TableHead,
    Writer,
    reading,
)
from station_desk.district.backup_key import backup_key
from station_desk.district.backup_seal import WITHOUT_KEY, BackupDamaged, Sealing, Unlock, by_key
from station_desk.district.district import District

AT_ONCE = 500


class BackupNotWritten(TroubleError):
    code = "district.backup_not_written"


class BackupTaken(RuleError):
    code = "district.backup_taken"


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup that was read back: how many rows each table has, up to which event it goes for each log."""

    heading: Heading
    rows: Mapping[str, int]
    marks: Mapping[str, int]


def back_up(district: District, target: Path) -> Backup:
    """Writes all that the district holds now to `target`, which must not be there yet.

    It is sealed for the recovery key of the district. Raises NoBackupKey, BackupTaken, BackupNotWritten, and
    BackupDamaged where the disk gives back something else.
    """
    if target.exists():
        raise BackupTaken(file=target)
    try:
        return _written(district, target)
    except OSError as error:
        raise BackupNotWritten(file=target, why=error.strerror or str(error)) from error


def check(file: Path, unlock: Unlock = WITHOUT_KEY) -> Backup:
    """Proves a backup: whole, every row counted, every log ending where its mark says.

    Raises BackupNotReadable, BackupDamaged, BackupNewer, and what `unlock` raises.
    """
    marks: dict[tuple[str, str], tuple[int, str]] = {}
    ends: dict[tuple[str, str], tuple[int, str]] = {}
    with reading(file, unlock) as reader:
        for head, row in reader.rows():
            try:
                _follow(head, row, marks, ends)
            except (KeyError, TypeError) as error:
                # A name or a value was changed; the hash, which would tell, comes at the end.
                raise BackupDamaged from error
    for log, mark in marks.items():
        if ends.pop(log, (0, FIRST)) != mark:
            raise BackupDamaged
    if ends:
        raise BackupDamaged
    return Backup(reader.heading, reader.counted, {log[1]: mark[0] for log, mark in sorted(marks.items())})


def _follow(
    head: TableHead,
    row: Row,
    marks: dict[tuple[str, str], tuple[int, str]],
    ends: dict[tuple[str, str], tuple[int, str]],
) -> None:
    """Notes the mark of a log, or its next event, which must come after the one before."""
    if head.table not in (t.writer.name, t.event.name):
        return
    named = dict(zip(head.columns, row, strict=True))
    log, place = (named["station"], named["writer"]), (named["seq"], named["hash"])
    if head.table == t.writer.name:
        marks[log] = place
        return
    before = ends.get(log, (0, FIRST))
    if place[0] != before[0] + 1 or named["prev"] != before[1]:
        raise BackupDamaged
    ends[log] = place


def _written(district: District, target: Path) -> Backup:
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            sealed = Sealing(file, district.read(backup_key))
            end = district.read(lambda connection: _tables(connection, district, sealed))
            sealed.end()
            file.flush()
            os.fsync(file.fileno())
        made = check(part, by_key(sealed.key))
        if made.rows != end.rows:
            raise BackupDamaged
        # A link never takes the place of a file that came meanwhile.
        os.link(part, target)
    except FileExistsError as error:
        raise BackupTaken(file=target) from error
    finally:
        with suppress(OSError):
            part.unlink()
    settle(target.parent)
    return made


def _tables(connection: Connection, district: District, file: Sealing) -> End:
    about = {row.name: row.value for row in connection.execute(t.about.select())}
    heading = Heading(
        WHAT, FORMAT, schema.version(connection), about[schema.EPOCH], stamp(district.clock())
    )  # fmt: skip
    writer = Writer(file, heading)
    for table in t.metadata.sorted_tables:
        writer.table(table.name, [column.name for column in table.columns], _rows(connection, table))
    return writer.end()


def _rows(connection: Connection, table: Table) -> Iterator[tuple[object, ...]]:
    """The rows by their key, a handful at a time, out of the one moment that the transaction sees."""
    asked = table.select().order_by(*table.primary_key.columns).execution_options(yield_per=AT_ONCE)
    for row in connection.execute(asked):
        yield tuple(row)
