"""Writes rows of any number as a plain workbook, a row at a time, without keeping them in memory."""

from collections.abc import Iterable, Sequence
from pathlib import Path

ROWS_OF_A_SHEET = 1_000_000
"""A little less than a sheet can hold (1,048,576); more rows go on in the next one."""


def write_long_sheet(path: Path, head: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Every cell as text, so that no number loses a digit; the head is frozen and stands on each sheet."""
    # Nobody but who exports waits for it.
    from xlsxwriter import Workbook

    book = Workbook(
        str(path), {"constant_memory": True, "tmpdir": str(path.parent), "strings_to_urls": False}
    )
    strong = book.add_format({"bold": True})
    widths = [max(12, 2 * len(word) + 4) for word in head]
    sheet = None
    at = ROWS_OF_A_SHEET
    for row in rows:
        if at == ROWS_OF_A_SHEET or sheet is None:
            sheet, at = book.add_worksheet(), 0
            sheet.freeze_panes(1, 0)
            for column, word in enumerate(head):
                sheet.set_column(column, column, widths[column])
                sheet.write_string(0, column, word, strong)
        at += 1
        for column, text in enumerate(row):
            sheet.write_string(at, column, text)
    if sheet is None:
        sheet = book.add_worksheet()
        for column, word in enumerate(head):
            sheet.write_string(0, column, word, strong)
    book.close()
