"""What the published item says: limits, basis, conditions, fee, result, who accepts and who decides, each step."""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QWidget

from station_desk.catalogue.item import Item
from station_desk.core.texts import Texts
from station_desk.counter.wording import limit_words, worded
from station_desk.ui.look.look import Look
from station_desk.ui.shared.labels import section, small, words, wrapping


class GuideView(QScrollArea):
    """The guide as pairs of a word and what it says; all of it can be selected and copied."""

    def __init__(self, item: Item, say: Texts, look: Look) -> None:
        super().__init__()
        self._look = look
        page = QWidget()
        page.setProperty("ground", "none")
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(16))
        self._grid.setHorizontalSpacing(look.px(24))
        self._grid.setVerticalSpacing(look.px(10))
        self._grid.setColumnStretch(1, 1)
        for name, text in facts(item, say):
            self._add(small(name, look), text)
        self._grid.addWidget(section(say("ui.guide.steps"), look), self._grid.rowCount(), 0, 1, 2)
        for number, step in enumerate(item.step, start=1):
            name = say("ui.guide.step", number=number, name=worded(step.name, say))
            who = say(
                "ui.guide.who",
                role=say(f"term.role.{step.role}"),
                limit=limit_words(step.limit, step.unit, say),
            )
            self._add(words(name, look), f"{who}\n{step.action}")
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(say("ui.tab.guide"))
        self.setWidget(page)

    def _add(self, name: QLabel, text: str) -> None:
        said = wrapping(words(text, self._look))
        said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        name.setAlignment(Qt.AlignmentFlag.AlignTop)
        row = self._grid.rowCount()
        self._grid.addWidget(name, row, 0)
        self._grid.addWidget(said, row, 1)


def facts(item: Item, say: Texts) -> Iterator[tuple[str, str]]:
    """What the item says, by name; what it leaves open is left out."""
    limit = item.limit
    yield say("ui.guide.promised"), limit_words(limit.promised, limit.unit, say)
    if limit.statutory is not None:
        yield say("ui.guide.statutory"), limit_words(limit.statutory, limit.unit, say)
    if limit.note:
        yield say("ui.guide.limit_note"), limit.note
    yield say("ui.guide.accepted_by"), item.accepted_by
    yield say("ui.guide.decided_by"), item.decided_by
    yield say("ui.guide.fee"), say("term.fee.some", count=item.fee) if item.fee else say("term.fee.none")
    yield say("ui.guide.result"), item.result.name
    yield say("ui.guide.conditions"), "\n".join(item.conditions)
    yield say("ui.guide.basis"), "\n".join(item.basis)
    yield say("ui.guide.code"), item.code
