"""Several cases at once: each by itself, the refused ones named, the same cases wherever they stand."""

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest

from station_desk.counter.desk import Desk
from station_desk.counter.interrupt import Suspend, Withdraw, suspend, withdraw
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
    choose_row(window, 0)
    for _ in range(count - 1):
        QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    settle(window)
    return shell.progress.bulk


def choose_row(window: Window, place: int) -> None:
    """Chooses one row, as by a click: `selectRow` asks which keys a test before this one held down."""
    page = window.shell.progress
    how = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
    page.table.selectionModel().setCurrentIndex(page.model.index(place, 0), how)


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


@pytest.mark.parametrize("again", [False, True])
def test_the_space_bar_takes_a_case_in_and_out(
    desk: Desk, open_on: OpenWindow, numbers: list[str], again: bool
) -> None:
    take_in_and_out(open_on(desk), set(numbers), again=again)


def take_in_and_out(window: Window, numbers: set[str], *, again: bool) -> None:
    bar = several(window, 1)
    page = window.shell.progress

    def press(key: Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        if again:
            page.reload()
        QTest.keyClick(page.table, key, modifier)
        if again:
            page.reload()
        settle(window)

    (first,) = page.chosen.numbers
    press(Key.Key_Down, CTRL)
    press(Key.Key_Down, CTRL)
    assert page.chosen.numbers == (first,)
    press(Key.Key_Space)
    chosen = bar.numbers()
    assert len(chosen) == 2
    assert first in chosen
    press(Key.Key_Up, CTRL)
    press(Key.Key_Space)
    assert set(bar.numbers()) == numbers
    press(Key.Key_Space)
    assert bar.numbers() == chosen


def test_what_is_chosen_and_the_cursor_go_with_their_cases_when_rows_come_before_them(
    desk: Desk, open_on: OpenWindow, numbers: list[str]
) -> None:
    window = open_on(desk)
    bar = several(window, 1)
    page = window.shell.progress
    choose_row(window, 1)
    (first,) = page.chosen.numbers
    QTest.keyClick(page.table, Key.Key_Down, CTRL)
    settle(window)
    under = page.wanted()
    last = next(number for number in numbers if number not in (first, under))
    suspend(desk, Suspend(under, "等候核实", "", "站长"), "s4")
    page.reload()
    settle(window)
    assert page.table.currentIndex().row() == 0
    assert page.chosen.numbers == (first,)
    QTest.keyClick(page.table, Key.Key_Space)
    settle(window)
    assert set(bar.numbers()) == {first, under}
    assert last not in bar.numbers()


def test_a_chosen_case_that_leaves_the_list_is_chosen_no_more(
    desk: Desk, open_on: OpenWindow, numbers: list[str]
) -> None:
    window = open_on(desk)
    bar = several(window, 3)
    withdraw(desk, Withdraw(numbers[1], "申请人撤回"), "w1")
    window.shell.progress.reload()
    settle(window)
    assert set(bar.numbers()) == {numbers[0], numbers[2]}


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
