"""What a station says of itself to its residents, as the log keeps it: hours, telephones, place, basics.

An event and not a part of each message: it is told when it changes, arrives once, and a district of before
keeps it for later.
"""

import msgspec

from station_desk.catalogue.item import Words

TOLD = "station.told"
SUBJECT = "station:"
MOST_BASICS = 40
LONGEST_LABEL, LONGEST_TEXT = 40, 200


class Basic(msgspec.Struct, frozen=True):
    """A labelled fact of the community, as the board in the hall has it."""

    label: str
    text: str


class StationToldPublic(msgspec.Struct, frozen=True, omit_defaults=True):
    """`hours` is None where nobody entered any; `basics_of` is the day on which the basics were gathered."""

    name: str
    phone: str = ""
    complaint_phone: str = ""
    address: str = ""
    hours: Words | None = None
    basics: tuple[Basic, ...] = ()
    basics_of: str = ""


NOTHING_SAID = StationToldPublic("")


def over(own: StationToldPublic, said: StationToldPublic) -> StationToldPublic:
    """What residents read: the district's word where it said one, else the station's own.

    The basics go together with the day on which they were gathered.
    """
    basics = said if said.basics else own
    return StationToldPublic(
        said.name or own.name, said.phone or own.phone, said.complaint_phone or own.complaint_phone,
        said.address or own.address, said.hours or own.hours, basics.basics, basics.basics_of,
    )  # fmt: skip


def subject_of(station: str, counter: str) -> str:
    """Under which name a counter tells of its station in the log."""
    return f"{SUBJECT}{station}:{counter}"
