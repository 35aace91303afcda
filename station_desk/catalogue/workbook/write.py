"""Writes the catalogue as a workbook: drop-downs, notes, frozen heads, and a first sheet that explains it."""

import io
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from station_desk.catalogue.item import Catalogue
from station_desk.catalogue.workbook.grid import column_letters
from station_desk.catalogue.workbook.look import Look, columns_wide, lines_high
from station_desk.catalogue.workbook.rows import content_digest
from station_desk.catalogue.workbook.sheets import Heading, Sheet, sheets
from station_desk.catalogue.workbook.wording import Wording
from station_desk.core.texts import Texts

FORMAT = "station-desk 1"
"""What the hidden sheet begins with, before the digest of what was exported."""

SPARE_ROWS = 300
"""Rows below the last one that have the drop-downs too."""

LINE_HEIGHT = 16
NOTE_WIDTH = 36
"""Of a note, in characters of the narrow kind."""

WIDEST_PAPER = 300
"""Of what is printed on one A3 sheet, in characters of the narrow kind."""

_A3 = 8
_NO_DAY = datetime(2000, 1, 1, tzinfo=UTC)


def workbook_of(catalogue: Catalogue, texts: Texts) -> bytes:
    """The workbook in the language of `texts`. The same catalogue gives the same bytes."""
    # Nobody but an official who exports waits for it.
    from xlsxwriter import Workbook

    content = io.BytesIO()
    book = Workbook(content, {"in_memory": True})
    book.set_properties({"created": _NO_DAY})
    wording = Wording(texts)
    _Painter(book, wording).all(catalogue, [*sheets(catalogue, wording)])
    book.close()
    return content.getvalue()


