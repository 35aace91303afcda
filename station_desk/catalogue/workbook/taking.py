"""Takes a workbook into a folder of published files: what would change, and whether it may be published so.

Nothing is written here. The new files are made and proof-read in a folder of their own; what the checker
finds is told where it stands in the workbook.
"""

import shutil
from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Any

import msgspec

from station_desk.catalogue.check import check_forms
from station_desk.catalogue.check.category_rules import category_faults
from station_desk.catalogue.edition.difference import Change, differences
from station_desk.catalogue.edition.published import PublishedForms, read_published
from station_desk.catalogue.fault import BrokenForm, Finding
from station_desk.catalogue.item import FieldKindOf, Item, MaterialKind, Words
from station_desk.catalogue.notice import ALWAYS_SHOWABLE
from station_desk.catalogue.read import FIELDS, ITEMS, LIFE_EVENTS, MATERIALS, LifeEventList
from station_desk.catalogue.remarks import remarks_of, with_remarks
from station_desk.catalogue.sheet import parse, sheet_bytes, sheet_names
from station_desk.catalogue.spelling import spelled, text_of
from station_desk.catalogue.workbook.fault import SheetFault, WorkbookFaulty
from station_desk.catalogue.workbook.grid import Grid, read_grids
from station_desk.catalogue.workbook.reading import Contents, item_file, read_contents
from station_desk.catalogue.workbook.rows import content_digest
from station_desk.catalogue.workbook.trouble import FormsUnreadable
from station_desk.catalogue.workbook.values import Known
from station_desk.catalogue.workbook.wording import Wording
from station_desk.catalogue.workbook.write import FORMAT
from station_desk.core.all_or_nothing import JOURNAL

TYPES: Mapping[str, Any] = {
    MATERIALS: dict[str, MaterialKind],
    FIELDS: dict[str, FieldKindOf],
    LIFE_EVENTS: LifeEventList,
}


@dataclass(frozen=True, slots=True)
class Taken:
    """What a workbook would make of a folder: the files to write (None: to remove), and that in words.

    `left` are the codes, by kind, that the workbook does not hold and that stay; `edited_meanwhile`: the
    folder is not what the workbook was made from.
    """

    files: Mapping[str, bytes | None]
    changes: Sequence[Change]
    left: Mapping[str, Sequence[str]]
    edited_meanwhile: bool


def readable_forms(forms: Path) -> PublishedForms:
    """What the folder publishes. Raises FormsUnreadable with the number of its faults."""
    try:
        known = read_published(forms)
    except BrokenForm as error:
        raise FormsUnreadable(forms=forms, count=max(1, len(check_forms(forms)))) from error
    if any(category_faults([*known.catalogue.categories.values()])):
        raise FormsUnreadable(forms=forms, count=len(check_forms(forms)))
    return known


def take_in(raw: bytes, file: str, forms: Path, wordings: Sequence[Wording], *, delete: bool) -> Taken:
    """What the workbook would change. The first of `wordings` is in the language of the person.

    Raises WorkbookFaulty with all faults, FormsUnreadable, and what `trouble.py` names.
    """
    old = readable_forms(forms)
    grids = read_grids(raw, file)
    known = _known(old, wordings)
    contents = read_contents(grids, [*old.catalogue.categories.values()], wordings, known)
    if not contents.whole:
        raise WorkbookFaulty(file, _in_order(contents.faults, grids))
    left = {} if delete else _left(old, contents)
    files = dict(_changed(forms, contents, left))
    with TemporaryDirectory(prefix="station-desk-forms-") as folder:
        new = Path(
            shutil.copytree(forms, Path(folder, "forms"), ignore=shutil.ignore_patterns(f"{JOURNAL}*"))
        )
        _put(new, files)
        events = [*_by_code(_with_left(forms, LIFE_EVENTS, contents.shared[LIFE_EVENTS], left))]
        faults, others = _located(check_forms(new), contents, events)
        if faults or others or contents.faults:
            raise WorkbookFaulty(file, _in_order([*contents.faults, *faults], grids), others)
        changes = differences(old, read_published(new))
    return Taken(files, changes, left, _digest_in(grids) not in ("", content_digest(old.catalogue)))


def _known(old: PublishedForms, wordings: Sequence[Wording]) -> Known:
    """What the folder holds already, so that it can be named."""
    known = Known()
    for key in ALWAYS_SHOWABLE:
        known.add("shown", key, [w.texts(f"workbook.value.shown.{key}") for w in wordings])
    for key, material in old.catalogue.materials.items():
        known.add("material", key, _all(material.name))
    for key, field in old.catalogue.fields.items():
        known.add("field", key, _all(field.label))
        known.add("shown", key, _all(field.label))
    for code, item in old.catalogue.items.items():
        known.add("item", code, _all(item.name))
    return known


def _all(words: Words) -> tuple[str, ...]:
    return words.hans, words.hant, words.en


