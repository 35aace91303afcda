"""The guide page: every item by type, by life event or as it is searched, its whole guide beside the list."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.acts import Acts
from station_desk.ui.guide_page.item_card import ItemCard
from station_desk.ui.guide_page.lines import lines_by_life_event, lines_by_type, lines_found
from station_desk.ui.guide_page.search_line import SearchLine
from station_desk.ui.look.look import Look
from station_desk.ui.shared.choice_list import ChoiceList
from station_desk.ui.shared.giving_way import column_gives_way
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.item_finder import ItemFinder
from station_desk.ui.shared.labels import section, small, title, wrapping
from station_desk.ui.shared.surface import Surface
from station_desk.ui.shared.tab_strip import TabStrip

WAYS = ("type", "life")


class GuideBook(QWidget):
    """The published catalogue as a booklet. `begun` carries the code of the item that is asked for now;
    `came`: the page is in sight again.
    """

    begun = Signal(str)
    came = Signal()

    def __init__(self, acts: Acts, items: ItemFinder, say: Texts, look: Look) -> None:
        super().__init__()
        self._catalogue = acts.desk.catalogue
        self._items = items
        self._say = say
        self._look = look
        self.count = title("", look)
        self.search = SearchLine(say("guide_page.search"), look)
        self.ways = TabStrip(tuple(say(f"guide_page.{way}") for way in WAYS), say("guide_page.by"), look)
        self.list = ChoiceList(say("guide_page.list"), look)
        self.card = ItemCard(acts.desk, say, look)
        self._arrange()
        self.search.textChanged.connect(lambda _text: self.look_again())
        self.search.moved.connect(self.list.step)
        self.search.entered.connect(self.card.guide.area.setFocus)
        self.ways.currentChanged.connect(lambda _way: self.look_again())
        self.list.picked.connect(self.card.show_item)
        self.list.opened.connect(lambda _code: self.card.guide.area.setFocus())
        self.card.begin.clicked.connect(lambda: self.begun.emit(self.card.code()))
        items.improved.connect(self._on_improved)
        Heard("guide.search", self, self._begin_search)
        Heard("guide.way", self, self._next_way)

    def take_focus(self) -> None:
        """Puts the focus where typing finds an item; the first time the list is filled."""
        if not self.list.choices.lines():
            self._items.when_ready(self.look_again)
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()
        self.came.emit()

    def choose(self, code: str) -> None:
        """Shows the guide of an item, found in the list by its type."""
        self.search.clear()
        self.ways.setCurrentIndex(0)
        self.look_again()
        self.list.choose(code)

    def look_again(self) -> None:
        """Fills the list anew by what is asked and how it is browsed."""
        asked = self.search.text()
        if asked.strip():
            found = self._items.find(asked)
            lines = list(lines_found(found, self._say))
            self.count.setText(self._say("guide_page.found", count=len(lines)))
        else:
            by_life = WAYS[self.ways.currentIndex()] == "life"
            lines = list((lines_by_life_event if by_life else lines_by_type)(self._catalogue, self._say))
            self.count.setText(self._say("guide_page.count", count=len(self._catalogue.items)))
        self._strip.setVisible(not asked.strip())
        self.list.show_lines(lines)
        self._stack.setCurrentIndex(0 if lines else 1)
        self.card.setVisible(bool(lines))
        self._blank.setVisible(not lines)

    def _on_improved(self) -> None:
        # At the start nobody looks at this page: its list and its first guide would hold up the queue.
        if self.isVisible() or self.list.choices.lines():
            self.look_again()

    def _begin_search(self) -> None:
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _next_way(self) -> None:
        self.ways.setCurrentIndex((self.ways.currentIndex() + 1) % self.ways.count())

    def _arrange(self) -> None:
        look = self._look
        column = QVBoxLayout()
        column.setSpacing(look.px(10))
        column.addWidget(self.count)
        column.addWidget(self.search)
        column.addWidget(self._list_card(), 1)
        left = QWidget()
        column_gives_way(left, self, look)
        left.setLayout(column)
        column.setContentsMargins(0, 0, 0, 0)
        self._blank = Surface("card", look)
        self._blank.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        row.setSpacing(look.px(12))
        row.addWidget(left)
        row.addWidget(self.card, 1)
        row.addWidget(self._blank, 1)

    def _list_card(self) -> Surface:
        look = self._look
        card = Surface("card", look)
        self._strip = Surface("bottom", look)
        tabs = QHBoxLayout(self._strip)
        tabs.setContentsMargins(look.px(4), 0, look.px(4), 0)
        tabs.addWidget(self.ways)
        tabs.addStretch()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._nothing())
        inner = QVBoxLayout(card)
        inner.setContentsMargins(1, look.px(3), 1, look.px(4))
        inner.setSpacing(0)
        inner.addWidget(self._strip)
        inner.addWidget(self._stack, 1)
        return card

    def _nothing(self) -> QWidget:
        look = self._look
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(look.px(16), look.px(16), look.px(16), look.px(16))
        column.setSpacing(look.px(6))
        column.addWidget(section(self._say("guide_page.none"), look))
        column.addWidget(wrapping(small(self._say("guide_page.none_next"), look)))
        column.addStretch()
        return page
