"""Everything an edition says, read once and kept compiled, so that the desk opens at once.

A compiled edition is a copy for speed, never the truth: it carries the SHA-256 of itself, the name of what it
was made from, and the shape of our types. When one of them differs it is made anew from what it came from.
"""

import hashlib
from pathlib import Path
from typing import Any, get_args

import msgspec

from station_desk import __version__
from station_desk.catalogue.calendar import CalendarYear, read_years
from station_desk.catalogue.day_paper import DayPaper
from station_desk.catalogue.item import (
    Catalogue,
    Category,
    Certificates,
    Edition,
    FieldKindOf,
    Item,
    LifeEvent,
    MaterialKind,
    QueueRules,
)
from station_desk.catalogue.paper import Paper
from station_desk.catalogue.public_paper import PublicPaper, StreetStyle
from station_desk.catalogue.read import (
    read_catalogue,
    read_day_papers,
    read_edition,
    read_papers,
    read_public_papers,
    read_style,
)
from station_desk.catalogue.shelf import Shelf, packed

MARK = b"station-desk compiled 3\n"
_HASH = hashlib.sha256().digest_size


class PublishedForms(msgspec.Struct, frozen=True):
    """All that lies in a folder `forms/`; the years of the calendar as they are written, not yet counted.

    `packed` are the papers of a case by kind, each unpacked when it is printed: a desk that opens waits for
    none of them. `public_papers` are those of the catalogue, `style` how boards look, `packed_days` the
    papers of a day, packed too. What is missing a counter prints in the words of the program.
    """

    edition: Edition
    catalogue: Catalogue
    years: tuple[CalendarYear, ...]
    packed: dict[str, bytes] = {}
    public_papers: dict[str, PublicPaper] = {}
    style: StreetStyle | None = None
    packed_days: dict[str, bytes] = {}

    def paper(self, kind: str) -> Paper | None:
        """The paper of that kind, if this edition has one."""
        packed = self.packed.get(kind)
        return msgspec.msgpack.decode(packed, type=Paper) if packed else None

    def day_paper(self, kind: str) -> DayPaper | None:
        """The paper of a day of that kind, if this edition has one."""
        packed = self.packed_days.get(kind)
        return msgspec.msgpack.decode(packed, type=DayPaper) if packed else None

    @property
    def day_papers(self) -> dict[str, DayPaper]:
        """All papers of a day, unpacked."""
        return {kind: paper for kind in self.packed_days if (paper := self.day_paper(kind))}

    @property
    def papers(self) -> dict[str, Paper]:
        """All papers, unpacked."""
        return {kind: msgspec.msgpack.decode(packed, type=Paper) for kind, packed in self.packed.items()}


class _Bare(msgspec.Struct, frozen=True):
    """A catalogue without its fields and items. Their types are named nowhere here: before it decodes the
    first value of a type, msgspec looks through all that the type holds, and through an item that takes
    longest.
    """

    edition: str
    digest: str
    categories: dict[str, Category]
    materials: dict[str, MaterialKind]
    life_events: dict[str, LifeEvent]
    certificates: Certificates
    queue: QueueRules


class _Kept(msgspec.Struct, frozen=True):
    """The forms as they are kept: fields and items, by far the most of it, lie beside them, each packed."""

    edition: Edition
    catalogue: _Bare
    years: tuple[CalendarYear, ...]
    packed: dict[str, bytes]
    public_papers: dict[str, PublicPaper]
    style: StreetStyle | None
    packed_days: dict[str, bytes]
    fields: dict[str, bytes]
    items: dict[str, bytes]


BESIDE = ("fields", "items")
"""What of a catalogue is kept packed, entry by entry."""


def read_published(forms: Path) -> PublishedForms:
    """What the folder `forms/` says. Raises BrokenForm on the first fault."""
    return PublishedForms(
        read_edition(forms),
        read_catalogue(forms),
        read_years(forms),
        {kind: msgspec.msgpack.encode(paper) for kind, paper in read_papers(forms).items()},
        read_public_papers(forms),
        read_style(forms),
        {kind: msgspec.msgpack.encode(paper) for kind, paper in read_day_papers(forms).items()},
    )


def compiled(forms: PublishedForms, source: str) -> bytes:
    """What is kept of the forms; `source` names what they were read from (a digest, sizes and times)."""
    told, catalogue = msgspec.structs.asdict(forms), msgspec.structs.asdict(forms.catalogue)
    beside = {name: packed(catalogue.pop(name)) for name in BESIDE}
    body = msgspec.msgpack.encode(_Kept(**{**told, **beside, "catalogue": _Bare(**catalogue)}))
    return MARK + _name(source) + hashlib.sha256(body).digest() + body


def read_compiled(kept: bytes, source: str) -> PublishedForms | None:
    """The forms as they were kept; None when they are damaged, of another source or of another program."""
    begins = len(MARK) + 2 * _HASH
    body = memoryview(kept)[begins:]
    if kept[:begins] != MARK + _name(source) + hashlib.sha256(body).digest():
        return None
    found = msgspec.msgpack.decode(body, type=_Kept)
    bare = found.catalogue
    catalogue = Catalogue(
        bare.edition, bare.digest, bare.categories, bare.materials, Shelf(found.fields, FieldKindOf),
        Shelf(found.items, Item), bare.life_events, bare.certificates, bare.queue,
    )  # fmt: skip
    return PublishedForms(
        found.edition, catalogue, found.years, found.packed, found.public_papers, found.style,
        found.packed_days,
    )  # fmt: skip


def shape() -> str:
    """The names, types and defaults of everything that is kept compiled, and the version of the program.

    Looked up by hand: `msgspec.inspect` tells the same, and takes as long as reading the whole catalogue.
    """
    seen: dict[type[msgspec.Struct], str] = {}
    for type_ in (PublishedForms, FieldKindOf, Item, Paper, DayPaper):
        _look_at(type_, seen)
    return "\n".join((__version__, *seen.values()))


def _look_at(type_: Any, seen: dict[type[msgspec.Struct], str]) -> None:
    if not (isinstance(type_, type) and issubclass(type_, msgspec.Struct)):
        for part in get_args(type_):
            _look_at(part, seen)
    elif type_ not in seen:
        types = {
            name: of for one in type_.__mro__ for name, of in vars(one).get("__annotations__", {}).items()
        }
        seen[type_] = (
            f"{type_.__qualname__} {type_.__struct_encode_fields__} {type_.__struct_defaults__} {types}"
        )
        for of in types.values():
            _look_at(of, seen)


def _name(source: str) -> bytes:
    return hashlib.sha256(f"{shape()}\n{source}".encode()).digest()
