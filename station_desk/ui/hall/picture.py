"""Draws the display into a picture beside the main thread: the clerk's window must not wait for it."""

from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter

from station_desk.counter.hall.settings import Theme
from station_desk.ui.hall.arrange import arranged, arranged_over
from station_desk.ui.hall.drawing import Frame, Part
from station_desk.ui.hall.painting import measure_in, paint
from station_desk.ui.hall.palette import HALL_PALETTES
from station_desk.ui.hall.showing import Showing


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be drawn, how large in points of the screen, and how dense those are."""

    showing: Showing
    size: tuple[int, int]
    density: float
    theme: Theme
    qr: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What was drawn; `over` is the prominent call, painted over the rest."""

    order: Order
    whole: QImage
    over: QImage | None


class Draughtsman(QObject):
    """Draws one order after the other; those that were overtaken are left out. `made` brings a Picture."""

    made = Signal(object)
    _mistaken = Signal(object)

    def __init__(self, family: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._family = family
        self.measure = measure_in(family)
        self._lane = ThreadPoolExecutor(1, thread_name_prefix="hall-picture")
        self._newest: Order | None = None
        self._open = True
        self._mistaken.connect(_raise, Qt.ConnectionType.QueuedConnection)

    def draw(self, order: Order) -> None:
        """Asks for a picture; the same order twice is drawn once."""
        if order != self._newest and self._open:
            self._newest = order
            self._lane.submit(self._draw, order).add_done_callback(self._look_for_mistakes)

    @property
    def newest(self) -> Order | None:
        """What was asked for last."""
        return self._newest

    def close(self) -> None:
        """Draws nothing any more."""
        self._open = False
        self._lane.shutdown(wait=True, cancel_futures=True)

    def _draw(self, order: Order) -> None:
        if order is not self._newest or not self._open:
            return
        frame = Frame(*order.size, self.measure)
        whole = self._painted(order, arranged(frame, order.showing), HALL_PALETTES[order.theme].ground)
        over = arranged_over(frame, order.showing)
        self.made.emit(Picture(order, whole, self._painted(order, over, "") if over else None))

    def _look_for_mistakes(self, done: "Future[None]") -> None:
        if not done.cancelled() and (error := done.exception()):
            self._mistaken.emit(error)

    def _painted(self, order: Order, parts: list[Part], ground: str) -> QImage:
        size = QSize(*order.size) * order.density
        kind = QImage.Format.Format_RGB32 if ground else QImage.Format.Format_ARGB32_Premultiplied
        image = QImage(size, kind)
        image.setDevicePixelRatio(order.density)
        image.fill(QColor(ground) if ground else Qt.GlobalColor.transparent)
        painter = QPainter(image)
        paint(painter, parts, HALL_PALETTES[order.theme], self._family, order.qr)
        painter.end()
        return image


def _raise(error: BaseException) -> None:
    """On the main thread, where mistakes are reported."""
    raise error
