"""Lists of any length: what is seen is the sorted list wherever one jumps; narrowed, copied, exported."""

import csv
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station_desk.counter.desk import Desk
from station_desk.counter.finish import VoidCase, void_case
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.store.case_pages import FINISHED_CASES, OPEN_CASES, Wanted, every_case
from station_desk.ui.shared.case_list import CaseListPage
from tests.bench.many_cases import make_profile
from tests.ui.conftest import OpenWindow

pytestmark = pytest.mark.long

CASES = 1600


@pytest.fixture
def many(tmp_path: Path) -> Iterator[Desk]:
    desk = make_profile(tmp_path / "many", CASES, waiting=2)
    yield desk
    desk.store.close()


@pytest.fixture
def full(many: Desk, open_on: OpenWindow) -> Window:
    window = open_on(many)
    window.shell.resize(1366, 768)
    window.shell.show_page("finished")
    settle(window)
    return window


def listed(desk: Desk, wanted: Wanted) -> list[str]:
    return [row.number for row in every_case(desk.store, wanted)]


def seen(window: Window, page: CaseListPage) -> dict[int, str]:
    """The rows in sight with the numbers they show, once all have come."""
    settle(window)
    page.table.viewport().repaint()
    settle(window)
    top, bottom = page.table.rowAt(0), page.table.rowAt(page.table.viewport().height() - 1)
    rows = range(top, bottom + 1 if bottom >= 0 else page.model.rowCount())
    return {row: str(page.model.index(row, 0).data()) for row in rows}


def test_wherever_one_jumps_the_sorted_list_is_seen(many: Desk, full: Window) -> None:
    page, expected = full.shell.finished, listed(many, FINISHED_CASES)
    bar = page.table.verticalScrollBar()
    assert page.count.text() == f"办结件 {len(expected)}"
    assert page.model.rowCount() == len(expected)
    for share in (0.5, 1.0, 0.13, 0.97, 0.0, 0.75):
        bar.setValue(int(bar.maximum() * share))
        rows = seen(full, page)
        assert len(rows) > 4
        assert rows == {row: expected[row] for row in rows}
    assert len(page.model.rows()) < len(expected)


def test_keys_go_to_both_ends_and_show_the_case_there(many: Desk, full: Window) -> None:
    page, expected = full.shell.finished, listed(many, FINISHED_CASES)
    for key, place in ((Qt.Key.Key_End, -1), (Qt.Key.Key_Home, 0)):
        page.table.setFocus()
        QTest.keyClick(page.table, key)
        settle(full)
        shown = page.panel.case()
        assert shown is not None
        assert shown.number == expected[place]


def test_lists_are_narrowed_and_sorted(many: Desk, full: Window) -> None:
    page = full.shell.finished
    page.filters.choices["category"].put("floating_population")
    page.filters.choices["clerk"].put(many.station.clerk)
    page.filters.choices["sort"].put("number")
    rows = seen(full, page)
    wanted = Wanted("done", "number", category="floating_population", clerk=many.station.clerk)
    assert [*rows.values()] == listed(many, wanted)[: len(rows)]
    page.filters.choices["state"].put("declined")
    settle(full)
    assert page.empty.isVisible()
    assert page.empty.text() == many.texts("ui.cases.none")


def test_a_heading_sorts_and_turns_the_order_round(many: Desk, full: Window) -> None:
    page = full.shell.finished
    for way, wanted in (
        ("number_down", Wanted("done", "number", down=True)),
        ("number", Wanted("done", "number")),
        ("number_down", Wanted("done", "number", down=True)),
    ):
        page.table.horizontalHeader().sectionClicked.emit(0)
        rows = seen(full, page)
        assert page.filters.choices["sort"].value() == way
        assert [*rows.values()] == listed(many, wanted)[: len(rows)]


def test_due_cases_alone_are_those_that_are_due(many: Desk, full: Window) -> None:
    page = full.shell.progress
    full.shell.show_page("progress")
    page.filters.choices["due"].put("late")
    rows = seen(full, page)
    today = many.clock().date().isoformat()
    late = [row for row in every_case(many.store, OPEN_CASES) if row.promised and row.promised < today]
    assert page.count.text() == f"在办件 {len(late)}"
    assert [*rows.values()] == [row.number for row in late[: len(rows)]]


def test_what_ends_meanwhile_leaves_the_list_and_the_rest_stays_in_order(many: Desk, full: Window) -> None:
    page = full.shell.progress
    full.shell.show_page("progress")
    bar = page.table.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    gone = next(iter(seen(full, page).values()))
    full.acts.do(lambda desk: void_case(desk, VoidCase(gone, "录入有误"), uuid4().hex), lambda _: None)
    rows, expected = seen(full, page), listed(many, OPEN_CASES)
    assert gone not in expected
    assert rows == {row: expected[row] for row in rows}
    assert page.model.rowCount() == len(expected)


def test_a_found_case_is_marked_where_it_stands_in_the_list(many: Desk, full: Window) -> None:
    rows = [*every_case(many.store, FINISHED_CASES)]
    wanted = rows[len(rows) // 2]
    full.shell.open_case(wanted)
    settle(full)
    place = full.shell.finished.table.currentIndex().row()
    assert place == len(rows) // 2
    assert seen(full, full.shell.finished)[place] == wanted.number
    assert full.shell.finished.table.selectionModel().isRowSelected(place)


def test_the_chosen_rows_are_copied(many: Desk, full: Window) -> None:
    page = full.shell.finished
    page.table.setFocus()
    page.table.selectRow(1)
    for _ in range(2):
        QTest.keyClick(page.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(page.table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    lines = QApplication.clipboard().text().splitlines()
    assert [line.split("\t")[0] for line in lines] == listed(many, FINISHED_CASES)[1:4]


def test_the_whole_list_is_exported_masked(many: Desk, full: Window, tmp_path: Path) -> None:
    page, rows = full.shell.finished, [*every_case(many.store, FINISHED_CASES)]
    for name in ("list.csv", "list.xlsx"):
        page.export_to(tmp_path / name)
        settle(full)
        assert page.note.text() == many.texts("ui.cases.exported", count=len(rows), name=name)
    with (tmp_path / "list.csv").open(encoding="utf-8-sig", newline="") as file:
        plain = [*csv.reader(file)]
    sheet = openpyxl.load_workbook(tmp_path / "list.xlsx").active
    assert sheet is not None
    table = [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)]
    assert plain == table
    assert plain[0][0] == "案号"
    assert [(line[0], line[4]) for line in plain[1:]] == [(row.number, row.name) for row in rows]
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["list.csv", "list.xlsx"]


def test_a_file_that_cannot_be_written_is_said(many: Desk, full: Window, tmp_path: Path) -> None:
    full.shell.finished.export_to(tmp_path / "nowhere" / "list.csv")
    settle(full)
    assert str(tmp_path / "nowhere" / "list.csv") in full.shell.banner.sentence()
