"""The bar at the bottom of a card: what can be said, and what can be done."""

from collections.abc import Sequence

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.shared.flow import flowing
from station_desk.ui.shared.surface import Surface


def action_bar(hint: QLabel, actions: Sequence[QWidget], look: Look) -> Surface:
    """The bar at the bottom: a sentence at the left, the actions at the right, the primary one last.

    Where they have no room beside one another they go on in a second line.
    """
    bar = Surface("top", look)
    row = QHBoxLayout(bar)
    row.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(10))
    row.setSpacing(look.px(10))
    hint.setMinimumWidth(look.px(100))
    row.addWidget(hint, 1)
    row.addWidget(flowing(list(actions), "right", look.px(10)))
    return bar
