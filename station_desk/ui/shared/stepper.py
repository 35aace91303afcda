"""The published workflow as a row of stages: circles, names, who and how long; the present one is marked."""

from dataclasses import dataclass
from typing import Literal

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.shared.painting import WRAP, wrapped_height

NARROWEST = 104
"""Stages that would be narrower go on in a second row."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage: its name, what stands under it (role and limit), and where the case is.

    `past` is a stage that the case has passed over by taking another way.
    """

    name: str
    under: str
    place: Literal["done", "now", "ahead", "past"]


class Stepper(QWidget):
    """Never cuts a name: long ones wrap, many stages take a second row."""

    def __init__(self, name: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self._stages: tuple[Stage, ...] = ()
        self._heights: dict[int, int] = {}
        self._sizes: tuple[QFont, QFont, QFont] = (
            look.font(look.sizes.body), look.bold(look.sizes.body), look.font(look.sizes.secondary),
        )  # fmt: skip
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_stages(self, stages: tuple[Stage, ...]) -> None:
        """Shows these stages."""
        self._stages = stages
        self._heights.clear()
        words = "; ".join(f"{n}. {s.name}, {s.under}" for n, s in enumerate(stages, start=1))
        self.setAccessibleDescription(words)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int, /) -> int:
        # A layout asks for the same width hundreds of times while a request is laid on the counter.
        if width not in self._heights:
            self._heights[width] = sum(self._row_height(row, width) for row in self._rows(width))
        return self._heights[width]

    def sizeHint(self) -> QSize:
        width = max(self.width(), self._look.px(480))
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        # The height of one row: a width that it has only while it is being made would make the window grow.
        return QSize(self._look.px(240), self.heightForWidth(max(self.width(), self._look.px(960))))

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        top = 0
        for row in self._rows(self.width()):
            self._paint_row(painter, row, top)
            top += self._row_height(row, self.width())

    def _rows(self, width: int) -> list[tuple[Stage, ...]]:
        most = max(1, width // self._look.px(NARROWEST))
        count = -(-len(self._stages) // most)
        if not count:
            return []
        long = -(-len(self._stages) // count)
        return [self._stages[start : start + long] for start in range(0, len(self._stages), long)]

    def _row_height(self, row: tuple[Stage, ...], width: int) -> int:
        room = width // len(row) - self._look.px(12)
        names = max(wrapped_height(s.name, QFontMetrics(self._sizes[1]), room) for s in row)
        unders = max(wrapped_height(s.under, QFontMetrics(self._sizes[2]), room) for s in row)
        return self._look.px(32) + names + unders + self._look.px(2)

    def _paint_row(self, painter: QPainter, row: tuple[Stage, ...], top: int) -> None:
        look = self._look
        width = self.width() / len(row)
        room = self.width() // len(row) - look.px(12)
        middle = top + look.px(13)
        names = max(wrapped_height(s.name, QFontMetrics(self._sizes[1]), room) for s in row)
        for place, stage in enumerate(row):
            centre = QPoint(round(width * (place + 0.5)), middle)
            if place + 1 < len(row):
                self._paint_line(painter, centre, round(width), stage)
            self._paint_circle(painter, centre, stage)
            under = top + look.px(30)
            self._paint_words(
                painter, QRect(centre.x() - room // 2, under, room, names), stage.name, stage, 0
            )
            rect = QRect(centre.x() - room // 2, under + names + look.px(2), room, self.height())
            self._paint_words(painter, rect, stage.under, stage, 2)

    def _paint_line(self, painter: QPainter, start: QPoint, length: int, stage: Stage) -> None:
        gap, colours = self._look.px(14), self._look.palette
        painter.setPen(QPen(QColor(colours.accent if stage.place == "done" else colours.line), 2))
        painter.drawLine(start + QPoint(gap, 0), start + QPoint(length - gap, 0))

    def _paint_circle(self, painter: QPainter, centre: QPoint, stage: Stage) -> None:
        look, colours = self._look, self._look.palette
        painter.setPen(Qt.PenStyle.NoPen)
        radius = look.px(9)
        match stage.place:
            case "now":
                painter.setBrush(QColor(colours.accent_soft))
                painter.drawEllipse(centre, look.px(13), look.px(13))
                painter.setBrush(QColor(colours.accent))
                painter.drawEllipse(centre, radius, radius)
            case "done":
                painter.setBrush(QColor(colours.accent))
                painter.drawEllipse(centre, radius, radius)
                painter.setPen(QPen(QColor(colours.on_accent), 2))
                unit = look.px(4)
                elbow = centre + QPoint(-unit // 3, unit - 1)
                painter.drawPolyline([centre + QPoint(-unit, 0), elbow, centre + QPoint(unit, -unit + 1)])
            case "past":
                painter.setPen(QPen(QColor(colours.line), 2))
                painter.drawLine(centre - QPoint(radius, 0), centre + QPoint(radius, 0))
            case "ahead":
                painter.setPen(QPen(QColor(colours.strong_line), 2))
                painter.setBrush(QColor(colours.surface))
                painter.drawEllipse(centre, radius, radius)

    def _paint_words(self, painter: QPainter, rect: QRect, text: str, stage: Stage, font: int) -> None:
        colours = self._look.palette
        now = stage.place == "now" and font == 0
        painter.setFont(self._sizes[1] if now else self._sizes[font])
        painter.setPen(
            QColor(colours.accent if now else colours.muted if font or stage.place == "past" else colours.ink)
        )
        painter.drawText(rect, WRAP | Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop, text)
