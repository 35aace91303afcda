"""What the district says of this station holds here; what it leaves empty is the station's own.

The station's own words are kept beside it: they hold again when the district says nothing more, and they are
what the counter tells of itself. So no edit of either side is ever lost, and there is nothing to merge.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress

import msgspec

from station_desk.cases.station_told import Basic, StationToldPublic
from station_desk.core.errors import RuleError
from station_desk.core.settings import Setting, setting_named
from station_desk.counter.hall.settings import Basics, Fact
from station_desk.protocol.station_said import NEVER_SET, StationByDistrict
from station_desk.store.desk_store import DeskStore

SAID = "station_by_district"


class SetByDistrict(RuleError):
    """`value`: what the district says."""

    code = "settings.set_by_district"


class Said(msgspec.Struct, frozen=True):
    """What the district said, by where the settings are kept, and what stood there before (`own`)."""

    mark: str = NEVER_SET
    places: dict[str, str] = {}
    own: dict[str, str] = {}
    basics: tuple[Basic, ...] = ()
    basics_of: str = ""


class DistrictSays:
    """Satisfies `sync.station_said.StationBook` out of the desk's database."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def mark(self) -> str:
        """By what the district called what is known here."""
        return said_of(self._store.about()).mark

    def keep(self, told: StationByDistrict) -> None:
        """Lets it hold here; what it says no more is the station's own again."""
        about = self._store.about()
        before = own_words(about)
        places = dict(_places(told.said))
        own = {place: before.get(place, "") for place in places}
        said = Said(told.mark, places, own, told.said.basics, told.said.basics_of)
        given_back = said_of(about).own
        kept = {SAID: msgspec.json.encode(said).decode()}
        self._store.set_about({**given_back, **places, **kept})


def said_of(about: Mapping[str, str]) -> Said:
    """What the district last said; nothing where it cannot be read: it comes again."""
    with suppress(msgspec.MsgspecError):
        return msgspec.json.decode(about.get(SAID, "{}"), type=Said)
    return Said()


def own_words(about: Mapping[str, str]) -> dict[str, str]:
    """The facts of the station as it says them itself."""
    return {**about, **said_of(about).own}


def without_district(about: Mapping[str, str]) -> dict[str, str]:
    """What to remember when the counter goes to a district that said nothing yet."""
    return {**said_of(about).own, SAID: ""}


def require_own(about: Mapping[str, str], setting: Setting) -> None:
    """Raises SetByDistrict for what the district said, which is changed there and nowhere else."""
    said = said_of(about).places
    if setting.place in said:
        raise SetByDistrict(value=said[setting.place])


def basics_here(about: Mapping[str, str], own: Basics) -> Basics:
    """The community basics that are shown."""
    said = said_of(about)
    if not said.basics:
        return own
    facts = tuple(Fact(one.label, one.text) for one in said.basics)
    return msgspec.structs.replace(own, updated=said.basics_of, fact=facts)


def _places(said: StationToldPublic) -> Iterator[tuple[str, str]]:
    told = {
        "station.name": said.name, "station.phone": said.phone,
        "station.complaint_phone": said.complaint_phone, "station.address": said.address,
    }  # fmt: skip
    if said.hours:
        told["hall.hours"] = said.hours.hans
        told |= {"hall.hours_hant": said.hours.hant, "hall.hours_en": said.hours.en}
    for key, value in told.items():
        if value:
            yield setting_named(key).place, value
