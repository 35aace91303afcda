"""The page that a mistake of ours brings: what happened, what was saved, what now, the report to hand on."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog, QPlainTextEdit, QVBoxLayout, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.action_bar import action_bar
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, small, title, words, wrapping
from station_desk.ui.shared.scrolling import scrolling

SIZE = (720, 560)
PARTS = ("happened", "saved", "now")


class BugPage(QDialog):
    """Not modal: work goes on beside it. The report holds nothing of what was typed."""

    def __init__(self, report: str, file: Path, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("ui.bug.title"))
        self._say = say
        self._file = file
        self.report = QPlainTextEdit(report)
        self.report.setReadOnly(True)
        self.report.setProperty("framed", "yes")
        self.report.setTabChangesFocus(True)
        self.report.setAccessibleName(say("ui.bug.report"))
        self.report.setFont(look.font(look.sizes.secondary))
        self.hint = wrapping(small(say("ui.bug.file", file=file), look))
        self.copy = KeyButton(say("ui.bug.copy"), key_of("trouble.copy"), look)
        self.save = KeyButton(say("ui.bug.save"), key_of("trouble.save"), look)
        self.go_on = KeyButton(say("ui.bug.close"), key_of("trouble.leave"), look, "primary")
        self.copy.clicked.connect(self._copy)
        self.save.clicked.connect(self._ask_where)
        self.go_on.clicked.connect(self.close)
        self._arrange(look)

    def write(self, file: Path) -> None:
        """Saves the report in another place too."""
        try:
            file.write_text(self.report.toPlainText(), "utf-8")
        except OSError as error:
            self.hint.setText(self._say("ui.bug.not_saved", why=error.strerror or str(error)))
        else:
            self.hint.setText(self._say("ui.bug.file", file=file))

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.report.toPlainText())
        self.hint.setText(self._say("ui.bug.copied"))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self._say("ui.bug.save"), self._file.name)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.write(Path(file)))
        dialog.open()

    def _arrange(self, look: Look) -> None:
        say = self._say
        body = QWidget()
        body.setProperty("ground", "none")
        column = QVBoxLayout(body)
        column.setContentsMargins(look.px(24), look.px(20), look.px(24), look.px(12))
        column.setSpacing(look.px(8))
        column.addWidget(title(say("ui.bug.title"), look))
        for part in PARTS:
            column.addWidget(section(say(f"ui.bug.{part}.head"), look))
            column.addWidget(wrapping(words(say(f"ui.bug.{part}.words"), look)))
        column.addWidget(section(say("ui.bug.report"), look))
        column.addWidget(self.report, 1)
        self.report.setMinimumHeight(look.px(120))
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addWidget(scrolling(body), 1)
        whole.addWidget(action_bar(self.hint, [self.copy, self.save, self.go_on], look))
        self.resize(within_window(QSize(look.px(SIZE[0]), look.px(SIZE[1])), self.parentWidget()))
        self.go_on.setFocus()
