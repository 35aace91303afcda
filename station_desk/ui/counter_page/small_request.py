"""The request in hand where the window is small and the text large: the form has the whole width, the papers
are on their own tab, and the workflow is told on the tab of the guide only.
"""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize

from station_desk.ui.look.look import Look
from station_desk.ui.shared.giving_way import OnResize
from station_desk.ui.shared.heard import Heard

if TYPE_CHECKING:
    from station_desk.ui.counter_page.request_panel import RequestPanel

LOW, NARROW = 480, 700
"""Lower than this the workflow gives way, narrower than this the papers beside the form."""


class SmallRequest(QObject):
    """Watches the size of one request; `papers` is the place of their tab."""

    def __init__(self, panel: "RequestPanel", papers: int, look: Look) -> None:
        super().__init__(panel)
        self._panel, self._papers, self._look = panel, papers, look
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

    def _fit(self, size: QSize) -> None:
        self._panel.head.show_workflow(size.height() >= self._look.px(LOW))
        self._panel.beside.setVisible(size.width() >= self._look.px(NARROW))
        self._hear()

    def _hear(self) -> None:
        self._all.setEnabled(
            self._panel.beside.isHidden() and self._panel.tabs.currentIndex() != self._papers
        )
