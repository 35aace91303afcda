"""Pages that lie behind one another, each made when it is wanted first: what nobody opens costs nothing."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QStackedWidget, QWidget


class LaterPages(QStackedWidget):
    """The pages by their places; the first is shown at once."""

    def __init__(self, pages: Sequence[Callable[[], QWidget]], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages = pages
        self.prepare(0)

    def bring(self, place: int) -> None:
        """Shows a page."""
        self.setCurrentWidget(self.prepare(place))

    def prepare(self, place: int) -> QWidget:
        """Makes a page without showing it."""
        page = self._pages[place]()
        if self.indexOf(page) < 0:
            self.addWidget(page)
        return page
