"""Brings down what the district says of the station, when it says another thing than before."""

from typing import Protocol

from station_desk.protocol.station_said import AskStation, StationByDistrict
from station_desk.sync.client import Wire


class StationBook(Protocol):
    """What this PC knows of it."""

    def mark(self) -> str:
        """By what the district called what is known here."""
        ...

    def keep(self, told: StationByDistrict) -> None:
        """Lets it hold here, in place of what was said before."""
        ...


def learn_station(book: StationBook, wire: Wire, mark: str) -> None:
    """Asks when the mark is another one; an older district tells none, and is not asked."""
    if mark and mark != book.mark():
        book.keep(wire.station(AskStation(wire.version)))
