"""Where every failure arrives: a rule says no, the world fails, or we made a mistake."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from station_desk.core.bug_report import report_of, save_report
from station_desk.core.clock import Clock
from station_desk.core.diary import note
from station_desk.core.errors import DeskError, RuleError, TroubleError
from station_desk.ui.bug_page import BugPage
from station_desk.ui.shell import Shell
from station_desk.ui.tasks import Failure


class Trouble(QObject):
    """Says each failure once, at its place. `printer_failed` names the printer from which no paper came."""

    printer_failed = Signal(str)

    def __init__(self, shell: Shell, reports: Path, clock: Clock) -> None:
        super().__init__(shell)
        self._shell = shell
        self._reports = reports
        self._clock = clock
        self._told = False
        self._last: DeskError | None = None

    def on_failure(self, failure: Failure) -> None:
        """A task failed: a rule's sentence goes beside what it concerns when there is such a place."""
        match failure.error, failure.refused:
            case RuleError() as error, refused if refused:
                refused(error)
            case error, _:
                self.on_error(error)

    def on_error(self, error: BaseException) -> None:
        """Says an error: rules and the world in the strip, our own mistakes in a report."""
        name = error.code if isinstance(error, DeskError) else type(error).__name__
        note(self._reports.parent, self._clock(), f"trouble {name}")
        self._last = error if isinstance(error, DeskError) else None
        match error:
            case RuleError():
                self._shell.banner.tell(self._shell.say.error(error), "warn")
            case TroubleError():
                self._shell.banner.tell(self._shell.say.error(error), "bad")
                if error.code.startswith("printer."):
                    self.printer_failed.emit(str(error.values.get("printer", "")))
            case _ if not self._told:
                # One dialog at a time: what happens every few seconds must not pile up.
                self._told = True
                now = self._clock()
                file = save_report(error, self._reports, now)
                shell = self._shell
                dialog = BugPage(report_of(error, now), file, shell.say, shell.look, shell)
                dialog.finished.connect(self._on_read)
                dialog.show()
            case _:
                pass

    def tell_again(self) -> bool:
        """Says the last sentence of the strip in the language of now; False when it was not ours."""
        if self._last:
            self.on_error(self._last)
        return self._last is not None

    def _on_read(self) -> None:
        self._told = False
