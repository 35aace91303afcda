"""The rule that a number may not be too small."""

from collections.abc import Iterator

from station_desk.catalogue.fault import Fault, Place


def too_small(place: Place, number: int, least: int) -> Iterator[Fault]:
    """The fault of a number below the least that makes sense at its place."""
    if number < least:
        yield Fault(place, "number_too_small", {"key": place[-1], "found": number, "least": least})
