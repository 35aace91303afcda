"""Where every failure arrives: a rule says no, the world fails, or we made a mistake."""

import traceback
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from station_desk import __version__
from station_desk.core.clock import Clock
from station_desk.core.errors import DeskError, RuleError, TroubleError
from station_desk.core.texts import Texts
from station_desk.ui.look.look import Look
from station_desk.ui.shared.key_button import KeyButton
from station_desk.ui.shared.labels import section, small, words, wrapping
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
                report = save_report(error, self._reports, self._clock())
                dialog = BugDialog(report, self._shell.say, self._shell.look, self._shell)
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


class BugDialog(QDialog):
    """We made a mistake: what was typed is still there, and a report was saved. Not modal: work goes on."""

    def __init__(self, report: Path, say: Texts, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(say("ui.bug.title"))
        path = small(str(report), look)
        path.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        path.setAccessibleName(str(report))
        close = KeyButton(say("ui.bug.close"), "", look, "primary")
        close.clicked.connect(self.close)
        row = QHBoxLayout()
        row.addStretch()
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(24), look.px(24), look.px(24), look.px(16))
        column.setSpacing(look.px(12))
        column.addWidget(section(say("ui.bug.title"), look))
        column.addWidget(wrapping(words(say("ui.bug.words"), look)))
        column.addWidget(wrapping(path))
        column.addLayout(row)
        self.setMinimumWidth(look.px(480))


def save_report(error: BaseException, folder: Path, now: datetime) -> Path:
    """Writes what failed and where, and nothing of what was typed: no messages, no values.

    When not even that can be written, the path is returned all the same; the dialog must not fail in its
    turn.
    """
    file = folder / f"bug-{now:%Y%m%d-%H%M%S}.txt"
    lines = [f"station-desk {__version__}", now.isoformat(), *_chain(error)]
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(lines) + "\n", "utf-8")
    except OSError:
        pass
    return file


def _chain(error: BaseException | None) -> list[str]:
    """The error and its causes: classes, places and functions; a message may quote what a resident said."""
    lines: list[str] = []
    while error is not None:
        kind = type(error)
        code = f" {error.code}" if isinstance(error, DeskError) else ""
        lines.append(f"{kind.__module__}.{kind.__qualname__}{code}")
        frames = traceback.extract_tb(error.__traceback__)
        lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
        error = error.__cause__ or error.__context__
    return lines
