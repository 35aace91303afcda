"""The preview: the pages of the very file that is printed, where it goes, and one key to print it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from station_desk.core.errors import RuleError
from station_desk.core.texts import Texts
from station_desk.counter.answers import Printed
from station_desk.counter.printers import place_words
from station_desk.counter.shown import Shown
from station_desk.printing.characters import UNDRAWABLE
from station_desk.printing.pictures import Picture, page_in_colour
from station_desk.ui.acts import Acts, new_command
from station_desk.ui.look.look import Look
from station_desk.ui.paper.sheets import SheetView, Wish
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, set_tone, small, wrapping
from station_desk.ui.tasks import Failure

TURNS = {
    Qt.Key.Key_PageDown: 1,
    Qt.Key.Key_PageUp: -1,
    Qt.Key.Key_Home: -10_000,
    Qt.Key.Key_End: 10_000,
}
SHORT = 8
"""Pages of a paper that was there at once."""

NAMED = 6
"""How many characters without a font are named before the rest is only counted."""

SHARE = 0.86
"""Of the window's height that the preview takes."""


class Preview(QDialog):
    """Shows a paper before it is printed. `printed` is called when it came out, also after it was closed."""

    def __init__(
        self,
        shown: Shown,
        printed: Callable[[Printed], None],
        acts: Acts,
        say: Texts,
        look: Look,
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        # A scan may close it: nothing is typed here.
        self.setProperty("loses_nothing", True)
        self.shown = shown
        self._printed = printed
        self._open = True
        self._acts = acts
        self._say = say
        self._look = look
        self._command = new_command()
        title = shown.title(say)
        self.setWindowTitle(title)
        self.title = section(title, look)
        self.where = wrapping(small(self._where(), look))
        self.undrawn = wrapping(small(self._undrawn(), look))
        set_tone(self.undrawn, "warn", look)
        self.count = small("", look)
        self.view = SheetView(self.shown.sizes, title, look)
        self.hint = wrapping(small("", look))
        self.cancel = KeyButton(say("printer.preview.cancel"), key_of("preview.leave"), look)
        self.print = KeyButton(say("printer.preview.print"), key_of("preview.print"), look, "primary")
        for button in (self.cancel, self.print):
            button.setAutoDefault(False)
        self._arrange()
        self._take_room(parent)
        self.view.wanted.connect(self._draw)
        self.view.turned.connect(self._count_pages)
        self.cancel.clicked.connect(self.reject)
        self.print.clicked.connect(self.press)
        self._count_pages(0)
        # Whoever waited for a long paper may be typing by now: one Enter must not print it.
        (self if len(shown.sizes) > SHORT else self.print).setFocus()

    def press(self) -> None:
        """Prints what is shown. Pressing twice asks the same command, which prints once."""
        self.print.setEnabled(False)
        self._tell(self._say("ui.done.printing"), good=True)
        shown, command = self.shown, self._command
        self._acts.print(
            lambda desk: shown.print(desk, command), self._on_printed,
            refused=self._on_refused, ended=self._on_ended, title=self._say("ui.done.printing"),
        )  # fmt: skip

    def done(self, result: int, /) -> None:
        # What is under way may land later; nothing is left by then to show it on.
        self._open = False
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if step := TURNS.get(Qt.Key(event.key())):
            self.view.turn(step)
        else:
            super().keyPressEvent(event)

    def _draw(self, wish: Wish) -> None:
        if not self._open:
            return
        pdf = self.shown.pdf

        def drawn(picture: Picture) -> None:
            if self._open:
                self.view.sheets.show_picture(wish.page, picture)

        self._acts.look(lambda _desk: page_in_colour(pdf, wish.page, wish.dpi), drawn)

    def _count_pages(self, page: int) -> None:
        self.count.setText(self._say("printer.preview.page", page=page + 1, pages=len(self.shown.sizes)))

    def _where(self) -> str:
        say, setting = self._say, self.shown.setting
        told = [
            self.shown.told(say),
            say("printer.preview.place", place=place_words(setting, say)),
        ]
        if not setting.address.startswith("folder"):
            told += [say("printer.copies", count=setting.copies), say(f"printer.sides.{setting.sides}")]
        return say("printer.preview.between").join(told)

    def _undrawn(self) -> str:
        """What no font draws, so that nobody finds a mark in place of a name only on paper."""
        codes = self.shown.undrawn
        chars = self._say("ui.list").join(UNDRAWABLE + code for code in codes[:NAMED])
        key = "printer.preview.undrawn_more" if len(codes) > NAMED else "printer.preview.undrawn"
        return self._say(key, chars=chars, count=len(codes)) if codes else ""

    def _on_printed(self, answer: Printed) -> None:
        self._printed(answer)
        if self._open:
            self.accept()

    def _on_refused(self, error: RuleError) -> None:
        if self._open:
            self._tell(self._say.error(error), good=False)
        else:
            self._acts.tasks.trouble.emit(Failure(error, None))

    def _on_ended(self) -> None:
        if self._open:
            self.print.setEnabled(True)
            if self.hint.text() == self._say("ui.done.printing"):
                self._tell(self._say("printer.preview.not_printed"), good=False)

    def _tell(self, sentence: str, *, good: bool) -> None:
        self.hint.setText(sentence)
        set_tone(self.hint, "plain" if good else "bad", self._look)

    def _arrange(self) -> None:
        look = self._look
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch()
        head.addWidget(self.count)
        actions = QHBoxLayout()
        actions.setSpacing(look.px(10))
        self.hint.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        for widget in (self.hint, self.cancel, self.print):
            actions.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.setSpacing(look.px(8))
        column.addLayout(head)
        column.addWidget(self.where)
        column.addWidget(self.undrawn)
        self.undrawn.setVisible(bool(self.shown.undrawn))
        column.addWidget(self.view, 1)
        column.addLayout(actions)

    def _take_room(self, window: QWidget) -> None:
        """As wide as shows a whole first page, within what the window has."""
        look, (wide, high) = self._look, self.shown.sizes[0]
        height = round(window.height() * SHARE)
        page = round((height - look.px(170)) * wide / high) + look.px(80)
        self.resize(min(max(page, look.px(640)), round(window.width() * SHARE)), height)
