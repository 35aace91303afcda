"""The status bar: printer and catalogue at the left, work under way in the middle, the day's counts and the
time.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.giving_way import RowGivesWay
from station_desk.ui.shared.key_table import key_of
from station_desk.ui.shared.labels import small
from station_desk.ui.shared.surface import Surface

if TYPE_CHECKING:
    from station_desk.ui.frame.work_under_way import WorkUnderWay
    from station_desk.ui.shared.key_button import KeyButton


class StatusBar(Surface):
    """Small words; the printer leads to the choice of printers once the desk is open."""

    def __init__(self, say: Texts, look: Look) -> None:
        super().__init__("top", look)
        # A pixel each above and below its buttons.
        self.setFixedHeight(look.px(30) + 2)
        self._say = say
        self._printer_name = ""
        self._failed: str | None = None
        self.printer: QLabel | KeyButton = small("", look)
        self.edition, self.counts, self.time = (small("", look) for _ in range(3))
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), 0, look.px(16), 0)
        row.setSpacing(look.px(12))
        for widget in (self.printer, self.edition):
            row.addWidget(widget)
        row.addStretch()
        self._place_of_work = row.count()
        row.addStretch()
        for widget in (self.counts, self.time):
            row.addWidget(widget)
        self._row = row
        self._work: WorkUnderWay | None = None
        self._gives_way = RowGivesWay(self, (self.edition, self.counts, self.time), _said)

    def offer_printers(self, choose: Callable[[], None], look: Look) -> None:
        """The printer becomes a button that leads to the choice of printers."""
        from station_desk.ui.shared.key_button import KeyButton

        button = KeyButton("", key_of("window.printers"), look, "quiet")
        button.setToolTip(self._say("printer.dialog.title"))
        button.clicked.connect(choose)
        self._row.replaceWidget(self.printer, button)
        self.printer.deleteLater()
        self.printer = button
        self._show_printer()

    def offer_hall(self, text: str, show: Callable[[], None], look: Look) -> None:
        """A button that opens the display of the hall."""
        from station_desk.ui.shared.key_button import KeyButton

        self.hall = KeyButton(text, key_of("window.hall"), look, "quiet")
        self.hall.clicked.connect(show)
        self._row.insertWidget(self._row.indexOf(self.edition) + 1, self.hall)
        self._place_of_work += 1

    def offer_care(self, text: str, show: Callable[[], None], look: Look) -> None:
        """A button that tells the age of the last backup and leads to backups and checks."""
        from station_desk.ui.shared.key_button import KeyButton

        self.care = KeyButton(text, key_of("window.care"), look, "quiet")
        # The bar is full where letters are large: the key stands in the tip.
        self.care.show_cap("")
        self.care.clicked.connect(show)
        self._row.insertWidget(self._row.indexOf(self.edition) + 1, self.care)
        self._place_of_work += 1

    def show_backup(self, words: str, tip: str, *, alarm: bool) -> None:
        """How old the last backup is; in red when it is late or could not be made."""
        self.care.say(words, "alarm" if alarm else "quiet")
        self.care.setToolTip(tip)

    def name_printer(self, name: str) -> None:
        """Names the printer of the receipts."""
        self._printer_name = name
        self._show_printer()

    def show_ready_printer(self) -> None:
        """The last paper came out."""
        self._failed = None
        self._show_printer()

    def show_failed_printer(self, name: str) -> None:
        """A paper did not come out of a printer; without a name, of the one of the receipts."""
        self._failed = name
        self._show_printer()

    def _show_printer(self) -> None:
        state = self._say("ui.status.ready" if self._failed is None else "ui.status.not_ready")
        words = self._say("ui.status.printer", name=self._failed or self._printer_name, state=state)
        match self.printer:
            case QLabel():
                self.printer.setText(words)
            case button:
                button.say(words, "quiet")

    def work(self, look: Look) -> "WorkUnderWay":
        """The place where work under way is shown; made when first needed."""
        if self._work is None:
            from station_desk.ui.frame.work_under_way import WorkUnderWay

            self._work = WorkUnderWay(self._say, look)
            self._row.insertWidget(self._place_of_work, self._work)
        return self._work


def _said(part: QWidget) -> str:
    return part.text() if isinstance(part, QLabel) else ""
