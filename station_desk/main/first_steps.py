"""A start that begins with the first run and goes on to the window: one program, one lock, one name."""

from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject

from station_desk.core.bug_report import report_of, save_report
from station_desk.core.clock import now
from station_desk.core.texts import Texts
from station_desk.main.start import Start, application, dressed_here
from station_desk.ui.bug_page import BugPage


class FirstSteps(QObject):
    """The wizard, then the window. Raises what opening a half set-up profile raises."""

    def __init__(self, profile: Path, say: Texts, key: str = "") -> None:
        super().__init__()
        # The wizard needs every act: it is loaded only here, never before the first paint of a window.
        from station_desk.main.first_run import FirstRun
        from station_desk.main.second_start import instance_name, listen

        self._profile, self.key = profile, key
        self.start: Start | None = None
        self.first = FirstRun(profile, say, self._open_window, key)
        self._server = listen(instance_name(profile), self.first.flow.wizard)

    def on_bug(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """A mistake of ours: the window shows it; before there is one, a page of its own does."""
        if self.start:
            self.start.on_bug(kind, error, trace)
        else:
            flow, moment = self.first.flow, now()
            file = save_report(error, self._profile / "reports", moment)
            look = dressed_here(application())
            BugPage(report_of(error, moment), file, flow.say(), look, flow.wizard).show()

    def asked_to_restore(self) -> Path | None:
        """The backup that somebody chose in the window."""
        return self.start.asked_to_restore() if self.start else None

    def close(self) -> None:
        """Ends what runs."""
        if self.start:
            self.start.close()
        else:
            self.first.close()

    def _open_window(self) -> None:
        self._server.close()
        say = self.first.flow.say()
        self.start = Start(self._profile, say, key=self.key, first_request=True)
