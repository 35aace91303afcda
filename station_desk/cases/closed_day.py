"""The closing of a day as the log keeps it: who closed it, who else confirmed it, where the log stood."""

import msgspec

from station_desk.cases.event import Event

CLOSED = "day.closed"
SUBJECT = "day:"


class DayClosedPublic(msgspec.Struct, frozen=True):
    """A day of a counter was closed by one person and confirmed by another.

    `log`, `seq` and `hash` are the end of the log in that moment, as the closing sheet carries it. `gaps` are
    the questions that were open.
    """

    day: str
    counter: str
    closed_by: str
    confirmed_by: str
    issued: int
    stored: int
    gaps: int
    log: str
    seq: int
    hash: str


def subject_of(day: str, counter: str) -> str:
    """The name of a day of a counter in the log."""
    return f"{SUBJECT}{day}:{counter}"


def read_closed(event: Event) -> DayClosedPublic:
    """What a closing says."""
    return msgspec.json.decode(event.public, type=DayClosedPublic)
