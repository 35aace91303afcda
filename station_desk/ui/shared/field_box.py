"""A field of a form: its label, its editor in a frame, and beside its label, while typing, what is wrong."""

from functools import cached_property

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.editors import Editor
from station_desk.ui.shared.labels import set_tone, small, wrapping
from station_desk.ui.shared.painting import rounded
from station_desk.ui.shared.pill import Pill

MARK = " *"
GAP = 12


class Frame(QFrame):
    """The frame around an editor: it shows where the focus is and whether something is wrong."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._tone: Tone = "plain"

    def show_tone(self, tone: Tone) -> None:
        """`bad` for what blocks, `warn` for what only warns, `plain` for what is right."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        colours = self._look.palette
        focus = QApplication.focusWidget()
        inside = focus is not None and self.isAncestorOf(focus)
        border = {"bad": colours.bad, "warn": colours.warn}.get(
            self._tone, colours.accent if inside else colours.strong_line
        )
        rounded(QPainter(self), self.rect(), colours.surface, border, 6, 2 if inside else 1)


class FieldBox(QWidget):
    """One field. `edited` says that its answer changed, `came` that it has the focus now, `left` that the
    focus went away.
    """

    edited = Signal()
    came = Signal()
    left = Signal()

    def __init__(self, key: str, label: str, editor: Editor, look: Look, *, required: bool) -> None:
        super().__init__()
        self._look = look
        self.key = key
        self.required = required
        self.name = label
        self.editor = editor
        self.label = wrapping(small(label + MARK if required else label, look))
        self.frame = Frame(look)
        self._told: tuple[str, Tone] = ("", "plain")
        self._beside: bool | None = None
        self._good = ""
        self._line = QHBoxLayout()
        self._column = QVBoxLayout(self)
        self._arrange(look)
        editor.edited.connect(lambda *_: self.edited.emit())
        for target in editor.targets():
            target.setAccessibleName(_spoken(target, label))
        editor.focused.connect(self._on_focus)
        self.label.setBuddy(editor.targets()[0])

    def value(self) -> str:
        """The answer as it stands."""
        return self.editor.value()

    def put(self, value: str) -> None:
        """Writes an answer."""
        self.editor.put(value)

    @cached_property
    def fault(self) -> QLabel:
        """What is wrong: made when there is something to say, as most fields never have."""
        label = small("", self._look, self)
        label.hide()
        return label

    @cached_property
    def pill(self) -> Pill:
        """The word beside the answer that a check passed."""
        pill = Pill("", "ok", self._look)
        self._line.addWidget(pill)
        return pill

    def show_fault(self, sentence: str, *, blocks: bool) -> None:
        """Says what is wrong, in the resident's words; an empty sentence takes it away."""
        tone: Tone = "plain" if not sentence else "bad" if blocks else "warn"
        # With each key all fields are checked: what is said already must not arrange the form anew.
        if (sentence, tone) == self._told:
            return
        self._told = (sentence, tone)
        self.frame.show_tone(tone)
        self.fault.setText(sentence)
        self._place_fault(self.width())
        self.fault.setVisible(bool(sentence))
        set_tone(self.fault, tone, self._look)
        for target in self.editor.targets():
            target.setAccessibleDescription(sentence)

    def show_good(self, text: str) -> None:
        """Says that a check passed; an empty text says nothing."""
        if self._good != text:
            self._good = text
            self.pill.say(text, "ok")

    def add_below(self, widget: QWidget) -> None:
        """Puts something about this answer under its frame."""
        self._column.insertWidget(self._column.indexOf(self.frame) + 1, widget)

    def rename(self, label: str) -> None:
        """Gives the field another label, for another kind of document."""
        self.name = label
        self.label.setText(label + MARK if self.label.text().endswith(MARK) else label)
        for target in self.editor.targets():
            target.setAccessibleName(_spoken(target, label))

    def take_focus(self) -> None:
        """Puts the focus into the field."""
        self.editor.targets()[0].setFocus(Qt.FocusReason.TabFocusReason)

    def has_focus(self) -> bool:
        """Whether somebody types here now."""
        return any(target.hasFocus() for target in self.editor.targets())

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        if self._told[0]:
            self._place_fault(event.size().width())

    def _place_fault(self, width: int) -> None:
        """What is wrong stands in the line of the label, so that nothing moves while somebody types;
        under the answer where it has no room there.
        """
        needed = self.fault.fontMetrics().horizontalAdvance(self.fault.text()) + self._look.px(GAP)
        needed += self.label.fontMetrics().horizontalAdvance(self.label.text())
        beside = needed <= width and not self.label.isHidden()
        if beside == self._beside:
            return
        self._beside = beside
        self.fault.setWordWrap(not beside)
        if beside:
            self._column.removeWidget(self.fault)
            self._head.addWidget(self.fault)
        else:
            self._head.removeWidget(self.fault)
            self._column.insertWidget(self._column.indexOf(self.frame) + 1, self.fault)

    @cached_property
    def _head(self) -> QHBoxLayout:
        """The line of the label, once something stands in it beside the label."""
        head = QHBoxLayout()
        head.setSpacing(self._look.px(GAP))
        self._column.removeWidget(self.label)
        head.addWidget(self.label, 1)
        self._column.insertLayout(0, head)
        return head

    def _on_focus(self, here: bool) -> None:  # noqa: FBT001 - carried by a signal
        self.frame.update()
        (self.came if here else self.left).emit()

    def _arrange(self, look: Look) -> None:
        self._line.setSpacing(look.px(8))
        if isinstance(self.editor, QWidget):
            self._line.addWidget(self.editor)
        inner = QVBoxLayout(self.frame)
        inner.setContentsMargins(look.px(11), look.px(5), look.px(9), look.px(5))
        inner.setSpacing(look.px(2))
        inner.addLayout(self._line)
        column = self._column
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(self.label)
        column.addWidget(self.frame)
        column.addStretch()


class ShownBox(QWidget):
    """A fact that follows from another field, shown like a field but not typed."""

    def __init__(self, label: str, look: Look) -> None:
        super().__init__()
        self._look = look
        self.words = QLabel()
        self.words.setTextFormat(Qt.TextFormat.PlainText)
        self.words.setFont(look.font(look.sizes.body))
        self.words.setFixedHeight(look.px(34))
        self.words.setContentsMargins(look.px(11) + 2, 0, look.px(9), 0)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.px(4))
        column.addWidget(small(label, look))
        column.addWidget(self.words)
        column.addStretch()

    def show_words(self, text: str) -> None:
        """Says the fact; empty while it is not known."""
        self.words.setText(text)

    def paintEvent(self, event: QPaintEvent, /) -> None:
        colours = self._look.palette
        rounded(QPainter(self), self.words.geometry(), colours.background, colours.line, 6)


def _spoken(target: QWidget, label: str) -> str:
    return f"{label} {target.text()}" if isinstance(target, QRadioButton) else label
