"""Does a clerk feel what the program does by itself with a big profile? Keys while it runs, and without.

    python tests/bench/million_busy.py PROFILE [--during check,backup,deep] [--rounds 30]

`check` is what a start looks at, `backup` a copy with its proof (into a folder beside the profile, taken away
again), `deep` the check of a quiet moment. Every round types a name, opens a case, turns a page of history,
comes back to the queue and commits something; each to the paint, p95: by the clock, and without what our
threads waited for a processor. The limit is 50 ms. The rounds without any work come right before.
"""

import argparse
import os
import shutil
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from random import Random

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QCoreApplication, QEventLoop, Qt
from PySide6.QtTest import QTest

from station_desk.core.clock import now
from station_desk.counter.backing_up import back_up_to
from station_desk.counter.checks import check_deeply
from station_desk.main.desk import open_window
from station_desk.main.open_desk import open_desk
from station_desk.main.window import Window, keep_for_good
from station_desk.store.unit import PUT_ABOUT
from station_desk.ui.tasks import WORKERS, Task
from tests.bench.million_window import (
    FIRST_CHECKS_S,
    Painted,
    Spent,
    Times,
    always,
    at_rest,
    has_opened,
    has_shown,
    last_key,
    p95,
    since,
    some_cases,
    stand,
    type_in,
    wait_for,
)

LIMIT = 50.0
OTHERS = tuple(lane for lane in (*WORKERS, "turns") if lane != "keep")
Found = dict[str, Times]


def main() -> int:
    """Measures the rounds without work, then during each kind of it; 1 when a p95 is above the limit."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("profile", type=Path)
    parser.add_argument("--during", default="check,backup,deep")
    parser.add_argument("--rounds", type=int, default=30)
    options = parser.parse_args()
    desk = open_desk(options.profile, "zh-Hans", now)
    with desk.store.writing() as unit:
        unit.connection.execute(PUT_ABOUT, ("setting:backup.on", "no"))
    window = open_window(desk)
    at_rest(window)
    keep_for_good()
    rounds = Rounds(window, options.rounds)
    good = True
    for name in options.during.split(","):
        quiet = rounds.measured(lambda: True)
        began, used = time.perf_counter(), os.times()
        task = WORK[name](window)
        during = rounds.measured(lambda: window.tasks.is_idle("keep"))
        still = not window.tasks.is_idle("keep")
        asked = time.perf_counter()
        task.cancel()
        wait_for(lambda: window.tasks.is_idle("keep"), FIRST_CHECKS_S)
        good &= tell(name, quiet, during)
        spent = sum(os.times()[:4]) - sum(used[:4])
        print(f"  {time.perf_counter() - began:.1f} s, processor {spent:.1f} s", end="")
        print(f", stopped {time.perf_counter() - asked:.2f} s after asking" if still else "", flush=True)
    window.shell.close()
    desk.store.close()
    shutil.rmtree(beside(options.profile), ignore_errors=True)
    return int(not good)


def tell(name: str, quiet: Found, during: Found) -> bool:
    """A line for each key: p95 without the work and during it; whether all keep the limit."""
    good = True
    print(f"{name:30}{'without':>18}{'during':>18}{'limit':>8}   (p95: clock, own; ms)")
    for key, times in during.items():
        before, now_ = p95(quiet[key]), p95(times)
        good &= now_[2] <= LIMIT
        print(f"  {key:28}{_pair(before):>18}{_pair(now_):>18}{LIMIT:8.0f}", end="")
        print(f"  {len(times)}x" + ("" if now_[2] <= LIMIT else "  ABOVE"), flush=True)
    return good


def _pair(values: list[float]) -> str:
    return f"{values[0]:.1f} {values[2]:.1f}"


class Rounds:
    """Keys of a clerk, one after the other, while the work lasts; at least so many, at most ten times."""

    def __init__(self, window: Window, least: int) -> None:
        self._window, self._least = window, least
        self._known = some_cases(window, least, Random(7))
        shell = window.shell
        for name in ("progress", "finished", "counter"):
            shell.show_page(name)
            self._settled()

    def measured(self, is_over: Callable[[], bool]) -> Found:
        """The milliseconds of each kind of key."""
        found: Found = {}
        for count in range(10 * self._least):
            if is_over() and count >= self._least:
                break
            for name, spent in self._round(count).items():
                found.setdefault(name, []).append(spent)
        return found

    def _round(self, count: int) -> dict[str, Spent]:
        shell, store = self._window.shell, self._window.acts.desk.store
        case, row = self._known[count % len(self._known)]
        found = {"find by a name": self._find(case.applicant.name)}
        page = shell.finished if row.finished_at else shell.progress
        found["open case"] = self._timed(
            Painted(page.panel), lambda: shell.open_case(row), partial(has_opened, page, case.number)
        )
        shell.show_page("finished")
        table = shell.finished.table
        table.setFocus()
        painted = Painted(table.viewport())
        found["page down in history"] = self._timed(
            painted, lambda: QTest.keyClick(table, Qt.Key.Key_PageDown), self._seen
        )
        painted = Painted(shell.counter.queue.view.viewport())
        found["switch to the queue"] = self._timed(painted, lambda: shell.show_page("counter"), always)
        began = stand()
        store.set_about({"bench:million_busy": str(count)})
        found["a commit"] = since(began, stand())
        return found

    def _seen(self) -> bool:
        page = self._window.shell.finished
        return all(page.model.has(number) for number in page._seen())

    def _find(self, text: str) -> Spent:
        search = self._window.shell.search
        QTest.keyClick(self._window.shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        search.box.clear()
        search._asked = ""
        type_in(search.box, text[:-1])
        painted = Painted(search.panel.list.viewport())
        spent = self._timed(
            painted, partial(last_key, search.box, text[-1]), partial(has_shown, self._window, text)
        )
        search.leave()
        return spent

    def _timed(self, painted: Painted, act: Callable[[], object], is_meant: Callable[[], bool]) -> Spent:
        self._settled()
        spent = painted.after(act, is_meant)
        painted.deleteLater()
        return spent

    def _settled(self) -> None:
        """All lanes at rest but the keeper's."""
        for _ in range(3):
            wait_for(lambda: all(self._window.tasks.is_idle(lane) for lane in OTHERS))
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)


def beside(profile: Path) -> Path:
    """Where the backup of this measuring lies."""
    return profile.parent / f"{profile.name}-backup-of-bench"


def _check(window: Window) -> Task[object]:
    window.watch.first_look()
    return window.tasks._running[-1]


def _backup(window: Window) -> Task[object]:
    folder = beside(window.acts.desk.store.profile.folder)
    shutil.rmtree(folder, ignore_errors=True)
    return window.tasks.run_counted(
        lambda task: back_up_to(window.acts.desk, folder, task.progress),
        lambda _made: None,
        lane="keep",
    )


def _deep(window: Window) -> Task[object]:
    return window.tasks.run_counted(
        lambda task: check_deeply(window.acts.desk, task.progress), lambda _found: None, lane="keep"
    )


WORK: dict[str, Callable[[Window], Task[object]]] = {"check": _check, "backup": _backup, "deep": _deep}

if __name__ == "__main__":
    sys.exit(main())
