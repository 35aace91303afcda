"""The accounts of the staff: the head adds, resets and disables them; everybody changes the own password."""

from collections.abc import Callable
from typing import Literal, get_args

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from station_desk.cases.rights import may
from station_desk.cases.staff import ROLES, Role
from station_desk.core.errors import DeskError, RuleError
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.staff import accounts as a
from station_desk.counter.staff.account_words import state_of
from station_desk.store.desk_store import Done
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import ChoiceEditor, LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, wrapping
from station_desk.ui.shared.scrolling import scrolling
from station_desk.ui.shared.surface import Surface

SIZE = (820, 560)
LIST_WIDTH = 340
NAME = Qt.ItemDataRole.UserRole
What = Literal["add", "reset", "disable", "lift", "password", "pin"]
FIELDS: dict[What, tuple[str, ...]] = {
    "add": ("name", "role", "new", "again"),
    "reset": ("new", "again"),
    "disable": (),
    "lift": (),
    "password": ("old", "new", "again"),
    "pin": ("old", "pin", "again"),
}
"""What is asked for each thing to do; `again` must say the same as what stands before it."""
OF_HEAD: tuple[What, ...] = ("add", "reset", "disable", "lift")
SECRET = ("old", "new", "pin", "again")


class Differ(RuleError):
    code = "staff.typed_differ"


