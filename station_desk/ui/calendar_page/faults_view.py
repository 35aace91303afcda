"""What the proof-reader found in a year file: every fault with its line, to be read, copied and mended."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QTextBrowser, QVBoxLayout, QWidget

from station_desk.catalogue.check.year_file import YearFaulty
from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.labels import section, small, wrapping


class FaultsView(QWidget):
    """Nothing was entered; the file is mended and chosen again."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__()
        self._say = say
        self.head = wrapping(section("", look))
        self.list = QTextBrowser()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFont(look.font(look.sizes.body))
        self.list.setAccessibleName(say("calendar_page.faults"))
        self.list.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(18), look.px(14), look.px(18), look.px(12))
        column.setSpacing(look.px(8))
        column.addWidget(self.head)
        column.addWidget(wrapping(small(say("calendar_page.mend"), look)))
        column.addWidget(self.list, 1)

    def show_faults(self, faulty: YearFaulty) -> None:
        """Shows all faults of a file."""
        say = self._say
        self.head.setText(say("calendar_page.faulty", file=faulty.values["file"], count=len(faulty.findings)))
        lines = [
            say("calendar_page.line", line=finding.line, text=say(f"check.{finding.code}", **finding.values))
            for finding in faulty.findings
        ]
        self.list.setPlainText("\n".join(lines))
