"""The calendar years that this station entered by itself: the newest event of each year's subject holds.

There is no table for them: a dozen events found by the log's own index are read as quickly, are chained like
all others, and go wherever the log goes (backup, restore, district).
"""

from typing import Protocol

import msgspec

from station_desk.cases.parts import YearImportedPublic
from station_desk.catalogue.calendar import CalendarYear

PREFIX = "calendar:"


class Log(Protocol):
    """What can be asked for the newest events by subject: the store, or a unit under way."""

    def newest(self, prefix: str) -> list[str]: ...


def subject_of(year: int) -> str:
    """The subject under which a year is entered."""
    return f"{PREFIX}{year}"


def imported_years(log: Log) -> tuple[CalendarYear, ...]:
    """Every year that was entered here, in its newest form."""
    entered = (msgspec.json.decode(public, type=YearImportedPublic) for public in log.newest(PREFIX))
    return tuple(CalendarYear(**msgspec.structs.asdict(year)) for year in entered)
