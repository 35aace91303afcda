"""What the district itself says of a station: where it says a thing, that holds; the rest is its own.

It comes down to every counter of the station, so that papers and screens there say what residents read.
"""

import msgspec

from station_desk.cases.station_told import NOTHING_SAID, StationToldPublic

NEVER_SET = "none"
"""The mark of a station of which the district never said anything."""


class AskStation(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Asks what the district says of the station of this counter."""

    version: int


class StationByDistrict(msgspec.Struct, frozen=True):
    """What it says now, in place of what it said before; what is empty is left to the station."""

    version: int
    mark: str
    said: StationToldPublic = NOTHING_SAID
