"""Workbooks in tests: exported, edited by another hand than ours (openpyxl), and taken in again."""

import io
import zipfile
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import openpyxl.utils
from openpyxl.worksheet.worksheet import Worksheet

from station_desk.catalogue.read import read_catalogue
from station_desk.catalogue.workbook.fault import SheetFault
from station_desk.catalogue.workbook.taking import Taken, take_in
from station_desk.catalogue.workbook.telling import fault_line
from station_desk.catalogue.workbook.wording import Wording
from station_desk.catalogue.workbook.write import workbook_of
from station_desk.core.paths import RESOURCES
from station_desk.core.texts import LANGUAGES, Texts

CARE = "SA 社会救助"
PAPERS, STEPS, WAYS, FORM, GUIDE = "材料", "环节", "去向", "表单", "办事指南"
QUESTIONS, SHARED_PAPERS, SHARED_FIELDS, CHOICES, EVENTS = (
    "常见问题",
    "共用材料",
    "共用字段",
    "选项",
    "人生事项",
)


@cache
def texts(language: str = "zh-Hans") -> Texts:
    return Texts(RESOURCES / "i18n", language)


_EXPORTED: dict[tuple[str, str], bytes] = {}


def exported(forms: Path, language: str = "zh-Hans") -> bytes:
    """The workbook of a folder, made once for the same content."""
    catalogue = read_catalogue(forms)
    key = catalogue.digest, language
    if key not in _EXPORTED:
        _EXPORTED[key] = workbook_of(catalogue, texts(language))
    return _EXPORTED[key]


def taken(raw: bytes, forms: Path, *, delete: bool = False) -> Taken:
    """What the workbook would change, the person reading simplified Chinese."""
    wordings = [Wording(texts(language)) for language in LANGUAGES]
    return take_in(raw, "book.xlsx", forms, wordings, delete=delete)


class Book:
    """A workbook that a person has open: cells by what is called what."""

    def __init__(self, raw: bytes) -> None:
        self.book = openpyxl.load_workbook(io.BytesIO(raw))

    def sheet(self, name: str) -> Worksheet:
        sheet = self.book[name]
        assert isinstance(sheet, Worksheet)
        return sheet

    def column(self, sheet: str, header: str) -> int:
        heads = [str(cell.value or "").rstrip(" *") for cell in self.sheet(sheet)[1]]
        return heads.index(header) + 1

    def row(self, sheet: str, *words: str) -> int:
        """The first row whose first cells begin with these words."""
        rows = self.sheet(sheet).iter_rows(min_row=2, values_only=True)
        return next(
            at
            for at, cells in enumerate(rows, 2)
            if all(str(cell).split(" ")[0] == word for word, cell in zip(words, cells, strict=False))
        )

    def put(self, sheet: str, words: Sequence[str], header: str, value: Any) -> str:
        """Writes into a cell and answers its name."""
        cell = self.sheet(sheet).cell(self.row(sheet, *words), self.column(sheet, header))
        cell.value = value
        return str(cell.coordinate)

    def add(self, sheet: str, values: Mapping[str, Any]) -> int:
        """A new row below the last one; answers its number."""
        row = self.sheet(sheet).max_row + 1
        for header, value in values.items():
            self.sheet(sheet).cell(row, self.column(sheet, header)).value = value
        return row

    def remove(self, sheet: str, *words: str) -> None:
        """All rows whose first cells begin with these words."""
        while True:
            try:
                self.sheet(sheet).delete_rows(self.row(sheet, *words))
            except StopIteration:
                return

    def saved(self) -> bytes:
        content = io.BytesIO()
        self.book.save(content)
        return content.getvalue()


def with_parts(raw: bytes, change: Callable[[dict[str, bytes]], None]) -> bytes:
    """The workbook with its parts changed by hand."""
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    change(parts)
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def said(faults: Sequence[SheetFault]) -> list[tuple[str, str, str]]:
    """Sheet, row or cell, and code of each fault."""
    return [(f.spot.sheet, fault_place(f), f.code) for f in faults]


def fault_place(fault: SheetFault) -> str:
    """The cell, or the row, or nothing for a whole sheet."""
    spot = fault.spot
    letters = openpyxl.utils.get_column_letter(spot.column) if spot.column else ""
    return f"{letters}{spot.row or ''}"


def lines(faults: Sequence[SheetFault], language: str = "zh-Hans") -> list[str]:
    return [fault_line(fault, texts(language)) for fault in faults]
