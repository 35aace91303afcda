"""The pages of a paper as they will be printed, one below the other, as wide as the window allows."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from station_desk.printing.pictures import Picture
from station_desk.ui.look.look import Look
from station_desk.ui.paper.images import image_of
from station_desk.ui.shared.painting import rounded

POINTS_AN_INCH = 72
SETTLE_MS = 60
"""While somebody drags the edge of the window, the pages are not drawn anew for each pixel."""


@dataclass(frozen=True, slots=True)
class Wish:
    """A page, counted from 0, that is wanted as a picture of so many dots an inch."""

    page: int
    dpi: float


class Sheets(QWidget):
    """White sheets with their pictures; one whose picture is still to come is white."""

    def __init__(self, sizes: Sequence[tuple[float, float]], name: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self._sizes = sizes
        self._images: dict[int, QImage] = {}
        self._wide = 0
        self.setAccessibleName(name)

    def fit(self, width: int) -> None:
        """Makes the sheets as wide as fits."""
        self._wide = max(width - 2 * self._gap, 1)
        self.setFixedHeight(self._bottom() + self._gap)
        self.update()

    def place(self, page: int) -> QRect:
        """Where a page lies."""
        top = self._gap + sum(self._high(before) + self._gap for before in range(page))
        return QRect(self._gap, top, self._wide, self._high(page))

    def wish(self, page: int) -> Wish:
        """The picture that the page needs for this screen."""
        return Wish(page, self._wide * self.devicePixelRatioF() * POINTS_AN_INCH / self._sizes[page][0])

    def show_picture(self, page: int, picture: Picture) -> None:
        """The picture of a page has come."""
        self._images[page] = image_of(picture)
        self.update(self.place(page))

    def picture_of(self, page: int) -> QImage | None:
        """What is shown of a page."""
        return self._images.get(page)

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(480), self._bottom() + self._gap)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), QColor(self._look.palette.plain_soft))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for page in range(len(self._sizes)):
            place = self.place(page)
            if place.intersects(event.rect()):
                edge = place.adjusted(-1, -1, 1, 1)
                rounded(painter, edge, PAPER, self._look.palette.strong_line, 0)
                if image := self._images.get(page):
                    painter.drawImage(place, image)

    @property
    def _gap(self) -> int:
        return self._look.px(16)

    def _high(self, page: int) -> int:
        width, height = self._sizes[page]
        return round(self._wide * height / width)

    def _bottom(self) -> int:
        return self.place(len(self._sizes) - 1).bottom() + 1


PAPER = "white"
"""Paper is white in every theme."""


class SheetView(QScrollArea):
    """The sheets in a frame that scrolls. `wanted` asks for the pictures of what is in sight."""

    wanted = Signal(object)
    turned = Signal(int)

    def __init__(self, sizes: Sequence[tuple[float, float]], name: str, look: Look) -> None:
        super().__init__()
        self._count = len(sizes)
        self._page = 0
        self._asked: set[Wish] = set()
        self.sheets = Sheets(sizes, name, look)
        self.setWidget(self.sheets)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._settle = QTimer(self, interval=SETTLE_MS, singleShot=True)
        self._settle.timeout.connect(self._ask)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def turn(self, step: int) -> None:
        """Goes on by so many pages, or back."""
        self.go_to(min(max(self._page + step, 0), self._count - 1))

    def go_to(self, page: int) -> None:
        """Shows a page from its top."""
        self.verticalScrollBar().setValue(self.sheets.place(page).top() - self.sheets.place(0).top())

    def page(self) -> int:
        """The page in sight, counted from 0."""
        return self._page

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.sheets.fit(self.viewport().width())
        self._settle.start()

    def _on_scrolled(self, top: int) -> None:
        middle = top + self.viewport().height() // 3
        seen = [page for page in range(self._count) if self.sheets.place(page).top() <= middle]
        if (page := seen[-1] if seen else 0) != self._page:
            self._page = page
            self.turned.emit(page)
        self._settle.start()

    def _ask(self) -> None:
        top = self.verticalScrollBar().value()
        sight = QRect(0, top, self.viewport().width(), self.viewport().height())
        for page in range(self._count):
            wish = self.sheets.wish(page)
            if self.sheets.place(page).intersects(sight) and wish not in self._asked:
                self._asked.add(wish)
                self.wanted.emit(wish)
