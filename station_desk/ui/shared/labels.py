"""Plain words on a page, in the sizes of the house."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QLabel, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone


def words(text: str, look: Look, parent: QWidget | None = None) -> QLabel:
    """Body text on one line."""
    label = QLabel(text, parent)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setFont(look.font(look.sizes.body))
    return label


def small(text: str, look: Look, parent: QWidget | None = None) -> QLabel:
    """Secondary text: smaller and muted."""
    label = words(text, look, parent)
    label.setFont(look.font(look.sizes.secondary))
    set_tone(label, "plain", look)
    return label


def section(text: str, look: Look, parent: QWidget | None = None) -> QLabel:
    """The heading of a section."""
    label = words(text, look, parent)
    label.setFont(look.bold(look.sizes.section))
    return label


def title(text: str, look: Look, parent: QWidget | None = None) -> QLabel:
    """The title of a page."""
    label = words(text, look, parent)
    label.setFont(look.bold(look.sizes.title))
    return label


def wrapping(label: QLabel) -> QLabel:
    """The same label, its words going on in further lines where they need them."""
    label.setWordWrap(True)
    return label


def centred(label: QLabel) -> QLabel:
    """The same label in the middle of its row, going on in further lines where it must."""
    label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter)
    return wrapping(label)


def set_tone(label: QLabel, tone: Tone, look: Look) -> None:
    """Says a label in a tone of the palette; `plain` is muted."""
    colours = QPalette()
    colours.setColor(QPalette.ColorRole.WindowText, QColor(look.palette.tone(tone)[0]))
    label.setPalette(colours)


def capital(text: str) -> str:
    """A label begins with a capital letter where the script has one."""
    return text[:1].upper() + text[1:]
