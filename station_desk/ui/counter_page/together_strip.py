"""What may be handed in together with the item in hand (一件事): tick, and the form asks for all of it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.counter.bundles import Partners
from station_desk.counter.wording import worded
from station_desk.ui.look.look import Look
from station_desk.ui.shared.check_word import CheckWord
from station_desk.ui.shared.labels import small

ROOM = 720
"""As wide as the words may stand beside each other; else they stand below each other."""


class TogetherStrip(QWidget):
    """`chosen` carries the codes of the items that were ticked, in the order of the life event."""

    chosen = Signal(object)

    def __init__(self, partners: Partners, ticked: tuple[str, ...], say: Texts, look: Look) -> None:
        super().__init__()
        self.ticks = {item.code: CheckWord(worded(item.name, say), look) for item in partners.others}
        title = small(say("bundle.window.together", event=worded(partners.event.name, say)), look)
        widgets = [title, *self.ticks.values()]
        wide = sum(widget.sizeHint().width() + look.px(16) for widget in widgets) > look.px(ROOM)
        row = QBoxLayout(QBoxLayout.Direction.TopToBottom if wide else QBoxLayout.Direction.LeftToRight, self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(4 if wide else 16))
        for widget in widgets:
            row.addWidget(widget)
        row.addStretch()
        for code, tick in self.ticks.items():
            tick.setChecked(code in ticked)
            tick.toggled.connect(lambda _checked: self.chosen.emit(self.codes()))

    def take_focus(self, code: str) -> None:
        """Puts the focus on one of them."""
        self.ticks[code].setFocus(Qt.FocusReason.TabFocusReason)

    def codes(self) -> tuple[str, ...]:
        """The items that are ticked."""
        return tuple(code for code, tick in self.ticks.items() if tick.isChecked())
