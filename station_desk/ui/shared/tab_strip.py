"""Tabs as words with a line under the one that is shown; a tab may carry a count."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QTabBar, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.giving_way import RowGivesWay
from station_desk.ui.shared.surface import Surface


class TabStrip(QTabBar):
    """Plain words; `Ctrl+Tab` and the arrow keys move between them."""

    def __init__(self, names: tuple[str, ...], name: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self._counts: dict[int, tuple[str, Tone]] = {}
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFont(look.bold(look.sizes.body))
        for text in names:
            self.addTab(text)

    def show_count(self, place: int, count: str, tone: Tone) -> None:
        """Sets the count beside a tab's word."""
        if self._counts.get(place) != (count, tone):
            self._counts[place] = (count, tone)
            self.setAccessibleTabName(place, f"{self.tabText(place)} {count}")
            # A new text is how Qt hears that the tab has another size.
            self.setTabText(place, self.tabText(place) + " ")
            self.setTabText(place, self.tabText(place).rstrip())
            self.update()

    def tabSizeHint(self, index: int, /) -> QSize:
        metrics = QFontMetrics(self.font())
        count = self._counts.get(index, ("", "plain"))[0]
        width = metrics.horizontalAdvance(self.tabText(index)) + self._look.px(24)
        if count:
            width += metrics.horizontalAdvance(count) + self._look.px(6)
        return QSize(width, self._look.px(42))

    def minimumTabSizeHint(self, index: int, /) -> QSize:
        return self.tabSizeHint(index)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        for place in range(self.count()):
            self._paint_tab(painter, place, self.tabRect(place))

    def _paint_tab(self, painter: QPainter, place: int, rect: QRect) -> None:
        look, colours = self._look, self._look.palette
        chosen = place == self.currentIndex()
        painter.setFont(look.bold(look.sizes.body) if chosen else look.font(look.sizes.body))
        painter.setPen(QColor(colours.accent if chosen else colours.ink))
        text = rect.adjusted(look.px(12), 0, 0, 0)
        painter.drawText(text, Qt.AlignmentFlag.AlignVCenter, self.tabText(place))
        if count := self._counts.get(place):
            used = painter.fontMetrics().horizontalAdvance(self.tabText(place)) + look.px(6)
            painter.setPen(QColor(colours.tone(count[1])[0]))
            painter.setFont(look.bold(look.sizes.body))
            painter.drawText(text.adjusted(used, 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, count[0])
        if chosen:
            line = QRect(rect.left() + look.px(10), rect.bottom() - 1, rect.width() - look.px(20), 2)
            painter.fillRect(line, QColor(colours.accent))
        if chosen and self.hasFocus():
            painter.setPen(QColor(colours.accent))
            painter.drawRoundedRect(rect.adjusted(4, 8, -4, -8), 4, 4)


def tab_row(tabs: TabStrip, beside: Sequence[QWidget], look: Look) -> Surface:
    """The tabs with a line below them, and at the right whatever goes with all of them; words give way."""
    frame = Surface("bottom", look)
    row = QHBoxLayout(frame)
    row.setContentsMargins(look.px(6), 0, look.px(16), 0)
    row.addWidget(tabs)
    row.addStretch()
    for widget in beside:
        row.addWidget(widget)
    labels = [widget for widget in beside if isinstance(widget, QLabel)]
    RowGivesWay(frame, labels, lambda part: part.text() if isinstance(part, QLabel) else "")
    return frame
