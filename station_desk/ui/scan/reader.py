"""The program of a card reader, beside ours: started, listened to, and started again when it fails.

It cannot harm the window: what it says is read in small bites and judged line by line; what is too long, too
much or not understood ends it, and it is started again later and later, until it is given up.
"""

from collections.abc import Callable, Sequence
from enum import StrEnum

from PySide6.QtCore import QObject, QProcess, QProcessEnvironment, QTimer, Signal

from station_desk.counter.cards.message import (
    LONGEST_LINE,
    CardData,
    CardPresent,
    CardRemoved,
    Hello,
    Misbehaved,
    Pong,
    ReaderError,
    read_message,
    trouble_of,
)

HELLO_MS, DATA_MS, PONG_MS, PING_MS, STOP_MS = 5_000, 10_000, 5_000, 20_000, 1_000
"""How long a reader may take to say hello, to read a card, to answer; how often it is asked; to end."""

FIRST_PAUSE_MS, LONGEST_PAUSE_MS = 1_000, 60_000
FAULTS = 8
"""After so many failures in a row the reader is given up."""

LINES_A_SECOND = 12
CALM_MS = 60_000
"""A reader that worked so long is trusted again."""

OWN = "STATION_DESK_"
"""Our own settings in the environment are none of its business."""


class State(StrEnum):
    """How the reader stands."""

    OFF = "off"
    STARTING = "starting"
    READY = "ready"
    READING = "reading"
    FAILED = "failed"
    GIVEN_UP = "given_up"


class Reader(QObject):
    """One reader. `read` carries what a card says, `trouble` why not, `changed` how the reader stands."""

    read = Signal(object)
    trouble = Signal(str)
    changed = Signal(object)

    def __init__(self, command: Sequence[str], parent: QObject) -> None:
        super().__init__(parent)
        self._command = tuple(command)
        self.state = State.OFF
        self.faults = 0
        self._rest = b""
        self._lines = 0
        self._process: QProcess | None = None
        self._deadline = self._timer(self._fail, single=True)
        self._again = self._timer(self._start, single=True)
        self._ping = self._timer(self._ask, single=False, interval=PING_MS)
        self._second = self._timer(self._count_anew, single=False, interval=1_000)
        self._calm = self._timer(self._forgive, single=True, interval=CALM_MS)

    def start(self) -> None:
        """Starts the reader; one that was given up gets another chance."""
        self.faults = 0
        self._start()

    def stop(self) -> None:
        """The window closes: the reader is told, and ended when it does not listen."""
        self._end()
        self._again.stop()
        self._become(State.OFF)

    def _start(self) -> None:
        self._end()
        process = self._process = QProcess(self)
        environment = QProcessEnvironment.systemEnvironment()
        for name in [name for name in environment.keys() if name.startswith(OWN)]:  # noqa: SIM118 - Qt's own
            environment.remove(name)
        process.setProcessEnvironment(environment)
        process.setStandardErrorFile(QProcess.nullDevice())
        process.readyReadStandardOutput.connect(self._hear)
        process.errorOccurred.connect(lambda _error: self._fail())
        process.finished.connect(lambda *_: self._fail())
        self._become(State.STARTING)
        self._rest, self._lines = b"", 0
        self._deadline.start(HELLO_MS)
        self._second.start()
        process.start(self._command[0], list(self._command[1:]))

    def _hear(self) -> None:
        process = self._process
        if process is None:
            return
        self._rest += bytes(process.readAllStandardOutput().data())
        while self._process is process and b"\n" in self._rest:
            line, self._rest = self._rest.split(b"\n", 1)
            self._lines += 1
            if self._lines > LINES_A_SECOND or not self._understood(line):
                self._fail()
        if len(self._rest) > LONGEST_LINE:
            self._fail()

    def _understood(self, line: bytes) -> bool:
        try:
            message = read_message(line)
        except Misbehaved:
            return False
        if isinstance(message, Hello) != (self.state is State.STARTING):
            return False
        if isinstance(message, CardData) and self.state is not State.READING:
            return False
        match message:
            case Hello():
                self._deadline.stop()
                self._ping.start()
                self._calm.start()
                self._become(State.READY)
            case CardPresent():
                self._deadline.start(DATA_MS)
                self._become(State.READING)
            case CardData():
                self._deadline.stop()
                self._become(State.READY)
                self.read.emit(message)
            case ReaderError():
                self._deadline.stop()
                self._become(State.READY)
                self.trouble.emit(trouble_of(message))
            case CardRemoved() | Pong():
                self._deadline.stop()
                self._become(State.READY)
        return True

    def _ask(self) -> None:
        if self._process is not None and self.state is State.READY:
            self._process.write(b'{"do":"ping"}\n')
            if not self._deadline.isActive():
                self._deadline.start(PONG_MS)

    def _fail(self) -> None:
        """It ended, hung, flooded or spoke nonsense: it is started again, later each time."""
        if self._process is None:
            return
        self._end()
        self.faults += 1
        if self.faults >= FAULTS:
            self._become(State.GIVEN_UP)
            return
        self._again.start(min(FIRST_PAUSE_MS * 2 ** (self.faults - 1), LONGEST_PAUSE_MS))
        self._become(State.FAILED)

    def _end(self) -> None:
        process, self._process = self._process, None
        for timer in (self._deadline, self._ping, self._second, self._calm):
            timer.stop()
        if process is None:
            return
        process.blockSignals(True)
        if process.state() != QProcess.ProcessState.NotRunning:
            process.closeWriteChannel()
            process.kill()
            process.waitForFinished(STOP_MS)
        process.deleteLater()

    def _count_anew(self) -> None:
        self._lines = 0

    def _forgive(self) -> None:
        self.faults = 0

    def _become(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self.changed.emit(state)

    def _timer(self, then: Callable[[], None], *, single: bool, interval: int = 0) -> QTimer:
        timer = QTimer(self, singleShot=single, interval=interval)
        timer.timeout.connect(then)
        return timer
