"""What an officer of the district says of a station: it holds over what the station says, thing by thing.

What he leaves empty is the station's. Both are kept, so neither side overwrites the other.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection, insert, select, update

from station_desk.cases.station_told import NOTHING_SAID, StationToldPublic, over
from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError
from station_desk.district import tables as t
from station_desk.protocol.messages import VERSION
from station_desk.protocol.station_said import NEVER_SET, StationByDistrict


class StationNotThere(RuleError):
    code = "district.station_not_there"


class StationChangedMeanwhile(RuleError):
    """`staff`, `at`: who changed it, and when."""

    code = "district.station_changed_meanwhile"


@dataclass(frozen=True, slots=True)
class Said:
    """What the district says of a station, since when and by whom; `mark` names this version of it."""

    told: StationToldPublic = NOTHING_SAID
    mark: str = NEVER_SET
    at: str = ""
    staff: str = ""


def said_of(connection: Connection, station: str) -> Said:
    """What holds now; nothing where nobody said anything."""
    row = connection.execute(t.station_said.select().where(t.station_said.c.station == station)).first()
    if row is None:
        return Said()
    told = msgspec.json.decode(row.body, type=StationToldPublic)
    facts = msgspec.json.encode((row.body, row.said_at, row.staff))
    return Said(told, hashlib.sha256(facts).hexdigest()[:16], row.said_at, row.staff)


def answer_station(connection: Connection, station: str) -> StationByDistrict:
    """The same for the counters of the station."""
    said = said_of(connection, station)
    return StationByDistrict(VERSION, said.mark, said.told)


def own_of(connection: Connection, station: str) -> tuple[StationToldPublic, str] | None:
    """What the station says of itself, and when it said so: empty while all is from its enrolment.

    None for a station that there is not.
    """
    c, s = t.station.c, t.station_told.c
    told = connection.execute(select(s.body, s.told_at).where(s.station == station)).first()
    if told is not None:
        return msgspec.json.decode(told.body, type=StationToldPublic), told.told_at
    card = connection.execute(select(c.name, c.phone, c.address).where(c.station == station)).first()
    return (StationToldPublic(card.name, card.phone, "", card.address), "") if card else None


@dataclass(frozen=True, slots=True)
class Saying:
    """What an officer says of a station; `seen` is the mark of what he saw before."""

    station: str
    told: StationToldPublic
    seen: str
    staff: str


def say(connection: Connection, saying: Saying, now: datetime) -> None:
    """Lets this hold from now on. Raises StationNotThere, and StationChangedMeanwhile where the mark of what
    the officer saw is not that of what stands there.
    """
    station, s = saying.station, t.station_said.c
    # One after the other: two officers never write over each other unseen.
    connection.execute(select(t.station).where(t.station.c.station == station).with_for_update()).all()
    own, before = own_of(connection, station), said_of(connection, station)
    if own is None:
        raise StationNotThere
    if before.mark != saying.seen:
        raise StationChangedMeanwhile(staff=before.staff, at=before.at[:16].replace("T", " "))
    _keep_own(connection, station, own[0])
    body = msgspec.json.encode(saying.told).decode()
    values = {"body": body, "said_at": stamp(now), "staff": saying.staff}
    if not connection.execute(update(t.station_said).where(s.station == station).values(values)).rowcount:
        connection.execute(insert(t.station_said).values({**values, "station": station}))
    put_card(connection, station, own[0])


def put_card(connection: Connection, station: str, own: StationToldPublic) -> None:
    """Writes the name, telephone and address that hold, where lists look them up."""
    shown = over(own, said_of(connection, station).told)
    card = {"name": shown.name, "phone": shown.phone, "address": shown.address}
    connection.execute(update(t.station).where(t.station.c.station == station).values(card))


def enrolled_again(connection: Connection, station: str, own: StationToldPublic) -> None:
    """The enrolment tells of the station: it is its own word until it tells another one."""
    s = t.station_told.c
    early = update(t.station_told).where(s.station == station, s.told_at == "")
    connection.execute(early.values(body=msgspec.json.encode(own).decode()))
    put_card(connection, station, own)


def _keep_own(connection: Connection, station: str, own: StationToldPublic) -> None:
    """What only the enrolment told would be lost under the word of the district."""
    s = t.station_told.c
    if connection.execute(select(s.station).where(s.station == station)).first() is None:
        body = msgspec.json.encode(own).decode()
        connection.execute(insert(t.station_told).values(station=station, told_at="", counter="", body=body))
