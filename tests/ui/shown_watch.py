"""Watches a window at each paint: what stands there in full must be in the log by then, or it is a fault.

Just before a window is painted its words are read (`painted.py`) and a connection of its own asks the
database: it sees what is committed and nothing else. So an entry that comes a moment after the eye is found
missing, even if it stands in the log at the end.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import msgspec
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QWindow
from PySide6.QtWidgets import QApplication, QWidget

from station_desk.cases.opened import ACCESS_KINDS, KNOWN, READ, UNMASKED
from station_desk.cases.rights import Field
from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.store.driver import connect_reading
from station_desk.ui.shared.contents_dialog import ContentsDialog
from tests.ui.painted import in_sight, on_the_clipboard, windows

LAST = "SELECT coalesce(max(place), 0) FROM events"
LOOKS = f"SELECT kind, public FROM events WHERE place > ? AND kind IN {ACCESS_KINDS}"
LOGGED = frozenset({"S2", "S3"})
PAINTS = (QEvent.Type.UpdateRequest, QEvent.Type.Expose)

Sight = tuple[str, str]
"""A case and what of it is seen: a field in full, or its contents or itself where that is written down."""


@dataclass
class Seen:
    """What came into sight in which step, and what of it no entry went before."""

    shown: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)


class Watch(QObject):
    """Over all windows of the program. `secrets` are the values of each case by field."""

    def __init__(
        self, window: Window, desk: Desk, secrets: Mapping[str, Mapping[Field, tuple[str, ...]]]
    ) -> None:
        super().__init__()
        self.seen = Seen()
        self._window, self._secrets = window, secrets
        self._restricted = {n: desk.store.case(n).sensitivity for n in secrets}
        self._reader = connect_reading(desk.store.profile.database, desk.store.profile.key)
        # The windows are held, so that none that comes later is taken for one that is gone.
        self._stood: dict[int, tuple[QWidget, set[Sight]]] = {}
        self._step, self._since, self._looking = "", 0, False

    @contextmanager
    def on(self) -> Iterator[None]:
        """Watches while the block runs."""
        app = QApplication.instance()
        assert app
        app.installEventFilter(self)
        try:
            yield
        finally:
            app.removeEventFilter(self)
            self._reader.close()

    def step(self, name: str, act: Callable[[], object], *, again: bool = False) -> None:
        """One thing that somebody does. What it shows needs an entry of its own, newer than its beginning;
        `again`: what was opened before comes back into sight with the same request or page.
        """
        self._step = name
        self._since = 0 if again else self._reader.execute(LAST).fetchone()[0]
        try:
            act()
        except ValueError as error:
            raise AssertionError(f"{name} cannot be done: {error}") from error
        settle(self._window)
        for top in windows():
            self._look(top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - of Qt
        if event.type() in PAINTS and not self._looking:
            for top in windows():
                if watched is top or (isinstance(watched, QWindow) and top.windowHandle() is watched):
                    self._look(top)
        return False

    def _look(self, top: QWidget) -> None:
        self._looking = True
        try:
            now = {*self._in_full(in_sight(top) + on_the_clipboard()), *self._written_down(top)}
        finally:
            self._looking = False
        _, before = self._stood.get(id(top), (top, set()))
        self._stood[id(top)] = top, now
        if came := now - before:
            looks = self._reader.execute(LOOKS, (self._since,)).fetchall()
            for number, what in sorted(came):
                self.seen.shown[f"{type(top).__name__} {what}"] += 1
                if not any(_tells(kind, public, number, what) for kind, public in looks):
                    self.seen.faults.append(f"{self._step}: {type(top).__name__} shows {what} of {number}")

    def _in_full(self, text: str) -> Iterator[Sight]:
        close = "".join(text.split())
        for number, fields in self._secrets.items():
            for name, values in fields.items():
                if any("".join(value.split()) in close for value in values):
                    yield number, name

    def _written_down(self, top: QWidget) -> Iterator[Sight]:
        """Masked contents of what is sensitive, and the card of what is restricted, are a look too."""
        if isinstance(top, ContentsDialog) and top.values and self._restricted.get(top._number) in LOGGED:
            yield top._number, "contents"
        shell = self._window.shell
        for page in (shell.progress, shell.finished) if top is shell and hasattr(shell, "progress") else ():
            case = page.panel.case()
            # Out of sight with its page it stays chosen: the same look goes on.
            if case and self._restricted.get(case.number) == "S3":
                yield case.number, "case"


def _tells(kind: str, public: str, number: str, what: str) -> bool:
    """Whether an entry of the log is of this look."""
    said = msgspec.json.decode(public)
    if number not in (said.get("case"), *said.get("cases", ())):
        return False
    match what:
        case "case":
            return bool(kind == READ and said["what"] == "case")
        case "contents":
            return kind == UNMASKED or (kind == READ and said["what"] == "contents")
        case _:
            return kind in (UNMASKED, KNOWN) or (kind == READ and said["what"] == "paper")
