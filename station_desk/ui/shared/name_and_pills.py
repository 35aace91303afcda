"""The name of what is shown with its pills: beside it, or under it where the name would have no room left."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.shared.flow import flowing
from station_desk.ui.shared.giving_way import OnResize

ROOMY = 640
"""In a strip narrower than this the pills go under the name."""


def name_and_pills(name: QLabel, pills: Sequence[QWidget], look: Look) -> QWidget:
    """The strip."""
    strip = QWidget()
    row = QHBoxLayout(strip)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(look.px(8))
    row.addWidget(name, 1)
    row.addWidget(flowing(list(pills), "right", look.px(10)))
    name.setMinimumWidth(look.px(200))
    ways = QBoxLayout.Direction

    def turn(size: QSize) -> None:
        row.setDirection(ways.LeftToRight if size.width() >= look.px(ROOMY) else ways.TopToBottom)

    OnResize(strip, turn)
    return strip
