"""The left column of the counter page: how many wait, take a number, call the next, and the queue itself."""

from collections.abc import Sequence
from datetime import datetime

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from station_desk.core.texts import Texts
from station_desk.store.first_look import TicketRow, Waits
from station_desk.ui.counter_page.groups import Group
from station_desk.ui.counter_page.queue_lines import KnownLines, queue_lines, waiting_count
from station_desk.ui.counter_page.queue_view import QueueView
from station_desk.ui.look.look import Look
from station_desk.ui.shared.flow import flowing
from station_desk.ui.shared.giving_way import OnResize
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import set_tone, small, title, wrapping
from station_desk.ui.shared.scrolling import scrolling
from station_desk.ui.shared.surface import Surface


class QueueColumn(QWidget):
    """The queue with its two buttons. `hint` shows a rule's sentence beside them."""

    def __init__(self, groups: dict[str, Group], say: Texts, look: Look) -> None:
        super().__init__()
        self._groups = groups
        self._say = say
        self._look = look
        self._rows: tuple[TicketRow, ...] = ()
        self._waits: Waits = {}
        self._known = KnownLines()
        self.count = title("", look)
        self.take = KeyButton(say("ui.queue.take"), key_of("queue.take"), look)
        self.call = KeyButton(say("ui.queue.call"), key_of("queue.call"), look, "primary")
        self.view = QueueView(say, look)
        self.view.setMinimumHeight(look.px(160))
        self.hint = wrapping(small("", look))
        set_tone(self.hint, "warn", look)
        self.hint.hide()
        self.card = self._card()
        self._covers: dict[QWidget, QScrollArea] = {}
        self._is_open = False
        self._early: KeyButton | None = None
        for button in (self.take, self.call):
            button.clicked.connect(lambda _checked, button=button: self._press(button))
        self._arrange()
        OnResize(self, self._fit)

    def show_rows(self, rows: Sequence[TicketRow], now: datetime) -> None:
        """Shows the queue as it is at a moment; what was chosen stays chosen."""
        self._rows = tuple(rows)
        chosen = self.view.chosen()
        lines = queue_lines(self._rows, self._groups, self._say, now, self._waits, self._known)
        self.view.lines.show_lines(lines)
        self.count.setText(self._say("ui.queue.waiting", count=waiting_count(self._rows)))
        self._fit(self.size())
        self._list.setCurrentIndex(0 if self._rows else 1)
        if chosen and not self.view.currentIndex().isValid():
            self.view.setCurrentIndex(self.view.lines.place_of(chosen.id))

    def show_waits(self, waits: Waits, now: datetime) -> None:
        """The waits were reckoned: the rows that are in sight say them as well."""
        self._waits = waits
        self.show_rows(self._rows, now)

    def rows(self) -> tuple[TicketRow, ...]:
        """The tickets that are shown."""
        return self._rows

    def take_focus(self) -> None:
        """Puts the focus on the queue, or on taking a number while it is empty."""
        (self.view if self._rows else self.take).setFocus()

    def tick(self, now: datetime) -> None:
        """Counts the minutes on."""
        self.show_rows(self._rows, now)

    def tell(self, sentence: str) -> None:
        """Says why something cannot be done now; an empty sentence takes it away."""
        self.hint.setText(sentence)
        self.hint.setVisible(bool(sentence))

    def add_below(self, widget: QWidget) -> None:
        """Puts a strip under the list, inside its card."""
        self._card_column.addWidget(widget)

    def cover(self, panel: QWidget) -> None:
        """Puts a panel in the place of the list, until it is uncovered; in large text it scrolls."""
        self.card.hide()
        self.keep_ready(panel)
        self._covers[panel].show()
        panel.show()

    def keep_ready(self, panel: QWidget) -> None:
        """Gives a panel its place out of sight."""
        if panel not in self._covers:
            cover = self._covers[panel] = scrolling(panel)
            cover.hide()
            self._column.addWidget(cover, 1)

    def uncover(self, panel: QWidget) -> None:
        """Shows the list again."""
        panel.hide()
        self._covers[panel].hide()
        self.card.show()

    def desk_is_open(self) -> None:
        """From now on the buttons work; one that was pressed before is pressed now."""
        self._is_open = True
        if self._early:
            self._early.click()
            self._early = None

    def _fit(self, size: QSize) -> None:
        """The count is written smaller where it would push the two buttons into two lines."""
        sizes, gap = self._look.sizes, 2 * self._look.px(8)
        large = self._look.bold(sizes.title)
        needed = QFontMetrics(large).horizontalAdvance(self.count.text()) + gap
        needed += self.take.sizeHint().width() + self.call.sizeHint().width()
        self.count.setFont(large if needed <= size.width() else self._look.bold(sizes.section))

    def _press(self, button: KeyButton) -> None:
        if not self._is_open:
            self._early = button

    def _card(self) -> QWidget:
        card = Surface("card", self._look)
        self._list = QStackedWidget()
        self._list.addWidget(self.view)
        self._list.addWidget(self._empty())
        self._card_column = QVBoxLayout(card)
        self._card_column.setContentsMargins(1, self._look.px(4), 1, self._look.px(4))
        self._card_column.setSpacing(0)
        self._card_column.addWidget(self._list)
        return card

    def _empty(self) -> QLabel:
        label = wrapping(small(self._say("ui.queue.empty"), self._look))
        label.setMargin(self._look.px(16))
        return label

    def _arrange(self) -> None:
        look = self._look
        head = QHBoxLayout()
        head.setSpacing(look.px(8))
        head.addWidget(self.count)
        head.addWidget(flowing([self.take, self.call], "right", look.px(8)), 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(look.px(10))
        self._column.addLayout(head)
        self._column.addWidget(self.hint)
        self._column.addWidget(self.card, 1)
