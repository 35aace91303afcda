"""The card of one item on the guide page: its name and kind, its guide, and what can be done with it."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from station_desk.catalogue.guide_page import guide_page, unknown_elements
from station_desk.core.texts import Texts
from station_desk.counter.desk import Desk
from station_desk.counter.wording import kind_words, language_of
from station_desk.counter.workflow_words import workflow_of
from station_desk.ui.guide_page.public_offer import PublicOffer
from station_desk.ui.look.look import Look
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.giving_way import OnResize
from station_desk.ui.shared.guide_view import GuideView
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import small, title, wrapping
from station_desk.ui.shared.name_and_pills import NameAndPills
from station_desk.ui.shared.pill import Pill
from station_desk.ui.shared.surface import Surface

NARROW = 640
"""In a card narrower than this not every action has room for its key."""


class ItemCard(Surface):
    """Shows one item at a time."""

    def __init__(self, desk: Desk, say: Texts, look: Look) -> None:
        super().__init__("card", look)
        self._desk = desk
        self._say = say
        self._code = ""
        self.name = wrapping(title("", look))
        self.kind = Pill("", "accent", look)
        self.nature = Pill("", "plain", look)
        self.restricted = Pill("", "warn", look)
        self.guide = GuideView(say, look)
        self.hint = wrapping(small("", look))
        self.copy = KeyButton(say("guide_page.copy"), key_of("guide.copy"), look)
        self.papers = PublicOffer(say, look)
        self.begin = KeyButton(say("guide_page.begin"), key_of("guide.begin"), look, "primary")
        self.copy.clicked.connect(self._copy)
        self._arrange(look)

    def code(self) -> str:
        """The item that is shown."""
        return self._code

    def show_item(self, code: str) -> None:
        """Shows the guide of an item."""
        if code == self._code:
            return
        self._code = code
        item, say = self._desk.item(code), self._say
        published = self._desk.edition.forms.edition
        self.papers.offer(code, on_wall=item.sensitivity != "S3")
        page = guide_page(item, self._desk.catalogue, published, say, language_of(say))
        self.name.setText(page.title)
        self.kind.say(kind_words(item, say), "accent")
        self.nature.say(say(f"term.type.{item.type}"), "plain")
        self.restricted.say(say("guide_page.restricted") if item.sensitivity == "S3" else "", "warn")
        self.guide.show_guide(page, workflow_of(item, say))
        unknown = unknown_elements(page)
        self.hint.setText(say("guide.open", count=unknown) if unknown else say("guide_page.whole"))

    def tell(self, sentence: str) -> None:
        """Says what became of what was asked for."""
        self.hint.setText(sentence)

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.guide.text())
        self.hint.setText(self._say("guide_page.copied"))

    def _fit(self, size: QSize) -> None:
        """In a narrow card the name is written smaller, and all keys but one stand in the tips."""
        look = self._look
        narrow = size.width() < look.px(NARROW)
        self.name.setFont(look.bold(look.sizes.section if narrow else look.sizes.title))
        for button in (self.papers.sheet, self.papers.more, self.copy):
            button.show_key(not narrow)

    def _arrange(self, look: Look) -> None:
        head = Surface("bottom", look)
        row = QHBoxLayout(head)
        row.setContentsMargins(look.px(18), look.px(10), look.px(18), look.px(10))
        row.setSpacing(look.px(10))
        row.addWidget(NameAndPills(self.name, [self.restricted, self.kind, self.nature], look))
        column = QVBoxLayout(self)
        column.setContentsMargins(1, look.px(3), 1, look.px(3))
        column.setSpacing(0)
        column.addWidget(head)
        column.addWidget(self.guide, 1)
        column.addWidget(action_bar(self.hint, [self.papers, self.copy, self.begin], look))
        OnResize(self, self._fit)
