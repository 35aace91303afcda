"""Several cases at once: each by itself, the refused ones named, the same cases wherever they stand."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_desk.counter.desk import Desk
from station_desk.counter.interrupt import Suspend, suspend
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.shared.bulk_bar import BulkBar
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import cut_off

Key = Qt.Key
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


def several(window: Window, count: int) -> BulkBar:
    """Goes to the list and chooses the first rows by Shift and the arrow."""
    shell = window.shell
    shell.show_page("progress")
    table = shell.progress.table
    for _ in range(50):
        settle(window)
        if table.selectionModel().selectedRows():
            break
    table.setFocus()
    table.selectRow(0)
    for _ in range(count - 1):
        QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    settle(window)
    return shell.progress.bulk


@pytest.fixture
def numbers(desk: Desk) -> list[str]:
    return [accepted(desk, "LS-001", name) for name in ("李建国", "王秀兰", "单小红")]


def test_each_case_goes_on_and_a_refused_one_is_named(
    desk: Desk, open_on: OpenWindow, numbers: list[str]
) -> None:
    suspend(desk, Suspend(numbers[1], "等候核实", "", "站长"), "s1")
    stages = {number: desk.store.case(number).stage for number in numbers}
    window = open_on(desk)
    bar = several(window, 3)
    assert set(bar.numbers()) == set(numbers)
    assert window.shell.progress.panel.isHidden()
    bar.fields["opinion"].put("同意")
    bar.advance.click()
    settle(window)
    moved = {number for number in numbers if desk.store.case(number).stage != stages[number]}
    assert moved == {numbers[0], numbers[2]}
    assert numbers[1] in bar.result.text()
    assert bar.numbers() == ()
    assert len(window.shell.progress.table.selectionModel().selectedRows()) <= 1
    window.shell.progress.choose(numbers[0])
    settle(window)
    assert bar.isHidden()
    assert window.shell.progress.panel.isVisible()
    assert all(step.opinion == "同意" for n in moved for step in desk.store.case(n).trail[-1:])


def test_sheets_of_several_cases_come_out(desk: Desk, open_on: OpenWindow, numbers: list[str]) -> None:
    window = open_on(desk)
    bar = several(window, 3)
    bar.sheets.click()
    settle(window)
    printed = desk.store.read("SELECT case_number FROM papers WHERE paper = 'sheet' AND state = 'confirmed'")
    assert {number for (number,) in printed} == set(numbers)


def test_papers_go_out_with_one_list(desk: Desk, open_on: OpenWindow, numbers: list[str]) -> None:
    window = open_on(desk)
    bar = several(window, 2)
    bar.forward.click()
    assert bar.result.text() == desk.texts("bulk.forward_needs")
    chosen = bar.numbers()
    bar.fields["body"].put("街道民政办")
    bar.fields["signature"].put("赵敏")
    bar.forward.click()
    settle(window)
    for number in numbers:
        away = desk.store.case(number).away
        assert (away is not None) == (number in chosen)
    lists = desk.store.read("SELECT case_number FROM papers WHERE paper LIKE 'handover%'")
    assert {number for (number,) in lists} == set(chosen)


def test_the_same_cases_stay_chosen_when_the_list_moves(
    desk: Desk, open_on: OpenWindow, numbers: list[str]
) -> None:
    window = open_on(desk)
    bar = several(window, 2)
    chosen = bar.numbers()
    suspend(desk, Suspend(numbers[2], "等候核实", "", "站长"), "s2")
    window.shell.progress.reload()
    settle(window)
    page = window.shell.progress
    rows = [page.model.row(index.row()) for index in page.table.selectionModel().selectedRows()]
    assert {row.case.number for row in rows} == set(chosen) == set(bar.numbers())


@pytest.mark.usefixtures("numbers")
@pytest.mark.long  # a list that is read again in the very moment may lose the first row: to be mended
def test_the_space_bar_takes_a_case_in_and_out(desk: Desk, open_on: OpenWindow, qtbot: QtBot) -> None:
    window = open_on(desk)
    bar = several(window, 1)
    table = window.shell.progress.table
    for key, modifier in ((Key.Key_Down, CTRL), (Key.Key_Down, CTRL), (Key.Key_Space, NONE)):
        QTest.keyClick(table, key, modifier)
    qtbot.waitUntil(lambda: len(bar.numbers()) == 2)
    first, third = bar.numbers()
    QTest.keyClick(table, Key.Key_Up, CTRL)
    QTest.keyClick(table, Key.Key_Space)
    qtbot.waitUntil(lambda: len(bar.numbers()) == 3)
    QTest.keyClick(table, Key.Key_Space)
    qtbot.waitUntil(lambda: bar.numbers() == (first, third))


def test_one_row_alone_is_no_choice_of_several(desk: Desk, open_on: OpenWindow, numbers: list[str]) -> None:
    window = open_on(desk)
    bar = several(window, 2)
    QTest.keyClick(window.shell.progress.table, Qt.Key.Key_Up)
    settle(window)
    assert bar.isHidden()
    assert window.shell.progress.panel.isVisible()
    assert numbers


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_said_of_several_fits(make_desk: MakeDesk, open_on: OpenWindow, language: str) -> None:
    desk = make_desk(language)
    accepted(desk, "LS-001", "李建国")
    number = accepted(desk, "LS-001", "王秀兰")
    suspend(desk, Suspend(number, "等候核实", "", "站长"), "s3")
    window = open_on(desk)
    window.shell.resize(1366, 768)
    bar = several(window, 2)
    assert list(cut_off(window.shell)) == []
    bar.advance.click()
    settle(window)
    assert list(cut_off(window.shell)) == []
