"""Finding an item at the counter: one index for the queue, the top bar, the guide and scripts."""

from station_desk.catalogue.item import Catalogue
from station_desk.catalogue.item_index import ItemIndex
from station_desk.counter.desk import Desk
from station_desk.store.item_readings import item_readings, kept_readings
from station_desk.store.profile import Profile


def item_index(desk: Desk) -> ItemIndex:
    """The index of the items that this counter publishes now."""
    return index_of(desk.store.profile, desk.catalogue)


def quick_index(desk: Desk) -> tuple[ItemIndex, bool]:
    """The index as it can be had at once, and whether it is whole: without kept readings it has no pinyin."""
    kept = kept_readings(desk.store.profile, desk.catalogue)
    return ItemIndex(desk.catalogue, kept or {}), kept is not None


def index_of(profile: Profile, catalogue: Catalogue) -> ItemIndex:
    """The same for a catalogue, with the readings that the profile keeps, where there is a profile."""
    return ItemIndex(catalogue, item_readings(profile, catalogue))
