"""Choosing the printers of this counter: one for each kind of paper, tried at once."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.printers import (
    Chosen,
    choose_printer,
    chosen_printers,
    forget_printer,
    found_printers,
    kind_words,
    place_words,
)
from station_desk.counter.trial_print import print_trial
from station_desk.printing.printers.setting import PrinterSetting
from station_desk.ui.acts import Acts
from station_desk.ui.look.look import Look
from station_desk.ui.paper.printer_form import PrinterForm
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import capital, section, set_tone, small, wrapping
from station_desk.ui.shared.scrolling import scrolling

KIND = Qt.ItemDataRole.UserRole
SIZE = (760, 520)
LIST_WIDTH = 260


class PrintersDialog(QDialog):
    """The kinds of paper at the left, the printer of one at the right. `changed`: a choice was saved."""

    changed = Signal()

    def __init__(self, acts: Acts, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._acts = acts
        self._say = say
        self._look = look
        self._chosen: dict[str, Chosen] = {}
        self._found: list[str] = []
        self.setWindowTitle(say("printer.dialog.title"))
        self.list = QListWidget()
        self.list.setAccessibleName(say("printer.dialog.kinds"))
        self.form = PrinterForm(say, look)
        self.hint = wrapping(small("", look))
        self.trial = KeyButton(say("printer.dialog.trial"), key_of("printers.trial"), look)
        self.close_button = KeyButton(say("printer.dialog.close"), key_of("printers.leave"), look)
        self.save = KeyButton(say("printer.dialog.save"), key_of("printers.save"), look, "primary")
        self._arrange()
        self.list.currentItemChanged.connect(lambda *_: self._show_kind())
        self.trial.clicked.connect(lambda: self._save(self._try))
        self.save.clicked.connect(lambda: self._save(self._on_saved))
        self.close_button.clicked.connect(self.reject)

    def open_again(self) -> None:
        """Shows what is chosen now."""
        self._tell("", good=True)
        self._look_again(self.kind())
        # What the system has may take its time; what was chosen is shown before.
        self._acts.tasks.run(lambda: found_printers(self._acts.desk), self._show_found, lane="wire")
        self.show()
        self.activateWindow()
        self.list.setFocus()

    def kind(self) -> str:
        """The kind of paper that is chosen."""
        item: QListWidgetItem | None = self.list.currentItem()
        return str(item.data(KIND)) if item else ""

    def choose(self, kind: str) -> None:
        """Chooses a kind of paper."""
        for row in range(self.list.count()):
            if self.list.item(row).data(KIND) == kind:
                self.list.setCurrentRow(row)

    def _save(self, then: Callable[[], None]) -> None:
        kind, setting = self.kind(), self.form.setting()
        self._acts.tasks.run(
            lambda: _saved(self._acts.desk, kind, setting), lambda _: then(), refused=self._on_refused
        )

    def _on_saved(self) -> None:
        self._tell(self._say("printer.dialog.saved"), good=True)
        self._look_again(self.kind())
        self.changed.emit()

    def _try(self) -> None:
        self._on_saved()
        kind = self.kind()
        self._tell(self._say("printer.dialog.trying"), good=True)
        self._acts.send(
            lambda desk: print_trial(desk, kind), self._on_tried, refused=self._on_refused,
            ended=self._on_trial_ended, title=self._say("printer.dialog.trying"),
        )  # fmt: skip

    def _on_tried(self, setting: PrinterSetting) -> None:
        self._tell(self._say("printer.was_tried", place=place_words(setting, self._say)), good=True)

    def _on_trial_ended(self) -> None:
        if self.hint.text() == self._say("printer.dialog.trying"):
            self._tell(self._say("printer.dialog.not_tried"), good=False)

    def _on_refused(self, error: RuleError) -> None:
        self._tell(self._say.error(error), good=False)

    def _look_again(self, kind: str) -> None:
        self._acts.look(chosen_printers, lambda chosen: self._show_all(chosen, kind))

    def _show_all(self, all_chosen: list[Chosen], kind: str) -> None:
        self._chosen = {chosen.kind: chosen for chosen in all_chosen}
        self.list.blockSignals(True)
        self.list.clear()
        for chosen in all_chosen:
            words = self._say(
                "printer.dialog.line", kind=capital(kind_words(chosen.kind, self._say)),
                place=place_words(chosen.setting, self._say),
            )  # fmt: skip
            line = QListWidgetItem(words)
            line.setData(KIND, chosen.kind)
            self.list.addItem(line)
        self.list.blockSignals(False)
        self.choose(kind or next(iter(self._chosen)))

    def _show_found(self, found: list[str]) -> None:
        self._found = found
        typed = self.form.values()
        self._show_kind()
        self.form.put(typed)

    def _show_kind(self) -> None:
        if chosen := self._chosen.get(self.kind()):
            self.form.show_kind(chosen, self._found)

    def _tell(self, sentence: str, *, good: bool) -> None:
        self.hint.setText(sentence)
        set_tone(self.hint, "ok" if good else "bad", self._look)

    def _arrange(self) -> None:
        look = self._look
        self.list.setFixedWidth(look.px(LIST_WIDTH))
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(16))
        middle.addWidget(self.list)
        middle.addWidget(scrolling(self.form), 1)
        actions = action_bar(self.hint, [self.trial, self.close_button, self.save], look)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        column = QVBoxLayout()
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(12))
        column.setSpacing(look.px(12))
        whole.addLayout(column, 1)
        whole.addWidget(actions)
        column.addWidget(section(self._say("printer.dialog.title"), look))
        column.addWidget(wrapping(small(self._say("printer.dialog.words"), look)))
        column.addLayout(middle, 1)
        self.resize(within_window(QSize(look.px(SIZE[0]), look.px(SIZE[1])), self.parentWidget()))


def _saved(desk: Desk, kind: str, setting: PrinterSetting | None) -> None:
    if setting is None:
        forget_printer(desk, kind)
    else:
        choose_printer(desk, kind, setting)
