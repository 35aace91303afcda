"""Listens to the keyboard of the whole program for a scanner, whatever has the focus.

Only the object that has the focus is watched, and the window while a menu or a list is open over it: a filter
over all objects of the program would be asked for every paint and every move of the mouse.
"""

from collections.abc import Callable
from time import monotonic
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from station_desk.ui.scan.burst import Burst, Stroke
from station_desk.ui.scan.composing import Composing
from station_desk.ui.scan.strokes import stroke_of

Read = TypeVar("Read")
NOT_HELD_UP = "not_held_up"
"""The property of a field that gets its keys at once, and is emptied when they were a scan: the search."""

LONG_AGO_MS = 10_000
LEAVING = (
    QEvent.Type.FocusAboutToChange, QEvent.Type.FocusOut, QEvent.Type.Hide, QEvent.Type.MouseButtonPress,
)  # fmt: skip


class Held(NamedTuple):
    """A key that waits, and who would have got it."""

    target: QObject
    event: QKeyEvent | QInputMethodEvent


class Wedge(QObject, Generic[Read]):
    """Calls `heard` for each scan. Keys that were none go to the field they were typed into, as they came."""

    def __init__(
        self,
        may_become: Callable[[str], bool],
        read: Callable[[str], Read | None],
        heard: Callable[[Read], None],
        starts: tuple[str, ...],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._burst = Burst(may_become, read)
        self._heard = heard
        self._held: list[Held] = []
        self._swallowed: set[int] = set()
        self._composing = Composing(starts)
        self._giving = False
        self._focus: QObject | None = None
        self._window: QWindow | None = None
        self._stamp = 0
        self._now = self._arrived = monotonic() * 1000
        self._timer = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._almost_over)
        self._over = QTimer(self, singleShot=True, interval=0)
        self._over.timeout.connect(self._on_silence)
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusObjectChanged.connect(self._on_focus)
        app.focusWindowChanged.connect(self._follow_window)
        self._follow_window(QGuiApplication.focusWindow())
        self._follow(QGuiApplication.focusObject())

    def is_at_rest(self) -> bool:
        """Whether nothing is held back."""
        return not self._burst.holds

    def stop(self) -> None:
        """The window closes: nothing is watched any more."""
        app = QGuiApplication.instance()
        assert isinstance(app, QGuiApplication)
        app.focusObjectChanged.disconnect(self._on_focus)
        app.focusWindowChanged.disconnect(self._follow_window)
        self._follow(None)
        self._follow_window(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._giving:
            return False
        match event.type():
            case QEvent.Type.KeyPress | QEvent.Type.KeyRelease if isinstance(event, QKeyEvent):
                target = self._receiver(watched)
                return target is not None and self._on_key(target, event)
            case QEvent.Type.ShortcutOverride if isinstance(event, QKeyEvent):
                return self._on_shortcut(event)
            case QEvent.Type.InputMethod if isinstance(event, QInputMethodEvent):
                return self._on_composed(watched, event)
            case kind if kind in LEAVING and watched is self._focus:
                self._give_back()
        return False

    def _on_key(self, target: QObject, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.KeyRelease:
            return self._on_release(target, event)
        return self._hear(stroke_of(event), target, _copy_of_key(event), self._time_of(event.timestamp()))

    def _on_release(self, target: QObject, event: QKeyEvent) -> bool:
        if event.key() in self._swallowed and not event.isAutoRepeat():
            self._swallowed.discard(event.key())
            return True
        if self._burst.holds:
            self._held.append(Held(target, _copy_of_key(event)))
            return True
        return False

    def _on_shortcut(self, event: QKeyEvent) -> bool:
        """A key of a scan is no shortcut; what was typed before a shortcut arrives before it."""
        if not self._burst.holds:
            return False
        if self._burst.would_hold(stroke_of(event)):
            event.accept()
            return True
        self._give_back()
        return False

    def _on_composed(self, target: QObject, event: QInputMethodEvent) -> bool:
        text = event.commitString()
        at = self._time_of(0)
        if event.preeditString() and not self._burst.holds:
            if begun := self._composes(event, target, at):
                self._burst.begin_with(begun, at)
                self._wait()
            return bool(begun)
        if text and text.isascii() and text.isprintable() and not event.replacementLength():
            return self._hear(Stroke("text", text), target, _copy_of_text(text), at)
        if self._burst.holds:
            self._give_back()
        return False

    def _composes(self, event: QInputMethodEvent, target: QObject, at: float) -> str:
        self._giving = True
        try:
            return self._composing.hears(event, target, at)
        finally:
            self._giving = False

    def _hear(self, stroke: Stroke, target: QObject, event: QKeyEvent | QInputMethodEvent, at: float) -> bool:
        if self._burst.is_over(at):
            self._on_silence()
        give_back, then = self._burst.hear(stroke, at)
        if give_back:
            self._give_back()
        match then:
            case "pass":
                return False
            case "hold":
                self._wait()
                if target.property(NOT_HELD_UP):
                    return False
                self._held.append(Held(target, event))
            case "swallow":
                self._swallow(event)
            case "scan":
                self._swallow(event)
                self._tell()
        return True

    def _wait(self) -> None:
        self._over.stop()
        self._timer.start(round(self._burst.patience))

    def _almost_over(self) -> None:
        # After a stall the next keys are waiting already: they come before this.
        self._over.start()

    def _on_silence(self) -> None:
        if not self._burst.holds:
            return
        if self._burst.silence(self._now):
            self._tell()
        else:
            self._give_back()

    def _tell(self) -> None:
        """A scan: what was held is typed nowhere."""
        self._stop_waiting()
        for held in self._held:
            self._swallow(held.event)
        self._held.clear()
        self._composing.end()
        if (found := self._burst.found) is not None:
            self._heard(found)

    def _swallow(self, event: QKeyEvent | QInputMethodEvent) -> None:
        """Takes a key away; its release goes with it."""
        if not isinstance(event, QKeyEvent):
            return
        if event.type() == QEvent.Type.KeyPress:
            self._swallowed.add(event.key())
        else:
            self._swallowed.discard(event.key())

    def _give_back(self) -> None:
        """What was held is typed where it would have been, in its order."""
        self._burst.drop()
        self._stop_waiting()
        held, self._held = self._held, []
        giving, self._giving = self._giving, True
        try:
            self._composing.give_back()
            for target, event in held:
                if isValid(target):
                    QCoreApplication.sendEvent(target, event)
        finally:
            self._giving = giving

    def _stop_waiting(self) -> None:
        self._timer.stop()
        self._over.stop()

    def _time_of(self, stamp: int) -> float:
        """When a key was pressed, in milliseconds. The system's own stamps (0 where it has none) tell it even
        after the program had to wait.
        """
        arrived = monotonic() * 1000
        between = stamp - self._stamp
        trusted = stamp and self._stamp and 0 <= between < LONG_AGO_MS
        self._now += between if trusted else arrived - self._arrived
        self._arrived, self._stamp = arrived, stamp
        return self._now

    def _on_focus(self) -> None:
        # What the signal carries may be older than what has the focus by now.
        self._follow(QGuiApplication.focusObject())

    def _follow(self, focus: QObject | None) -> None:
        if focus is self._focus:
            return
        self._give_back()
        self._watch(self._focus, focus)
        self._focus = focus

    def _follow_window(self, window: QWindow | None) -> None:
        self._watch(self._window, window)
        self._window = window

    def _receiver(self, watched: QObject) -> QObject | None:
        """Who gets a key that is seen here: of a window, only what is open over it and not watched itself."""
        if not isinstance(watched, QWindow):
            return watched
        popup = QApplication.activePopupWidget()
        if popup is None or popup.windowHandle() is watched:
            return None
        focused: QWidget | None = popup.focusWidget()
        inside = popup if focused is None else focused
        return None if inside is self._focus else inside

    def _watch(self, before: QObject | None, now: QObject | None) -> None:
        if before is not None and isValid(before):
            before.removeEventFilter(self)
        if now is not None:
            now.installEventFilter(self)


def _copy_of_key(event: QKeyEvent) -> QKeyEvent:
    copy = QKeyEvent(
        event.type(), event.key(), event.modifiers(), event.nativeScanCode(), event.nativeVirtualKey(),
        event.nativeModifiers(), event.text(), event.isAutoRepeat(), event.count(),
    )  # fmt: skip
    copy.setTimestamp(event.timestamp())
    return copy


def _copy_of_text(text: str) -> QInputMethodEvent:
    copy = QInputMethodEvent()
    copy.setCommitString(text)
    return copy