def _left(old: PublishedForms, contents: Contents) -> dict[str, list[str]]:
    """By kind what the folder holds and the workbook does not."""
    catalogue = old.catalogue
    events = {event.get("code") for event in contents.shared[LIFE_EVENTS].get("life_event", ())}
    left = {
        "item": [code for code in sorted(catalogue.items) if code not in contents.items],
        "material": [key for key in catalogue.materials if key not in contents.shared[MATERIALS]],
        "field": [key for key in catalogue.fields if key not in contents.shared[FIELDS]],
        "life_event": [code for code in catalogue.life_events if code not in events],
    }
    return {kind: codes for kind, codes in left.items() if codes}


def _changed(
    forms: Path, contents: Contents, left: Mapping[str, Sequence[str]]
) -> Iterator[tuple[str, bytes | None]]:
    """The files that are no longer what they were; None for one that goes away."""
    there = {PurePosixPath(name).stem: name for name in sheet_names(forms, ITEMS)}
    for code, (category, table) in sorted(contents.items.items()):
        name, before = item_file(category, code), there.get(code)
        if before not in (None, name):
            yield str(before), None
        yield from _rewritten(forms, name, before, table, Item)
    for code, name in there.items():
        if code not in contents.items and code not in left.get("item", ()):
            yield name, None
    for name, type_ in TYPES.items():
        before = name if sheet_names(forms, name) else None
        table = _with_left(forms, name, contents.shared[name], left)
        if table or before:
            yield from _rewritten(forms, name, before, table, type_)


def _rewritten(
    forms: Path, name: str, before: str | None, table: dict[str, Any], type_: Any
) -> Iterator[tuple[str, bytes]]:
    """The file anew, with the comments it had; nothing when it says the same, however it is spelled."""
    old = parse(before, sheet_bytes(forms, before)) if before else None
    if old is not None and before == name and _says(table, type_) == _says(old.table, type_):
        return
    lines = spelled(table, type_)
    if old is not None:
        lines = with_remarks(lines, table, remarks_of(old))
    yield name, text_of(lines).encode()


def _says(table: Mapping[str, Any], type_: Any) -> bytes | None:
    """What a table says, in its order; None when it does not have the shape of its type."""
    try:
        return msgspec.json.encode(msgspec.convert(table, type_))
    except msgspec.ValidationError:
        return None


def _with_left(
    forms: Path, name: str, table: Mapping[str, Any], left: Mapping[str, Sequence[str]]
) -> dict[str, Any]:
    """The shared entries, with those that only the folder has, each behind the one it stood behind there."""
    kept = {code for codes in left.values() for code in codes}
    if not sheet_names(forms, name):
        return dict(table)
    old = parse(name, sheet_bytes(forms, name)).table
    if name == LIFE_EVENTS:
        before, after = _by_code(old), _by_code(table)
        return {**table, "life_event": [*_merged(before, after, kept).values()]}
    return _merged(old, table, kept)


def _by_code(table: Mapping[str, Any]) -> dict[str, Any]:
    return {event["code"]: event for event in table.get("life_event", ())}


def _merged(old: Mapping[str, Any], new: Mapping[str, Any], kept: Container[str]) -> dict[str, Any]:
    order = [*new]
    for at, key in enumerate(old):
        if key in kept and key not in new:
            behind = next((k for k in reversed([*old][:at]) if k in order), None)
            order.insert(order.index(behind) + 1 if behind is not None else 0, key)
    return {key: new[key] if key in new else old[key] for key in order}


def _put(folder: Path, files: Mapping[str, bytes | None]) -> None:
    for name, written in files.items():
        file = folder / name
        if written is None:
            file.unlink()
        else:
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(written)


def _located(
    findings: Sequence[Finding], contents: Contents, events: Sequence[str]
) -> tuple[list[SheetFault], list[Finding]]:
    """The findings that stand in the workbook, by their cells, and the others; `events` are all codes.

    What follows from a cell that could not be read was told with that cell.
    """
    faults: list[SheetFault] = []
    others: list[Finding] = []
    for finding in findings:
        place = finding.place
        if finding.file == LIFE_EVENTS and len(place) > 1 and isinstance(place[1], int):
            place = (place[0], events[place[1]], *place[2:])
        spot = contents.spot(finding.file, place)
        if spot is None:
            others.append(finding)
        elif not contents.is_broken(finding.file, place):
            faults.append(SheetFault(spot, finding.code, finding.values, rule=True))
    return faults, others


def _in_order(faults: Sequence[SheetFault], grids: Sequence[Grid]) -> list[SheetFault]:
    """The faults as a person goes through the workbook."""
    order = {grid.name: at for at, grid in enumerate(grids)}
    return sorted(faults, key=lambda f: (order.get(f.spot.sheet, len(order)), f.spot.row, f.spot.column))


def _digest_in(grids: Sequence[Grid]) -> str:
    """What the workbook was made from; empty when it does not tell."""
    for grid in grids:
        mark, digest = grid.cells.get((1, 1)), grid.cells.get((2, 1))
        if mark is not None and mark.text == FORMAT and digest is not None:
            return digest.text
    return ""
