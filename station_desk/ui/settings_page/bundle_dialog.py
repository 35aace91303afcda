"""The diagnostics bundle before it is written: what is in it, file by file, to be read."""

from pathlib import Path

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QListWidget,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from station_desk.core.texts import Texts
from station_desk.core.whole_file import write_whole
from station_desk.counter.diagnose import Bundle, zipped
from station_desk.ui.look.look import Look
from station_desk.ui.shared.giving_way import within_window
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import section, small, wrapping

SIZE = (820, 560)
LIST_WIDTH = 280


class BundleDialog(QDialog):
    """Shows each file as it will be; nothing is written before somebody says where."""

    def __init__(self, bundle: Bundle, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("diagnose.title"))
        self._bundle = bundle
        self._say = say
        self.list = QListWidget()
        self.list.setAccessibleName(say("diagnose.files"))
        self.list.addItems([f"{name}  {len(content)}" for name, content in bundle.items()])
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setProperty("framed", "yes")
        self.text.setTabChangesFocus(True)
        self.text.setFont(look.font(look.sizes.secondary))
        self.text.setAccessibleName(say("diagnose.content"))
        self.hint = wrapping(small("", look))
        self.leave = KeyButton(say("diagnose.close"), key_of("diagnose.leave"), look)
        self.save = KeyButton(say("diagnose.save"), key_of("diagnose.save"), look, "primary")
        self.list.currentRowChanged.connect(self._show)
        self.leave.clicked.connect(self.close)
        self.save.clicked.connect(self._ask_where)
        self._arrange(look)
        self.list.setCurrentRow(0)

    def write(self, file: Path) -> None:
        """Writes the bundle."""
        try:
            write_whole(zipped(self._bundle), file)
        except OSError as error:
            self.hint.setText(self._say("diagnose.not_written", why=error.strerror or str(error)))
        else:
            self.hint.setText(self._say("diagnose.written", file=file))

    def _show(self, row: int) -> None:
        content = list(self._bundle.values())[row]
        self.text.setPlainText(content.decode("utf-8", "replace"))

    def _ask_where(self) -> None:
        dialog = QFileDialog(self, self._say("diagnose.save"), "station-desk.zip", "ZIP (*.zip)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda file: self.write(Path(file)))
        dialog.open()

    def _arrange(self, look: Look) -> None:
        say = self._say
        self.list.setFixedWidth(look.px(LIST_WIDTH))
        middle = QHBoxLayout()
        middle.setSpacing(look.px(12))
        middle.addWidget(self.list)
        middle.addWidget(self.text, 1)
        row = QHBoxLayout()
        row.setSpacing(look.px(10))
        row.addWidget(self.hint, 1)
        row.addWidget(self.leave)
        row.addWidget(self.save)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(14), look.px(16), look.px(14))
        column.setSpacing(look.px(10))
        column.addWidget(section(say("diagnose.title"), look))
        column.addWidget(wrapping(small(say("diagnose.words"), look)))
        column.addLayout(middle, 1)
        column.addLayout(row)
        self.resize(within_window(QSize(look.px(SIZE[0]), look.px(SIZE[1])), self.parentWidget()))
