"""Nothing blocks the window: work runs beside it, and its answer lands on the main thread."""

import sys
import threading
import time
from collections.abc import Callable, Generator, Iterator
from itertools import pairwise
from threading import Event
from typing import ClassVar

import pytest
from PySide6.QtCore import QCoreApplication, QEventLoop, QTimer
from pytestqt.qtbot import QtBot

from station_desk.core.errors import RuleError
from station_desk.main.window import Window
from station_desk.ui.tasks import REST, SWITCH_S, TURN_S, Failure, Lane, Task, Tasks
from station_desk.ui.turns import Turns


class Refusal(RuleError):
    code: ClassVar[str] = "ticket.queue_empty"


@pytest.fixture
def tasks(qtbot: QtBot) -> Iterator[Tasks]:
    made = Tasks()
    yield made
    made.close()


def test_work_runs_elsewhere_and_its_answer_lands_on_the_main_thread(tasks: Tasks, qtbot: QtBot) -> None:
    landed: list[tuple[int, int]] = []
    tasks.run(threading.get_ident, lambda there: landed.append((there, threading.get_ident())))
    qtbot.waitUntil(lambda: bool(landed))
    ((there, here),) = landed
    assert here == threading.get_ident()
    assert there != here


def test_the_store_lane_does_one_thing_at_a_time(tasks: Tasks, qtbot: QtBot) -> None:
    inside = 0
    most: list[int] = []

    def work() -> int:
        nonlocal inside
        inside += 1
        seen = inside
        threading.Event().wait(0.005)
        inside -= 1
        return seen

    for _ in range(8):
        tasks.run(work, most.append)
    qtbot.waitUntil(lambda: len(most) == 8)
    assert set(most) == {1}


def test_the_wire_does_not_hold_up_the_store(tasks: Tasks, qtbot: QtBot) -> None:
    answered, order = threading.Event(), []
    tasks.run(answered.wait, lambda _: order.append("wire"), lane="wire")
    tasks.run(lambda: None, lambda _: order.append("store"))
    qtbot.waitUntil(lambda: order == ["store"])
    answered.set()
    qtbot.waitUntil(lambda: order == ["store", "wire"])


def test_what_fails_goes_to_trouble_and_the_rest_goes_on(tasks: Tasks, qtbot: QtBot) -> None:
    failures: list[Failure] = []
    done: list[str] = []
    tasks.trouble.connect(failures.append)

    def fail() -> None:
        raise OSError("the disk is gone")

    tasks.run(fail, lambda _: done.append("answered"), ended=lambda: done.append("ended"))
    tasks.run(lambda: "next", done.append)
    qtbot.waitUntil(lambda: done == ["ended", "next"])
    assert [type(failure.error) for failure in failures] == [OSError]


def test_a_rule_that_says_no_is_handed_to_who_asked(tasks: Tasks, qtbot: QtBot) -> None:
    failures: list[Failure] = []
    tasks.trouble.connect(failures.append)

    def refuse() -> None:
        raise Refusal

    said: list[RuleError] = []
    tasks.run(refuse, lambda _: None, refused=said.append)
    qtbot.waitUntil(lambda: bool(failures))
    assert failures[0].refused is not None
    failures[0].refused(Refusal())
    assert [type(error) for error in said] == [Refusal]


def test_long_work_is_shown_with_its_count_and_can_be_stopped(tasks: Tasks, qtbot: QtBot) -> None:
    shown: list[tuple[str, int, int]] = []
    ended: list[bool] = []
    running: list[Task[None]] = []

    def on_busy(task: Task[None] | None) -> None:
        if task:
            running.append(task)
            shown.append((task.title, task.done, task.total))

    tasks.busy.connect(on_busy)
    step = threading.Event()

    def work(task: Task[None]) -> None:
        while True:
            task.progress(3, 10)
            step.wait(0.005)

    answers: list[None] = []
    tasks.run_counted(work, answers.append, title="上报", ended=lambda: ended.append(True))
    qtbot.waitUntil(lambda: bool(shown))
    assert shown[0] == ("上报", 3, 10)
    running[0].cancel()
    qtbot.waitUntil(lambda: bool(ended))
    assert answers == []


def test_closing_waits_for_what_runs_and_lands_nothing_more(qtbot: QtBot) -> None:
    tasks = Tasks()
    landed: list[int] = []
    started, finished = threading.Event(), threading.Event()

    def work() -> int:
        started.set()
        finished.wait(5)
        return 1

    tasks.run(work, landed.append)
    tasks.run(lambda: 2, landed.append)
    started.wait(5)
    threading.Timer(0.05, finished.set).start()
    tasks.close()
    assert finished.is_set()
    qtbot.wait(20)
    assert landed == []


