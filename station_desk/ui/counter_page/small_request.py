"""The request in hand where the window is small and the text large: the form has the whole width, the papers
are on their own tab, the workflow is told on the tab of the guide only, and the action says no more than
it has room for.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize

from station_desk.ui.counter_page.action_words import ActionWords
from station_desk.ui.look.look import Look
from station_desk.ui.shared.action_bar import BESIDE
from station_desk.ui.shared.giving_way import OnResize
from station_desk.ui.shared.heard import Heard

if TYPE_CHECKING:
    from station_desk.ui.counter_page.request_panel import RequestPanel

GAP, EDGE = 10, 16
"""Between the actions and at their sides, as in their bar."""

LOW, NARROW = 480, 700
"""Lower than this the workflow gives way, narrower than this the papers beside the form."""


class SmallRequest(QObject):
    """Watches the size of one request; `papers` is the place of their tab."""

    def __init__(self, panel: "RequestPanel", papers: int, look: Look) -> None:
        super().__init__(panel)
        self._panel, self._papers, self._look = panel, papers, look
        self._words: ActionWords | None = None
        self._size = QSize()
        # The button of this key stands beside the form, and is not heard where it is not seen.
        self._all = Heard("request.papers", panel, panel.show_all_needed)
        panel.tabs.currentChanged.connect(lambda _tab: self._hear())
        self._fit(QSize(look.px(NARROW), look.px(LOW)))
        OnResize(panel, self._fit)

    def show_paper(self, key: str) -> None:
        """Leads to a paper, on whichever list is in sight."""
        panel = self._panel
        if panel.beside.isHidden():
            panel.tabs.setCurrentIndex(self._papers)
            panel.materials.take_focus(key)
        else:
            panel.beside.take_focus(key)

    def say_action(self, words: ActionWords) -> None:
        """Says what the action will do, or what is missing: beside it only where a line can be spared."""
        self._words = words
        panel = self._panel
        panel.accept.say(words.button, words.kind)
        beside = words.beside
        if self._room_beside() < 0:
            panel.accept.say(words.short, words.kind)
            beside = words.beside_short
        if self._is_low() and self._room_beside() < self._look.px(BESIDE):
            beside = ""
        panel.tell(beside)

    def _room_beside(self) -> int:
        """How wide the sentence beside the actions may be; below nothing where they lack room themselves."""
        panel, gap = self._panel, self._look.px(GAP)
        actions = (panel.notice.back, panel.notice.tell, panel.accept)
        needed = sum(one.sizeHint().width() + gap for one in actions if not one.isHidden())
        return self._size.width() - 2 * self._look.px(EDGE) - needed

    def _is_low(self) -> bool:
        return self._size.height() < self._look.px(LOW)

    def _fit(self, size: QSize) -> None:
        self._size = size
        if self._words:
            self.say_action(self._words)
        self._panel.head.show_workflow(not self._is_low())
        self._panel.beside.setVisible(size.width() >= self._look.px(NARROW))
        self._hear()

    def _hear(self) -> None:
        self._all.setEnabled(
            self._panel.beside.isHidden() and self._panel.tabs.currentIndex() != self._papers
        )
