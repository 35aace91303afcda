"""The materials of a request as a check list: form and copies, what may stand in for each, and what was
shown.
"""

from collections.abc import Callable, Iterator
from datetime import date
from functools import cached_property

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from station_desk.cases.parts import How
from station_desk.catalogue.item import Catalogue, Material
from station_desk.core.texts import Texts
from station_desk.counter.wording import age_words, worded
from station_desk.ui.counter_page.draft import Draft
from station_desk.ui.look.look import Look
from station_desk.ui.look.palette import Tone
from station_desk.ui.shared.check_word import CheckWord
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import capital, section, set_tone, small, words, wrapping
from station_desk.ui.shared.painting import CENTRE, rounded
from station_desk.ui.shared.surface import Surface

TONES: dict[str, Tone] = {"too_old": "warn", "on_file": "ok", "counts": "accent"}
Told = Callable[[Material, Texts, Catalogue], str]
"""The words under the name of a material: a few beside the form, all of them on the page of the materials."""


class Tick(CheckWord):
    """The box before a material; space ticks it, the arrow keys go through what may stand in for it."""

    turned = Signal(int)
    came = Signal()

    def __init__(self, name: str, look: Look) -> None:
        super().__init__("", look)
        self.setAccessibleName(name)

    def focusInEvent(self, event: QFocusEvent, /) -> None:
        super().focusInEvent(event)
        self.came.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        match event.key():
            case Qt.Key.Key_Right:
                self.turned.emit(1)
            case Qt.Key.Key_Left:
                self.turned.emit(-1)
            case _:
                super().keyPressEvent(event)


class Way(QPushButton):
    """A small button: this stands in for the paper."""

    def __init__(self, how: How, text: str, look: Look) -> None:
        super().__init__(text)
        self.how = how
        self._look = look
        self.setCheckable(True)
        self.setFont(look.font(look.sizes.secondary))
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(text)

    def sizeHint(self) -> QSize:
        return QSize(self.fontMetrics().horizontalAdvance(self.text()) + self._look.px(14), self._look.px(20))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        colours = self._look.palette
        painter = QPainter(self)
        chosen = self.isChecked()
        rounded(
            painter, self.rect(), colours.accent if chosen else colours.accent_soft, "", self.height() // 2
        )
        painter.setFont(self.font())
        painter.setPen(QColor(colours.on_accent if chosen else colours.accent))
        painter.drawText(self.rect(), CENTRE, self.text())


