"""Goes through the folder `forms/` file by file and gathers what is wrong."""

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple, TypeVar

from station_desk.catalogue.calendar import YEARS, CalendarYear
from station_desk.catalogue.check.calendar_rules import calendar_faults
from station_desk.catalogue.check.category_rules import category_faults
from station_desk.catalogue.check.certificate_rules import certificate_faults, certificate_text_faults
from station_desk.catalogue.check.day_paper_rules import day_paper_faults
from station_desk.catalogue.check.edition_rules import edition_faults
from station_desk.catalogue.check.field_rules import field_faults
from station_desk.catalogue.check.item_rules import Published, item_faults
from station_desk.catalogue.check.life_rules import life_faults
from station_desk.catalogue.check.material_rules import shared_material_faults
from station_desk.catalogue.check.paper_rules import paper_faults
from station_desk.catalogue.check.public_paper_rules import public_paper_faults, style_faults
from station_desk.catalogue.check.queue_rules import queue_faults
from station_desk.catalogue.day_paper import DayPaper
from station_desk.catalogue.fault import BrokenForm, Fault, Finding, without_shadows
from station_desk.catalogue.item import Certificates, Edition, FieldKindOf, Item, MaterialKind, QueueRules
from station_desk.catalogue.paper import Paper
from station_desk.catalogue.public_paper import PublicPaper, StreetStyle
from station_desk.catalogue.read import (
    CATEGORIES,
    CERTIFICATES,
    DAY_PAPERS,
    EDITION,
    FIELDS,
    ITEMS,
    LIFE_EVENTS,
    MATERIALS,
    PAPERS,
    PUBLIC_PAPERS,
    QUEUE,
    STYLE,
    CategoryList,
    LifeEventList,
)
from station_desk.catalogue.references import owners_by_name
from station_desk.catalogue.schema import read_on
from station_desk.catalogue.sheet import REMEMBERED, Sheet, parse, sheet_bytes, sheet_names
from station_desk.core.all_or_nothing import JOURNAL, is_broken_off

T = TypeVar("T")
Rules = Callable[[T], Iterable[Fault]]


def check_forms(folder: Path) -> list[Finding]:
    """All faults of the published files in `folder` (the folder `forms/`), in the order of files and lines.

    Reads files, changes none, raises nothing for what is written in them. An empty list means: fit to be
    published.
    """
    reading = _Reading(folder)
    if is_broken_off(folder):
        reading.findings.append(Finding(JOURNAL, 1, "import_broken_off"))
    reading.file(EDITION, Edition, edition_faults)
    categories = reading.file(CATEGORIES, CategoryList, lambda known: category_faults(known.category))
    published = Published(
        categories=None if categories is None else {c.code: c for c in categories.category},
        materials=reading.file(MATERIALS, dict[str, MaterialKind], shared_material_faults),
        fields=reading.file(FIELDS, dict[str, FieldKindOf], field_faults),
    )
    fields = published.fields or {}
    reading.file(
        CERTIFICATES, Certificates,
        lambda lists: [*certificate_faults(lists), *certificate_text_faults(lists, fields)],
    )  # fmt: skip
    items = _check_items(reading, published)
    if sheet_names(folder, LIFE_EVENTS):
        reading.file(LIFE_EVENTS, LifeEventList, lambda known: life_faults(known.life_event, items))
    if sheet_names(folder, QUEUE):
        reading.file(QUEUE, QueueRules, queue_faults)
    _check_papers(reading)
    _check_years(reading)
    _check_strays(reading)
    return sorted(reading.findings, key=lambda f: (f.file, f.line, f.code, str(f.values)))


class _Reading:
    """The files read so far and what was found in them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.findings: list[Finding] = []

    def file(self, name: str, type_: type[T], rules: Rules[T]) -> T | None:
        """Reads one file and holds it against its shape and its rules; None when it cannot be read at all."""
        asked: Any = type_
        try:
            read = _read(name, sheet_bytes(self.folder, name), asked)
        except BrokenForm as error:
            self.findings.append(error.finding)
            return None
        content: T = read.content
        broken = [fault.place for fault in read.faults]
        self.findings += read.sheet.findings([*read.faults, *without_shadows(rules(content), broken)])
        return content


class _Read(NamedTuple):
    """A file as it is written, what it says in the shape of the type that was asked for, and its faults."""

    sheet: Sheet
    content: Any
    faults: tuple[Fault, ...]


# Officials mend one line and check again: the files that stayed as they were are not read anew.
@lru_cache(maxsize=REMEMBERED)
def _read(name: str, raw: bytes, type_: Any) -> _Read:
    sheet = parse(name, raw)
    content, faults = read_on(sheet.table, type_)
    return _Read(sheet, content, tuple(faults))


def _check_items(reading: _Reading, published: Published) -> dict[str, Item | None]:
    """The items by the codes of their files; None where a file cannot be read."""
    names = sheet_names(reading.folder, ITEMS)
    owners = owners_by_name(names)
    return {
        PurePosixPath(name).stem: reading.file(
            name, Item, partial(item_faults, file=name, published=published, owners=owners)
        )
        for name in names
    }


def _check_papers(reading: _Reading) -> None:
    """A paper that is not there is printed in the words of the program, so none is missed."""
    for name in sheet_names(reading.folder, PAPERS):
        reading.file(name, Paper, partial(paper_faults, file=name))
    for name in sheet_names(reading.folder, DAY_PAPERS):
        reading.file(name, DayPaper, partial(day_paper_faults, file=name))
    for name in sheet_names(reading.folder, PUBLIC_PAPERS):
        if name == STYLE:
            reading.file(name, StreetStyle, style_faults)
        else:
            reading.file(name, PublicPaper, partial(public_paper_faults, file=name))


def _check_years(reading: _Reading) -> None:
    names = sheet_names(reading.folder, YEARS)
    if not names:
        reading.findings.append(Finding(YEARS, 1, "file_missing", {"file": YEARS}))
    for name in names:
        reading.file(name, CalendarYear, partial(calendar_faults, file=name))


def _check_strays(reading: _Reading) -> None:
    """A file whose name does not end in `.toml` is read by nobody, so what it says is silently missing."""
    for name in [*sheet_names(reading.folder, "items/**/*"), *sheet_names(reading.folder, "papers/**/*")]:
        file = PurePosixPath(name)
        if file.suffix != ".toml" and not file.name.startswith("."):
            reading.findings.append(Finding(name, 1, "stray_file", {"file": name}))
