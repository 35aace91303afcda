"""Language and look change while the window is open: no word of before is left, nothing typed is lost."""

import re
from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QListView,
    QPlainTextEdit,
    QTabBar,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from station_desk.core import paths
from station_desk.core.settings import keep_on_pc
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.main.redress import BACK_MS
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.frame.work_under_way import WorkUnderWay
from station_desk.ui.look.look import look_of
from station_desk.ui.look.palette import PALETTES, Theme
from station_desk.ui.shared.key_table import PAGES
from tests.ui.conftest import MakeDesk, OpenWindow, fill_queue, in_hand, open_request
from tests.ui.test_case_pages import accepted

pytestmark = pytest.mark.long

ITEM = "SA-001"
NOWHERE = QModelIndex()
ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


def switch(window: Window, qtbot: QtBot, language: str, theme: Theme = "light", factor: float = 1.0) -> None:
    """Switches, and waits until everything was put back."""
    before = window.shell.body()
    look = look_of(theme, factor, window.shell.look.family)
    with qtbot.waitSignal(window.redress.settled, timeout=20_000):
        window.redress.switch(Texts(paths.RESOURCES / "i18n", language), look)
    settle(window)
    qtbot.waitUntil(lambda: not isValid(before), timeout=20_000)


def words_of(top: QWidget) -> set[str]:
    """Every word that is or may be shown or spoken below a widget; work under way comes and goes."""
    widgets = (top, *top.findChildren(QWidget))
    lasting = (widget for widget in widgets if not isinstance(widget.parentWidget(), WorkUnderWay))
    return {word for widget in lasting for word in _words(widget) if word}


def _words(widget: QWidget) -> Iterator[str]:
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    yield widget.toolTip()
    yield widget.windowTitle()
    match widget:
        case QLabel() | QAbstractButton():
            yield widget.text()
        case QLineEdit() | QPlainTextEdit():
            yield widget.placeholderText()
        case QComboBox():
            yield from (widget.itemText(place) for place in range(widget.count()))
        case QTabBar():
            yield from (widget.tabText(place) for place in range(widget.count()))
        case QListView() | QTableView():
            model = widget.model()
            columns = model.columnCount(NOWHERE) if isinstance(widget, QTableView) else 1
            for row in range(model.rowCount(NOWHERE)):
                for column in range(columns):
                    yield from (str(model.index(row, column).data(role) or "") for role in ROLES)
            yield from (
                str(model.headerData(place, Qt.Orientation.Horizontal) or "") for place in range(columns)
            )
        case _:
            pass


def states(window: Window) -> Iterator[tuple[str, Callable[[], object]]]:
    """What may be open when somebody switches."""
    shell, handling = window.shell, window.shell.counter.handling
    yield "nothing", lambda: None
    yield "a request", partial(open_request, window, ITEM)
    yield "its guide", lambda: open_request(window, ITEM).tabs.setCurrentIndex(2)
    yield "taking a number", lambda: handling.open_take_panel("ticket")
    for page in PAGES[1:]:
        yield page, partial(shell.show_page, page)


@pytest.mark.parametrize("state", ["nothing", "a request", "its guide", "taking a number"])
@pytest.mark.parametrize(("before", "after"), [("zh-Hans", "en"), ("en", "zh-Hant")])
def test_no_word_of_the_language_before_is_left(
    make_desk: MakeDesk, open_on: OpenWindow, qtbot: QtBot, before: str, after: str, state: str
) -> None:
    _compare(make_desk, open_on, qtbot, before, after, state)


@pytest.mark.parametrize("page", PAGES[1:])
def test_no_word_of_the_language_before_is_left_on_a_page(
    make_desk: MakeDesk, open_on: OpenWindow, qtbot: QtBot, page: str
) -> None:
    _compare(make_desk, open_on, qtbot, "zh-Hans", "en", page)


def _compare(
    make_desk: MakeDesk, open_on: OpenWindow, qtbot: QtBot, before: str, after: str, state: str
) -> None:
    found = []
    for language in (before, after):
        # Whose settings say the language: the page of settings shows it as chosen.
        keep_on_pc({"language": after})
        desk = make_desk(language)
        fill_queue(desk)
        accepted(desk, ITEM, "欧阳娜娜")
        window = open_on(desk)
        dict(states(window))[state]()
        settle(window)
        if language == before:
            switch(window, qtbot, after)
        # Both windows have looked at their day and their backups, which they do every few seconds.
        window.rhythm.look()
        window.watch.look()
        settle(window)
        found.append({_without_time(word) for word in words_of(window.shell)})
    assert found[0] == found[1]


def _without_time(word: str) -> str:
    """The two windows were begun a moment apart, and each case has a number of its own."""
    return re.sub(r"[0-9]{2}:[0-9]{2}|QSQ001-[0-9-]+[0-9X*]|[0-9]+ (min|分)", "·", word)


