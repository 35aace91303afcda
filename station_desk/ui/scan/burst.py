"""Tells a scan from typing: by how fast the keys follow one another, and by what they spell. No Qt here.

A key is held back only while it can be part of a scan: it spells the beginning of a code that we know, and it
comes as fast as no hand types. Everything else goes on to its field at once, and what was held before it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, Literal, NamedTuple, TypeVar

Read = TypeVar("Read")

Readings = tuple[str | None, str | None]
"""What is spelled by the layout, and by what is printed on the keys; None for what can be no scan."""

FIRST_GAP_MS = 25.0
"""The first keys of a scan follow one another within so much; a hand at 20 keys a second takes 50."""

LATER_GAP_MS = 60.0
"""Once so many came as no hand types them, a scanner may stumble: over Bluetooth, on a busy PC."""

SURE = 4
TAIL_MS = 150.0
"""A second line end of the same scan may come so much later; it presses nothing."""


@dataclass(frozen=True, slots=True)
class Stroke:
    """One key as it came in. `text` is what the layout makes of it, `printed` what stands on that key of the
    keyboard that scanners imitate; `end` is Enter or Tab, `side` a key that spells nothing (Shift).
    """

    kind: Literal["text", "side", "end", "other"]
    text: str = ""
    printed: str = ""


class Heard(NamedTuple):
    """What to do with a key: first give back what was held, if so said; then this."""

    give_back: bool
    then: Literal["pass", "hold", "swallow", "scan"]


class Burst(Generic[Read]):
    """The keys that are held back now, and what they spell so far."""

    def __init__(self, may_become: Callable[[str], bool], read: Callable[[str], Read | None]) -> None:
        self._may_become = may_become
        self._read = read
        self._readings: Readings = ("", "")
        self._count = 0
        self._passed_at = self._ended_at = self._last_at = float("-inf")
        self.found: Read | None = None

    @property
    def holds(self) -> bool:
        """Whether keys are held back."""
        return self._count > 0

    @property
    def patience(self) -> float:
        """How long after the last key the next one is waited for, in milliseconds."""
        return FIRST_GAP_MS if self._count < SURE else LATER_GAP_MS

    def is_over(self, at: float) -> bool:
        """Whether a key at this moment comes too late to belong to what is held."""
        return self.holds and not 0 <= at - self._last_at <= self.patience

    def would_hold(self, stroke: Stroke) -> bool:
        """Whether the key goes on with what is held, without changing anything."""
        match stroke.kind:
            case "text":
                return self.holds and self._goes_on(stroke)
            case "side":
                return self.holds
            case "end":
                return self.holds and self._spelled() is not None
            case "other":
                return False

    def hear(self, stroke: Stroke, at: float) -> Heard:
        """What to do with a key that came at a moment (milliseconds). Ask `is_over` first."""
        match stroke.kind:
            case "text":
                return self._text(stroke, at)
            case "side":
                return Heard(give_back=False, then="hold" if self.holds else "pass")
            case "end":
                return self._end(at)
            case "other":
                return self._give_back()

    def silence(self, at: float) -> bool:
        """No key came for as long as was waited: True when what is held is a scan without a line end.

        Else it is to be given back; either way nothing is held afterwards.
        """
        self.found = self._spelled() if self._count >= SURE else None
        self._forget()
        if self.found is None:
            self._passed_at = max(self._passed_at, self._last_at)
        else:
            self._ended_at = at
        return self.found is not None

    def drop(self) -> None:
        """Nothing is held any more: the caller gives it all back."""
        self._forget()

    def begin_with(self, letters: str, at: float) -> None:
        """Letters that came another way, through an input method, are the beginning."""
        self._readings = (letters, letters)
        self._count = len(letters)
        self._last_at = at

    def _text(self, stroke: Stroke, at: float) -> Heard:
        if self.holds and self._goes_on(stroke):
            return self._hold(stroke, at)
        given = self.holds
        self._forget()
        calm = not 0 <= at - max(self._passed_at, self._last_at) <= FIRST_GAP_MS
        if not given and calm and self._goes_on(stroke):
            return self._hold(stroke, at)
        self._passed_at = at
        return Heard(give_back=given, then="pass")

    def _hold(self, stroke: Stroke, at: float) -> Heard:
        self._readings = self._further(stroke)
        self._count += 1
        self._last_at = at
        return Heard(give_back=False, then="hold")

    def _end(self, at: float) -> Heard:
        if not self.holds:
            tail = 0 <= at - self._ended_at <= TAIL_MS
            return Heard(give_back=False, then="swallow" if tail else "pass")
        self.found = self._spelled()
        if self.found is None:
            return self._give_back()
        self._forget()
        self._ended_at = at
        return Heard(give_back=False, then="scan")

    def _give_back(self) -> Heard:
        given = self.holds
        self._forget()
        return Heard(give_back=given, then="pass")

    def _goes_on(self, stroke: Stroke) -> bool:
        return self._further(stroke) != (None, None)

    def _further(self, stroke: Stroke) -> Readings:
        return self._longer(0, stroke.text), self._longer(1, stroke.printed)

    def _longer(self, reading: int, more: str) -> str | None:
        """What a reading spells with more added; None when that can become no scan."""
        before = self._readings[reading]
        longer = None if before is None or not more else before + more
        return longer if longer and self._may_become(longer) else None

    def _spelled(self) -> Read | None:
        for text in self._readings:
            if text and (found := self._read(text)) is not None:
                return found
        return None

    def _forget(self) -> None:
        self._readings = ("", "")
        self._count = 0
