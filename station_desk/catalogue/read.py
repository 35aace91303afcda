"""Reads what the district publishes from `forms/`: the catalogue, its edition, the certificates, the papers.

The first fault stops the reading: a desk never works with half a catalogue. `check/` tells all faults at
once.
"""

import hashlib
from collections.abc import Iterable, Sequence
from pathlib import Path, PurePosixPath

import msgspec

from station_desk.catalogue.day_paper import DAY_KINDS, DayPaper
from station_desk.catalogue.day_paper_references import day_loose_ends
from station_desk.catalogue.fault import BrokenForm, Fault, Finding
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
from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.catalogue.paper_references import loose_ends
from station_desk.catalogue.public_paper import PUBLIC_KINDS, PublicPaper, StreetStyle
from station_desk.catalogue.references import (
    Known,
    owners_by_name,
    repeated_codes,
    unknown_items,
    unknown_references,
)
from station_desk.catalogue.sheet import Sheet, content, parse, read_content, sheet_bytes, sheet_names

EDITION = "edition.toml"
CATEGORIES = "categories.toml"
MATERIALS = "materials.toml"
FIELDS = "fields.toml"
CERTIFICATES = "certificates.toml"
LIFE_EVENTS = "life_events.toml"
QUEUE = "queue.toml"
ITEMS = "items/**/*.toml"
PAPERS = "papers/*.toml"
PUBLIC_PAPERS = "papers/public/*.toml"
DAY_PAPERS = "papers/day/*.toml"
STYLE = "papers/public/style.toml"


class CategoryList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `categories.toml`: one `[[category]]` each, in the order of the queue."""

    category: tuple[Category, ...]


class LifeEventList(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The shape of `life_events.toml`: one `[[life_event]]` each, in the order of the guide."""

    life_event: tuple[LifeEvent, ...] = ()


def read_catalogue(folder: Path) -> Catalogue:
    """The catalogue in `folder` (the folder `forms/`). Raises BrokenForm on the first fault.

    `digest` covers every file that is read here and the papers: name and content, in the order of the names.
    """
    # Editions from before there were life events, or rules of the queue, have no such file.
    events, queue = sheet_names(folder, LIFE_EVENTS), sheet_names(folder, QUEUE)
    shared = [EDITION, CATEGORIES, MATERIALS, FIELDS, CERTIFICATES, *events, *queue]
    names = sorted([*shared, *sheet_names(folder, ITEMS)])
    raws = {name: sheet_bytes(folder, name) for name in names}
    sheets = {name: parse(name, raw) for name, raw in raws.items()}
    words = [*sheet_names(folder, PAPERS), *sheet_names(folder, PUBLIC_PAPERS)]
    raws |= {name: sheet_bytes(folder, name) for name in words}
    items = [(sheets[name], content(sheets[name], Item)) for name in names if name.startswith("items/")]
    life = [event for name in events for event in content(sheets[name], LifeEventList).life_event]
    catalogue = Catalogue(
        edition=content(sheets[EDITION], Edition).number,
        digest=_digest(raws),
        categories={c.code: c for c in content(sheets[CATEGORIES], CategoryList).category},
        materials=content(sheets[MATERIALS], dict[str, MaterialKind]),
        fields=content(sheets[FIELDS], dict[str, FieldKindOf]),
        items={item.code: item for _, item in items},
        life_events={event.code: event for event in life},
        certificates=content(sheets[CERTIFICATES], Certificates),
        queue=content(sheets[QUEUE], QueueRules) if queue else QueueRules(),
    )
    _stop_at_loose_ends(catalogue, items)
    for name in events:
        _stop_at(sheets[name], unknown_items(life, catalogue.items))
    return catalogue


def read_edition(folder: Path) -> Edition:
    """Which edition lies in `folder`, who publishes it, since when it holds. Raises BrokenForm."""
    return read_content(folder, EDITION, Edition)


def read_papers(folder: Path) -> dict[str, Paper]:
    """The papers of a case by kind; empty where an edition is older than the papers. Raises BrokenForm.

    A kind that this program does not know is passed over: a newer edition may publish more.
    """
    papers = {}
    for name in sheet_names(folder, PAPERS):
        kind = PurePosixPath(name).stem
        if kind in PAPER_KINDS:
            sheet = parse(name, sheet_bytes(folder, name))
            papers[kind] = content(sheet, Paper)
            _stop_at(sheet, loose_ends(papers[kind], PAPER_KINDS[kind]))
    return papers


def read_public_papers(folder: Path) -> dict[str, PublicPaper]:
    """The papers of the catalogue by kind; empty in editions older than they are. Raises BrokenForm."""
    names = [name for name in sheet_names(folder, PUBLIC_PAPERS) if name != STYLE]
    known = {PurePosixPath(name).stem: name for name in names if PurePosixPath(name).stem in PUBLIC_KINDS}
    papers = {kind: read_content(folder, name, PublicPaper) for kind, name in known.items()}
    for kind, paper in papers.items():
        lacking = [sentence for sentence in PUBLIC_KINDS[kind] if sentence not in paper.sentence]
        if lacking:
            raise BrokenForm(Finding(known[kind], 1, "sentence_missing", {"found": lacking[0]}))
    return papers


def read_day_papers(folder: Path) -> dict[str, DayPaper]:
    """The papers of a day by kind; empty in editions older than they are. Raises BrokenForm."""
    papers = {}
    for name in sheet_names(folder, DAY_PAPERS):
        kind = PurePosixPath(name).stem
        if kind in DAY_KINDS:
            sheet = parse(name, sheet_bytes(folder, name))
            papers[kind] = content(sheet, DayPaper)
            _stop_at(sheet, day_loose_ends(papers[kind], DAY_KINDS[kind]))
    return papers


def read_style(folder: Path) -> StreetStyle | None:
    """How the boards of this street look; None where an edition is older. Raises BrokenForm."""
    return read_content(folder, STYLE, StreetStyle) if sheet_names(folder, STYLE) else None


def _stop_at_loose_ends(catalogue: Catalogue, items: Sequence[tuple[Sheet, Item]]) -> None:
    """Nothing may be asked of the catalogue that it does not hold."""
    known = Known(tuple(catalogue.categories), tuple(catalogue.materials), tuple(catalogue.fields))
    owners = owners_by_name(sheet.name for sheet, _ in items)
    for sheet, item in items:
        _stop_at(sheet, (*unknown_references(item, known), *repeated_codes(item, sheet.name, owners)))


def _stop_at(sheet: Sheet, faults: Iterable[Fault]) -> None:
    for finding in sheet.findings([*faults]):
        raise BrokenForm(finding)


def _digest(raws: dict[str, bytes]) -> str:
    digest = hashlib.sha256()
    for name in sorted(raws):
        digest.update(f"{name}\0{len(raws[name])}\0".encode())
        digest.update(raws[name])
    return digest.hexdigest()
