"""The file of a backup: every row of every table as lines of JSON, packed, closed by counts and a hash.

One form for SQLite and PostgreSQL: what was kept on the one is restored on the other. The first line says
what it is and of which schema; then each table tells its columns once and its rows in the order of its key;
the last line counts the rows and hashes all that went before. Without the last line it is no backup. It is
sealed for the recovery key as it is written (`backup_seal.py`); those of before were plain and are read too.
"""

import gzip
import hashlib
import io
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any, TypeVar, cast

import msgspec

from station_desk.core.errors import TroubleError
from station_desk.district.backup_seal import (
    MAGIC,
    PIECE,
    BackupDamaged,
    BackupNewer,
    Opening,
    Unlock,
    is_sealed,
)

WHAT = "station-desk district backup"
FORMAT = 1
LONGEST_LINE = 64 * 1024 * 1024
"""No row is longer: a message is 1 MiB, and a file that claims more is none of ours."""

Row = list[Any]
T = TypeVar("T")


class BackupNotReadable(TroubleError):
    code = "district.backup_not_readable"


class Heading(msgspec.Struct, frozen=True):
    """What the file is: the version of the schema, the epoch that ends with it, when it was made."""

    what: str
    format: int
    schema: str
    epoch: str
    made_at: str


class TableHead(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the rows that follow belong to."""

    table: str
    columns: tuple[str, ...]


class End(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many rows each table has, and the SHA-256 of every line before this one."""

    rows: dict[str, int]
    sha256: str


class Writer:
    """Writes the lines of one backup into an open file."""

    def __init__(self, file: IO[bytes] | io.RawIOBase, heading: Heading) -> None:
        # Level 1: a backup during load must not take the processor from the counters.
        self._packed = gzip.GzipFile(
            fileobj=cast("IO[bytes]", file), mode="wb", compresslevel=1, mtime=0, filename=""
        )
        self._hash = hashlib.sha256()
        self._rows: dict[str, int] = {}
        self._line(heading)

    def table(self, name: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
        """Writes all rows of a table."""
        # SQLAlchemy's names are texts with a quirk of their own.
        name = str(name)
        self._line(TableHead(name, tuple(str(column) for column in columns)))
        count = 0
        for row in rows:
            self._line(tuple(row))
            count += 1
        self._rows[name] = count

    def end(self) -> End:
        """Closes the backup with what it holds."""
        end = End(self._rows, self._hash.hexdigest())
        self._packed.write(msgspec.json.encode(end) + b"\n")
        self._packed.close()
        return end

    def _line(self, said: object) -> None:
        line = msgspec.json.encode(said) + b"\n"
        self._hash.update(line)
        self._packed.write(line)


class Reader:
    """Reads a backup once from its beginning to its end. Raises BackupDamaged, BackupNewer."""

    def __init__(self, file: gzip.GzipFile) -> None:
        self._file = file
        self._hash = hashlib.sha256()
        self._counted: dict[str, int] = {}
        self.heading = self._heading()

    def rows(self) -> Iterator[tuple[TableHead, Row]]:
        """Every row with its table; whoever reads to the end knows that the whole is as it was written."""
        head = TableHead("", ())
        while True:
            line = self._line()
            if line.startswith(b"["):
                row: Row = _decoded(line, list)
                if head.table not in self._counted or len(row) != len(head.columns):
                    raise BackupDamaged
                self._counted[head.table] += 1
                yield head, row
            elif line.startswith(b'{"table"'):
                head = _decoded(line, TableHead)
                self._counted[head.table] = 0
            else:
                self._require_end(_decoded(line, End))
                return
            self._hash.update(line)

    @property
    def counted(self) -> Mapping[str, int]:
        """The rows by their table, as far as was read."""
        return self._counted

    def _heading(self) -> Heading:
        line = self._line()
        self._hash.update(line)
        heading = _decoded(line, Heading)
        if heading.what != WHAT:
            raise BackupDamaged
        if heading.format > FORMAT:
            raise BackupNewer(found=heading.format, known=FORMAT)
        return heading

    def _require_end(self, end: End) -> None:
        if end.rows != self._counted or end.sha256 != self._hash.hexdigest() or self._file.readline(1):
            raise BackupDamaged

    def _line(self) -> bytes:
        line = self._file.readline(LONGEST_LINE)
        if not line.endswith(b"\n"):
            raise BackupDamaged
        return line


@contextmanager
def reading(file: Path, unlock: Unlock) -> Iterator[Reader]:
    """A backup that is open for reading; those of before are plain and need no key.

    Raises BackupNotReadable, BackupDamaged, BackupNewer, and what `unlock` raises.
    """
    try:
        with file.open("rb") as raw, _unpacked(raw, unlock) as packed:
            yield Reader(packed)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        raise BackupDamaged from error
    except OSError as error:
        raise BackupNotReadable(file=file, why=error.strerror or str(error)) from error


def _unpacked(raw: IO[bytes], unlock: Unlock) -> gzip.GzipFile:
    sealed = is_sealed(raw.read(len(MAGIC)))
    raw.seek(0)
    inside = io.BufferedReader(Opening(raw, unlock), PIECE) if sealed else raw
    return gzip.GzipFile(fileobj=inside, mode="rb")


def _decoded(line: bytes, shape: type[T]) -> T:
    try:
        return msgspec.json.decode(line, type=shape)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise BackupDamaged from error
