"""The screen in the hall: shows what it is told, turns its pages, brings a new call to the front."""

from collections import deque

from PySide6.QtCore import QEasingCurve, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QCloseEvent, QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QStyle, QWidget

from station_desk.catalogue.item import Language
from station_desk.core.clock import Clock
from station_desk.core.errors import DeskError
from station_desk.core.texts import Texts
from station_desk.counter.hall.board import Board, Call, labels
from station_desk.counter.hall.content import HallContent, Seen
from station_desk.counter.hall.pages import Turning
from station_desk.counter.hall.settings import THEMES, Theme
from station_desk.ui.hall.arrange import rooms_for
from station_desk.ui.hall.arrange_page import count_of_parts
from station_desk.ui.hall.drawing import Frame
from station_desk.ui.hall.palette import HALL_PALETTES
from station_desk.ui.hall.picture import Draughtsman, Order, Picture
from station_desk.ui.hall.showing import Showing
from station_desk.ui.hall.speaker import Speaker

FADE_MS = 450
EMPTY = Turning("", "", (), (), (), ())


class HallScreen(QWidget):
    """Painted whole. Keys: M mute, + and - volume, L language, T colours, Space next page, Esc close."""

    closed = Signal()

    def __init__(self, content: HallContent, speaker: Speaker, clock: Clock, family: str) -> None:
        super().__init__()
        self._texts, self._settings = content.texts, content.settings
        self._speaker, self._clock, self._family = speaker, clock, family
        self._seen: Seen | None = None
        self._known: set[str] | None = None
        self._language: Language = content.languages[0]
        self._fixed = False
        self.theme: Theme = content.settings.theme
        self._place = self._part = self._turn = 0
        self._prominent = ""
        self._coming: deque[str] = deque()
        self._trouble = self._fault = ""
        self._picture: Picture | None = None
        self._drawing = Draughtsman(family, self)
        self._drawing.made.connect(self._on_picture, Qt.ConnectionType.QueuedConnection)
        self._fade = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=FADE_MS)
        self._fade.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._fade.valueChanged.connect(self.update)
        self._turning = QTimer(self, interval=content.settings.page_seconds * 1000)
        self._turning.timeout.connect(self.turn)
        self._tick = QTimer(self, interval=1000)
        self._tick.timeout.connect(self.arrange)
        self._rest = QTimer(self, singleShot=True, interval=content.settings.call_seconds * 1000)
        self._rest.timeout.connect(self._end_prominence)
        speaker.changed.connect(self.arrange)
        self._tell_fault(content.fault)
        self._turning.start()
        self._tick.start()

    @property
    def _say(self) -> Texts:
        return self._texts[self._language]

    def show_seen(self, seen: Seen) -> None:
        """Shows a new look at the queue; what was called since comes to the front and is said."""
        self._seen = seen
        self._take(seen)
        calls = seen.boards[self._language].calls
        new = [call for call in calls if self._known is not None and call.key not in self._known]
        self._known = (self._known or set()) | {call.key for call in calls}
        for call in reversed(new):
            if not call.serving:
                self._bring_forward(call)
        self.arrange()

    def _take(self, seen: Seen) -> None:
        """The languages and the pace that the station wants now; a theme chosen here stays."""
        before, self._settings, self._texts = self._settings, seen.settings, seen.texts
        if self._language not in self._texts:
            self._language, self._fixed = seen.languages[0], False
        if seen.settings.theme != before.theme:
            self.theme = seen.settings.theme
        self._turning.setInterval(seen.settings.page_seconds * 1000)
        self._rest.setInterval(seen.settings.call_seconds * 1000)
        self._tell_fault(seen.fault)

    def _tell_fault(self, fault: DeskError | None) -> None:
        self._fault = self._say("hall.settings_wrong", why=self._say.error(fault)) if fault else ""

    def tell_trouble(self, words: str) -> None:
        """Says in the foot that the desk cannot be seen; empty when it can be again."""
        self._trouble = words
        self.arrange()

    def turn(self) -> None:
        """The next part of the page, the same page in the next language, or the next page."""
        self._turn += 1
        self._part += 1
        if self._part >= self.count_of_parts():
            self._part = 0
            languages = tuple(self._texts)
            following = languages.index(self._language) + 1
            if self._fixed or following == len(languages):
                self._place += 1
            if not self._fixed:
                self._language = languages[following % len(languages)]
        self.arrange()

    def count_of_parts(self) -> int:
        """In how many parts the page of this moment is shown here."""
        frame = self.frame_now()
        showing = self.showing()
        return count_of_parts(frame, rooms_for(frame, showing).page, showing)

    @property
    def font_family(self) -> str:
        """The family of all type here."""
        return self._family

    def frame_now(self) -> Frame:
        """The screen as it is arranged for."""
        return Frame(self.width(), self.height(), self._drawing.measure)

    def showing(self) -> Showing:
        """Everything that is shown at this moment."""
        now = self._clock()
        seen, language = self._seen, self._language
        turning = seen.turning[language] if seen else EMPTY
        pages = turning.pages
        sound = self._speaker.state(now)
        board = seen.boards[language] if seen else Board()
        return Showing(
            words=labels(self._texts[language]),
            board=board,
            turning=turning,
            date=f"{now:%Y-%m-%d}  {self._say(f'hall.weekday.{now.weekday()}')}",
            time=f"{now:%H:%M}",
            page=pages[self._place % len(pages)] if pages else None,
            part=self._part,
            turn=self._turn,
            # Gone as soon as its ticket is called no more, or called again.
            prominent=next((call for call in board.calls if call.key == self._prominent), None),
            sound=self._say(f"hall.{sound}") if sound else "",
            trouble=self._trouble or self._fault,
            has_qr=bool(seen and seen.guide_url),
        )

    def arrange(self) -> None:
        """Has everything drawn as it is now, if it is any different."""
        qr = self._seen.guide_url if self._seen else ""
        size = (self.width(), self.height())
        order = Order(self.showing(), size, self.devicePixelRatioF(), self.theme, qr)
        if order != self._drawing.newest:
            self._tell_reader(order.showing)
            self._drawing.draw(order)

    def is_drawn(self) -> bool:
        """Whether the picture shows what was asked for last."""
        return self._picture is not None and self._picture.order is self._drawing.newest

    def next_language(self) -> None:
        """Keeps to the next language; after the last one they turn again."""
        languages = tuple(self._texts)
        place = languages.index(self._language) + 1 if self._fixed else 0
        self._fixed = place < len(languages)
        self._language = languages[place % len(languages)]
        self._part = 0
        self.arrange()

    def next_theme(self) -> None:
        """Dark, light, high contrast."""
        self.theme = THEMES[(THEMES.index(self.theme) + 1) % len(THEMES)]
        self.arrange()

    def paintEvent(self, event: QPaintEvent, /) -> None:
        painter = QPainter(self)
        if self._picture is None or self._picture.order.size != (self.width(), self.height()):
            painter.fillRect(self.rect(), QColor(HALL_PALETTES[self.theme].ground))
        if self._picture:
            painter.drawImage(0, 0, self._picture.whole)
            if self._picture.over:
                painter.setOpacity(self._opacity())
                painter.drawImage(0, 0, self._picture.over)

    def resizeEvent(self, event: QResizeEvent, /) -> None:
        super().resizeEvent(event)
        self.arrange()

    def keyPressEvent(self, event: QKeyEvent, /) -> None:
        match event.key():
            case Qt.Key.Key_M:
                self._speaker.toggle_mute()
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal:
                self._speaker.louder(1)
            case Qt.Key.Key_Minus:
                self._speaker.louder(-1)
            case Qt.Key.Key_L:
                self.next_language()
            case Qt.Key.Key_T:
                self.next_theme()
            case Qt.Key.Key_Space | Qt.Key.Key_Right:
                self.turn()
            case Qt.Key.Key_Escape:
                self.close()
            case _:
                super().keyPressEvent(event)

    def closeEvent(self, event: QCloseEvent, /) -> None:
        for timer in (self._turning, self._tick, self._rest):
            timer.stop()
        self._fade.stop()
        self._drawing.close()
        self.closed.emit()
        super().closeEvent(event)

    def _bring_forward(self, call: Call) -> None:
        self._speaker.call(call)
        self._coming.append(call.key)
        if self._prominent not in self._called():
            self._next_in_front()
        elif self._rest.remainingTime() > self._shortest():
            self._rest.start(self._shortest())

    def moves(self) -> bool:
        """Whether anything may move: not when the station or the system asks for calm."""
        hint = QStyle.StyleHint.SH_Widget_Animation_Duration
        return not self._settings.calm and self.style().styleHint(hint, None, self) > 0

    def _on_picture(self, picture: Picture) -> None:
        if picture.order is not self._drawing.newest:
            return
        came = picture.order.showing.prominent
        before = self._picture.order.showing.prominent if self._picture else None
        self._picture = picture
        if came and (before is None or before.key != came.key) and self.moves():
            self._fade.start()
        self.update()

    def _opacity(self) -> float:
        running = self._fade.state() == QVariantAnimation.State.Running
        return float(self._fade.currentValue()) if running else 1.0

    def _called(self) -> set[str]:
        """The calls that still hold."""
        return {call.key for call in self._seen.boards[self._language].calls} if self._seen else set()

    def _shortest(self) -> int:
        """How long a call is in front, in ms, when others wait for it: half as long as alone."""
        return self._settings.call_seconds * 500

    def _next_in_front(self) -> None:
        """The next of the calls that came together; none where there is no more."""
        called = self._called()
        while self._coming and self._coming[0] not in called:
            self._coming.popleft()
        self._prominent = self._coming.popleft() if self._coming else ""
        if self._prominent:
            self._rest.start(self._shortest() * (1 if self._coming else 2))

    def _end_prominence(self) -> None:
        self._next_in_front()
        self.arrange()

    def _tell_reader(self, showing: Showing) -> None:
        self.setAccessibleName(self.windowTitle())
        calls = [self._say("hall.call", number=c.number, where=c.where) for c in showing.board.calls]
        self.setAccessibleDescription("\n".join((showing.words["calling"], *calls)))
