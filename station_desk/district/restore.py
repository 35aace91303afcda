"""A district out of its backup: in an empty database, under a new epoch, as one piece of its history.

Counters find the marks gone back and send again what came after; nothing is chosen between two sides. Codes
that were open are closed: who used one since is not known here.
"""

import uuid
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnClause, Connection, column, delete, insert, table, text, update
from sqlalchemy.exc import DataError, IntegrityError, ProgrammingError

from station_desk.core.errors import RuleError
from station_desk.district import schema
from station_desk.district import tables as t
from station_desk.district.backup import Backup, check
from station_desk.district.backup_file import Reader, Row, TableHead, reading
from station_desk.district.backup_seal import WITHOUT_KEY, BackupDamaged, Unlock
from station_desk.district.database import Database, open_database
from station_desk.district.enrolment import MOST_TRIES

AT_ONCE = 500
SESSIONS = "staff_session"
"""Who was signed in when the backup was made is so no more."""


class NotEmpty(RuleError):
    code = "district.not_empty"


def restore(source: Path, address: str, unlock: Unlock = WITHOUT_KEY) -> Backup:
    """Makes the district of the backup at `address`, where no district may be yet; what was restored.

    One transaction: a restore that was cut leaves the database empty. Raises as `check` and `open_database`
    do, NotEmpty; NewerDatabase for the backup of a newer program.
    """
    whole = check(source, unlock)
    schema.require_known(whole.heading.schema)
    database = open_database(address)
    try:
        if database.read(schema.is_made):
            raise NotEmpty(address=database.url.render_as_string(hide_password=True))
        with reading(source, unlock) as reader:
            _fill(database, reader)
        _settle(database)
    finally:
        database.close()
    return whole


def _fill(database: Database, reader: Reader) -> None:
    try:
        database.write_once(lambda connection: _restored(connection, reader))
    except (IntegrityError, DataError, ProgrammingError) as error:
        # Whole, and yet not what the tables of its schema can hold: made by somebody else's hand.
        raise BackupDamaged from error


def _restored(connection: Connection, reader: Reader) -> None:
    """The tables of the backup's own time, filled, then brought up to date as any older district is."""
    schema.migrate(connection, reader.heading.schema)
    connection.execute(delete(t.about))  # What a migration wrote of its own.
    for head, rows in groupby(reader.rows(), key=lambda pair: pair[0]):
        for some in _handfuls(head, (row for _, row in rows)):
            columns: list[ColumnClause[Any]] = [column(name) for name in head.columns]
            connection.execute(insert(table(head.table, *columns)), some)
    schema.migrate(connection)
    for name in (schema.EPOCH, schema.KEYS):
        about = update(t.about).where(t.about.c.name == name)
        connection.execute(about.values(value=uuid.uuid4().hex))
    connection.execute(update(t.enrol_code).values(tries=MOST_TRIES))
    if (sessions := t.metadata.tables.get(SESSIONS)) is not None:
        connection.execute(delete(sessions))


def _handfuls(head: TableHead, rows: Iterator[Row]) -> Iterator[list[dict[str, object]]]:
    some: list[dict[str, object]] = []
    for row in rows:
        some.append(dict(zip(head.columns, row, strict=True)))
        if len(some) == AT_ONCE:
            yield some
            some = []
    if some:
        yield some


def _settle(database: Database) -> None:
    """What was filled in one go is counted for the planner at once."""
    if not database.is_sqlite:
        database.write(lambda connection: connection.execute(text("ANALYZE")))
