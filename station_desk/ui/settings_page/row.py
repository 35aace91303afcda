"""One setting on the page: its field, what it does, and the way back to how it came."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station_desk.core.errors import RuleError
from station_desk.core.settings import Setting
from station_desk.core.texts import Texts
from station_desk.counter.settings import Shown, bounds_words, require_fit, setting_words
from station_desk.ui.keeping import KEPT_AT_ONCE
from station_desk.ui.look.look import Look
from station_desk.ui.shared.editors import ChoiceEditor, Editor, LineEditor
from station_desk.ui.shared.field_box import FieldBox
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import small, words, wrapping

FIELD_WIDTH = 340


class SettingRow(QWidget):
    """`asked` carries the key and a fitting value that somebody chose; `reset` the key alone."""

    asked = Signal(str, str)
    reset = Signal(str)

    def __init__(self, setting: Setting, say: Texts, look: Look) -> None:
        super().__init__()
        self.setting = setting
        self._say = say
        self._kept = setting.default
        self.name = say(f"settings.name.{setting.key}")
        self.box = FieldBox(setting.key, self.name, self._editor(look), look, required=False)
        self.box.setFixedWidth(look.px(FIELD_WIDTH))
        self.box.put(setting.default)
        self.back = KeyButton(say("settings.window.reset"), key_of("settings.reset"), look, "quiet")
        self.back.setAccessibleName(say("settings.window.reset_named", name=self.name))
        self.back.hide()
        self._arrange(look)
        self.box.edited.connect(self._on_edited)
        self.box.left.connect(self._ask)
        if isinstance(self.box.editor, LineEditor):
            self.box.editor.returnPressed.connect(self._ask)
        self.back.clicked.connect(lambda: self.reset.emit(setting.key))

    def look_again(self, shown: Shown) -> None:
        """Shows the value that is kept, unless somebody typed another one."""
        if self.box.value() == self._kept:
            self.show_value(shown)

    def show_value(self, shown: Shown) -> None:
        """Shows the value that is kept."""
        self._kept = shown.value
        self.box.put(shown.value)
        self.box.show_fault("", blocks=False)
        self.back.setVisible(shown.own and self._has_default())

    def fits(self, asked: str) -> bool:
        """Whether the setting is among those that somebody searches."""
        said = f"{self.name} {self.setting.key} {self._say(f'settings.words.{self.setting.key}')}"
        return all(word in said.casefold() for word in asked.casefold().split())

    def refuse(self, error: RuleError) -> None:
        """Says beside the field why the value was not taken."""
        self.box.show_fault(self._say.error(error), blocks=True)

    def _on_edited(self) -> None:
        fault = self._fault()
        self.box.show_fault(self._say.error(fault) if fault else "", blocks=True)
        if self.setting.kind == "choice":
            self._ask()

    def _ask(self) -> None:
        if self.box.value().strip() != self._kept and self._fault() is None:
            self.asked.emit(self.setting.key, self.box.value())

    def _fault(self) -> RuleError | None:
        try:
            require_fit(self.setting, self.box.value())
        except RuleError as error:
            return error
        return None

    def _has_default(self) -> bool:
        # What a station is called has nothing that it came with.
        if self.setting.kind == "text" and not self.setting.key.startswith("hall."):
            return False
        try:
            require_fit(self.setting, self.setting.default)
        except RuleError:
            return False
        return True

    def _editor(self, look: Look) -> Editor:
        setting, say = self.setting, self._say
        if setting.kind == "choice":
            choice = ChoiceEditor(look, [(v, setting_words(setting, v, say)) for v in setting.choices], "")
            choice.setProperty(KEPT_AT_ONCE, True)
            return choice
        return LineEditor(look)

    def _arrange(self, look: Look) -> None:
        setting, say = self.setting, self._say
        may_be = "" if setting.kind == "choice" else bounds_words(setting, say)
        said = wrapping(words(say(f"settings.words.{setting.key}"), look))
        who = say(
            "settings.window.changed_by", who=say(f"settings.who.{setting.who}"),
            keeper=say(f"settings.keeper.{setting.keeper}"),
        )  # fmt: skip
        facts = wrapping(small(" · ".join(filter(None, (may_be, who))), look))
        column = QVBoxLayout()
        column.setSpacing(look.px(2))
        column.addSpacing(look.px(18))
        for label in (said, facts):
            label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
            column.addWidget(label)
        column.addStretch()
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(18), look.px(8), look.px(18), look.px(8))
        row.setSpacing(look.px(18))
        row.addWidget(self.box)
        row.addLayout(column, 1)
        row.addWidget(self.back)
