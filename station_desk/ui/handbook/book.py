"""The handbook's window: sections at the left, the one that is read at the right; search, links, back."""

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QTextBrowser,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from station_desk.core.texts import Texts
from station_desk.ui.handbook.dressing import dress
from station_desk.ui.handbook.sections import having, sections
from station_desk.ui.look.look import Look
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import small, wrapping

SIZE = (900, 600)
LIST_WIDTH = 250
MARK = Qt.ItemDataRole.UserRole
TOPICS = {
    "PrintersDialog": "printers", "Preview": "printers", "BugPage": "trouble", "BundleDialog": "settings",
    "Wizard": "first-run", "CareDialog": "care", "CallBacksDialog": "call-backs",
    "ContentsDialog": "access", "StaffDialog": "staff",
}  # fmt: skip
"""Windows that have a section of their own, by their class."""


class Book(QDialog):
    """Not modal: it is read beside the work."""

    def __init__(self, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(say("handbook.title"))
        self._say, self._look = say, look
        self._sections = sections(say)
        self._read: list[str] = []
        self.search = QLineEdit()
        self.search.setProperty("framed", "yes")
        self.search.setPlaceholderText(say("handbook.search"))
        self.search.setAccessibleName(say("handbook.search"))
        self.list = QListWidget()
        self.list.setAccessibleName(say("handbook.sections"))
        self.list.setWordWrap(True)
        self.text = QTextBrowser()
        self.text.setOpenLinks(False)
        self.text.setAccessibleName(say("handbook.title"))
        self.text.document().setDefaultFont(look.font(look.sizes.body))
        self.none = wrapping(small(say("handbook.none"), look))
        self.back = KeyButton(say("handbook.back"), key_of("handbook.back"), look)
        self.leave = KeyButton(say("handbook.close"), key_of("handbook.leave"), look)
        self._arrange(look)
        self._fill("")
        self.search.textChanged.connect(self._fill)
        self.list.currentItemChanged.connect(lambda *_: self._on_chosen())
        self.text.anchorClicked.connect(self._follow)
        self.back.clicked.connect(self._go_back)
        self.leave.clicked.connect(self.close)
        Heard("handbook.search", self, self.search.setFocus)

    def open_at(self, mark: str) -> None:
        """Shows a section, and the window before all others."""
        self.search.clear()
        self._show(mark)
        self.show()
        self.raise_()
        self.activateWindow()
        self.text.setFocus()

    def mark(self) -> str:
        """The section that is read."""
        return self._read[-1] if self._read else ""

    def _fill(self, asked: str) -> None:
        self.list.blockSignals(True)
        self.list.clear()
        for section in having(self._sections, asked):
            line = QListWidgetItem(section.title)
            line.setData(MARK, section.mark)
            self.list.addItem(line)
        self.list.blockSignals(False)
        self.none.setVisible(not self.list.count())
        if asked and self.list.count():
            self.list.setCurrentRow(0)
            self.text.find(asked)

    def _on_chosen(self) -> None:
        item: QListWidgetItem | None = self.list.currentItem()
        if item and item.data(MARK) != self.mark():
            self._show(str(item.data(MARK)))

    def _follow(self, link: QUrl) -> None:
        self._show(link.fragment())

    def _go_back(self) -> None:
        if len(self._read) > 1:
            self._read.pop()
            self._show(self._read.pop())

    def _show(self, mark: str) -> None:
        section = next((one for one in self._sections if one.mark == mark), self._sections[0])
        if self.mark() != section.mark:
            self._read.append(section.mark)
        self.text.setMarkdown(section.text)
        dress(self.text.document(), self._look)
        self.back.setEnabled(len(self._read) > 1)
        for row in range(self.list.count()):
            if self.list.item(row).data(MARK) == section.mark:
                self.list.setCurrentRow(row)

    def _arrange(self, look: Look) -> None:
        left = QVBoxLayout()
        left.setSpacing(look.px(8))
        for widget in (self.search, self.list, self.none):
            left.addWidget(widget)
        side = QWidget()
        side.setFixedWidth(look.px(LIST_WIDTH))
        left.setContentsMargins(0, 0, 0, 0)
        side.setLayout(left)
        middle = QHBoxLayout()
        middle.setSpacing(look.px(12))
        middle.addWidget(side)
        middle.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(self.back)
        row.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.setSpacing(look.px(10))
        column.addLayout(middle, 1)
        column.addLayout(row)
        self.resize(within_window(QSize(look.px(SIZE[0]), look.px(SIZE[1])), self.parentWidget()))


def topic_of(window: QWidget | None, page: str) -> str:
    """The section for whoever asks from a window; on the main window that of its page."""
    return TOPICS.get(type(window).__name__, page)
