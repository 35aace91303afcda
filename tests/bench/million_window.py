"""The measuring side of `million.py`: one real window on one profile, driven by keys; figures as JSON."""

import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from random import Random

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget
from typing_extensions import override

from station_desk.cases.case import Case
from station_desk.core.clock import now
from station_desk.counter.queue_wait import queue_rows
from station_desk.main.desk import open_window
from station_desk.main.open_desk import open_desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window, keep_for_good
from station_desk.store.case_pages import TOLD as COLUMNS
from station_desk.store.case_pages import CaseRow, row_of
from station_desk.store.first_look import OPEN_TICKETS
from station_desk.store.unit import PUT_ABOUT
from station_desk.ui.shared.case_list import CaseListPage
from tests.bench.many_cases import make_profile

PATIENCE_S = 20.0
FIRST_CHECKS_S = 1800.0
"""What runs by itself is waited for so long."""

PAUSE_S = 0.02
LIKE_A_SCAN = 8
Spent = tuple[float, float, float]
"""Milliseconds by the clock, of the processor, and by the clock without what our threads waited for one."""
Times = list[Spent]
Figures = dict[str, list[float]]
Figure = tuple[str, list[float]]


class Painted(QObject):
    """Notes when a widget was last painted to its end, at a moment when it shows what is meant."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.at = 0.0
        self.stood = (0.0, 0.0, 0.0)
        self.is_meant: Callable[[], bool] = lambda: True
        self._painting = False
        watched.installEventFilter(self)

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint or self._painting:
            return False
        self._painting = True
        try:
            QCoreApplication.sendEvent(watched, event)
        finally:
            self._painting = False
        if self.is_meant():
            self.is_meant = lambda: False
            self.stood = stand()
            self.at = self.stood[0]
        return True

    def after(self, act: Callable[[], object], is_meant: Callable[[], bool]) -> Spent:
        """What lies between an act and the first paint of what is meant."""
        self.is_meant, self.at = is_meant, 0.0
        began = stand()
        act()
        wait_for(lambda: self.at > began[0])
        return since(began, self.stood)


def stand() -> Spent:
    """Seconds of the clock, of the processor, and what our threads waited for a processor, all told."""
    return time.perf_counter(), time.process_time(), _waited()


def since(began: Spent, ended: Spent) -> Spent:
    """What was spent between two moments."""
    clock, used, waited = (1000 * (b - a) for a, b in zip(began, ended, strict=True))
    return clock, used, max(clock - waited, min(clock, used))


def _waited() -> float:
    """On a machine with other work most of a turn may be waiting for a turn: Linux counts it by thread."""
    return sum(int(file.read_text().split()[1]) for file in Path("/proc/self/task").glob("*/schedstat")) / 1e9


def main() -> int:
    """`make FOLDER CASES` makes a profile, `run FOLDER PARTS SAMPLES` measures."""
    what, folder, *rest = sys.argv[1:]
    if what == "make":
        make_profile(Path(folder), int(rest[0])).store.close()
        print("{}")
        return 0
    print(json.dumps(measured(Path(folder), rest[0].split(","), int(rest[1]))))
    return 0


def measured(folder: Path, parts: list[str], samples: int) -> Figures:
    """The figures of the parts that were asked for."""
    desk = open_desk(folder, "zh-Hans", now)
    with desk.store.writing() as unit:
        # A first backup of ten gigabytes would not let the window come to rest for minutes.
        unit.connection.execute(PUT_ABOUT, ("setting:backup.on", "no"))
    window = open_window(desk)
    at_rest(window)
    keep_for_good()
    dice = Random(7)
    known = some_cases(window, samples, dice)
    measures: dict[str, Callable[[], Iterator[Figure]]] = {
        "find": lambda: find(window, known),
        "open": lambda: opened(window, known),
        "pages": lambda: pages(window, samples, dice),
        "scroll": lambda: scrolled(window, samples),
        "queue": lambda: queue(window, samples),
    }
    figures = {name: value for part in parts if part in measures for name, value in measures[part]()}
    if "memory" in parts:
        figures["memory of the process, highest"] = [highest_memory()]
    window.shell.close()
    desk.store.close()
    return figures


def at_rest(window: Window) -> None:
    """What a start looks through (all pages: of a million cases ten gigabytes) is stopped."""
    for task in window.tasks._running:
        if task.lane == "keep":
            task.cancel()
    wait_for(window.tasks.is_idle, FIRST_CHECKS_S)
    settle(window)


def some_cases(window: Window, samples: int, dice: Random) -> list[tuple[Case, CaseRow]]:
    """Cases from all over the profile."""
    store = window.acts.desk.store
    most = int(store.read("SELECT max(place) FROM cases")[0][0])
    places = [dice.randrange(1, most + 1) for _ in range(samples)]
    rows = [store.read(f"SELECT {COLUMNS} FROM cases c WHERE place = ?", (place,))[0] for place in places]
    return [(store.case(row[0]), row_of(row, "head")) for row in rows]


def find(window: Window, known: list[tuple[Case, CaseRow]]) -> Iterator[Figure]:
    """The last key of what is typed, until its hits are painted; the keys before it are typed as well."""
    say: dict[str, Callable[[Case], str]] = {
        "find 1 character": lambda case: case.applicant.name[0],
        "find 2 characters": lambda case: case.applicant.name[:2],
        "find 3 characters": lambda case: case.applicant.name[:3],
        "find given name": lambda case: case.applicant.name[1:],
        "find 2 initials": lambda case: letters(window, case)[:2],
        "find 3 initials": lambda case: letters(window, case)[:3],
        "find 4 of a case number": lambda case: case.number[-6:-2],
        "find 6 of a case number": lambda case: case.number[7:13],
        "find 4 at the end of an ID": lambda case: case.applicant.id_number[-4:],
        "find 6 at the end of an ID": lambda case: case.applicant.id_number[-6:],
        "find 6 within an ID": lambda case: case.applicant.id_number[8:14],
        "find 4 at the end of a phone": lambda case: case.applicant.phone[-4:],
        "find 4 within a phone": lambda case: case.applicant.phone[3:7],
        "find 6 of a phone": lambda case: case.applicant.phone[-6:],
        "find whole case number": lambda case: case.number,
        "find whole ID": lambda case: case.applicant.id_number,
    }
    search = window.shell.search
    painted = Painted(search.panel.list.viewport())
    for name, word in say.items():
        times = []
        for case, _ in known:
            text = word(case)
            QTest.keyClick(window.shell, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
            box = search.box
            box.clear()
            search._asked = ""
            type_in(box, text[:-1])
            settled(window)
            times.append(
                painted.after(partial(last_key, box, text[-1]), partial(has_shown, window, text.strip()))
            )
            assert search.panel.titles(), (name, text)
        search.leave()
        yield name, p95(times)


def type_in(box: QLineEdit, text: str) -> None:
    """A few keys as keys; so many at once would be a scan, and characters come from an input method."""
    if text.isascii() and len(text) < LIKE_A_SCAN:
        QTest.keyClicks(box, text)
    else:
        box.insert(text)


def last_key(box: QLineEdit, character: str) -> None:
    """Characters come from an input method, as text and not as keys."""
    if character.isascii():
        QTest.keyClicks(box, character)
    else:
        box.insert(character)
        box.textEdited.emit(box.text())


def letters(window: Window, case: Case) -> str:
    store = window.acts.desk.store
    return str(store.read("SELECT initials FROM cases WHERE number = ?", (case.number,))[0][0])


def opened(window: Window, known: list[tuple[Case, CaseRow]]) -> Iterator[Figure]:
    """A hit of the search is opened: until its page, its papers and its next step are painted."""
    shell, times = window.shell, []
    for name in ("progress", "finished"):
        shell.show_page(name)
        settled(window)
    painted = {page: Painted(page.panel) for page in (shell.progress, shell.finished)}
    for case, row in known:
        page = shell.finished if row.finished_at else shell.progress
        settled(window)
        times.append(
            painted[page].after(partial(shell.open_case, row), partial(has_opened, page, case.number))
        )
    yield "open case", p95(times)


def has_shown(window: Window, text: str) -> bool:
    """Whether the hits of this very text stand there."""
    return window.shell.search._shown == text


def has_opened(page: CaseListPage, number: str) -> bool:
    """Whether the case stands there."""
    shown = page.panel.case()
    return shown is not None and shown.number == number


def has_read(page: CaseListPage, before: int) -> bool:
    """Whether a list that was asked for after `before` stands there."""
    return page._shown_reading > before


def always() -> bool:
    """Any paint will do."""
    return True


def pages(window: Window, samples: int, dice: Random) -> Iterator[Figure]:
    """History: a page on by the key, its end and its top, a drag to anywhere; and each of the filters."""
    shell = window.shell
    for name in ("progress", "finished", "counter"):
        shell.show_page(name)
        settled(window)
    switches = []
    for _ in range(samples):
        for name, page in (("progress", shell.progress), ("finished", shell.finished)):
            painted = Painted(page.table.viewport())
            switches.append(painted.after(partial(shell.show_page, name), always))
            painted.deleteLater()
    yield "switch to a list", p95(switches)
    table, model = shell.finished.table, shell.finished.model
    painted = Painted(table.viewport())
    settled(window)

    def seen() -> bool:
        return all(model.has(page) for page in shell.finished._seen())

    def timed(act: Callable[[], object]) -> Spent:
        settled(window)
        return painted.after(act, seen)

    table.setFocus()
    yield (
        "page of history, page down",
        p95([timed(lambda: key(table, Qt.Key.Key_PageDown)) for _ in range(40)]),
    )
    ends = [
        timed(partial(key, table, k)) for _ in range(samples // 2) for k in (Qt.Key.Key_End, Qt.Key.Key_Home)
    ]
    yield "page of history, end and top", p95(ends)
    bar = table.verticalScrollBar()
    drags = [timed(lambda: bar.setValue(dice.randrange(bar.maximum()))) for _ in range(samples)]
    yield "page of history, drag to anywhere", p95(drags)
    bar.setValue(0)
    narrowed = []
    for choice, place in (
        ("category", 3),
        ("clerk", 1),
        ("state", 1),
        ("state", 5),
        ("sort", 2),
        ("sort", 1),
    ):
        box = shell.finished.filters.choices[choice]
        for value in (place, 0):
            before = shell.finished._reading
            settled(window)
            narrowed.append(
                painted.after(partial(box.setCurrentIndex, value), partial(has_read, shell.finished, before))
            )
    yield "filter and sort history", p95(narrowed)


def scrolled(window: Window, samples: int) -> Iterator[Figure]:
    """One row further, by the bar: the whole turn of the loop with its paint."""
    shell = window.shell
    shell.show_page("finished")
    settled(window)
    table = shell.finished.table
    bar, row = table.verticalScrollBar(), table.rowHeight(0)
    for name, start in (("top", 0), ("middle", bar.maximum() // 2)):
        bar.setValue(start)
        settled(window)
        turns: Times = []
        for _ in range(samples * 10):
            time.sleep(PAUSE_S)
            began = stand()
            bar.setValue(bar.value() + row)
            QCoreApplication.processEvents()
            turns.append(since(began, stand()))
        columns = [sorted(column) for column in zip(*turns, strict=True)]
        yield f"scroll one row, {name}, p99", [at(column, 0.99) for column in columns]
        yield f"scroll one row, {name}, highest", [column[-1] for column in columns]


def queue(window: Window, samples: int) -> Iterator[Figure]:
    """The queue comes back to the front, and is read again; its first rows beside the raw question."""
    shell, desk = window.shell, window.acts.desk
    painted, times = Painted(shell.counter.queue.view.viewport()), []
    for _ in range(samples):
        shell.show_page("finished")
        settled(window)
        times.append(painted.after(partial(shell.show_page, "counter"), always))
    yield "switch to the queue", p95(times)
    day = desk.clock().date().isoformat()
    raw, ours = [], []
    for _ in range(max(samples, 60)):
        raw.append(took(lambda: desk.store.read(OPEN_TICKETS, (day,))))
        ours.append(took(lambda: queue_rows(desk)))
    yield "queue first rows / raw", [statistics.median(ours) / statistics.median(raw)]


def highest_memory() -> float:
    """The most that this process ever held, in MB."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


def key(widget: QWidget, which: Qt.Key) -> None:
    QTest.keyClick(widget, which)


def settled(window: Window) -> None:
    settle(window)


def wait_for(is_done: Callable[[], bool], patience: float = PATIENCE_S) -> None:
    """Lets the loop turn until it is done, and sleep while there is nothing to do."""
    until = time.monotonic() + patience
    ticks = QTimer(interval=100)
    ticks.start()
    while not is_done():
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        if time.monotonic() > until:
            raise TimeoutError("the window did not paint what was asked for")


def took(act: Callable[[], object]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    act()
    return (time.perf_counter() - began) * 1000


def p95(times: Times) -> list[float]:
    """The 95th percentile of each."""
    return [at(sorted(column), 0.95) for column in zip(*times, strict=True)]


def at(ordered: list[float], share: float) -> float:
    """The value below which that share lies."""
    return ordered[min(int(len(ordered) * share), len(ordered) - 1)]


if __name__ == "__main__":
    sys.exit(main())
