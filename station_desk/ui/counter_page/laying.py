"""How a request comes onto the counter: its form is made, dressed and shown in small turns of the loop, so
that the window answers meanwhile.
"""

from collections.abc import Callable, Generator, Iterator

from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from station_desk.core.texts import Texts
from station_desk.ui.acts import Acts
from station_desk.ui.counter_page.draft import Draft
from station_desk.ui.counter_page.request_area import RequestArea
from station_desk.ui.counter_page.request_panel import RequestPanel
from station_desk.ui.counter_page.request_parts import RequestParts
from station_desk.ui.look.look import Look
from station_desk.ui.tasks import REST, Task

PanelOf = Callable[[str, RequestParts], RequestPanel]


class Laying:
    """The requests on their way; each is known by its key."""

    def __init__(self, area: RequestArea, panel_of: PanelOf, acts: Acts, say: Texts, look: Look) -> None:
        self._area = area
        self._panel_of = panel_of
        self._acts = acts
        self._say = say
        self._look = look
        self._under_way: dict[str, Task[None]] = {}

    def begin(self, key: str, draft: Draft) -> None:
        """Lays a request on the counter; one that is on its way already comes once."""
        if key in self._under_way:
            return

        def ended() -> None:
            if self._under_way.get(key) is task:
                del self._under_way[key]

        task = self._under_way[key] = self._acts.tasks.in_turns(self._steps(key, draft), ended)

    def stop(self, key: str) -> None:
        """The ticket is called no more: its form does not come."""
        if task := self._under_way.pop(key, None):
            task.cancel()

    def parts_of(self, draft: Draft) -> RequestParts:
        """What a request is made of."""
        return RequestParts(draft, self._acts, self._say, self._look, self._area)

    def _steps(self, key: str, draft: Draft) -> Generator[object, None, None]:
        panel = self._panel_of(key, self.parts_of(draft))
        try:
            yield REST
            yield from panel.make()
            yield from self._dress(panel)
            yield from self._lay_down(key, panel)
        finally:
            # The window may be gone by the time that steps left undone are let go of.
            if isValid(panel) and self._area.panel(key) is not panel:
                # Nobody ever typed here: nothing is being looked up.
                panel.deleteLater()

    def _dress(self, panel: RequestPanel) -> Iterator[None]:
        """Gives the form its looks and its measures where nobody sees it yet."""
        panel.resize(self._area.size())
        for widget in panel.findChildren(QWidget):
            widget.ensurePolished()
            yield
        if layout := panel.layout():
            layout.activate()
        yield

    def _lay_down(self, key: str, panel: RequestPanel) -> Iterator[object]:
        yield REST
        if self._area.panel(key):
            self._area.show_panel(key)
            return
        yield from self._paint(panel, lambda: self._area.lay(key, panel))
        if self._area.panel(key) is panel:
            for _ in self._area.take_in_hand(key):
                yield REST

    def _paint(self, panel: RequestPanel, show: Callable[[], None]) -> Iterator[object]:
        """Shows the request and paints one part of it after the other: the keys are heard between them."""
        parts = (panel.head, panel.form, panel.beside)
        for part in parts:
            part.setUpdatesEnabled(False)
        try:
            show()
            yield REST
            for part in parts:
                panel.repaint()
                part.setUpdatesEnabled(True)
                yield REST
        finally:
            for part in (one for one in parts if isValid(one)):
                part.setUpdatesEnabled(True)
