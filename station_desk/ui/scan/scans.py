"""What a scan does: it opens what it names, wherever the clerk is, or says why nothing opens."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from shiboken6 import isValid

from station_desk.counter.scan_finds import Finding, find_scanned
from station_desk.counter.scanned import Scan, may_become_scan, read_scan
from station_desk.ui.acts import Acts
from station_desk.ui.look.palette import Tone
from station_desk.ui.scan.scan_note import ScanNote
from station_desk.ui.scan.wedge import Wedge

if TYPE_CHECKING:
    from station_desk.ui.counter_page.request_panel import RequestPanel
    from station_desk.ui.shell import Shell

LOSES_NOTHING = "loses_nothing"
"""The property of a dialog that a scan may close: nothing is typed in it."""


class Scans(QObject):
    """Joins the wedge with the pages of the window. `ended`: nothing is heard any more."""

    ended = Signal()

    def __init__(self, shell: "Shell", acts: Acts) -> None:
        super().__init__(shell)
        self._shell = shell
        self._acts = acts
        self.note: ScanNote | None = None
        self.wedge: Wedge[Scan] = Wedge(
            may_become_scan,
            lambda text: read_scan(text, acts.desk.clock().date()),
            self.on_scan,
            (acts.desk.station.code, "SD", "http"),
            self,
        )
        shell.closed.connect(self.end)

    def end(self) -> None:
        """The window closes or is locked, or its pages are made anew."""
        self._clear()
        self._shell.closed.disconnect(self.end)
        self.wedge.stop()
        self.ended.emit()
        self.deleteLater()

    def on_scan(self, scan: Scan) -> None:
        """Something was scanned."""
        if QApplication.focusWidget() is self._shell.search.box:
            self._shell.search.leave()
        if not self.comes_forward():
            return
        panel = self.in_hand()
        if scan.kind == "resident" and scan.whole and panel is not None:
            self.fill(panel, {"id_number": scan.value})
        else:
            self._acts.look(lambda desk: find_scanned(desk, scan), self.show)

    def comes_forward(self) -> bool:
        """Brings the window to the front. A dialog in which something may be typed stays, and says so."""
        dialog = self._dialog()
        if dialog is None:
            return True
        if dialog.property(LOSES_NOTHING):
            dialog.reject()
            return True
        self.tell("scan.dialog_open", {}, "warn", dialog)
        return False

    def show(self, finding: Finding) -> None:
        """Opens what was found, and says what it was."""
        shell = self._shell
        match finding:
            case Finding(rows=(row,)):
                shell.open_case(row)
            case Finding(rows=rows) if rows:
                shell.search.show_found(list(rows))
            case Finding(ticket=ticket) if ticket:
                self._open_ticket(ticket)
            case Finding(guide=True, item=code) if code:
                shell.open_guide(code)
            case Finding(guide=True):
                shell.show_page("guide")
            case _:
                pass
        self.tell(finding.text, finding.values, finding.tone)

    def fill(self, panel: "RequestPanel", said: Mapping[str, str]) -> None:
        """What a card says goes into the request in hand."""
        offered = panel.fill_from_card(said)
        self.tell("scan.card.offered" if offered else "scan.card.filled", {}, "warn" if offered else "ok")

    def in_hand(self) -> "RequestPanel | None":
        """The request that is in sight."""
        shell = self._shell
        return shell.counter.handling.area.current() if shell.pages.currentWidget() is shell.counter else None

    def tell(self, text: str, values: Mapping[str, object], tone: Tone, over: QWidget | None = None) -> None:
        """Says a sentence over the window, in the place of the last one."""
        self._clear()
        if self._shell.is_locked():
            return
        say = self._shell.say
        sentence = say(text, **{name: say.spoken(value) for name, value in values.items()})
        self.note = ScanNote(sentence, tone, over or self._shell, say, self._shell.look)

    def _clear(self) -> None:
        if self.note is not None and isValid(self.note):
            self.note.close()
            self.note.deleteLater()

    def _dialog(self) -> QDialog | None:
        """The dialog that is open over the window."""
        front = QApplication.activeModalWidget()
        if isinstance(front, QDialog):
            return front
        return next((d for d in self._shell.findChildren(QDialog) if d.isVisible()), None)

    def _open_ticket(self, ticket: str) -> None:
        shell = self._shell
        shell.show_page("counter")
        view, handling = shell.counter.queue.view, shell.counter.handling
        row = next((row for row in shell.counter.queue.rows() if row.id == ticket), None)
        if row is None:
            handling.reload()
        elif row.state in ("called", "serving"):
            handling.open_ticket(row)
        else:
            view.setCurrentIndex(view.lines.place_of(ticket))
            view.setFocus()
