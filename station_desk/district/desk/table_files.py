"""The first table of a page as a file for office programs: CSV or a workbook, with all its rows."""

import csv
import io
import re
import tempfile
from collections.abc import Sequence
from pathlib import Path

from starlette.responses import Response

from station_desk.catalogue.workbook.long_sheet import write_long_sheet
from station_desk.district.desk.blocks import Block, Table

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a cell must not begin with: an office program would work it out instead of showing it."""

NUMBER = re.compile(r"[+-]?[0-9][0-9.]*( %)?")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
FILES = ("list.csv", "list.xlsx")


def file_of(blocks: Sequence[Block], page: str, name: str) -> Response | None:
    """The file of a page by its name; None where there is no such file."""
    tables = [block for block in blocks if isinstance(block, Table)]
    table = next((one for one in tables if one.files), tables[0] if tables else None)
    if table is None or name not in FILES:
        return None
    rows = [[cell.text for cell in row] for row in table.rows]
    head = {"Content-Disposition": f'attachment; filename="{page}.{name.partition(".")[2]}"'}
    if name == "list.csv":
        return Response(_csv(table.head, rows), media_type="text/csv; charset=utf-8", headers=head)
    return Response(_workbook(table.head, rows), media_type=XLSX, headers=head)


def _csv(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    text = io.StringIO(newline="")
    sheet = csv.writer(text)
    sheet.writerow(head)
    sheet.writerows([_plain(cell) for cell in row] for row in rows)
    # With the mark in front office programs take it for UTF-8.
    return text.getvalue().encode("utf-8-sig")


def _plain(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) and not NUMBER.fullmatch(cell) else cell


def _workbook(head: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.xlsx"
        write_long_sheet(path, head, rows)
        return path.read_bytes()
