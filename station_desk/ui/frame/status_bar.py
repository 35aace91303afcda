"""The status bar: printer and catalogue at the left, work under way in the middle, the day's counts and the time."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.labels import small
from station_desk.ui.shared.surface import Surface

if TYPE_CHECKING:
    from station_desk.ui.frame.work_under_way import WorkUnderWay


class StatusBar(Surface):
    """Small words; nothing here asks for anything."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__("top", look)
        self.setFixedHeight(look.px(30))
        self._say = say
        self.printer, self.edition, self.counts, self.time = (small("", look) for _ in range(4))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        row.setSpacing(look.px(24))
        for widget in (self.printer, self.edition):
            row.addWidget(widget)
        row.addStretch()
        self._place_of_work = row.count()
        row.addStretch()
        for widget in (self.counts, self.time):
            row.addWidget(widget)
        self._row = row
        self._work: WorkUnderWay | None = None

    def show_printer(self, *, ready: bool) -> None:
        """Names the printer, and whether it took the last paper."""
        state = self._say("ui.status.ready" if ready else "ui.status.not_ready")
        self.printer.setText(self._say("ui.status.printer", name=self._say("ui.status.folder"), state=state))

    def work(self, look: Look) -> "WorkUnderWay":
        """The place where work under way is shown; made when first needed."""
        if self._work is None:
            from station_desk.ui.frame.work_under_way import WorkUnderWay

            self._work = WorkUnderWay(self._say, look)
            self._row.insertWidget(self._place_of_work, self._work)
        return self._work
