"""Watches the queue for the hall: a thread that looks when somebody wrote, and at once when it is nudged.

Between looks it asks the database for its version four times a second, which takes microseconds and reads
nothing; so a call of this program is seen at once and one of another program within a quarter of a second.
"""

from collections.abc import Callable
from threading import Event, Thread

from station_desk.core.clock import Clock, stamp
from station_desk.core.errors import DeskError, TroubleError
from station_desk.store.hall_file import HallFile, HallRows
from station_desk.store.profile import Profile

LOOK_SECONDS = 0.25
AFTER_TROUBLE_SECONDS = 2.0


class HallBroken(TroubleError):
    """A mistake of ours. What Python says of it goes to the report, never onto a screen in the hall."""

    code = "hall.broken"


class HallWatch:
    """Tells the rows of today whenever they changed, from its own thread; `trouble` hears of each once.

    `mark` is another one when something beside the queue is shown otherwise now.
    """

    def __init__(
        self, profile: Profile, clock: Clock, told: Callable[[HallRows], None],
        trouble: Callable[[DeskError], None], mark: Callable[[], object] = lambda: None,
    ) -> None:  # fmt: skip
        self._file = HallFile(profile)
        self._clock = clock
        self._told = told
        self._trouble = trouble
        self._mark, self._marked = mark, mark()
        self._wake = Event()
        self._ended = False
        self._day = ""
        self._thread = Thread(target=self._run, name="hall", daemon=True)

    def start(self) -> None:
        """Looks for the first time, and from then on."""
        self._thread.start()

    def nudge(self) -> None:
        """Somebody just changed the queue: look now."""
        self._wake.set()

    def stop(self) -> None:
        """Ends the thread and lets go of the file."""
        self._ended = True
        self._wake.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        said = ""
        while not self._ended:
            rest = LOOK_SECONDS
            try:
                self._look()
                said = ""
            except DeskError as error:
                self._file.close()
                self._day, rest = "", AFTER_TROUBLE_SECONDS
                if str(error) != said:
                    said = str(error)
                    self._trouble(error)
            except Exception:
                # A mistake of ours: nobody may go by numbers that stand still without a word.
                self._file.close()
                self._trouble(HallBroken())
                raise
            self._wake.wait(rest)
            self._wake.clear()
        self._file.close()

    def _look(self) -> None:
        today = stamp(self._clock())[:10]
        mark = self._mark()
        if today != self._day or mark != self._marked or self._file.has_changed():
            self._marked = mark
            rows = self._file.look(today)
            self._day = today
            self._told(rows)
