"""Rules for papers: the shared list of them, and what an item asks for."""

import re
from collections.abc import Iterable, Iterator, Mapping

from station_desk.catalogue.check.numbers import too_small
from station_desk.catalogue.fault import Fault
from station_desk.catalogue.item import Material, MaterialKind

_KEY = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")


def shared_material_faults(materials: Mapping[str, MaterialKind]) -> Iterator[Fault]:
    """What is wrong in `materials.toml`."""
    yield from key_faults(materials)


def key_faults(keys: Iterable[str]) -> Iterator[Fault]:
    """Keys are written in lower-case English words joined by underscores."""
    for key in keys:
        if not _KEY.fullmatch(key):
            yield Fault((key,), "key_shape", {"found": key})


def material_faults(materials: tuple[Material, ...], known: Mapping[str, MaterialKind]) -> Iterator[Fault]:
    """What is wrong in the papers of one item."""
    keys = [material.key for material in materials]
    for index, material in enumerate(materials):
        place = ("material", index)
        if material.key in keys[:index]:
            yield Fault((*place, "key"), "material_twice", {"found": material.key})
        yield from too_small((*place, "copies"), material.copies, least=1)
        yield from _when_faults(material, index)
        if len(set(material.substitute)) < len(material.substitute):
            yield Fault((*place, "substitute"), "substitute_twice", {"found": ", ".join(material.substitute)})
        if material.may_follow and material.key in known and known[material.key].identity:
            yield Fault((*place, "may_follow"), "identity_may_follow", {"found": material.key})


def _when_faults(material: Material, index: int) -> Iterator[Fault]:
    place = ("material", index)
    both = ((*place, "need"), (*place, "when"))
    if material.need == "cond" and not material.when:
        yield Fault((*place, "need"), "when_missing", {"found": material.key}, rests_on=both)
    if material.need != "cond" and material.when:
        yield Fault(
            (*place, "when"), "when_unused", {"found": material.key, "need": material.need}, rests_on=both
        )
