"""What the watchdog of the simulated day tells: who held the window up."""

import time
from threading import Thread

from PySide6.QtCore import QCoreApplication, QObject

from station_desk.main.demo.day.watchdog import STALL_MS, Stalls, Watchdog

BUSY_S = STALL_MS / 1000 * 1.3


def work() -> None:
    """Keeps a thread busy for longer than a stall."""
    until = time.thread_time() + BUSY_S
    while time.thread_time() < until:
        pass


def told(app: QCoreApplication, *, beside: bool) -> Stalls:
    """What is told when the loop stands still because of the window itself, or of another thread."""
    watched = QObject(app)
    dog = Watchdog(watched)
    dog.start()
    if beside:
        other = Thread(target=work)
        other.start()
        other.join()
    else:
        work()
    until = time.monotonic() + 10
    while not dog.stalls.milliseconds and time.monotonic() < until:
        app.processEvents()
    dog.stop()
    return dog.stalls


def test_a_stall_of_the_windows_own_work_is_told_apart_from_one_of_another_thread(
    qapp: QCoreApplication,
) -> None:
    own, other = told(qapp, beside=False), told(qapp, beside=True)
    assert (len(own.own), own.beside) == (1, [])
    assert (other.own, len(other.beside)) == ([], 1)
