"""How soon a call is on the display of the hall, and what the display costs while nothing happens.

    python tests/bench/hall.py

Prints each figure beside what is asked for: 300 ms from a call of the same program to the painted picture,
1 s from the commit of another process to the page of a television, no pause of the main thread over 50 ms
while the display is drawn, and the share of one core that the watch takes while nobody is called.
"""

import json
import os
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from PySide6.QtCore import QCoreApplication

from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.counter.desk import Desk
from station_desk.counter.hall.content import content_of
from station_desk.counter.hall.watch import HallWatch
from station_desk.counter.queue import CallNext, MoveTicket, TakeTicket, call_next, move_ticket, take_ticket
from station_desk.counter.set_up import SetUp
from station_desk.main.hall.state import HallState
from station_desk.main.hall.web import HallServer
from station_desk.main.open_desk import set_up_desk
from station_desk.main.start import application
from station_desk.store.desk_store import open_store
from station_desk.ui.hall.display import HallDisplay
from station_desk.ui.look.fonts import load_fonts

CALLS = 20
TICKETS = 300
IDLE_SECONDS = 5


def main() -> None:
    """All figures on one profile with a full day's queue."""
    with tempfile.TemporaryDirectory() as folder:
        wish = SetUp("QSQ001", "青石桥社区公共服务站", "2", "陈立新", "0518-85550101", "青石桥路 8 号")
        desk = set_up_desk(Path(folder) / "profile", wish, "zh-Hans", now)
        items = ("SA-001", "LS-001", "HF-001", "FP-001", "DE-009")
        for number in range(TICKETS):
            take_ticket(desk, TakeTicket(items[number % len(items)]), uuid4().hex)
        same_program(desk)
        other_program(desk)
        desk.store.close()


def same_program(desk: Desk) -> None:
    """From the end of the call to the picture, nudged as the window does; how long the main thread paused."""
    application()
    family = load_fonts(paths.RESOURCES / "fonts")
    display = HallDisplay(desk.store.profile, desk.catalogue, "zh-Hans", now, family)
    display.open()
    display.screen.resize(1920, 1080)
    pump(lambda: display.screen.is_drawn() and display.screen.showing().turning.station != "")
    took, pauses = [], []
    for _ in range(CALLS):
        called = call_next(desk, CallNext(), uuid4().hex).answer
        began = time.perf_counter()
        display.nudge()
        pauses.append(pump(partial(shows, display, called.number)))
        took.append(time.perf_counter() - began)
        move_ticket(desk, MoveTicket(called.id, "done"), uuid4().hex)
        pump(lambda: display.screen.showing().prominent is None and display.screen.is_drawn())
    told("call → painted, same program", took, 300)
    told("longest pause of the main thread", pauses, 50)
    before = time.process_time()
    until = time.monotonic() + IDLE_SECONDS
    pump(lambda: time.monotonic() > until, rest=0.05)
    print(f"idle, window and watch: {(time.process_time() - before) / IDLE_SECONDS:.1%} of a core")
    display.close()


def other_program(desk: Desk) -> None:
    """From the commit, made through a store of its own, to the answer that a television waits for."""
    content = content_of(desk.store.profile.folder, desk.catalogue, "zh-Hans", paths.RESOURCES / "i18n")
    state = HallState(content, now)
    watch = HallWatch(desk.store.profile, now, state.on_rows, state.on_trouble)
    server = HallServer("127.0.0.1", 0, "", state)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    watch.start()
    other = open_store(desk.store.profile.folder, now)
    there = Desk(**{name: getattr(desk, name) for name in Desk.__slots__} | {"store": other})
    url = f"http://127.0.0.1:{server.server_port}/board.json?seen="
    seen, took = settled(url), []
    lane = ThreadPoolExecutor(1)
    for number in range(CALLS):
        waiting = lane.submit(ask, url + seen)
        # At another point of the quarter of a second each time.
        time.sleep(0.1 + number * 0.037)
        call_next(there, CallNext(), uuid4().hex)
        began = time.perf_counter()
        took.append(waiting.result()[1] - began)
        seen = settled(url)
    lane.shutdown()
    told("commit → page, another program", took, 1000)
    before = time.process_time()
    time.sleep(IDLE_SECONDS)
    print(f"idle, page and watch: {(time.process_time() - before) / IDLE_SECONDS:.1%} of a core")
    watch.stop()
    server.shutdown()
    server.server_close()
    other.close()


def shows(display: HallDisplay, number: str) -> bool:
    """Whether the call is drawn in front."""
    prominent = display.screen.showing().prominent
    return prominent is not None and prominent.number == number and display.screen.is_drawn()


def pump(done: Callable[[], bool], rest: float = 0.001) -> float:
    """Runs the event loop until it is done; answers the longest turn of it."""
    longest = 0.0
    while not done():
        began = time.perf_counter()
        QCoreApplication.processEvents()
        longest = max(longest, time.perf_counter() - began)
        time.sleep(rest)
    return longest


def settled(url: str) -> str:
    """The version once nothing more comes."""
    time.sleep(0.6)
    return ask(url)[0]


def ask(url: str) -> tuple[str, float]:
    """The version that was answered, and when."""
    with urllib.request.urlopen(url, timeout=30) as answer:
        said = json.loads(answer.read())
    return said["version"], time.perf_counter()


def told(name: str, seconds: list[float], limit: int) -> None:
    """Median, 95 % and worst beside what is asked for."""
    ordered = sorted(second * 1000 for second in seconds)
    middle, high = statistics.median(ordered), ordered[int(len(ordered) * 0.95) - 1]
    figures = f"median {middle:.0f} ms, p95 {high:.0f} ms, worst {ordered[-1]:.0f} ms"
    print(f"{name}: {figures} (asked for: {limit} ms)")


if __name__ == "__main__":
    main()
