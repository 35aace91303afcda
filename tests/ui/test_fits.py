"""Nothing is cut off: every word has the room it asks for, in every language, on small and large screens."""

from collections.abc import Callable, Iterator
from functools import partial

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QTabBar, QTextBrowser, QWidget

from station_desk.core.paths import FORMS
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.bug_page import BugPage
from station_desk.ui.counter_page.ticket_moves import move_named
from station_desk.ui.handbook.book import Book
from station_desk.ui.paper.printers_dialog import PrintersDialog
from station_desk.ui.settings_page.bundle_dialog import BundleDialog
from station_desk.ui.shared.editors import ChoiceEditor
from station_desk.ui.shared.stepper import Stepper
from station_desk.ui.shared.table import Table
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow, fill, fill_queue, in_hand, open_request
from tests.ui.test_case_pages import accepted

pytestmark = pytest.mark.long

WIDTHS = ((1366, 768), (1920, 1080))
LONG = ("SA-001", "LS-012", "HF-006")
"""Items with long names, many steps or many fields."""


@pytest.mark.parametrize("size", WIDTHS, ids=lambda size: f"{size[0]}")
@pytest.mark.parametrize("language", LANGUAGES)
def test_no_word_is_cut_off(
    make_desk: MakeDesk, open_on: OpenWindow, language: str, size: tuple[int, int]
) -> None:
    desk = make_desk(language)
    fill_queue(desk)
    for code in ("SA-001", "LS-001"):
        accepted(desk, code, "欧阳娜娜")
    window = open_on(desk)
    window.shell.resize(*size)
    for name, show in states(window, LONG):
        show()
        settle(window)
        assert (window.shell.width(), window.shell.height()) == size, f"{name} makes the window grow"
        assert list(cut_off(window.shell)) == [], name


@pytest.mark.parametrize("factor", [1.25, 1.5])
def test_large_text_is_not_cut_off(make_desk: MakeDesk, open_on: OpenWindow, factor: float) -> None:
    desk = make_desk("zh-Hans")
    fill_queue(desk)
    accepted(desk, "SA-001", "欧阳娜娜")
    window = open_on(desk, "light", factor)
    window.shell.resize(1920, 1080)
    for name, show in states(window, LONG[:1]):
        show()
        settle(window)
        assert list(cut_off(window.shell)) == [], name


@pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints", extend=True)
@pytest.mark.parametrize(("language", "factor"), [("zh-Hans", 1.5), ("zh-Hant", 1.25), ("en", 1.5)])
def test_no_word_of_a_dialog_is_cut_off(
    make_desk: MakeDesk, open_on: OpenWindow, language: str, factor: float
) -> None:
    window = open_on(make_desk(language), "contrast", factor)
    window.shell.resize(*WIDTHS[0])
    window.shell.papers.choose_printers()
    window.shell.open_handbook()
    window.shell.settings.bundle.click()
    window.trouble.on_error(ZeroDivisionError())
    settle(window)
    for kind in (Book, BundleDialog, BugPage, PrintersDialog):
        (dialog,) = window.shell.findChildren(kind)
        assert window.shell.rect().contains(dialog.rect()), f"{kind} is larger than the window"
        assert list(cut_off(dialog)) == [], kind
    for report in window.reports.iterdir():
        report.unlink()


