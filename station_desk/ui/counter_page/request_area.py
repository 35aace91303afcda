"""The right side of the counter page: the request in hand, one of several kept open, or what to do next."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.counter_page.request_panel import RequestPanel
from station_desk.ui.look.icons import pixmap
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.labels import section, small
from station_desk.ui.shared.surface import Surface


class RequestArea(QStackedWidget):
    """Each ticket keeps its own form until it was accepted, so that nothing typed is lost by looking at
    another.
    """

    in_hand = Signal(str)
    direct = Signal()

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self._look = look
        self._panels: dict[str, RequestPanel] = {}
        self._empty = self._nothing_in_hand()
        self.addWidget(self._empty)

    def panel(self, key: str) -> RequestPanel | None:
        """The open request of a ticket (or of a visit without one)."""
        return self._panels.get(key)

    def current(self) -> RequestPanel | None:
        """The request that is shown."""
        shown = self.currentWidget()
        return shown if isinstance(shown, RequestPanel) else None

    def is_resting(self) -> bool:
        """Whether nothing is in hand, nor the note of what was just accepted."""
        return self.currentWidget() is self._empty

    def put(self, key: str, panel: RequestPanel) -> None:
        """Keeps a request open and shows it."""
        self._panels[key] = panel
        self.addWidget(panel)
        self.show_panel(key)
        panel.start()

    def swap(self, key: str, panel: RequestPanel) -> None:
        """Puts another form of the same request in its place."""
        before = self._panels[key]
        self._panels[key] = panel
        self.insertWidget(self.indexOf(before), panel)
        if self.currentWidget() is before:
            self.setCurrentWidget(panel)
        self.removeWidget(before)
        before.deleteLater()

    def show_panel(self, key: str) -> None:
        """Shows an open request, the focus where it was when it was left."""
        self._drop_notes()
        panel = self._panels[key]
        self.setCurrentWidget(panel)
        panel.take_focus()
        self.in_hand.emit(key)

    def end(self, key: str, note: QWidget | None = None) -> None:
        """Closes a request; a note about it may take its place."""
        panel = self._panels.pop(key)
        shown = self.currentWidget() is panel
        self.removeWidget(panel)
        panel.deleteLater()
        if note:
            self.addWidget(note)
        if shown:
            self.setCurrentWidget(note or self._empty)
            self.in_hand.emit("")

    def rest(self) -> None:
        """Nothing is in hand."""
        self._drop_notes()
        self.setCurrentWidget(self._empty)
        self.in_hand.emit("")

    def _drop_notes(self) -> None:
        kept = {self._empty, *self._panels.values()}
        for place in reversed(range(self.count())):
            widget = self.widget(place)
            if widget is not None and widget not in kept:
                self.removeWidget(widget)
                # Its receipt may still be printing: Python lets go of it when that has landed.
                widget.setParent(None)

    def _nothing_in_hand(self) -> QFrame:
        look = self._look
        card = Surface("card", look)
        sign = QLabel()
        sign.setPixmap(pixmap("inbox", look.palette.strong_line, look.px(48), 2.0))
        start = self.start = KeyButton(self._say("ui.request.direct"), "Ctrl+N", look)
        start.clicked.connect(self.direct)
        column = QVBoxLayout(card)
        column.setSpacing(look.px(10))
        column.addStretch(2)
        for widget in (
            sign,
            section(self._say("ui.request.none"), look),
            small(self._say("ui.request.none_next"), look),
            start,
        ):
            row = QHBoxLayout()
            row.addStretch()
            row.addWidget(widget)
            row.addStretch()
            column.addLayout(row)
        column.addStretch(3)
        return card
