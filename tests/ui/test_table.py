"""A table is its columns as data: rows come sorted and stay, and what is seen can be copied."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from station_desk.ui.look.look import look_of
from station_desk.ui.shared.table import Table
from station_desk.ui.shared.table_model import TONE, Column, TableModel


@dataclass(frozen=True, slots=True)
class Row:
    number: str
    days: int


COLUMNS: tuple[Column[Row], ...] = (
    Column("案号", lambda row: row.number),
    Column("事项", lambda row: "最低生活保障审核确认" * 4, wide=True),
    Column("时限", lambda row: f"剩 {row.days} 天", lambda row: "ok" if row.days else "bad"),
)
ROWS = (Row("QSQ001-1", 3), Row("QSQ001-2", 0))


def test_the_model_keeps_the_rules_of_qt(qtmodeltester: Any) -> None:
    model = TableModel(COLUMNS)
    qtmodeltester.check(model)
    model.show_rows(ROWS)
    qtmodeltester.check(model)


def test_cells_say_what_their_column_says() -> None:
    model = TableModel(COLUMNS)
    model.show_rows(ROWS)
    assert [model.index(row, 2).data() for row in (0, 1)] == ["剩 3 天", "剩 0 天"]
    assert [model.index(row, 2).data(TONE) for row in (0, 1)] == ["ok", "bad"]
    assert model.headerData(0, Qt.Orientation.Horizontal) == "案号"


def test_the_same_rows_again_move_nothing(qtbot: QtBot) -> None:
    model = TableModel(COLUMNS)
    model.show_rows(ROWS)
    with qtbot.assertNotEmitted(model.modelReset):
        model.show_rows(list(ROWS))


def test_the_chosen_row_can_be_copied(qtbot: QtBot) -> None:
    model = TableModel(COLUMNS)
    table = Table(model, "在办件", look_of("light", 1.0, ""))
    qtbot.addWidget(table)
    model.show_rows(ROWS)
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text().split("\t")[::2] == ["QSQ001-2", "剩 0 天"]


def test_a_long_word_gets_a_higher_row_instead_of_being_cut(qtbot: QtBot) -> None:
    model = TableModel(COLUMNS)
    table = Table(model, "在办件", look_of("light", 1.0, ""))
    qtbot.addWidget(table)
    table.resize(420, 300)
    table.show()
    model.show_rows(ROWS)
    assert table.rowHeight(0) > 60
