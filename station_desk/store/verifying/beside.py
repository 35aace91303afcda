"""The ends of the logs against what lies elsewhere: the district's marks, backups, the sheet of a day.

A log whose last events are gone is whole in itself: only who has seen its end can tell.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from station_desk.cases.event import FIRST, Head
from station_desk.store.backups.kept import backups_in, places
from station_desk.store.backups.new_writer import BRANCHED
from station_desk.store.verifying.finding import Finding

HASH_AT = (
    "SELECT hash FROM events WHERE writer = ?1 AND seq = ?2"
    " UNION ALL SELECT hash FROM events_aside WHERE writer = ?1 AND seq = ?2"
)


def check_beside(connection: Any, profile: Path) -> list[Finding]:
    """Names every end that was seen elsewhere and is not in the log here."""
    about = dict(connection.execute("SELECT key, value FROM about").fetchall())
    marks = {
        writer: Head(seq, end)
        for writer, seq, end in connection.execute("SELECT writer, seq, hash FROM marks").fetchall()
    }
    findings = list(ends_missing(connection, "district", marks))
    for place in places(profile, about):
        for backup in backups_in(place):
            if (backup.manifest.station, backup.manifest.counter) == (about["station"], about["counter"]):
                heads = {
                    writer: head
                    for writer, head in backup.manifest.heads.items()
                    # After a restore the district may not yet have given back the end of the log of before.
                    if BRANCHED + writer not in about and _is_known(connection, writer)
                }
                findings += ends_missing(connection, "backup", heads, backup.manifest.at[:16])
    return findings


def ends_missing(
    connection: Any, where: str, heads: Mapping[str, Head], detail: str = ""
) -> Iterator[Finding]:
    """The ends out of `heads` that the log here does not have: `short_of_…` or `other_than_…`."""
    for writer, head in sorted(heads.items()):
        row = connection.execute("SELECT seq FROM writers WHERE writer = ?", (writer,)).fetchone()
        ours = int(row[0]) if row else 0
        if head.seq > ours:
            yield Finding(f"short_of_{where}", writer, f"{ours} / {head.seq} {detail}".strip())
        elif head.seq and [(head.hash,)] != connection.execute(HASH_AT, (writer, head.seq)).fetchall():
            yield Finding(f"other_than_{where}", writer, f"{head.seq} {detail}".strip())
        elif not head.seq and head.hash != FIRST:
            yield Finding(f"other_than_{where}", writer, detail)


def _is_known(connection: Any, writer: str) -> bool:
    """A log that only a backup knows was begun by a restore from an older one than this."""
    asked = "SELECT count(*) FROM writers WHERE writer = ?"
    return bool(connection.execute(asked, (writer,)).fetchone()[0])
