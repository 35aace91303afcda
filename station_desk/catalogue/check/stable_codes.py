"""Rules between two editions: a code that residents and districts know stays with its item for ever."""

from collections.abc import Iterator, Mapping
from difflib import SequenceMatcher
from pathlib import Path

from station_desk.catalogue.fault import BrokenForm, Fault, Finding
from station_desk.catalogue.item import Item
from station_desk.catalogue.read import ITEMS
from station_desk.catalogue.schema import read_on
from station_desk.catalogue.sheet import parse, sheet_bytes, sheet_names

ALIKE = 0.4
"""Names that share less (difflib ratio of the zh-Hans names) are taken to mean different items."""


def stable_code_findings(folder: Path, old: Mapping[str, Item]) -> list[Finding]:
    """Codes in `folder` (the folder `forms/`) that mean something else than in the `old` items.

    Files that cannot be read are passed over: `check_forms` names them.
    """
    codes = {item.name.hans: code for code, item in old.items()}
    findings: list[Finding] = []
    for name in sheet_names(folder, ITEMS):
        try:
            sheet = parse(name, sheet_bytes(folder, name))
        except BrokenForm:
            continue
        item, _ = read_on(sheet.table, Item)
        findings += sheet.findings([*_faults(item, old, codes)])
    return findings


def _faults(item: Item, old: Mapping[str, Item], codes: Mapping[str, str]) -> Iterator[Fault]:
    name = item.name.hans
    before = codes.get(name)
    if before is not None and before != item.code:
        yield Fault(("code",), "code_changed", {"found": item.code, "before": before, "name": name})
    elif before is None and item.code in old and not _alike(name, old[item.code].name.hans):
        values = {"found": item.code, "before": old[item.code].name.hans, "name": name}
        yield Fault(("code",), "code_reused", values)


def _alike(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE
