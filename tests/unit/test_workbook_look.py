"""What an official sees: headings in words, choices to choose from, notes, heads that stay."""

import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from station_desk.catalogue.workbook.fault import SheetFault, Spot
from station_desk.catalogue.workbook.grid import Cell, column_letters, read_grids
from station_desk.catalogue.workbook.plan import Column, Table, roots
from station_desk.catalogue.workbook.telling import fault_line
from station_desk.catalogue.workbook.wording import Wording, plain_form
from station_desk.core.paths import FORMS
from station_desk.core.texts import LANGUAGES
from tests.unit.workbooks import CARE, EVENTS, FORM, GUIDE, PAPERS, STEPS, WAYS, Book, exported, texts

NAMES = re.compile(r"[a-z_.]+")


@pytest.fixture(scope="module")
def book() -> Book:
    return Book(exported(FORMS))


def tables() -> Iterator[Table]:
    for root in roots():
        yield from root.table.below()


def columns() -> Iterator[tuple[Table, Column]]:
    for table in tables():
        yield from ((table, column) for column in table.columns)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_sheet_and_column_has_a_word_of_its_own(language: str) -> None:
    wording = Wording(texts(language))
    names = [wording.sheet(table.name) for table in tables()]
    assert max(Counter(map(plain_form, names)).values()) == 1
    for table in tables():
        heads = [wording.header(table, column) for column in table.columns]
        heads += [wording.texts(f"workbook.owner.{owner.name}") for owner in table.owners()]
        assert [head for head, times in Counter(map(plain_form, heads)).items() if times > 1] == []
    if language != "en":
        keys = [head for table, column in columns() if NAMES.fullmatch(head := wording.header(table, column))]
        assert keys == [], "say these in workbook.toml, [column], or in edition.toml, [key]"


def test_no_word_means_two_things_in_any_two_languages() -> None:
    wordings = [Wording(texts(language)) for language in LANGUAGES]
    for table in tables():
        heads = {(plain_form(w.header(table, c)), c.key) for w in wordings for c in table.columns}
        assert [word for word, times in Counter(word for word, _ in heads).items() if times > 1] == []
    for table, column in columns():
        words = {(plain_form(w.value(table, column, code)), code) for w in wordings for code in column.codes}
        assert [word for word, times in Counter(word for word, _ in words).items() if times > 1] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_choice_is_said_in_words(language: str) -> None:
    wording = Wording(texts(language))
    bare = [
        f"{table.name}.{column.key}: {code}"
        for table, column in columns()
        for code in column.codes
        if wording.value(table, column, code) == code and language != "en"
    ]
    assert bare == []


def test_each_item_type_has_its_sheet_and_what_items_have_is_on_sheets_of_its_own(book: Book) -> None:
    assert book.book.sheetnames == [
        "说明", "SA 社会救助", "LS 劳动保障", "HF 卫生计生", "FP 流动人口", "MC 兵役退役", "CC 社区矫正",
        "DE 助残养老", "CE 文体教育", "PS 治安调解", "HV 住房村务", "表单", "办事指南", "常见问题", "材料",
        "环节", "去向", "共用材料", "共用字段", "选项", "人生事项", "词表",
    ]  # fmt: skip
    assert book.book["词表"].sheet_state == "hidden"
    assert sum(book.sheet(name).max_row - 1 for name in book.book.sheetnames[1:11]) == 83
    colours = [sheet.sheet_properties.tabColor for sheet in book.book.worksheets[1:11]]
    assert len({colour.rgb for colour in colours if colour}) == 10


def test_heads_stay_in_sight_say_their_key_and_mark_what_is_required(book: Book) -> None:
    for name, frozen in ((CARE, "C2"), (PAPERS, "B2"), (STEPS, "B2"), (WAYS, "C2"), (EVENTS, "C2")):
        sheet = book.sheet(name)
        assert sheet.freeze_panes == frozen
        assert sheet.auto_filter.ref.startswith("A1:")
        assert all(cell.comment for cell in sheet[1])
    head = book.sheet(CARE).cell(1, book.column(CARE, "承诺时限"))
    assert head.value == "承诺时限 *"
    assert head.comment
    assert head.comment.text == "limit.promised\n必填。整数。当场办结写 0。不得长于法定时限。"
    assert head.fill.fgColor.rgb != book.sheet(CARE).cell(1, book.column(CARE, "法定时限")).fill.fgColor.rgb


def test_what_is_one_of_a_few_is_chosen_from_a_list_of_words(book: Book) -> None:
    assert choices(book, CARE, "办件类型") == ["即办件", "承诺件", "转办件", "内部事务"]
    assert choices(book, PAPERS, "材料")[0] == "id_card 居民身份证"
    assert len(choices(book, PAPERS, "事项")) == 83
    showable = book.sheet(CARE).cell(2, book.column(CARE, "可公示内容")).value
    assert showable == "applicant 申请人（脱敏）\nitem 事项\nresult 结果"
    assert len(choices(book, FORM, "字段")) == 240
    assert choices(book, FORM, "必填") == ["是", "否"]
    assert choices(book, STEPS, "计时") == ["计时", "不计时"]
    assert choices(book, GUIDE, "通办范围")[-1] == "全国"


def choices(book: Book, sheet: str, header: str) -> list[str]:
    """What the drop-down offers in the row below the last one."""
    page, letters = book.sheet(sheet), column_letters(book.column(sheet, header))
    (rule,) = [v for v in page.data_validations.dataValidation if f"{letters}{page.max_row + 1}" in v.sqref]
    name, cells = str(rule.formula1).split("!")
    lists = book.book[name.strip("'")]
    assert isinstance(lists, Worksheet)
    return [str(cell.value) for (cell,) in lists[cells.replace("$", "")]]


def test_columns_are_wide_enough_and_no_wider_than_a_person_reads(book: Book) -> None:
    for sheet in book.book.worksheets[1:-1]:
        widths = [sheet.column_dimensions[column_letters(at)].width for at in range(1, sheet.max_column + 1)]
        assert all(8 <= width <= 41 for width in widths), (sheet.title, widths)


def test_text_stays_text_when_it_is_typed_anew(book: Book) -> None:
    sheet = book.sheet(CARE)
    below = sheet.column_dimensions[column_letters(book.column(CARE, "受理机关"))]
    assert below.number_format == "@"


def test_the_first_sheet_explains_every_column_of_every_kind_of_sheet(book: Book) -> None:
    told = {str(row[2]) for row in book.book["说明"].iter_rows(values_only=True) if row[2]}
    assert {column.key for _, column in columns()} <= told


def test_what_libreoffice_saved_is_read() -> None:
    raw = (Path(__file__).parent / "saved_by_libreoffice.xlsx").read_bytes()
    grid, empty = read_grids(raw, "x.xlsx")
    assert (grid.name, grid.merged, empty.cells) == ("甲 表", ["A4:B5"], {})
    assert grid.cells == {
        (1, 1): Cell("text", "事项编码 *"), (1, 2): Cell("text", "两行\n的格"), (1, 3): Cell("number", "12"),
        (1, 4): Cell("number", "12.5"), (1, 5): Cell("yes_no", "1"), (1, 6): Cell("number", "46346"),
        (2, 1): Cell("text", "粗细 体"), (2, 2): Cell("formula", ""), (2, 3): Cell("formula", ""),
        (2, 4): Cell("text", "  两边空  "), (2, 5): Cell("text", "𠮷 & <b>"), (2, 6): Cell("text", "0012"),
        (4, 1): Cell("text", "合并"), (9, 8): Cell("text", "远"),
    }  # fmt: skip


def test_cells_are_read_as_another_reader_reads_them() -> None:
    raw = exported(FORMS, "en")
    other = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
    for grid in read_grids(raw, "x.xlsx"):
        rows = other[grid.name].iter_rows()
        theirs = {(c.row, c.column): str(c.value) for row in rows for c in row if c.value not in (None, "")}
        assert {place: cell.text for place, cell in grid.cells.items()} == theirs


def test_a_place_is_told_as_far_as_it_is_known() -> None:
    spots = (Spot("表"), Spot("表", 3), Spot("表", 3, 28, "列"))
    told = [fault_line(SheetFault(spot, "sheet_twice", {"first": "甲"}), texts()) for spot in spots]
    assert [line.split("：")[0] for line in told] == ["“表”", "“表”第 3 行", "“表”AB3（列）"]
