"""The published guide of an item on the screen: its fourteen groups at the left, all of their elements beside
them, the workflow as a diagram among them. The guide page and the request in hand show the same.
"""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QTextBrowser, QVBoxLayout, QWidget

from station_desk.catalogue.diagram.workflow import Workflow, WorkflowBroken
from station_desk.catalogue.guide_page import GuidePage
from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.choice_list import Choice, ChoiceList
from station_desk.ui.shared.giving_way import OnResize
from station_desk.ui.shared.guide_text import group_html, plain_text
from station_desk.ui.shared.surface import Surface
from station_desk.ui.shared.workflow_view import WorkflowView

CONTENTS_WIDTH = 200
WITH_CONTENTS = 560
"""In a narrower guide the contents give way: its groups are scrolled through."""

DIAGRAM_AFTER = "workflow"


class GroupsText(QTextBrowser):
    """Some groups of a guide, as high as they are; their words can be selected and copied."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        # It lies on a card that has an edge of its own.
        self.setProperty("ground", "none")
        self.setFont(look.font(look.sizes.body))
        self.document().setDefaultFont(self.font())
        self.document().setDocumentMargin(0)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setOpenLinks(False)
        # The area around it scrolls; Tab goes on to the next control.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)

    def show_html(self, html: str, name: str) -> None:
        """Shows other groups; `name` is what a screen reader calls them."""
        self.setHtml(html)
        self.setAccessibleName(name)
        self.fit()

    def fit(self) -> None:
        """Takes the height that the words need at this width."""
        # What the frame takes is no room for words.
        frame = self.size() - self.viewport().size()
        self.document().setTextWidth(self.width() - frame.width())
        self.setFixedHeight(round(self.document().size().height()) + frame.height())

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.fit()

    def top_of(self, group: str) -> int:
        """How far below its top a group begins; -1 when it is not here."""
        block = self.document().begin()
        while block.isValid():
            for piece in block.textFormats():
                if group in piece.format.anchorNames():
                    return round(self.document().documentLayout().blockBoundingRect(block).top())
            block = block.next()
        return -1


class GuideArea(QScrollArea):
    """Scrolls by the arrow keys and by pages; Ctrl+C copies what is selected, or the whole guide."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.above = GroupsText(look)
        self.below = GroupsText(look)
        self.diagram = WorkflowView(look)
        self.whole = ""
        self._page = QWidget()
        self._page.setProperty("ground", "none")
        column = QVBoxLayout(self._page)
        column.setContentsMargins(look.px(18), look.px(2), look.px(18), look.px(18))
        column.setSpacing(0)
        column.addWidget(self.above)
        column.addSpacing(look.px(12))
        column.addWidget(self.diagram)
        column.addSpacing(look.px(16))
        column.addWidget(self.below)
        column.addStretch()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(self._page)

    def show_group(self, group: str) -> None:
        """Scrolls to where a group begins."""
        texts: tuple[GroupsText, ...] = (self.above, self.below)
        for text in texts:
            if (top := text.top_of(group)) >= 0:
                self.verticalScrollBar().setValue(text.mapTo(self._page, QPoint(0, top)).y())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.whole)
        else:
            super().keyPressEvent(event)


class GuideView(QWidget):
    """One guide. `show_guide` shows another."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self._look = look
        self._page: GuidePage | None = None
        self.contents = ChoiceList(say("guide_page.contents"), look)
        self.contents.setFixedWidth(look.px(CONTENTS_WIDTH))
        self.area = GuideArea(look)
        self.contents.picked.connect(self.area.show_group)
        self.contents.opened.connect(lambda _group: self.area.setFocus())
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        strip = self._contents_strip()
        row.addWidget(strip)
        OnResize(self, lambda size: strip.setVisible(size.width() >= look.px(WITH_CONTENTS)))
        row.addWidget(self.area, 1)

    def page(self) -> GuidePage | None:
        """The guide that is shown."""
        return self._page

    def text(self) -> str:
        """The guide as plain text."""
        return plain_text(self._page, self._say) if self._page else ""

    def show_guide(self, page: GuidePage, workflow: Workflow) -> None:
        """Shows a guide from its beginning, with its workflow drawn; one that cannot be is told only."""
        self._page = page
        self._draw(workflow)
        cut = next(n for n, group in enumerate(page.groups, start=1) if group.key == DIAGRAM_AFTER)
        self.area.above.show_html(group_html(page.groups[:cut], self._say, self._look), page.title)
        self.area.below.show_html(group_html(page.groups[cut:], self._say, self._look), page.title)
        self.area.whole = self.text()
        self.area.setAccessibleName(page.title)
        self.contents.show_lines(
            [
                Choice(
                    group.key, group.title, note=self._open_words(sum(not line.texts for line in group.lines))
                )
                for group in page.groups
            ]
        )
        self.contents.choose(page.groups[0].key)
        self.area.verticalScrollBar().setValue(0)

    def _draw(self, workflow: Workflow) -> None:
        self.area.diagram.show()
        try:
            self.area.diagram.show_workflow(workflow)
        except WorkflowBroken:
            # An edition of another publisher's program may hold one; ours are proof-read.
            self.area.diagram.hide()

    def _contents_strip(self) -> Surface:
        strip = Surface("right", self._look)
        column = QVBoxLayout(strip)
        column.setContentsMargins(0, 0, 1, 0)
        column.addWidget(self.contents)
        return strip

    def _open_words(self, count: int) -> str:
        return self._say("guide_page.open_in_group", count=count) if count else ""
