"""The bar at the bottom of a card: what can be said, and what can be done."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLabel, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.shared.flow import flowing
from station_desk.ui.shared.surface import Surface

BESIDE = 180
"""Where a sentence has less room than this beside the actions, it stands above them."""

MOST = 16_777_215
"""As high as Qt lets anything be."""

HEARD = (QEvent.Type.Resize, QEvent.Type.LayoutRequest, QEvent.Type.Show)


class ActionBar(Surface):
    """A sentence at the left, the actions at the right, the primary one last; one above the others where they
    have no room beside one another.
    """

    def __init__(self, hint: QLabel, actions: Sequence[QWidget], look: Look) -> None:
        super().__init__("top", look)
        self._hint = hint
        self._flow = flowing(list(actions), "right", look.px(10))
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(10), look.px(16), look.px(10))
        row.setSpacing(look.px(10))
        hint.setMinimumWidth(look.px(100))
        row.addWidget(hint, 1)
        row.addWidget(self._flow)

    def event(self, event: QEvent) -> bool:
        if event.type() in HEARD:
            self._turn()
        return super().event(event)

    def _turn(self) -> None:
        margins = self._row.contentsMargins()
        room = self.width() - margins.left() - margins.right() - self._look.px(10)
        beside = self._flow.sizeHint().width() + self._look.px(BESIDE) <= room
        ways = QBoxLayout.Direction
        self._row.setDirection(ways.LeftToRight if beside else ways.TopToBottom)
        # Nothing to say takes no line of its own.
        line = beside or bool(self._hint.text())
        self._hint.setMaximumHeight(MOST if line else 0)
        self._row.setSpacing(self._look.px(10) if line else 0)


def action_bar(hint: QLabel, actions: Sequence[QWidget], look: Look) -> ActionBar:
    """The bar at the bottom of a card."""
    return ActionBar(hint, actions, look)
