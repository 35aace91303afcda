"""The main window: top bar, rail, pages, status bar. It is painted before the desk is open."""

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QHBoxLayout,
    QMainWindow,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station_desk.core.texts import Texts
from station_desk.store.first_look import FirstLook
from station_desk.ui.counter_page.groups import Group
from station_desk.ui.counter_page.page import CounterPage
from station_desk.ui.cover import Cover
from station_desk.ui.frame.banner import Banner
from station_desk.ui.frame.rail import Rail
from station_desk.ui.frame.status_bar import StatusBar
from station_desk.ui.frame.top_bar import TopBar
from station_desk.ui.look.look import Look, style
from station_desk.ui.shared.giving_way import on_screen
from station_desk.ui.shared.key_table import PAGES, key_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from station_desk.store.case_pages import CaseRow
    from station_desk.store.unit import Changes
    from station_desk.ui.acts import Acts
    from station_desk.ui.scan.scans import Scans

WITH_WORDS = 1000
"""From this width on the rail has its words."""

SMALLEST = (640, 420)
"""What does not fit into a smaller window any more; above it everything gives way or scrolls."""


class Shell(QMainWindow):
    """The window of one counter. `painted` comes once, after the first paint with real rows."""

    painted = Signal()
    closed = Signal()
    lock_asked = Signal()
    sign_in_asked = Signal()

    def __init__(
        self, first: FirstLook, groups: dict[str, Group], now: datetime, say: Texts, look: Look
    ) -> None:
        super().__init__()
        self.setObjectName("desk")
        # A screen reader takes a main window for the window of a program; a bare widget it passes over.
        middle = QWidget()
        self.setCentralWidget(middle)
        self._frame = QVBoxLayout(middle)
        self._frame.setContentsMargins(0, 0, 0, 0)
        self._cover = Cover(self._frame)
        self._hall_is_open = False
        self._settings_are_made = False
        self._only_looks = False
        self._build(first, groups, now, say, look)
        self.counter.queue.take_focus()
        self._was_painted = False
        self.scans: Scans | None = None
        self.resize(on_screen(QSize(look.px(1366), look.px(768))))

    def rebuild(
        self, first: FirstLook, groups: dict[str, Group], now: datetime, say: Texts, look: Look
    ) -> QWidget:
        """Makes all pages anew in another language or look; answers the old ones, out of sight, for whoever
        still works with them to let go of. `join` comes next.
        """
        before = self._body
        self._cover.forget_dialogs()
        for dialog in self.findChildren(QDialog):
            dialog.done(QDialog.DialogCode.Rejected)
        self.items.stop()
        self.counter.handling.stop()
        self._hall_is_open = self.hall.display is not None
        self._settings_are_made = self.settings.is_made()
        self.hall.close()
        self._frame.removeWidget(before)
        self._build(first, groups, now, say, look)
        before.hide()
        return before

    def body(self) -> QWidget:
        """Everything in the window: made anew with each language and look."""
        return self._body

    def lock(self, over: QWidget) -> None:
        """Takes everything out of sight; no scan and no card is heard. `over` stands in its place."""
        if self.scans:
            self.scans.end()
            self.scans = None
        self._cover.put_on(over, self._body)

    def unlock(self, acts: "Acts") -> None:
        """Shows everything again as it was."""
        self._cover.take_off(self._body)
        self._join_scans(acts)

    def is_locked(self) -> bool:
        """Whether the pages are out of sight."""
        return self._cover.is_on()

    def page(self) -> str:
        """The name of the page that is shown."""
        return PAGES[self.pages.currentIndex()]

    def _build(
        self, first: FirstLook, groups: dict[str, Group], now: datetime, say: Texts, look: Look
    ) -> None:
        about = first.about
        self._body = QWidget()
        self.setWindowTitle(say("ui.title", station=about["name"]))
        self.say = say
        self.look = look
        self.top = TopBar(about["name"], str(int(about["counter"])), about["clerk"], say, look)
        self.banner = Banner(say, look)
        self.rail = Rail(tuple((name, say(f"ui.rail.{name}")) for name in PAGES), look)
        self.rail.show_words(self.width() >= look.px(WITH_WORDS))
        self.setMinimumSize(look.px(SMALLEST[0]), look.px(SMALLEST[1]))
        self.status = StatusBar(say, look)
        self.pages = QStackedWidget()
        self.counter = CounterPage(groups, say, look)
        self.counter.show_rows(first.tickets, now)
        self.pages.addWidget(self.counter)
        self._arrange()

    def join(self, acts: "Acts") -> None:
        """The desk is open: the search, the other pages and the icons come to it."""
        from station_desk.ui.frame.commands import Commands
        from station_desk.ui.frame.focus_mark import FocusMark
        from station_desk.ui.frame.notice import Notice
        from station_desk.ui.frame.search import Search
        from station_desk.ui.frame.search_box import SearchBox
        from station_desk.ui.frame.sync_button import SyncButton
        from station_desk.ui.hall.door import HallDoor
        from station_desk.ui.look.icons import pixmap
        from station_desk.ui.shared.denying import deny_within
        from station_desk.ui.shared.heard import Heard
        from station_desk.ui.shared.item_finder import ItemFinder

        style(self, self.look)
        self.notice = Notice(self.say, self.look)
        self._column.insertWidget(self._column.indexOf(self.banner) + 1, self.notice)
        self.items = ItemFinder(acts, self._body)
        self.closed.connect(self.items.stop)
        self.counter.join(acts, self.items)
        self._join_pages(acts)
        box = SearchBox(self.say("ui.top.search"), self.say("ui.top.search_short"), self.look)
        self.sync = SyncButton(self.say, self.look)
        self.top.complete(box, self.sync)
        self._join_staff(acts)
        self.search = Search(box, self._body, acts, self.items, Commands(self), self.say, self.look)
        self.search.chosen.connect(self.open_case)
        self.search.item_chosen.connect(self.open_guide)
        for button in self.rail.buttons():
            button.draw_with(pixmap)
        acts.changed.connect(self._on_changes)
        self._join_papers(acts)
        self._join_scans(acts)
        self.status.edition.setText(self.say("ui.status.edition", edition=acts.desk.catalogue.edition))
        self.rail.chosen.connect(self.show_page)
        self.hall = HallDoor(self._body, acts, self.say, self.look)
        self.closed.connect(self.hall.close)
        self.status.offer_hall(self.say("hall.button"), self.hall.open, self.look)
        if self._hall_is_open:
            self.hall.open()
        self.focus_mark = FocusMark(self._body, self.look)
        Heard("window.help", self._body, self.open_handbook).everywhere()
        deny_within(self._body, acts.desk.role, self.say)
        if self._only_looks:
            self._take_acts_away()
        else:
            self.counter.take_focus()

    def _join_pages(self, acts: "Acts") -> None:
        from station_desk.ui.calendar_page.page import CalendarPage
        from station_desk.ui.finished_page.page import finished_page
        from station_desk.ui.guide_page.page import GuideBook
        from station_desk.ui.progress_page.page import progress_page

        self.progress = progress_page(acts, self.say, self.look)
        self.finished = finished_page(acts, self.say, self.look)
        self.guide = GuideBook(acts, self.items, self.say, self.look)
        self.guide.begun.connect(self._begin_request)
        self.calendar = CalendarPage(acts, self.say, self.look)
        for page in (self.progress, self.finished, self.guide, self.calendar):
            self.pages.addWidget(page)
        self._join_head(acts)

    def _join_staff(self, acts: "Acts") -> None:
        from station_desk.cases.staff import may_act
        from station_desk.ui.shared.key_button import KeyButton
        from station_desk.ui.shared.key_table import key_of
        from station_desk.ui.shared.painting import key_words

        acting, say = acts.desk.acting, self.say
        self._only_looks = not may_act(acts.desk.role)
        self.settings.accounts_asked.connect(lambda: self.open_accounts(acts))
        if acting is None:
            self.accounts = KeyButton(say("staff.none.short"), "", self.look, "quiet")
            self.accounts.setToolTip(say("staff.none.words"))
            self.accounts.setAccessibleDescription(say("staff.none.words"))
            self.accounts.clicked.connect(lambda: self.open_accounts(acts))
            self.top.show_no_accounts(self.accounts)
            return
        lock = self.lock_button = KeyButton(say("staff.lock.now"), "", self.look, "quiet")
        # Its key is heard over dialogs too, so it is not the button's own.
        lock.show_cap(key_words(key_of("window.lock")))
        lock.clicked.connect(self.lock_asked)
        self.top.show_acting(acting.name, say(f"staff.role.{acting.role}"), lock)

    def open_accounts(self, acts: "Acts") -> None:
        """The accounts of the staff."""
        from station_desk.ui.settings_page.staff_dialog import StaffDialog

        dialog = StaffDialog(acts, self.say, self.look, self._body)
        dialog.first_added.connect(self.sign_in_asked)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _take_acts_away(self) -> None:
        """Who only looks has no button that changes anything, and no page that is all of them."""
        for button in self.rail.buttons():
            if button.name == "counter":
                button.setEnabled(False)
                button.hide()
        self.settings.only_show()
        self.show_page("progress")

    def _join_head(self, acts: "Acts") -> None:
        """The pages on which a head decides; who may not see one has no way to it."""
        from station_desk.ui.access_page.page import AccessPage
        from station_desk.ui.settings_page.page import SettingsPage

        self.access = AccessPage(acts, self.say, self.look)
        self.settings = SettingsPage(acts, self.say, self.look)
        if self._settings_are_made:
            self.settings.make_rows()
        self.access.records_asked.connect(lambda: self._open_records(acts))
        self.rail.allow("access", allowed=self.access.is_allowed())
        for page in (self.access, self.settings):
            self.pages.addWidget(page)

    def _join_papers(self, acts: "Acts") -> None:
        from station_desk.ui.paper.paper_desk import PaperDesk
        from station_desk.ui.paper.public_desk import PublicDesk
        from station_desk.ui.shared.key_button import KeyButton

        self.papers = PaperDesk(self._body, acts, self.status.name_printer, self.say, self.look)
        self.status.offer_printers(self.papers.choose_printers, self.look)
        for page in (self.progress, self.finished):
            page.panel.asks_for_paper(self.papers.preview)
            page.panel.asks_for_certificate(self.papers.certify)
            page.panel.resident_asked.connect(lambda number: self._open_rights(acts, number))
        self.register = KeyButton(self.say("register.title"), key_of("cases.register"), self.look)
        self.register.clicked.connect(lambda: self.papers.show_register(self._open_numbered(acts)))
        self.finished.offer(self.register)
        card = self.guide.card
        self.public = PublicDesk(self._body, self.guide, card.tell, acts, self.say, self.look)
        card.papers.printed.connect(self.public.print_sheet)
        card.papers.asked.connect(self.public.preview)
        self.guide.came.connect(self.public.show_waiting)

    def _join_scans(self, acts: "Acts") -> None:
        from station_desk.ui.scan.cards import Cards
        from station_desk.ui.scan.scans import Scans

        if self.scans:
            self.scans.end()
        self.scans = Scans(self, acts)
        self.cards = Cards(self.scans, acts)

    def show_page(self, name: str) -> None:
        """Shows a page and puts the focus where work goes on."""
        if self._only_looks and name == "counter":
            name = "progress"
        self.rail.show_chosen(name)
        self.pages.setCurrentIndex(PAGES.index(name))
        match name:
            case "progress":
                self.progress.take_focus()
            case "finished":
                self.finished.take_focus()
            case "guide":
                self.guide.take_focus()
            case "calendar":
                self.calendar.take_focus()
            case "access":
                self.access.take_focus()
            case "settings":
                self.settings.take_focus()
            case _:
                self.counter.take_focus()

    def listens_in_peace(self) -> bool:
        """Whether no key is held back as the possible beginning of a scan."""
        return self.scans is None or self.scans.wedge.is_at_rest()

    def open_case(self, row: "CaseRow") -> None:
        """Shows the page on which a case stands, with the case chosen."""
        open_now = not row.finished_at
        self.show_page("progress" if open_now else "finished")
        (self.progress if open_now else self.finished).choose(row.number)

    def _open_numbered(self, acts: "Acts") -> "Callable[[str], None]":
        """Shows a case of which only the number is known."""

        def shown(number: str, *, ended: bool) -> None:
            self.show_page("finished" if ended else "progress")
            (self.finished if ended else self.progress).choose(number)

        return lambda number: acts.look(
            lambda desk: bool(desk.store.case(number).finished_at), lambda ended: shown(number, ended=ended)
        )

    def _open_rights(self, acts: "Acts", number: str) -> None:
        """What the resident of a case may ask for: a copy of his data, a correction, to be forgotten."""
        from station_desk.ui.resident.dialog import ResidentDialog

        ResidentDialog(number, acts, self.say, self.look, self._body).show()

    def _open_records(self, acts: "Acts") -> None:
        from station_desk.ui.resident.records import RecordsDialog

        RecordsDialog(acts, self.say, self.look, self._body).show()

    def open_guide(self, code: str) -> None:
        """Shows the guide of an item."""
        self.show_page("guide")
        self.guide.choose(code)

    def open_handbook(self) -> None:
        """F1: the handbook at what somebody has before him."""
        from station_desk.ui.handbook.book import Book, topic_of

        book = self._body.findChild(Book) or Book(self.say, self.look, self._body)
        book.open_at(topic_of(QApplication.activeWindow(), self.page()))

    def _begin_request(self, code: str) -> None:
        self.show_page("counter")
        self.counter.handling.begin_without_ticket(code, with_agent=False)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        super().paintEvent(event)
        if not self._was_painted:
            self._was_painted = True
            # The paint of the children follows in the same turn of the loop; this comes after all of it.
            QTimer.singleShot(0, self.painted.emit)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.rail.show_words(event.size().width() >= self.look.px(WITH_WORDS))

    def closeEvent(self, event: QCloseEvent) -> None:
        # What still runs is waited for, out of sight; a dialog left open would ask for more.
        self.hide()
        if self.is_locked():
            self._cover.end(self._body, self)
        for dialog in self.findChildren(QDialog):
            dialog.done(QDialog.DialogCode.Rejected)
        self.closed.emit()
        super().closeEvent(event)

    def _on_changes(self, changes: "Changes") -> None:
        for page in (self.counter, self.progress, self.finished, self.access):
            page.on_changes(changes)
        if changes.papers:
            self.status.show_ready_printer()

    def _arrange(self) -> None:
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.rail)
        middle.addWidget(self.pages, 1)
        self._frame.addWidget(self._body)
        column = self._column = QVBoxLayout(self._body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top)
        column.addWidget(self.banner)
        column.addLayout(middle, 1)
        column.addWidget(self.status)