class StaffDialog(QDialog):
    """The accounts at the left, what to do with one at the right. `first_added`: from now on one signs in."""

    first_added = Signal()

    def __init__(self, acts: Acts, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._acts = acts
        self._say = say
        self._look = look
        self._rows: list[a.Account] = []
        self.setWindowTitle(say("staff.dialog.title"))
        self.list = QListWidget()
        self.list.setAccessibleName(say("staff.dialog.title"))
        self.list.setWordWrap(True)
        self.what = FieldBox("what", say("staff.dialog.what"), self._choices(), look, required=False)
        self.boxes = self._fields()
        self.hint = wrapping(small("", look))
        self.close_button = KeyButton(say("staff.dialog.close"), key_of("staff.leave"), look)
        self.do = KeyButton("", key_of("staff.do"), look, "primary")
        self._arrange()
        self.what.edited.connect(self._show_fields)
        self.list.currentItemChanged.connect(lambda *_: self._show_fields())
        self.do.clicked.connect(self._press)
        self.close_button.clicked.connect(self.reject)
        self._look_again()

    def chosen(self) -> str:
        """The name of the account that is chosen."""
        item: QListWidgetItem | None = self.list.currentItem()
        return str(item.data(NAME)) if item else ""

    def asked(self) -> What:
        """What is to be done."""
        return next((what for what in FIELDS if what == self.what.value()), "password")

    def tell(self, sentence: str, *, good: bool) -> None:
        """Says what came of it."""
        self.hint.setText(sentence)
        self.hint.setAccessibleName(sentence)
        set_tone(self.hint, "ok" if good else "bad", self._look)

    def _press(self) -> None:
        said = {key: box.value() for key, box in self.boxes.items()}
        asked, name = self.asked(), self.chosen()
        typed = said["pin"] if asked == "pin" else said["new"]
        if "again" in FIELDS[asked] and typed != said["again"]:
            self.tell(self._say.error(Differ()), good=False)
            return
        first = not self._rows
        act = self._act(asked, name, said)
        self.do.setEnabled(False)
        self._acts.tasks.run(
            lambda: _tried(act, self._acts.desk), lambda done: self._on_done(asked, done, first=first),
            lane="press", ended=lambda: self.do.setEnabled(True),
        )  # fmt: skip

    def _act(self, asked: What, name: str, said: dict[str, str]) -> Callable[[Desk], Done[a.Account]]:
        command, acting = new_command(), self._acts.desk.acting
        if asked == "add":
            wish = a.AddMember(said["name"], _role(said["role"]))
            return lambda desk: a.add_member(desk, wish, said["new"], command)
        if asked == "reset":
            return lambda desk: a.reset_password(desk, name, said["new"], command)
        if asked == "disable":
            return lambda desk: a.disable_member(desk, name, command)
        if asked == "lift" or acting is None:
            return lambda desk: a.lift(desk, name, command)
        if asked == "pin":
            return lambda desk: a.set_pin(desk, acting, said["old"], said["pin"], command)
        return lambda desk: a.change_password(desk, acting, said["old"], said["new"], command)

    def _on_done(self, asked: What, done: "Done[a.Account] | DeskError", *, first: bool) -> None:
        if isinstance(done, DeskError):
            self.tell(self._say.error(done), good=False)
            return
        self._acts.changed.emit(done.changes)
        for key, box in self.boxes.items():
            if key != "role":
                box.put("")
        self.tell(self._say(f"staff.dialog.done.{asked}", name=done.answer.name), good=True)
        if first:
            self.accept()
            self.first_added.emit()
        else:
            self._look_again()

    def _look_again(self) -> None:
        self._acts.look(a.accounts, self._show_rows)

    def _show_rows(self, rows: list[a.Account]) -> None:
        chosen, self._rows = self.chosen(), rows
        self.list.clear()
        for row in rows:
            role = self._say(f"staff.role.{row.role}")
            item = QListWidgetItem(f"{row.name} · {role}\n{state_of(row, self._say)}")
            item.setData(NAME, row.name)
            self.list.addItem(item)
            if row.name == chosen or self.list.count() == 1:
                self.list.setCurrentItem(item)
        self.list.setVisible(bool(rows))
        if not rows:
            self.tell(self._say("staff.none.words"), good=True)
            set_tone(self.hint, "warn", self._look)
        self._show_fields()

    def _show_fields(self) -> None:
        asked = self.asked()
        for key, box in self.boxes.items():
            box.setVisible(key in FIELDS[asked])
        self.do.say(self._say(f"staff.dialog.{_words(asked)}"), "primary")
        self.do.setEnabled(asked in ("add", "password", "pin") or bool(self.chosen()))

    def _choices(self) -> ChoiceEditor:
        desk = self._acts.desk
        offered: list[What] = [] if desk.acting is None else ["password", "pin"]
        if may(desk.role, "staff"):
            offered = ["add"] if desk.acting is None else [*OF_HEAD, *offered]
        options = [(what, self._say(f"staff.dialog.{_words(what)}")) for what in offered]
        editor = ChoiceEditor(self._look, options, "")
        editor.put(offered[0])
        return editor

    def _fields(self) -> dict[str, FieldBox]:
        say, look = self._say, self._look
        boxes: dict[str, FieldBox] = {}
        for key in ("name", "role", "old", "new", "pin", "again"):
            if key == "role":
                # The first account is the head's: nobody else could add the others.
                offered = ROLES if self._acts.desk.acting else ("head",)
                editor = ChoiceEditor(look, [(role, say(f"staff.role.{role}")) for role in offered], "")
                editor.put(offered[0])
                boxes[key] = FieldBox(key, say("staff.dialog.role"), editor, look, required=True)
                continue
            line = LineEditor(look)
            if key in SECRET:
                line.setEchoMode(QLineEdit.EchoMode.Password)
            label = say(f"staff.dialog.{'new_password' if key == 'new' else key}")
            boxes[key] = FieldBox(key, label, line, look, required=True)
        return boxes

    def _arrange(self) -> None:
        look, say = self._look, self._say
        right = Surface("card", look)
        column = QVBoxLayout(right)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.setSpacing(look.px(8))
        column.addWidget(section(say("staff.dialog.title"), look))
        body = QWidget()
        body.setProperty("ground", "none")
        inner = QVBoxLayout(body)
        inner.setContentsMargins(0, 0, look.px(4), 0)
        inner.setSpacing(look.px(8))
        inner.addWidget(wrapping(small(say("staff.dialog.words"), look)))
        inner.addWidget(self.what)
        for box in self.boxes.values():
            inner.addWidget(box)
        inner.addStretch()
        column.addWidget(scrolling(body), 1)
        column.addWidget(self.hint)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self.close_button)
        buttons.addWidget(self.do)
        column.addLayout(buttons)
        self.list.setFixedWidth(look.px(LIST_WIDTH))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(12), look.px(12), look.px(12), look.px(12))
        row.setSpacing(look.px(12))
        row.addWidget(self.list)
        row.addWidget(right, 1)
        self.resize(within_window(QSize(look.px(SIZE[0]), look.px(SIZE[1])), self.parentWidget()))
        self.what.take_focus()


def _tried(act: Callable[[Desk], Done[a.Account]], desk: Desk) -> "Done[a.Account] | DeskError":
    try:
        return act(desk)
    except DeskError as error:
        return error


def _role(text: str) -> Role:
    return next((role for role in get_args(Role) if role == text), "clerk")


def _words(what: What) -> str:
    return {"password": "own", "pin": "own_pin"}.get(what, what)
