"""Taking a number: find the item by name, code or pinyin, say who goes first, and Enter takes it."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
)  # fmt: skip

from station_desk.cases.ticket import PRIORITIES
from station_desk.catalogue.item import Category, Item
from station_desk.core.texts import Texts
from station_desk.counter.wording import worded
from station_desk.ui.look.look import Look
from station_desk.ui.shared.check_word import CheckWord
from station_desk.ui.shared.editors import ChoiceEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import set_tone, small, wrapping
from station_desk.ui.shared.surface import Surface

Purpose = Literal["ticket", "direct", "transfer"]
Find = Callable[[str], Sequence[Item]]
"""The items that fit what was typed, the best first."""


class ItemSearch(QLineEdit):
    """The line in which the item is searched; the arrow keys move through the list below. Among the list the
    space bar puts an item to the visit or takes it away; in the empty line the back space takes the last one
    away.
    """

    moved = Signal(int)
    toggled = Signal()
    dropped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._among = False
        self.textEdited.connect(self._typed)

    def _typed(self) -> None:
        self._among = False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Down:
                self._among = True
                self.moved.emit(1)
            case Qt.Key.Key_Up:
                self._among = True
                self.moved.emit(-1)
            case Qt.Key.Key_Space if self._among or not self.text():
                self.toggled.emit()
            case Qt.Key.Key_Backspace if not self.text():
                self.dropped.emit()
            case _:
                super().keyPressEvent(event)


class TakePanel(Surface):
    """The panel above the queue. `taken` carries the items (each with how many times), priority and agent;
    `direct` the same without a ticket; `transferred` the item and the counter a ticket goes to.
    """

    taken = Signal(object, str, bool)
    transferred = Signal(str, str)
    direct = Signal(str, bool)
    left = Signal()

    def __init__(self, find: Find, categories: Mapping[str, Category], say: Texts, look: Look) -> None:
        super().__init__("card", look)
        self._find = find
        self._categories = categories
        self._say = say
        self._look = look
        self._purpose: Purpose = "ticket"
        self._early = False
        self.search = ItemSearch()
        self.search.setProperty("framed", "yes")
        self.search.setPlaceholderText(say("ui.take.search"))
        self.search.setAccessibleName(say("ui.take.search"))
        self.list = QListWidget()
        self.list.setAccessibleName(say("ui.take.items"))
        options = [(p, say(f"term.priority.{p}")) for p in PRIORITIES]
        self.priority = FieldBox(
            "priority", say("ui.take.priority"), ChoiceEditor(look, options, ""), look, required=False
        )
        self.agent = CheckWord(say("ui.take.agent"), look)
        self.basket: dict[str, int] = {}
        self.chosen_so_far = wrapping(small("", look))
        set_tone(self.chosen_so_far, "accent", look)
        self.counter = QLineEdit()
        self.counter.setProperty("framed", "yes")
        self.counter.setPlaceholderText(say("ui.take.counter"))
        self.counter.setAccessibleName(say("ui.take.counter"))
        self.more = wrapping(small(say("ui.take.more"), look))
        self.take = KeyButton(say("ui.take.take"), key_of("take.take"), look, "primary")
        self.take.show_cap("Enter")
        self.serve = KeyButton(say("ui.take.direct"), key_of("take.serve"), look)
        self.cancel = KeyButton(say("ui.take.cancel"), key_of("take.leave"), look)
        self.nothing = wrapping(small(say("ui.take.nothing"), look))
        self.nothing.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._set_up_list()
        self._arrange()
        self._connect()

    def open(self, purpose: Purpose) -> None:
        """Shows the panel empty, ready to type; Enter takes a number, or begins without one."""
        self._purpose = purpose
        words = {"ticket": "take", "direct": "direct", "transfer": "transfer"}[purpose]
        self.take.say(self._say(f"ui.take.{words}"), "primary")
        self.serve.setVisible(purpose == "ticket")
        self.more.setVisible(purpose == "ticket")
        self.priority.setVisible(purpose != "transfer")
        self.agent.setVisible(purpose != "transfer")
        self.counter.setVisible(purpose == "transfer")
        self.counter.clear()
        self.basket.clear()
        self._show_basket()
        self.search.clear()
        self.priority.put("normal")
        self.agent.setChecked(False)
        self._filter("")
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def purpose(self) -> Purpose:
        """What Enter does."""
        return self._purpose

    def add_chosen(self) -> bool:
        """Adds the chosen item to the visit; once more for another of the same. False when none is chosen."""
        code = self.chosen() if self._purpose == "ticket" else ""
        if code:
            self.basket[code] = self.basket.get(code, 0) + 1
            self.search.clear()
            self._show_basket()
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return bool(code)

    def toggle_chosen(self) -> None:
        """Puts the chosen item to the visit; one that is there already is taken away."""
        code = self.chosen() if self._purpose == "ticket" else ""
        if code in self.basket:
            del self.basket[code]
        elif code:
            self.basket[code] = 1
        self._show_basket()

    def drop_last(self) -> None:
        """Takes away what was put to the visit last."""
        if self.basket:
            self.basket.popitem()
            self._show_basket()

    def put_basket(self, basket: Mapping[str, int]) -> None:
        """What was put together before the pages were made anew."""
        self.basket = dict(basket)
        self._show_basket()

    def look_again(self) -> None:
        """More can be found than when this was typed; an Enter that came too early is done now."""
        if self.search.text():
            self._filter(self.search.text())
            if self._early and self.chosen():
                self._enter()

    def chosen(self) -> str:
        """The code of the item that Enter would take; empty when nothing fits."""
        item: QListWidgetItem | None = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            super().keyPressEvent(event)

    def _enter(self) -> None:
        # Who types fast is ahead of the index at its first making: the Enter waits for it.
        self._early = bool(self.search.text()) and not self.chosen()
        if self._purpose == "direct":
            self._direct()
        elif self._purpose == "transfer":
            # An empty search means the same item: only the counter is another.
            item = self.chosen() if self.search.text().strip() else ""
            self.transferred.emit(item, self.counter.text().strip())
        elif items := self._asked():
            self.taken.emit(items, self.priority.value(), self.agent.isChecked())

    def _asked(self) -> tuple[tuple[str, int], ...]:
        """What was put together, and what is chosen now where something was typed, or nothing else is."""
        asked = dict(self.basket)
        code = self.chosen()
        if code and (self.search.text().strip() or not asked):
            asked[code] = asked.get(code, 0) + 1
        return tuple(asked.items())

    def _show_basket(self) -> None:
        names = {item.code: worded(item.name, self._say) for item in self._find("")}
        told = [
            names.get(code, code)
            if times == 1
            else self._say("ui.take.times", name=names.get(code, code), times=times)
            for code, times in self.basket.items()
        ]
        self.chosen_so_far.setText(self._say("ui.take.so_far", names=self._say("ui.list").join(told)))
        self.chosen_so_far.setVisible(bool(told))

    def _direct(self) -> None:
        if code := self.chosen():
            self.direct.emit(code, self.agent.isChecked())

    def _typed(self, asked: str) -> None:
        self._early = False
        self._filter(asked)

    def _filter(self, asked: str) -> None:
        self.list.clear()
        fitting = self._find(asked)
        for item in fitting:
            group = worded(self._categories[item.category].short, self._say)
            name = worded(item.name, self._say)
            line = QListWidgetItem(self._say("ui.take.line", name=name, group=group, code=item.code))
            line.setData(Qt.ItemDataRole.UserRole, item.code)
            self.list.addItem(line)
        self.list.setCurrentRow(0)
        self.list.setVisible(bool(fitting))
        self.nothing.setVisible(not fitting)

    def _move(self, step: int) -> None:
        if self.list.count():
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())

    def _set_up_list(self) -> None:
        self.list.setWordWrap(True)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setMinimumHeight(self._look.px(120))
        self.list.setSpacing(0)
        self.list.setIconSize(QSize(0, 0))

    def _arrange(self) -> None:
        look = self._look
        self.serve.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        actions = QHBoxLayout()
        actions.setSpacing(look.px(8))
        actions.addWidget(self.cancel)
        actions.addStretch()
        actions.addWidget(self.take)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        column.setSpacing(look.px(10))
        column.addWidget(self.search)
        column.addWidget(self.list, 1)
        column.addWidget(self.nothing, 1)
        for widget in (self.chosen_so_far, self.more, self.counter, self.priority, self.agent, self.serve):
            column.addWidget(widget)
        column.addLayout(actions)
        self.hide()

    def _connect(self) -> None:
        self.search.textChanged.connect(self._typed)
        self.search.moved.connect(self._move)
        self.search.toggled.connect(self.toggle_chosen)
        self.search.dropped.connect(self.drop_last)
        self.list.itemDoubleClicked.connect(lambda _item: self._enter())
        self.take.clicked.connect(self._enter)
        self.serve.clicked.connect(self._direct)
        self.cancel.clicked.connect(self.left)
