"""Putting a ticket aside: why (by its digit), until when, and Enter parks it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout

from station_desk.catalogue.item import ParkReason
from station_desk.core.texts import Texts
from station_desk.counter.wording import worded
from station_desk.store.first_look import TicketRow
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, small
from station_desk.ui.shared.surface import Surface


class ParkPanel(Surface):
    """The panel in the place of the queue. `parked` carries the ticket, the reason's code and the time."""

    parked = Signal(str, str, str)
    left = Signal()

    def __init__(self, reasons: Sequence[ParkReason], say: Texts, look: Look) -> None:
        super().__init__("card", look)
        self._say = say
        self._look = look
        self._ticket = ""
        self.head = section("", look)
        self.until = QLineEdit()
        self.until.setProperty("framed", "yes")
        self.until.setPlaceholderText(say("ui.park.until"))
        self.until.setAccessibleName(say("ui.park.until"))
        self.list = QListWidget()
        self.list.setAccessibleName(say("ui.park.reason"))
        for n, reason in enumerate(reasons, 1):
            line = QListWidgetItem(say("ui.park.line", n=n, name=worded(reason.name, say)))
            line.setData(Qt.ItemDataRole.UserRole, reason.code)
            self.list.addItem(line)
        self.park = KeyButton(say("ui.park.park"), key_of("park.park"), look, "primary")
        self.park.show_cap("Enter")
        self.cancel = KeyButton(say("ui.take.cancel"), key_of("park.leave"), look)
        self.park.clicked.connect(self._enter)
        self.cancel.clicked.connect(self.left)
        self._arrange()

    def open(self, ticket: TicketRow) -> None:
        """Asks about a ticket; the focus is on the reasons."""
        self._ticket = ticket.id
        self.head.setText(self._say("ui.park.title", number=ticket.number))
        self.until.clear()
        self.list.setCurrentRow(0)
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        digit = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        elif self.list.hasFocus() and digit.isdecimal() and 0 < int(digit) <= self.list.count():
            self.list.setCurrentRow(int(digit) - 1)
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        chosen: QListWidgetItem | None = self.list.currentItem()
        reason = str(chosen.data(Qt.ItemDataRole.UserRole)) if chosen else ""
        self.parked.emit(self._ticket, reason, self.until.text().strip())

    def _arrange(self) -> None:
        look = self._look
        actions = QHBoxLayout()
        actions.addWidget(self.cancel)
        actions.addStretch()
        actions.addWidget(self.park)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        column.setSpacing(look.px(10))
        column.addWidget(self.head)
        column.addWidget(small(self._say("ui.park.reason"), look))
        column.addWidget(self.list, 1)
        column.addWidget(self.until)
        column.addLayout(actions)
        self.hide()