def states(window: Window, items: tuple[str, ...]) -> Iterator[tuple[str, Callable[[], object]]]:
    """What a clerk may see, one after the other."""
    shell, handling = window.shell, window.shell.counter.handling
    yield "nothing in hand", lambda: None
    yield "taking a number", lambda: handling.open_take_panel("ticket")
    yield "several items of a visit", lambda: handling.open_take_panel("ticket")
    first = window.shell.counter.queue.rows()[0]
    yield "parking", lambda: handling.move(first, move_named("park"))
    yield "transferring", lambda: handling.move(first, move_named("transfer"))
    for code in items:
        yield code, partial(open_request, window, code)
        yield f"{code} pressed", lambda: in_hand(window).press()
        yield f"{code} materials", lambda: in_hand(window).tabs.setCurrentIndex(1)
        yield f"{code} guide", lambda: in_hand(window).tabs.setCurrentIndex(2)
        yield f"{code} form", lambda: in_hand(window).tabs.setCurrentIndex(0)
    yield "a ticket called", handling.call_next
    yield "filled", lambda: fill(in_hand(window), window.acts.desk)
    yield "accepted", lambda: in_hand(window).press()
    yield "in progress", lambda: shell.show_page("progress")
    yield "all steps done", lambda: finish_chosen(window)
    yield "finished", lambda: shell.show_page("finished")
    yield "contents", shell.finished.panel.show_contents
    yield "guide", lambda: shell.show_page("guide")
    for code in items:
        yield f"guide of {code}", partial(shell.guide.choose, code)
    yield "guide by life event", lambda: shell.guide.ways.setCurrentIndex(1)
    yield "guide searched", lambda: shell.guide.search.setText("shbz")
    yield "nothing in the guide", lambda: shell.guide.search.setText("qqqq")
    yield "calendar", lambda: shell.show_page("calendar")
    yield "a faulty year", lambda: shell.calendar.read_file(FORMS / "fields.toml")
    yield "a year to enter", lambda: shell.calendar.read_file(FORMS / "calendar" / "2026.toml")
    yield "who looked at what", lambda: shell.show_page("access")
    yield "settings", lambda: shell.show_page("settings")
    yield "settings searched", lambda: shell.settings.search.setText("qqqq")
    yield "searching", lambda: shell.search.ask("oynn")
    yield "nothing found", lambda: shell.search.ask("zzzz")
    yield "all commands", lambda: search_anew(window)


def search_anew(window: Window) -> None:
    window.shell.search.leave()
    window.shell.search.begin()


def finish_chosen(window: Window) -> None:
    panel = window.shell.progress.panel
    while (case := panel.case()) is not None and case.state == "processing":
        panel.press()
        settle(window)


def cut_off(shell: QWidget) -> Iterator[str]:
    """The words that have less room than they need."""
    for widget in shell.findChildren(QWidget):
        if not widget.isVisible():
            continue
        match widget:
            case QLabel() if widget.text():
                need = (
                    widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
                )
                if widget.height() < need or (
                    not widget.wordWrap() and widget.width() < widget.sizeHint().width()
                ):
                    yield f"label {widget.text()!r}: {widget.size()} needs {widget.sizeHint()}, height {need}"
            case QAbstractButton() if widget.text():
                hint = widget.minimumSizeHint()
                if widget.width() < hint.width() or widget.height() < hint.height():
                    yield f"button {widget.text()!r}: {widget.size()} needs {hint}"
            case ChoiceEditor():
                words = widget.fontMetrics().horizontalAdvance(widget.currentText())
                if widget.width() < words + 20:
                    yield f"choice {widget.currentText()!r}"
            case Table():
                yield from cut_headings(widget)
            case _:
                pass
        yield from outside(widget)
        yield from cut_as_a_whole(widget)


def cut_as_a_whole(widget: QWidget) -> Iterator[str]:
    """Tabs, workflows and pages that scroll which have less room than what they show."""
    match widget:
        case QTabBar() if widget.tabRect(widget.count() - 1).right() > widget.width():
            yield f"tabs {widget.tabText(widget.count() - 1)!r}"
        case Stepper() if widget.height() < widget.heightForWidth(widget.width()):
            yield f"stepper {widget.accessibleDescription()!r}"
        case QTextBrowser() if widget.document().size().width() > widget.viewport().width():
            yield f"text {widget.toPlainText()[:40]!r}"
        case QScrollArea() if _is_cut_sideways(widget):
            yield f"{type(widget).__name__} with {widget.widget()}: {widget.viewport().width()} wide"
        case _:
            pass


def _is_cut_sideways(area: QScrollArea) -> bool:
    never = area.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
    inside = area.widget()
    return never and inside is not None and inside.width() > area.viewport().width()


def cut_headings(table: Table) -> Iterator[str]:
    header = table.horizontalHeader()
    for place in range(header.count()):
        if not header.isSectionHidden(place) and header.sectionSize(place) < header.sectionSizeHint(place):
            yield f"heading {table.model().headerData(place, header.orientation())}"


def outside(widget: QWidget) -> Iterator[str]:
    """A label or button that sticks out of what it stands in; what scrolls may."""
    parent = widget.parentWidget()
    if parent is None or not isinstance(widget, QLabel | QAbstractButton):
        return
    if isinstance(parent.parentWidget(), QScrollArea):
        return
    room = QRect(parent.rect()).adjusted(-1, -1, 1, 1)
    if not room.contains(widget.geometry()):
        yield f"{type(widget).__name__} {widget.text()!r} sticks out: {widget.geometry()} of {parent.rect()}"