class _Painter:
    """Paints sheets into one workbook."""

    def __init__(self, book: Any, wording: Wording) -> None:
        self._book = book
        self._wording = wording
        self._say = wording.texts
        self._look = Look(book)
        self._lists: dict[tuple[str, ...], str] = {}

    def all(self, catalogue: Catalogue, of: Sequence[Sheet]) -> None:
        self._about(catalogue, of)
        for sheet in of:
            self._sheet(sheet)
        self._hidden(content_digest(catalogue))

    def _sheet(self, sheet: Sheet) -> None:
        paper = self._book.add_worksheet(sheet.title)
        widths = [self._column(paper, sheet, at, heading) for at, heading in enumerate(sheet.headings)]
        for row, line in enumerate(sheet.lines, 1):
            lines = [lines_high(str(value or ""), width) for value, width in zip(line, widths, strict=True)]
            paper.set_row(row, LINE_HEIGHT * max(lines) + 2)
            for at, value in enumerate(line):
                self._cell(paper, row, at, value, sheet.headings[at])
        self._marks(paper, sheet)
        paper.set_row(0, 2.6 * LINE_HEIGHT, self._look.head)
        paper.freeze_panes(1, sum(1 for heading in sheet.headings if heading.column is None) or 2)
        paper.autofilter(0, 0, max(1, len(sheet.lines)), len(sheet.headings) - 1)
        if sheet.colour:
            paper.set_tab_color(sheet.colour)
        self._print(paper, sum(widths))

    def _column(self, paper: Any, sheet: Sheet, at: int, heading: Heading) -> float:
        """Sets a column up and answers its width."""
        texts = [str(line[at]) for line in sheet.lines if line[at] is not None]
        width = columns_wide(heading.title, texts)
        paper.set_column(at, at, width, self._format(heading))
        required = heading.column is None or heading.column.required
        look = self._look.head_required if required else self._look.head
        paper.write_string(0, at, heading.title, look)
        note = "\n".join(filter(None, (heading.key, heading.filled)))
        size = {"width": 8 * NOTE_WIDTH, "height": LINE_HEIGHT * (lines_high(note, NOTE_WIDTH) + 1)}
        paper.write_comment(0, at, note, {**size, "font_size": 9, "color": "#FFFDF5"})
        if heading.choices:
            end = len(sheet.lines) + SPARE_ROWS
            paper.data_validation(1, at, end, at, self._choice(heading))
        return width

    def _choice(self, heading: Heading) -> dict[str, Any]:
        stern = not heading.open
        return {
            "validate": "list", "source": self._list(tuple(heading.choices)),
            "error_type": "stop" if stern else "information",
            "error_title": heading.title[:32], "error_message": heading.filled[:255],
        }  # fmt: skip

    def _list(self, choices: tuple[str, ...]) -> str:
        """Where a list stands on the hidden sheet; equal lists stand there once."""
        if choices not in self._lists:
            column = column_letters(len(self._lists) + 2)
            name = self._wording.sheet("lists").replace("'", "''")
            self._lists[choices] = f"='{name}'!${column}$1:${column}${len(choices)}"
        return self._lists[choices]

    def _format(self, heading: Heading) -> Any:
        if heading.column is None:
            return self._look.owner
        return self._look.number if heading.column.type is int else self._look.text

    def _cell(self, paper: Any, row: int, at: int, value: str | int | None, heading: Heading) -> None:
        look = self._format(heading)
        if isinstance(value, str):
            paper.write_string(row, at, value, look)
        elif value is None:
            paper.write_blank(row, at, None, look)
        else:
            paper.write_number(row, at, value, look)

    def _marks(self, paper: Any, sheet: Sheet) -> None:
        """What must be filled in and is not, and where the rows of another entry begin."""
        last = column_letters(len(sheet.headings))
        end = len(sheet.lines) + SPARE_ROWS
        for at, heading in enumerate(sheet.headings):
            if heading.column is not None and heading.column.required:
                rule = f'=AND(COUNTA($A2:${last}2)>0,TRIM({column_letters(at + 1)}2)="")'
                paper.conditional_format(
                    1, at, end, at, {"type": "formula", "criteria": rule, "format": self._look.missing}
                )
        if sheet.headings[0].column is None and not sheet.table.single:
            whole = (1, 0, end, len(sheet.headings) - 1)
            first = {"type": "formula", "criteria": "=$A2<>$A1", "format": self._look.first}
            paper.conditional_format(*whole, first)

    def _print(self, paper: Any, width: float) -> None:
        """On A3; what is too wide for one sheet of paper goes on beside it, with codes and names again."""
        paper.set_landscape()
        paper.set_paper(_A3)
        if width <= WIDEST_PAPER:
            paper.fit_to_pages(1, 0)
        else:
            paper.set_print_scale(60)
            paper.repeat_columns(0, 1)
        paper.repeat_rows(0)
        paper.set_margins(0.4, 0.4, 0.5, 0.5)
        paper.set_footer("&L&A&R&P / &N")

    def _about(self, catalogue: Catalogue, of: Sequence[Sheet]) -> None:
        paper = self._book.add_worksheet(self._wording.sheet("about"))
        look, say = self._look, self._say
        widths = (24, 28, 26, 90)
        for at, width in enumerate(widths):
            paper.set_column(at, at, width, look.plain)
        paper.write_string(0, 0, say("workbook.about.title", edition=catalogue.edition), look.title)
        paper.set_row(0, 2 * LINE_HEIGHT)
        row = 1
        for line in say("workbook.about.how").strip().split("\n"):
            paper.merge_range(row, 0, row, len(widths) - 1, line, look.prose)
            paper.set_row(row, (LINE_HEIGHT + 2) * lines_high(line, 0.9 * sum(widths)))
            row += 1
        row += 1
        for at, key in enumerate(("sheet", "column", "key", "fill")):
            paper.write_string(row, at, say(f"workbook.about.{key}"), look.head_required)
        for told in _explained(of):
            row += 1
            for at, text in enumerate(told):
                paper.write_string(row, at, text, look.text)
            paper.set_row(row, LINE_HEIGHT * lines_high(told[-1], widths[-1] - 2))
        paper.hide_gridlines(2)
        self._print(paper, sum(widths))
        paper.activate()

    def _hidden(self, digest: str) -> None:
        """The lists of the drop-downs, and from what the workbook was made."""
        paper = self._book.add_worksheet(self._wording.sheet("lists"))
        for row, text in enumerate((FORMAT, digest)):
            paper.write_string(row, 0, text)
        for at, choices in enumerate(self._lists, 1):
            for row, choice in enumerate(choices):
                paper.write_string(row, at, choice)
        paper.hide()


def _explained(of: Sequence[Sheet]) -> list[list[str]]:
    """Each column of each kind of sheet once; the sheets of the item types are alike."""
    told: list[list[str]] = []
    seen: set[str] = set()
    for sheet in of:
        if sheet.table.name in seen:
            continue
        seen.add(sheet.table.name)
        alike = [other.title for other in of if other.table.name == sheet.table.name]
        first = sheet.title if len(alike) == 1 else f"{alike[0]} … {alike[-1]}"
        told += [[first, heading.title, heading.key, heading.filled] for heading in sheet.headings]
    return told
