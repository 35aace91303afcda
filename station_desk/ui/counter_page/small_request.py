"""The request in hand where the window is small and the text large: the form has the whole width, the papers
are on their own tab, and the workflow is told on the tab of the guide only.
"""

from PySide6.QtCore import QObject, QSize
from PySide6.QtWidgets import QWidget

from station_desk.ui.counter_page.header_card import HeaderCard
from station_desk.ui.counter_page.materials_view import MaterialsView
from station_desk.ui.look.look import Look
from station_desk.ui.shared.giving_way import OnResize
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.tab_strip import TabStrip

LOW, NARROW = 480, 700
"""Lower than this the workflow gives way, narrower than this the papers beside the form."""


class SmallRequest(QObject):
    """Watches the size of one request; `form` and `papers` are the places of these tabs."""

    def __init__(
        self, panel: QWidget, head: HeaderCard, beside: MaterialsView, materials: MaterialsView,
        tabs: TabStrip, papers: int, look: Look,
    ) -> None:  # fmt: skip
        super().__init__(panel)
        self._head, self._beside, self._materials = head, beside, materials
        self._tabs, self._papers = tabs, papers
        self._look = look
        # The button of this key stands beside the form, and is not heard where it is not seen.
        self._all = Heard("request.papers", panel, beside.all_shown.emit)
        tabs.currentChanged.connect(lambda _tab: self._hear())
        self._fit(QSize(look.px(NARROW), look.px(LOW)))
        OnResize(panel, self._fit)

    def show_paper(self, key: str, form: int) -> None:
        """Leads to a paper, on whichever list is in sight."""
        aside = self._beside.isHidden()
        self._tabs.setCurrentIndex(self._papers if aside else form)
        (self._materials if aside else self._beside).take_focus(key)

    def _fit(self, size: QSize) -> None:
        self._head.show_workflow(size.height() >= self._look.px(LOW))
        self._beside.setVisible(size.width() >= self._look.px(NARROW))
        self._hear()

    def _hear(self) -> None:
        self._all.setEnabled(self._beside.isHidden() and self._tabs.currentIndex() != self._papers)
