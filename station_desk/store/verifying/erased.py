"""What was erased must be gone, and what is gone must have been erased: the log says which cases were."""

from collections.abc import Iterator
from typing import Any

from station_desk.cases.opened import SUBJECT
from station_desk.store.verifying.finding import Finding

ERASED = "SELECT 1 FROM events x WHERE x.kind = 'case.erased' AND x.subject = "
OVERTAKEN = "SELECT 1 FROM events_aside x WHERE x.kind = 'case.erased' AND x.subject = "
"""What the district gave back while the case went on here: it is bare since then."""
GONE = (
    "SELECT writer, seq, subject FROM events e WHERE commitment <> '' AND private IS NULL AND writer = ?1"
    f" AND NOT EXISTS ({ERASED} e.subject AND x.revision > e.revision)"
    f" AND NOT EXISTS ({ERASED} substr(e.subject, ?3) AND e.subject LIKE ?2)"
    f" AND NOT EXISTS ({OVERTAKEN} e.subject) AND NOT EXISTS ({OVERTAKEN} substr(e.subject, ?3)) ORDER BY seq"
)
"""Of the log that is written now: what the district gives back after a restore has no private parts yet."""
LEFT = (
    "SELECT writer, seq, subject FROM events e WHERE private IS NOT NULL"
    f" AND EXISTS ({ERASED} e.subject AND x.revision > e.revision) ORDER BY writer, seq"
)


def check_erased(connection: Any) -> Iterator[Finding]:
    """Private parts that are gone without an erasure, and those that are there in spite of one."""
    (writer,) = connection.execute("SELECT value FROM about WHERE key = 'writer'").fetchone()
    values = (writer, f"{SUBJECT}%", len(SUBJECT) + 1)
    for who, seq, subject in connection.execute(GONE, values).fetchall():
        yield Finding("private_gone", f"{who} {seq}", subject)
    for who, seq, subject in connection.execute(LEFT).fetchall():
        yield Finding("private_left", f"{who} {seq}", subject)