def test_what_was_made_in_the_moment_of_the_stop_is_not_handed_over(window: Window, qtbot: QtBot) -> None:
    made, finished = threading.Event(), []
    long: list[Task[object]] = []
    window.tasks.busy.connect(lambda task: long.append(task) if task else None)
    window.acts.make(
        lambda _desk, _progress: made.wait(10),
        lambda _: finished.append("handed over"),
        ended=lambda: finished.append("ended"),
        title="the booklet",
    )
    qtbot.waitUntil(lambda: bool(long))
    long[0].cancel()
    made.set()
    qtbot.waitUntil(lambda: finished != [])
    assert finished == ["ended"]


def test_what_takes_long_on_the_main_thread_lets_other_work_in_between(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[str] = []

    def steps() -> Generator[None, None, None]:
        for _ in range(4):
            time.sleep(TURN_S)
            told.append("step")
            QTimer.singleShot(0, lambda: told.append("other"))
            yield

    tasks.in_turns(steps(), lambda: told.append("ended"))
    assert not tasks.is_idle("turns")
    qtbot.waitUntil(lambda: "ended" in told)
    assert tasks.is_idle()
    assert told[:4] == ["step", "other", "step", "other"]


def test_after_a_step_that_shows_something_the_loop_turns_however_quick_it_was(
    tasks: Tasks, qtbot: QtBot
) -> None:
    told: list[str] = []

    def steps() -> Generator[object, None, None]:
        for shown in (None, REST, None, REST):
            told.append("shown" if shown else "made")
            QTimer.singleShot(0, lambda: told.append("other"))
            yield shown

    tasks.in_turns(steps(), lambda: told.append("ended"))
    qtbot.waitUntil(lambda: "ended" in told)
    assert told[:4] == ["made", "shown", "other", "other"]
    assert told[4:6] == ["made", "shown"]


def test_steps_that_are_stopped_or_fail_end_all_the_same(tasks: Tasks, qtbot: QtBot) -> None:
    told: list[str] = []
    failures: list[Failure] = []
    tasks.trouble.connect(failures.append)

    def steps(name: str) -> Generator[None, None, None]:
        try:
            yield
            raise Refusal
        finally:
            told.append(f"{name} let go")

    tasks.in_turns(steps("stopped"), lambda: told.append("stopped ended")).cancel()
    tasks.in_turns(steps("failed"), lambda: told.append("failed ended"))
    qtbot.waitUntil(tasks.is_idle)
    assert told == ["stopped ended", "failed let go", "failed ended"]
    assert [type(failure.error) for failure in failures] == [Refusal]


def test_answers_that_come_together_land_one_a_turn_of_the_loop(tasks: Tasks, qapp: QCoreApplication) -> None:
    """With all their painting in one turn they would hold the window as long as all of them together."""
    landed: list[Lane] = []
    lanes: dict[Lane, Event] = {"store": Event(), "paper": Event(), "wire": Event()}

    def came(lane: Lane) -> Callable[[None], None]:
        return lambda _none: landed.append(lane)

    for lane, done in lanes.items():
        tasks.run(done.set, came(lane), lane=lane)
    assert all(done.wait(10) for done in lanes.values())
    time.sleep(0.05)
    counts = []
    until = time.monotonic() + 10
    while len(landed) < 3 and time.monotonic() < until:
        qapp.processEvents()
        counts.append(len(landed))
    assert sorted(landed) == ["paper", "store", "wire"]
    assert all(after - before <= 1 for before, after in pairwise([0, *counts]))


def test_what_waits_for_its_turn_is_done_while_somebody_is_asked(qapp: QCoreApplication) -> None:
    turns, told, loop = Turns(qapp), list[str](), QEventLoop()

    def ask() -> None:
        QTimer.singleShot(2_000, loop.quit)
        loop.exec()
        told.append("answered")

    def come() -> None:
        told.append("came meanwhile")
        loop.quit()

    turns.add(ask)
    turns.add(come)
    until = time.monotonic() + 10
    while len(told) < 2 and time.monotonic() < until:
        qapp.processEvents()
    assert told == ["came meanwhile", "answered"]


def test_a_lane_that_reckons_gives_way_at_once_while_there_is_a_window() -> None:
    before = sys.getswitchinterval()
    tasks = Tasks()
    assert sys.getswitchinterval() == pytest.approx(SWITCH_S)
    tasks.close()
    assert sys.getswitchinterval() == before
