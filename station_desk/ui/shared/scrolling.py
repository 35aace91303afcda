"""What may be higher than the window, in a frame that scrolls it; sideways it never has to."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QSizePolicy, QWidget


def scrolling(content: QWidget) -> QScrollArea:
    """The content in an area that scrolls; the focus goes to what stands in it, not to the area."""
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidgetResizable(True)
    area.setWidget(content)
    return area


class Fitting(QScrollArea):
    """As high as its content where there is room; it scrolls only where there is none, down to `lowest`."""

    def __init__(self, content: QWidget, lowest: int) -> None:
        super().__init__()
        self._content = content
        self._lowest = lowest
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setWidgetResizable(True)
        content.setProperty("ground", "none")
        self.setWidget(content)
        content.installEventFilter(self)

    def sizeHint(self) -> QSize:
        content = self._content
        width = self.viewport().width()
        high = content.heightForWidth(width) if content.hasHeightForWidth() else content.sizeHint().height()
        return QSize(content.sizeHint().width(), high)

    def minimumSizeHint(self) -> QSize:
        width = self._content.minimumSizeHint().width()
        return QSize(width, min(self._lowest, self.sizeHint().height()))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.updateGeometry()
        return super().eventFilter(watched, event)
