"""The right side of the counter page: the request in hand, one of several kept open, or what to do next."""

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.counter_page.parked_card import ParkedCard
from station_desk.ui.counter_page.request_panel import RequestPanel
from station_desk.ui.look.look import Look


class RequestArea(QStackedWidget):
    """Each ticket keeps its own form until it was accepted, so that nothing typed is lost by looking at
    another. `in_hand` carries the key of the request that is shown, `ended` the name of a draft that is over.
    """

    in_hand = Signal(str)
    ended = Signal(str)

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self._panels: dict[str, RequestPanel] = {}
        self.parked = self._empty = ParkedCard(say, look)
        self.addWidget(self._empty)

    def panels(self) -> dict[str, RequestPanel]:
        """All open requests by their keys."""
        return dict(self._panels)

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
        self.lay(key, panel)
        for _ in self.take_in_hand(key):
            pass

    def lay(self, key: str, panel: RequestPanel) -> None:
        """Keeps a request open and lets it be seen; the keys go to it when it is taken in hand."""
        self._panels[key] = panel
        self._drop_notes()
        self._bring(panel)

    def take_in_hand(self, key: str) -> Iterator[None]:
        """Work goes on in a request that lies there: the keys go to it first, then the queue follows; a turn
        of the loop may pass between the steps.
        """
        panel = self._panels[key]
        panel.take_focus()
        yield
        if self.current() is panel:
            self.in_hand.emit(key)
        yield
        if self._panels.get(key) is panel:
            panel.start()

    def swap(self, key: str, panel: RequestPanel) -> None:
        """Puts another form of the same request in its place."""
        before = self._panels[key]
        self._panels[key] = panel
        if self.currentWidget() is before:
            self._bring(panel)
        before.people.close()
        before.deleteLater()

    def show_panel(self, key: str) -> None:
        """Shows an open request, the focus where it was when it was left."""
        self._drop_notes()
        panel = self._panels[key]
        self._bring(panel)
        panel.take_focus()
        self.in_hand.emit(key)

    def end(self, key: str, note: QWidget | None = None) -> None:
        """Closes a request; a note about it may take its place."""
        panel = self._panels.pop(key)
        shown = self.currentWidget() is panel
        # Without a focus to hand on, Qt does not carry it to some other button: the note takes it in time.
        inside: QWidget | None = panel.focusWidget()
        if shown and note and inside:
            inside.clearFocus()
        self.removeWidget(panel)
        panel.people.close()
        self.ended.emit(panel.draft.command)
        panel.deleteLater()
        if note:
            self.addWidget(note)
        if shown:
            self._bring(note or self._empty)
            self.in_hand.emit("")

    def rest(self) -> None:
        """Nothing is in hand."""
        self._drop_notes()
        self._bring(self._empty)
        self.in_hand.emit("")

    def _bring(self, page: QWidget) -> None:
        """Shows a page. Requests out of sight stand outside of the stack: with each change of the window a
        stack measures all that it holds, and a clerk may keep twenty forms open.
        """
        before = self.currentWidget()
        if self.indexOf(page) < 0:
            self.addWidget(page)
        self.setCurrentWidget(page)
        if before is not page and isinstance(before, RequestPanel):
            self.removeWidget(before)

    def _drop_notes(self) -> None:
        kept = {self._empty, *self._panels.values()}
        for place in reversed(range(self.count())):
            widget = self.widget(place)
            if widget is not None and widget not in kept:
                self.removeWidget(widget)
                # Its receipt may still be printing: Python lets go of it when that has landed.
                widget.setParent(None)
