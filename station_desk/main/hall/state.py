"""What the page of the hall is told: made when the queue changed, waited for by every television."""

import secrets
from collections.abc import Mapping
from threading import Condition

import msgspec

from station_desk.catalogue.item import Language
from station_desk.core.clock import Clock
from station_desk.core.errors import DeskError
from station_desk.counter.hall.board import Board, labels
from station_desk.counter.hall.content import HallContent, Seen
from station_desk.counter.hall.pages import Turning
from station_desk.counter.hall.settings import voices_of
from station_desk.store.hall_file import HallRows

WEEKDAYS = range(7)


class BoardSaid(msgspec.Struct, frozen=True):
    """The living half; `turning` names the version of the other half, `now` is the desk's clock."""

    version: str
    turning: str
    now: float
    guide: bool
    boards: Mapping[Language, Board]
    trouble: Mapping[Language, str]


class LanguageSaid(msgspec.Struct, frozen=True):
    """The turning half in a language."""

    title: str
    words: Mapping[str, str]
    weekdays: tuple[str, ...]
    turning: Turning


class TurningSaid(msgspec.Struct, frozen=True):
    """The turning half, with how it is shown."""

    version: str
    order: tuple[Language, ...]
    languages: Mapping[Language, LanguageSaid]
    page_seconds: int
    call_seconds: int
    calm: bool
    voice: bool
    quiet: tuple[str, ...]


class HallState:
    """Told by the watch, asked by the threads of the server."""

    def __init__(self, content: HallContent, clock: Clock) -> None:
        self.content = content
        self._clock = clock
        self._changed = Condition()
        # Another start of the server counts anew, and a television must not take that for what it saw.
        self._start = secrets.token_hex(4)
        self._count = 0
        self._seen = content.seen(HallRows({}, ()), clock())
        self._turning = TurningSaid("", (), {}, 0, 0, calm=True, voice=False, quiet=())
        self._trouble: Mapping[Language, str] = {}
        self._learn(self._seen)

    def on_rows(self, rows: HallRows) -> None:
        """The queue is another one."""
        seen = self.content.seen(rows, self._clock())
        with self._changed:
            if seen.turning is not self._seen.turning:
                self._learn(seen)
            self._seen = seen
            self._trouble = {}
            self._tell()

    def on_trouble(self, error: DeskError) -> None:
        """The queue cannot be seen."""
        with self._changed:
            self._trouble = {language: say.error(error) for language, say in self._seen.texts.items()}
            self._tell()

    def board(self, seen: str, patience: float) -> bytes:
        """The living half, as soon as it is another one than was seen; after so many seconds as it is."""
        with self._changed:
            self._changed.wait_for(lambda: self._version() != seen, timeout=patience)
            said = BoardSaid(
                self._version(), self._turning.version, self._clock().timestamp(), bool(self._seen.guide_url),
                self._seen.boards, self._trouble,
            )  # fmt: skip
        return msgspec.json.encode(said)

    def turning(self) -> bytes:
        """The turning half."""
        with self._changed:
            return msgspec.json.encode(self._turning)

    def guide_url(self) -> str:
        """Where the guides of the district are; empty where there is none."""
        with self._changed:
            return self._seen.guide_url

    def seen(self) -> Seen:
        """The last look at the queue."""
        with self._changed:
            return self._seen

    def _version(self) -> str:
        return f"{self._start}-{self._count}"

    def _tell(self) -> None:
        self._count += 1
        self._changed.notify_all()

    def _learn(self, seen: Seen) -> None:
        settings, first = seen.settings, seen.languages[0]
        said = {
            language: LanguageSaid(
                say("hall.title", station=seen.turning[language].station), labels(say),
                tuple(say(f"hall.weekday.{day}") for day in WEEKDAYS), seen.turning[language],
            )
            for language, say in seen.texts.items()
        }  # fmt: skip
        self._turning = TurningSaid(
            f"{self._start}-{self._count}", seen.languages, said, settings.page_seconds,
            settings.call_seconds, settings.calm, bool(voices_of(settings, first)),
            settings.quiet,
        )  # fmt: skip
