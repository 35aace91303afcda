"""The readings of the item names, made once an edition and kept beside it: `editions/readings`.

Making them loads a large dictionary, which no window and no command should wait for twice. What is kept is a
copy for speed: when it is damaged or of another edition, it is made anew.
"""

import contextlib
from collections.abc import Mapping

import msgspec

from station_desk import __version__
from station_desk.catalogue.item import Catalogue
from station_desk.catalogue.item_index import Cells
from station_desk.catalogue.readings import readings_of
from station_desk.core.whole_file import write_whole
from station_desk.store.profile import Profile

FILE = "readings"


class Kept(msgspec.Struct, frozen=True):
    """What was made of the names of one catalogue, by its digest, and by which program."""

    digest: str
    program: str
    readings: dict[str, Cells]


def kept_readings(profile: Profile, catalogue: Catalogue) -> Mapping[str, Cells] | None:
    """The readings as they were kept; None where they must be made."""
    try:
        kept = msgspec.msgpack.decode((profile.editions / FILE).read_bytes(), type=Kept)
    except (OSError, msgspec.MsgspecError):
        return None
    return kept.readings if (kept.digest, kept.program) == (catalogue.digest, __version__) else None


def item_readings(profile: Profile, catalogue: Catalogue) -> Mapping[str, Cells]:
    """How the names of all items may be read. Never fails for a file: then they are made once more."""
    kept = kept_readings(profile, catalogue)
    if kept is not None:
        return kept
    made = readings_of(item.name.hans for item in catalogue.items.values())
    if profile.database.exists():
        place = profile.editions / FILE
        with contextlib.suppress(OSError):
            place.parent.mkdir(exist_ok=True)
            write_whole(msgspec.msgpack.encode(Kept(catalogue.digest, __version__, made)), place)
    return made
