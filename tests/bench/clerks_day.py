"""The clerk's whole day with real keys in the real window, a picture at each stage, to be looked at.

Run: QT_QPA_PLATFORM=offscreen python -m tests.bench.clerks_day DIR [--language zh-Hans] [--size 1.0]
[--theme light] [--screen 1366x768]
"""

import argparse
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication

from station_desk.core.clock import now
from station_desk.counter.desk import Desk
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.counter.set_up import SetUp
from station_desk.main.demo.visits import LATER, VISITS
from station_desk.main.desk import open_window
from station_desk.main.open_desk import set_up_desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from tests.ui.clerk import Clerk, first_visit, second_visit

WISH = SetUp("QSQ001", "青石桥社区公共服务站", "2", "陈立新", "0518-85550101", "青石桥路 8 号")
FIRST = VISITS[1]


class Day:
    """One day. Each stage ends with a picture that has its number and name."""

    def __init__(self, window: Window, desk: Desk, folder: Path) -> None:
        self.clerk = Clerk(window)
        self._window, self._desk, self._folder, self._count = window, desk, folder, 0
        self._served = ""

    def shot(self, name: str) -> None:
        """The window as it stands, dialogs and lists above it too."""
        settle(self._window)
        self._count += 1
        file = self._folder / f"{self._count:02}-{name}.png"
        self._window.shell.grab().save(str(file))
        for n, above in enumerate(one for one in QApplication.topLevelWidgets() if one.isVisible()):
            if above is not self._window.shell:
                above.grab().save(str(file.with_name(f"{file.stem}-above{n}.png")))
        sys.stdout.write(f"{file.name}\n")

    def stages(self) -> tuple[Callable[[], None], ...]:
        """What is done in their order."""
        return (self.morning, self.rush, self.intake, self.again, self.turned_away, self.later, self.evening)

    def morning(self) -> None:
        """8:20: the window opens on the queue."""
        self.shot("morning")

    def rush(self) -> None:
        """8:30: a number is taken by the initials of the item."""
        self.clerk.press("F2")
        self.shot("take-number")
        self.clerk.type("dbd")
        self.shot("take-number-found")
        self.clerk.press("Escape")
        self.clerk.press("F3")
        self.shot("called")

    def intake(self) -> None:
        """9:00: a form from the number to the receipt, with what is missing told beside the fields."""
        self.clerk.type("11010519491231002")
        self.clerk.press("F9")
        self.shot("wrong-number")
        self.clerk.press("Ctrl+Shift+L")
        self.clerk.press("Shift+F7")
        self.shot("visit-ended")

    def again(self) -> None:
        """10:00: served to the receipt, and the same resident once more."""
        who = first_visit(self.clerk, self._desk, FIRST)
        self._served = who.id_number
        self.shot("accepted")
        self.clerk.press("F9")
        second_visit(self.clerk, self._desk, FIRST, who)
        self.shot("accepted-again")
        self.clerk.press("F9")
        for item, priority, agent in LATER:
            take_ticket(self._desk, TakeTicket(item, priority, agent), uuid4().hex)

    def turned_away(self) -> None:
        """11:00: who was served comes for something else; papers are missing, one notice tells all."""
        self.clerk.press("F3")
        self.clerk.type(self._served)
        self.clerk.press("Return")
        self.shot("known-resident")
        self.clerk.press("F8")
        self.shot("notice")
        self.clerk.press("Escape")
        self.clerk.press("Shift+F6")
        self.shot("park")
        self.clerk.press("Escape")
        self.clerk.press("F6")
        self.shot("on-hold")

    def later(self) -> None:
        """14:00: what is in progress, finished, the guide, and search-and-do."""
        self.clerk.press("Ctrl+2")
        self.shot("in-progress")
        self.clerk.press("Down")
        self.shot("in-progress-case")
        self.clerk.press("Ctrl+M")
        self.shot("in-progress-more")
        self.clerk.press("Escape")
        self.clerk.press("Ctrl+3")
        self.shot("finished")
        self.clerk.press("Ctrl+4")
        self.shot("guide")
        self.clerk.press("Ctrl+K")
        self.clerk.type("dbd")
        self.shot("search")
        self.clerk.press("Escape")

    def evening(self) -> None:
        """17:00: the day is closed, the settings and the help are looked at."""
        self.clerk.press("Ctrl+B")
        self.shot("care")
        self.clerk.press("Escape")
        # On a screen it is the window manager that gives the keys back to the window below.
        self._window.shell.activateWindow()
        settle(self._window)
        self.clerk.press("Ctrl+,")
        self.shot("settings")
        self.clerk.press("Ctrl+1")
        self.clerk.press("F1")
        self.shot("handbook")
        self.clerk.press("Escape")


def main() -> int:
    """Walks through the day and says which pictures were taken."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("folder", type=Path)
    options.add_argument("--language", default="zh-Hans")
    options.add_argument("--size", type=float, default=1.0)
    options.add_argument("--theme", default="light", choices=("light", "dark", "contrast"))
    options.add_argument("--screen", default="1366x768")
    asked = options.parse_args()
    width, height = map(int, asked.screen.split("x"))
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="station-desk-day-") as folder:
        desk = set_up_desk(Path(folder) / "station", WISH, asked.language, now)
        for _ in range(4):
            take_ticket(desk, TakeTicket(FIRST.item, FIRST.priority, FIRST.agent), uuid4().hex)
        window = open_window(desk, asked.theme, asked.size)
        window.shell.resize(width, height)
        window.shell.activateWindow()
        day = Day(window, desk, asked.folder)
        for stage in day.stages():
            stage()
        window.shell.close()
        desk.store.close()
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
