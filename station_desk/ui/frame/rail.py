"""The rail at the left: one button a page, with its icon and its word."""

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout

from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.keyed import Keyed
from station_desk.ui.shared.painting import CENTRE, rounded
from station_desk.ui.shared.surface import Surface

HEIGHT, LOWEST, ALONE = 64, 52, 44
"""How high a button is, how high at least in a low window with large text, and how high without its word."""

Picture = Callable[[str, str, int, float], QPixmap]


class RailButton(Keyed):
    """Leads to a page; its icon is drawn when it is there, which is after the first paint."""

    def __init__(self, name: str, text: str, key: str, look: Look) -> None:
        super().__init__(key)
        self.name = name
        self._look = look
        self._picture: Picture | None = None
        self._with_word = True
        self.setCheckable(True)
        self.name_it(text)
        self.setToolTip(f"{text}  {key}")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def draw_with(self, picture: Picture) -> None:
        """Hands over the pictures of the icons."""
        self._picture = picture
        self.update()

    def show_word(self, shown: bool) -> None:  # noqa: FBT001 - one thing in two states
        """Shows the word under the picture, or the picture alone; the tip says the word then."""
        self._with_word = shown
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        if not self._with_word:
            return QSize(self._look.px(ALONE), self._look.px(ALONE))
        words = self.fontMetrics().horizontalAdvance(self.text())
        return QSize(max(self._look.px(72), words + self._look.px(16)), self._look.px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(self.sizeHint().width(), self._look.px(LOWEST if self._with_word else ALONE))

    def paintEvent(self, event: QPaintEvent, /) -> None:
        look, colours, rect = self._look, self._look.palette, self.rect()
        painter = QPainter(self)
        if self.isChecked() or self.underMouse():
            painter.fillRect(rect, QColor(colours.accent_soft if self.isChecked() else colours.raised))
        if self.isChecked():
            painter.fillRect(0, 0, look.px(3), rect.height(), QColor(colours.accent))
        if self.hasFocus():
            rounded(painter, rect.adjusted(4, 2, -3, -2), "", colours.accent, 4, 2)
        ink = colours.accent if self.isChecked() else colours.muted
        self._paint_icon(painter, ink)
        if not self._with_word:
            return
        painter.setFont(
            look.bold(look.sizes.secondary) if self.isChecked() else look.font(look.sizes.secondary)
        )
        painter.setPen(QColor(ink))
        painter.drawText(QRect(0, self._top() + look.px(36), rect.width(), look.px(20)), CENTRE, self.text())

    def _paint_icon(self, painter: QPainter, ink: str) -> None:
        if self._picture:
            size = self._look.px(22)
            picture = self._picture(self.name, ink, size, self.devicePixelRatioF())
            top = self._top() + self._look.px(11) if self._with_word else (self.height() - size) // 2
            painter.drawPixmap((self.width() - size) // 2, top, picture)

    def _top(self) -> int:
        """Where the picture and the word begin: in a low window they stand closer to the edges."""
        return (self.height() - self._look.px(HEIGHT)) // 2


class Rail(Surface):
    """The pages that there are; `chosen` names the one the clerk wants."""

    chosen = Signal(str)

    def __init__(self, pages: tuple[tuple[str, str], ...], look: Look) -> None:
        super().__init__("right", look)
        self._buttons: list[RailButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, look.px(8), 1, look.px(8))
        column.setSpacing(0)
        for name, text in pages:
            button = RailButton(name, text, key_of(f"go.{name}"), look)
            button.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            self._buttons.append(button)
            column.addWidget(button)
        column.addStretch()
        self.show_chosen(pages[0][0])

    def show_chosen(self, name: str) -> None:
        """Marks the page that is shown."""
        for button in self.buttons():
            button.setChecked(button.name == name)

    def show_words(self, shown: bool) -> None:  # noqa: FBT001 - one thing in two states
        """Words under the pictures, or pictures alone in a narrow window."""
        for button in self._buttons:
            button.show_word(shown)

    def allow(self, name: str, *, allowed: bool) -> None:
        """A page that the role may not see has no button, and so no key."""
        for button in self.buttons():
            if button.name == name:
                button.setVisible(allowed)

    def buttons(self) -> list[RailButton]:
        """The buttons from top to bottom."""
        return self._buttons