def test_nothing_typed_is_lost(window: Window, desk: Desk, qtbot: QtBot) -> None:
    panel = open_request(window, ITEM)
    panel.form.boxes["applicant.name"].put("王秀兰")
    panel.form.boxes["applicant.id_kind"].put("passport")
    phone = panel.form.boxes["applicant.phone"]
    phone.put("139123456")
    phone.take_focus()
    editor = phone.editor.targets()[0]
    assert isinstance(editor, QLineEdit)
    editor.setSelection(3, 4)
    next(iter(panel.beside.rows.values())).tick.click()
    editor.setFocus()
    before = dict(panel.draft.values), dict(panel.draft.ways)
    looks: tuple[tuple[str, Theme, float], ...] = (("en", "dark", 1.5), ("zh-Hant", "contrast", 1.25))
    for language, theme, factor in looks:
        switch(window, qtbot, language, theme, factor)
        now = in_hand(window)
        assert (dict(now.draft.values), dict(now.draft.ways)) == before
        here = now.form.boxes["applicant.phone"].editor.targets()[0]
        assert here is window.shell.focusWidget()
        assert isinstance(here, QLineEdit)
        assert (here.text(), here.selectedText()) == ("139123456", "1234")
        assert now.form.boxes["applicant.id_kind"].value() == "passport"


def test_a_notice_that_was_begun_keeps_what_was_typed_into_it(window: Window, qtbot: QtBot) -> None:
    panel = open_request(window, ITEM)
    panel.form.boxes["applicant.name"].put("王秀兰")
    panel.press_notice()
    panel.notice.page.other.put("照片过小")
    switch(window, qtbot, "en")
    assert in_hand(window).notice.page.other.value() == "照片过小"


def test_several_requests_stay_open_with_the_same_in_hand(window: Window, qtbot: QtBot) -> None:
    handling = window.shell.counter.handling
    handling.call_next()
    settle(window)
    called = in_hand(window).draft
    open_request(window, "LS-001").form.boxes["applicant.name"].put("李四")
    handling.area.show_panel(called.ticket)
    switch(window, qtbot, "en")
    panels = list(window.shell.counter.handling.area.panels().values())
    assert [panel.draft.item.code for panel in panels] == [called.item.code, "LS-001"]
    assert in_hand(window).draft.ticket == called.ticket
    assert panels[1].form.boxes["applicant.name"].value() == "李四"


def test_the_items_of_a_visit_stay_put_together(window: Window, qtbot: QtBot) -> None:
    handling = window.shell.counter.handling
    handling.open_take_panel("ticket")
    settle(window)
    assert handling.panels.take is not None
    handling.panels.take.put_basket({"SA-001": 2, "LS-001": 1})
    handling.panels.take.search.setText("hunyin")
    switch(window, qtbot, "en", "dark", 1.25)
    now = window.shell.counter.handling.panels.take
    assert now is not None
    assert now.basket == {"SA-001": 2, "LS-001": 1}
    assert "×2" in now.chosen_so_far.text()
    assert (now.search.text(), now.isVisible()) == ("hunyin", True)


def test_the_chosen_case_stays_chosen(window: Window, desk: Desk, qtbot: QtBot) -> None:
    numbers = [accepted(desk, ITEM, name) for name in ("欧阳娜娜", "赵六", "钱七")]
    window.shell.show_page("progress")
    window.shell.progress.reload()
    settle(window)
    window.shell.progress.choose(numbers[1])
    settle(window)
    switch(window, qtbot, "en", "dark")
    case = window.shell.progress.panel.case()
    assert case is not None
    assert case.number == numbers[1]
    assert window.shell.page() == "progress"


def test_the_window_works_on_in_its_new_look(window: Window, desk: Desk, qtbot: QtBot) -> None:
    background = QApplication.palette().window().color().name()
    switch(window, qtbot, "en", "contrast", 1.25)
    assert background != QApplication.palette().window().color().name() == PALETTES["contrast"].background
    window.shell.counter.handling.call_next()
    settle(window)
    assert "to go" in in_hand(window).accept.text()
    assert len(window.shell.findChildren(type(window.rhythm))) == 1
    assert window.acts.desk.texts.language == "en"


def test_a_switch_waits_for_the_act_under_way(window: Window, qtbot: QtBot) -> None:
    window.shell.counter.handling.call_next()
    switch(window, qtbot, "en")
    assert in_hand(window).draft.ticket


def test_the_window_may_be_closed_in_the_middle_of_a_switch(window: Window, qtbot: QtBot) -> None:
    with qtbot.captureExceptions() as raised, qtbot.waitSignal(window.redress.done, timeout=20_000):
        window.redress.switch(Texts(paths.RESOURCES / "i18n", "en"), window.shell.look)
    window.shell.close()
    with qtbot.captureExceptions() as later:
        qtbot.wait(3 * BACK_MS)
    assert (raised, later) == ([], [])