class MaterialRow(QWidget):
    """One material. `shown` says how it was found: brought, in another permitted way, or missing."""

    shown = Signal(str, str)

    def __init__(self, material: Material, name: str, told: str, say: Texts, look: Look) -> None:
        super().__init__()
        self._look = look
        self.material = material
        self.tick = Tick(f"{name}, {told}", look)
        self._ways = [Way(how, say(f"ui.materials.way.{how}"), look) for how in other_ways(material)]
        self._told = wrapping(small(told, look))
        self._noted: tuple[str, Tone] = ("", "plain")
        self._arrange(name, look)
        self.tick.clicked.connect(self._on_tick)
        self.tick.turned.connect(self._turn)
        for way in self._ways:
            way.clicked.connect(lambda _checked=False, way=way: self._choose(way))

    @cached_property
    def _note(self) -> QLabel:
        note = wrapping(small("", self._look))
        note.hide()
        self._text.addWidget(note)
        return note

    def show_how(self, how: How) -> None:
        """Shows how the material was found."""
        self.tick.setChecked(how not in ("missing", "not_needed"))
        for way in self._ways:
            way.setChecked(way.how == how)
        chosen = next((way.text() for way in self._ways if way.how == how), "")
        self.tick.setAccessibleDescription(chosen)

    def show_note(self, sentence: str, tone: Tone) -> None:
        """Says when it was shown before and whether that counts; an empty sentence takes it away."""
        if (sentence, tone) == self._noted:
            return
        self._noted = (sentence, tone)
        self._note.setText(sentence)
        self._note.setVisible(bool(sentence))
        set_tone(self._note, tone, self._look)

    def _on_tick(self) -> None:
        self._say("brought" if self.tick.isChecked() else "missing")

    def _turn(self, step: int) -> None:
        ways: list[How] = ["missing", "brought", *(way.how for way in self._ways)]
        chosen = next((way.how for way in self._ways if way.isChecked()), None)
        now = ways.index(chosen) if chosen else int(self.tick.isChecked())
        self._say(ways[(now + step) % len(ways)])

    def _choose(self, way: Way) -> None:
        self._say(way.how if way.isChecked() else "missing")

    def _say(self, how: How) -> None:
        self.show_how(how)
        self.shown.emit(self.material.key, how)

    def _arrange(self, name: str, look: Look) -> None:
        ways = QHBoxLayout()
        ways.setSpacing(look.px(6))
        for way in self._ways:
            ways.addWidget(way)
        ways.addStretch()
        text = self._text = QVBoxLayout()
        text.setSpacing(look.px(3))
        text.addWidget(wrapping(words(name, look)))
        text.addWidget(self._told)
        if self._ways:
            text.addLayout(ways)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, look.px(9), 0, look.px(9))
        row.setSpacing(look.px(8))
        row.addWidget(self.tick, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(text, 1)


class MaterialsView(QScrollArea):
    """The whole list. `shown` carries the key of a material and how it was found, `all_shown` says that every
    paper that must be there was seen.
    """

    shown = Signal(str, str)
    all_shown = Signal()

    def __init__(
        self, draft: Draft, catalogue: Catalogue, told: Told, say: Texts, look: Look, left: int,
        parent: QWidget,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._look = look
        self._say = say
        self.rows: dict[str, MaterialRow] = {}
        page = QWidget()
        page.setProperty("ground", "none")
        column = self._column = QVBoxLayout(page)
        column.setContentsMargins(look.px(left), look.px(14), look.px(16), look.px(16))
        column.setSpacing(0)
        self.all = KeyButton(say("ui.materials.all"), key_of("request.papers"), look, "quiet")
        self.all.clicked.connect(self.all_shown)
        column.addLayout(self._head(say, look))
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        self._steps = self._rows_made(draft, catalogue, told)

    def make(self) -> Iterator[None]:
        """Makes the rows that are not there yet, one a step."""
        yield from self._steps

    def show_ways(self, draft: Draft, today: date) -> None:
        """Shows how each material was found, and what earlier cases know of it."""
        for key, row in self.rows.items():
            how = draft.ways.get(key, "missing")
            row.show_how(how)
            paper = draft.papers.get(key)
            if paper is None or (how != "missing" and key not in draft.on_file):
                row.show_note("", "plain")
                continue
            age = age_words((today - date.fromisoformat(paper.day)).days, self._say)
            kind = "on_file" if key in draft.on_file else paper.again
            said = self._say(f"ui.known.paper.{kind}", case=paper.case, day=paper.day, age=age)
            row.show_note(said, TONES.get(kind, "plain"))

    def _rows_made(self, draft: Draft, catalogue: Catalogue, told: Told) -> Iterator[None]:
        say, look = self._say, self._look
        if not draft.item.material:
            self._column.addWidget(wrapping(small(say("ui.materials.none"), look)))
        for material in draft.item.material:
            name = capital(worded(catalogue.materials[material.key].name, say))
            row = MaterialRow(material, name, told(material, say, catalogue), say, look)
            row.shown.connect(self.shown)
            self.rows[material.key] = row
            self._column.addWidget(row)
            self._column.addWidget(_line(look))
            yield
        self._column.addStretch()

    def _head(self, say: Texts, look: Look) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(section(say("ui.materials.title"), look))
        row.addStretch()
        row.addWidget(self.all)
        return row

    def take_focus(self, key: str) -> None:
        """Puts the focus on a material and brings it into sight."""
        self.rows[key].tick.setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self.rows[key], 0, self._look.px(24))


def other_ways(material: Material) -> list[How]:
    """What may stand in for the paper itself."""
    ways: list[How] = [*material.substitute]
    if material.may_follow:
        ways.append("follows")
    return ways


def in_short(material: Material, say: Texts, _catalogue: Catalogue) -> str:
    """Form, copies, and when it is needed."""
    form = say(f"term.form.{material.form}")
    if material.copies > 1 or material.form in ("copy", "original_and_copy"):
        form = say("ui.materials.copies", form=form, copies=material.copies)
    need = "" if material.need == "must" else material.when or say(f"term.need.{material.need}")
    return say("ui.materials.when", form=form, need=need) if need else form


def in_full(material: Material, say: Texts, catalogue: Catalogue) -> str:
    """The same with the notes of the item and of the material."""
    notes = [material.note, catalogue.materials[material.key].note]
    lines = [in_short(material, say, catalogue), *(note for note in notes if note)]
    return "\n".join(lines)


def _line(look: Look) -> QWidget:
    line = Surface("bottom", look)
    line.setFixedHeight(1)
    return line
