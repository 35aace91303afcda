"""What gives way in a small window with large text: the least needed parts of a row go first, a column beside
the page becomes narrower, a part of a page that says what is said elsewhere too is left out.

Lengths are told in the grid of the look: a window is small when its text is large.
"""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from station_desk.ui.look.look import Look

WIDE, NARROW = 348, 320
"""How wide the column beside a page is, in a window with room and in one without."""

ROOMY = 1080
"""From this width on a page has room for the wide column."""

SCREENLESS = ("offscreen", "minimal")

HEARD = (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show)


class RowGivesWay(QObject):
    """Hides parts of a row, the first named first, as long as the row is wider than its room; what went is
    told in the tip of the row.
    """

    def __init__(self, row: QWidget, first_to_go: Sequence[QWidget], words: Callable[[QWidget], str]) -> None:
        super().__init__(row)
        self._row = row
        self._order = list(first_to_go)
        self._words = words
        self._gone: list[QWidget] = []
        row.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in HEARD:
            self.look()
        return False

    def leave_out(self, part: QWidget) -> None:
        """That part is in the row no more."""
        self._order.remove(part)
        if part in self._gone:
            self._gone.remove(part)

    def look(self) -> None:
        """Looks how much room there is now."""
        layout = self._row.layout()
        if layout is None:
            return
        order = [part for part in self._order if part in self._gone or not part.isHidden()]
        room = self._row.width() - layout.minimumSize().width()
        room -= sum(part.sizeHint().width() + layout.spacing() for part in self._gone)
        gone: list[QWidget] = []
        for part in order:
            if room >= 0:
                break
            gone.append(part)
            room += part.sizeHint().width() + layout.spacing()
        if gone != self._gone:
            before, self._gone = self._gone, gone
            for part in (*before, *gone):
                part.setVisible(part not in gone)
        self._row.setToolTip(" · ".join(filter(None, map(self._words, gone))))


class OnResize(QObject):
    """Tells somebody the size of a widget whenever it is another one."""

    def __init__(self, watched: QWidget, told: Callable[[QSize], None]) -> None:
        super().__init__(watched)
        self._told = told
        watched.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and isinstance(watched, QWidget):
            self._told(watched.size())
        return False


def column_gives_way(column: QWidget, page: QWidget, look: Look) -> None:
    """The column at the left of a page is narrower where the page is narrow."""
    column.setFixedWidth(look.px(WIDE))
    OnResize(
        page,
        lambda size: column.setFixedWidth(look.px(WIDE if size.width() >= look.px(ROOMY) else NARROW)),
    )


def show_together(row: QWidget, wanted: Mapping[QWidget, bool]) -> None:
    """Shows and hides parts of a row in one go.

    With each part that comes in sight Qt lays out all of the window at once, unless its row is out of sight.
    """
    others = {part: shown for part, shown in wanted.items() if part.isHidden() == shown}
    focus: QWidget | None = row.window().focusWidget()
    at_once = sum(others.values()) > 1 and row.isVisible() and (focus is None or not row.isAncestorOf(focus))
    if at_once:
        row.hide()
    for part, shown in others.items():
        part.setVisible(shown)
    if at_once:
        row.show()


def within_window(size: QSize, parent: QWidget | None) -> QSize:
    """The size of a dialog, no larger than the window it belongs to."""
    return size if parent is None else size.boundedTo(parent.window().size())


def on_screen(size: QSize) -> QSize:
    """The size of a window, no larger than the screen; where there is none, no screen has edges."""
    screen: QScreen | None = QGuiApplication.primaryScreen()
    if screen is None or QGuiApplication.platformName() in SCREENLESS:
        return size
    return size.boundedTo(screen.availableSize())
