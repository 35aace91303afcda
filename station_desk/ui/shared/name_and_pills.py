"""The name of what is shown with its pills: beside it, or under it where the name would have no room left."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.shared.flow import Flow
from station_desk.ui.shared.giving_way import OnResize

ROOMY = 640
"""In a strip narrower than this the pills go under the name."""


class NameAndPills(QWidget):
    """The strip. The pills are at its right edge, or begin under the beginning of the name."""

    def __init__(self, name: QLabel, pills: Sequence[QLabel], look: Look) -> None:
        super().__init__()
        self._look = look
        self._name = name
        self._pills = pills
        self._one_line = self._was_spared = False
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(name, 1)
        place = self._place = QWidget()
        self._flow = Flow("right", look.px(10))
        place.setLayout(self._flow)
        for pill in pills:
            self._flow.addWidget(pill)
        row.addWidget(place)
        name.setMinimumWidth(look.px(200))
        OnResize(self, self._turn)

    def keep_one_line(self, wanted: bool) -> None:  # noqa: FBT001 - one thing in two states
        """Only what has room beside the name stays, the first named first; the rest stands in the tip."""
        if wanted != self._one_line:
            self._one_line = wanted
            self._turn(self.size())

    def _turn(self, size: QSize) -> None:
        beside = self._one_line or size.width() >= self._look.px(ROOMY)
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        self._flow.stand_at("right" if beside else "left")
        if self._one_line:
            self._spare(size.width())
        elif self._was_spared:
            self._show(len(self._pills))
        self._was_spared = self._one_line

    def _spare(self, width: int) -> None:
        room = width - QFontMetrics(self._name.font()).horizontalAdvance(self._name.text())
        asked, fitting = self._row.spacing() - self._flow.spacing(), 0
        for pill in self._pills:
            asked += self._flow.spacing() + pill.sizeHint().width()
            fitting += asked <= room
        self._show(fitting)
        self._place.setMinimumWidth(self._flow.sizeHint().width())

    def _show(self, count: int) -> None:
        self._place.setMinimumWidth(0)
        self._place.setVisible(count > 0)
        for n, pill in enumerate(self._pills):
            pill.setVisible(n < count)
        self.setToolTip(" · ".join(pill.text() for pill in self._pills[count:]))
