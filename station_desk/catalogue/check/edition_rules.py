"""Rules for the edition: its number says the year and the month."""

import re
from collections.abc import Iterator

from station_desk.catalogue.fault import Fault
from station_desk.catalogue.item import Edition

_NUMBER = re.compile(r"20[0-9]{2}\.(0[1-9]|1[0-2])(\.[1-9][0-9]?)?")


def edition_faults(edition: Edition) -> Iterator[Fault]:
    """What is wrong in `edition.toml`. A number is year.month, and .n for a correction within the month."""
    if not _NUMBER.fullmatch(edition.number):
        yield Fault(("number",), "edition_shape", {"found": edition.number})
