"""Through every page and dialog of the window, as one role: each thing that somebody does, by name."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from station_desk.cases.staff import Role
from station_desk.counter.certificate_form import certificate_offer
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import possible_papers
from station_desk.counter.scanned import read_scan
from station_desk.main.window import Window
from station_desk.ui.care.closing import ClosingCard
from station_desk.ui.paper.register_dialog import RegisterDialog
from station_desk.ui.shared.case_panel import CasePanel
from station_desk.ui.shared.contents_dialog import ContentsDialog
from station_desk.ui.shared.key_table import PAGES
from tests.ui.conftest import in_hand, open_request
from tests.ui.test_fits import search_anew

LOOKED_UP_MS = 200
Kind = TypeVar("Kind", bound=QDialog)
Step = tuple[str, Callable[[], object], bool]
"""Its name, what is done, and whether it only brings back what was opened before."""


def every_step(window: Window, role: Role, opened: dict[str, str]) -> Iterator[Step]:
    """`opened` are the items of the open cases with the initials of their persons."""
    shell = window.shell
    for page in PAGES:
        if page != "access" or shell.access.is_allowed():
            yield f"page {page}", partial(shell.show_page, page), False
    if role != "auditor":
        for item, initials in opened.items():
            yield from at_the_counter(window, item, initials)
    for page in ("progress", "finished"):
        yield f"page {page} again", partial(shell.show_page, page), True
        for number, thorough in numbers_of(window, page):
            yield from with_a_case(window, role, page, number, thorough=thorough)
    yield from found(window, opened)
    yield from beside(window, role)
    yield "locked", window.guard.lock, False


def at_the_counter(window: Window, item: str, initials: str) -> Iterator[Step]:
    """Somebody who was here before comes again: he is found by his initials and taken into the form."""
    shell, handling = window.shell, window.shell.counter.handling
    yield f"the counter before {item}", partial(shell.show_page, "counter"), True
    yield f"a request for {item}", partial(open_request, window, item), False
    yield f"{initials} looked up", partial(look_up, window, initials), False
    yield f"{initials} taken", lambda: QTest.keyClick(focused(), Qt.Key.Key_Return), False
    yield "all confirmed", partial(confirm, window), True
    yield "pressed", partial(press, window), True
    yield "another page", partial(shell.show_page, "guide"), False
    yield "back at the counter", partial(shell.show_page, "counter"), True
    yield "the next request", partial(open_request, window, item), False
    yield "the last one again", lambda: handling.area.show_panel(next(iter(handling.area.panels()))), True


def confirm(window: Window) -> None:
    in_hand(window).known.confirm.click()


def press(window: Window) -> None:
    in_hand(window).press()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget
    return widget


def look_up(window: Window, initials: str) -> None:
    in_hand(window).form.take_focus("applicant.name")
    QTest.keyClicks(focused(), initials)
    QTest.qWait(LOOKED_UP_MS)


def numbers_of(window: Window, page: str) -> list[tuple[str, bool]]:
    """The cases of a list, as it stands there; of each sensitivity the first is walked through thoroughly."""
    ended = "finished_at <> ''" if page == "finished" else "finished_at = ''"
    rows = window.acts.desk.store.read(f"SELECT number, sensitivity FROM cases WHERE {ended} ORDER BY place")
    firsts = {sensitivity: number for number, sensitivity in reversed(rows)}
    return [(number, firsts[sensitivity] == number) for number, sensitivity in rows]


def with_a_case(window: Window, role: Role, page: str, number: str, *, thorough: bool) -> Iterator[Step]:
    """A case is chosen and everything opened that stands beside it; each is closed before the next."""
    shell = window.shell
    view = shell.progress if page == "progress" else shell.finished
    yield f"{number} chosen", partial(view.choose, number), False
    yield f"contents of {number}", view.panel.show_contents, False
    if role != "auditor":
        yield f"{number} in full", partial(reveal, window), False
    if role != "auditor" and thorough:
        yield f"{number} covered", lambda: dialog_of(window, ContentsDialog).cover(), True
        yield f"{number} in full again", partial(reveal, window), False
    yield f"{number} closed", partial(close_dialogs, window), True
    if thorough:
        yield from with_its_dialogs(window, role, view.panel, number)


def with_its_dialogs(window: Window, role: Role, panel: CasePanel, number: str) -> Iterator[Step]:
    """What the resident may ask, every paper of the case, a certificate where one may be sealed."""
    shell, desk = window.shell, window.acts.desk
    close = partial(close_dialogs, window)
    yield f"what the resident of {number} may ask", panel.resident.click, False
    yield "closed", close, True
    if role == "auditor":
        return
    for kind in possible_papers(desk, number):
        wish = PrintPaper(number, kind)
        yield f"the {kind} of {number}", partial(shell.papers.preview, wish, lambda _printed: None), False
        yield "closed", close, True
    if offer := certificate_offer(desk, number):
        yield f"a certificate of {number}", partial(shell.papers.certify, offer, lambda _sealed: None), False
        yield "closed", close, True


def reveal(window: Window) -> None:
    dialog = dialog_of(window, ContentsDialog)
    dialog.reason.put("contact")
    dialog.press()


def found(window: Window, opened: dict[str, str]) -> Iterator[Step]:
    """The search, by initials; a case number and a card that are scanned."""
    shell = window.shell
    for initials in opened.values():
        yield f"{initials} searched", partial(shell.search.ask, initials), False
        yield "its first hit", shell.search.open_first, False
    yield "every command", partial(search_anew, window), True
    yield "search left", shell.search.leave, True
    if shell.scans:
        for number, _ in (*numbers_of(window, "progress"), *numbers_of(window, "finished")):
            scan = read_scan(number, window.acts.desk.clock().date())
            assert scan
            yield f"{number} scanned", partial(shell.scans.on_scan, scan), False


def beside(window: Window, role: Role) -> Iterator[Step]:
    """The dialogs that stand beside the pages."""
    shell = window.shell
    yield "the handbook", shell.open_handbook, True
    yield "closed", partial(close_dialogs, window), True
    yield "the register", shell.register.click, True
    for dialog in window.shell.findChildren(RegisterDialog):
        yield "the register printed", dialog.print.click, False
    yield "closed", partial(close_dialogs, window), True
    yield "the accounts", lambda: shell.open_accounts(window.acts), True
    yield "closed", partial(close_dialogs, window), True
    yield "the printers", shell.papers.choose_printers, True
    yield "closed", partial(close_dialogs, window), True
    if role == "head":
        yield "the destruction records", shell.access.records.click, True
        yield "closed", partial(close_dialogs, window), True
    yield "backups and checks", window.watch.open, True
    for card in window.shell.findChildren(ClosingCard):
        for sheet in (card.sheet, card.daily):
            yield "a sheet of the day", sheet.click, False
    yield "closed", partial(close_dialogs, window), True
    yield "the hall", shell.hall.open, True


def dialog_of(window: Window, kind: type[Kind]) -> Kind:
    """The one dialog of a kind that is open."""
    (dialog,) = (one for one in window.shell.findChildren(kind) if one.isVisible())
    return dialog


def close_dialogs(window: Window) -> None:
    for dialog in window.shell.findChildren(QDialog):
        if dialog.isVisible():
            dialog.close()
