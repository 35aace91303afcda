"""What the counter shows while nothing is in hand: what to do next, and what was begun and not finished."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.look.icons import pixmap
from station_desk.ui.look.look import Look
from station_desk.ui.shared.choice_list import Choice, ChoiceList
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, small
from station_desk.ui.shared.surface import Surface

WIDTH = 520
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Parked:
    """A request that was begun: the name of its draft, what it is, for whom and since when."""

    name: str
    title: str
    under: str


class ParkedList(ChoiceList):
    """The list; Delete throws the chosen one away."""

    dropped = Signal(str)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Delete and self.chosen():
            self.dropped.emit(self.chosen())
        else:
            super().keyPressEvent(event)


class ParkedCard(Surface):
    """`resumed` and `dropped` carry the name of a draft, `restored` asks for the one dropped last."""

    direct = Signal()
    resumed = Signal(str)
    dropped = Signal(str)
    restored = Signal()

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__("card", look)
        self._say = say
        self._sign = QLabel()
        self._sign.setPixmap(pixmap("inbox", look.palette.strong_line, look.px(48), 2.0))
        self.title = section(say("ui.request.none"), look)
        self.hint = small(say("ui.request.none_next"), look)
        self.list = ParkedList(say("ui.parked.name"), look)
        self.list.opened.connect(self.resumed)
        self.list.dropped.connect(self.dropped)
        self.list.setFixedWidth(look.px(WIDTH))
        self.resume = KeyButton(say("ui.parked.resume"), key_of("parked.resume"), look, "primary")
        self.restore = KeyButton(say("ui.parked.restore"), key_of("parked.restore"), look)
        self.start = KeyButton(say("ui.request.direct"), key_of("parked.direct"), look)
        self.start.clicked.connect(self.direct)
        self.resume.clicked.connect(self._resume)
        self.restore.clicked.connect(self.restored)
        self._arrange(look)
        self.show_parked((), may_restore=False)

    def show_parked(self, parked: Sequence[Parked], *, may_restore: bool) -> None:
        """Shows what was begun; `may_restore` when one was just thrown away."""
        self.list.show_lines([Choice(one.name, one.title, one.under) for one in parked])
        row = max((self.list.sizeHintForRow(n) for n in range(len(parked))), default=0)
        self.list.setFixedHeight(row * min(len(parked), MOST_SHOWN) + 2)
        for widget in (self.list, self.resume):
            widget.setVisible(bool(parked))
        self.restore.setVisible(may_restore)
        self._sign.setVisible(not parked)
        count = len(parked)
        self.title.setText(
            self._say("ui.parked.title", count=count) if count else self._say("ui.request.none")
        )
        self.hint.setText(self._say("ui.parked.hint" if count else "ui.request.none_next"))

    def take_focus(self) -> bool:
        """Puts the focus on what was begun; False when there is nothing."""
        if self.list.choices.rowCount():
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        return bool(self.list.choices.rowCount())

    def _resume(self) -> None:
        if key := self.list.chosen():
            self.resumed.emit(key)

    def _arrange(self, look: Look) -> None:
        column = QVBoxLayout(self)
        column.setSpacing(look.px(10))
        column.addStretch(2)
        for widgets in (
            [self._sign],
            [self.title],
            [self.hint],
            [self.list],
            [self.restore, self.start, self.resume],
        ):
            column.addLayout(_centred(widgets, look))
        column.addStretch(3)


def _centred(widgets: Sequence[QWidget], look: Look) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(look.px(10))
    row.addStretch()
    for widget in widgets:
        row.addWidget(widget)
    row.addStretch()
    return row
