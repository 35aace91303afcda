"""The look of the windows as one value: which colours, how large, in which font. Every widget that paints
asks it.
"""

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QColor, QFont, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from station_desk.ui.look.palette import PALETTES, Palette, Theme
from station_desk.ui.look.sizes import Sizes

KNOWN_FONTS = 64


class Look(NamedTuple):
    """Colours and sizes of a session; `family` is the font that was loaded."""

    palette: Palette
    sizes: Sizes
    family: str

    def font(self, size: int) -> QFont:
        """The font in a size in pixels, as `sizes` names them. It is everybody's: nobody changes it."""
        return _font(self.family, size, bold=False)

    def bold(self, size: int) -> QFont:
        """The bold font in a size in pixels."""
        return _font(self.family, size, bold=True)

    def px(self, length: int) -> int:
        """A length of the grid in this session's scale."""
        return self.sizes.scaled(length)


# Each stroke asks for its font: Qt finds the letters of one that it knows at once.
@lru_cache(maxsize=KNOWN_FONTS)
def _font(family: str, size: int, *, bold: bool) -> QFont:
    font = QFont(family)
    font.setPixelSize(size)
    font.setBold(bold)
    return font


def look_of(theme: Theme, factor: float, family: str) -> Look:
    """The look of a theme with text enlarged by a factor (1, 1.25 or 1.5)."""
    return Look(PALETTES[theme], Sizes(factor), family)


def dress(app: QApplication, look: Look) -> None:
    """Gives the whole program the font and the colours of this look: all that the first paint needs."""
    app.setFont(look.font(look.sizes.body))
    app.setPalette(_qt_palette(look.palette))


def style(window: QWidget, look: Look) -> None:
    """Adds the stylesheet, which Qt works out for every widget of the window: after the first paint."""
    from station_desk.ui.look.sheet import stylesheet

    sheet = stylesheet(look.palette, look.sizes)
    # Even for the very same sheet Qt works it out anew for every widget: another language has the same one.
    if window.styleSheet() != sheet:
        window.setStyleSheet(sheet)


def _qt_palette(colours: Palette) -> QPalette:
    made = QPalette(QColor(colours.background))
    role = QPalette.ColorRole
    for part, colour in (
        (role.Window, colours.background),
        (role.Base, colours.surface),
        (role.AlternateBase, colours.raised),
        (role.Button, colours.surface),
        (role.Text, colours.ink),
        (role.WindowText, colours.ink),
        (role.ButtonText, colours.ink),
        (role.PlaceholderText, colours.muted),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Accent, colours.accent),
        (role.Link, colours.accent),
        (role.ToolTipBase, colours.surface),
        (role.ToolTipText, colours.ink),
        (role.Mid, colours.line),
    ):
        made.setColor(part, QColor(colour))
    return made
