"""How far a long statement of the database is: an index of all events is one statement, and takes minutes.

SQLite tells only how many of its own small steps it took; from them and the number of events it is reckoned
how many events were looked at.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from station_desk.store.backfill import Progress

EVERY = 400_000
"""It is told after so many small steps."""
STEPS_OF_AN_EVENT = 26
"""About so many small steps takes a look at one event."""


@contextmanager
def told(connection: Any, progress: Progress) -> Iterator[None]:
    """While this lasts `progress` hears how far it is; what it raises stops the statement, and is raised."""
    stopped: list[BaseException] = []
    steps = 0
    (total,) = connection.execute("SELECT coalesce(max(place), 0) FROM events").fetchone()

    def tick() -> int:
        nonlocal steps
        steps += EVERY
        try:
            progress(min(steps // STEPS_OF_AN_EVENT, int(total)), int(total))
        except BaseException as error:  # noqa: BLE001 - no error may pass through the database: it is kept
            stopped.append(error)
        return len(stopped)

    connection.set_progress_handler(tick, EVERY)
    try:
        yield
    except Exception:
        if stopped:
            raise stopped[0] from None
        raise
    finally:
        connection.set_progress_handler(None, 0)
