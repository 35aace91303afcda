"""What a window paints, word for word: it is painted once more into something that only keeps the words.

So rows of lists, drawn workflows and fields are read as they are drawn, not as they are named. Beside them
stand the titles of windows, the tips in sight, the clipboard, the text of a paper that is shown in pictures.
"""

from collections.abc import Iterator

from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication, QPaintDevice, QPaintEngine, QTextItem
from PySide6.QtWidgets import QApplication, QWidget

from station_desk.ui.paper.preview import Preview
from tests.store.theft import unpacked

Metric = QPaintDevice.PaintDeviceMetric
DOTS_AN_INCH = 96


class Words(QPaintEngine):
    """Keeps each run of text in the order of painting, and lets everything else go by."""

    def __init__(self) -> None:
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.said: list[str] = []

    def begin(self, _device: QPaintDevice, /) -> bool:
        return True

    def end(self) -> bool:
        return True

    def type(self) -> QPaintEngine.Type:
        return QPaintEngine.Type.User

    def updateState(self, _state: object, /) -> None:  # noqa: N802 - of Qt
        pass

    def drawTextItem(self, _place: object, text: QTextItem, /) -> None:  # noqa: N802 - of Qt
        self.said.append(text.text())

    def _nothing(self, *_drawn: object, **_named: object) -> None:
        pass

    drawPixmap = drawImage = drawTiledPixmap = drawPath = drawPolygon = _nothing  # noqa: N815
    drawRects = drawLines = drawPoints = drawEllipse = _nothing  # noqa: N815


class Sheet(QPaintDevice):
    """Something as large as a window to paint on."""

    def __init__(self, width: int, height: int) -> None:
        super().__init__()
        self.words = Words()
        self._sizes = {
            Metric.PdmWidth: width, Metric.PdmHeight: height, Metric.PdmWidthMM: width,
            Metric.PdmHeightMM: height,
            Metric.PdmDepth: 32, Metric.PdmNumColors: 1 << 24, Metric.PdmDevicePixelRatio: 1,
            Metric.PdmDevicePixelRatioScaled: 1 << 16,
        }  # fmt: skip

    def paintEngine(self) -> QPaintEngine:  # noqa: N802 - of Qt
        return self.words

    def metric(self, which: Metric, /) -> int:
        return self._sizes.get(which, DOTS_AN_INCH)


def painted(widget: QWidget) -> str:
    """All that stands in a widget, run after run without a gap: a name broken over two lines is whole."""
    sheet = Sheet(widget.width(), widget.height())
    widget.render(sheet, QPoint())
    return "".join(sheet.words.said)


def windows() -> list[QWidget]:
    """Everything of the program that is on the screen now, tips and lists that fly over it too."""
    return [top for top in QApplication.topLevelWidgets() if top.isVisible()]


def in_sight(window: QWidget) -> str:
    """What is read of one window: painted, in its title, on the paper that it shows."""
    papers = window.shown.pdf if isinstance(window, Preview) else b""
    return " ".join((window.windowTitle(), painted(window), *_text_of(papers)))


def on_the_clipboard() -> str:
    """What somebody could insert elsewhere."""
    return QGuiApplication.clipboard().text()


def _text_of(pdf: bytes) -> Iterator[str]:
    if pdf:
        yield from ("".join(raw.decode("utf-8", "replace").split()) for _, raw in unpacked("pdf", pdf))
