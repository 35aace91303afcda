"""Calls in the hall: each in front once and said once, and a word where nothing can be heard."""

import time
from pathlib import Path
from typing import cast
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_desk.counter.desk import Desk
from station_desk.counter.hall.settings import HallSettings
from station_desk.counter.queue import CallNext, MoveTicket, TakeTicket, call_next, move_ticket, take_ticket
from station_desk.ui.hall.display import SOUNDS
from station_desk.ui.hall.player import ProgramPlayer
from station_desk.ui.hall.speaker import Speaker
from tests.ui.conftest import OpenWindow, fill_queue
from tests.ui.hall_stage import OpenHall, Recorder


def test_a_new_call_comes_to_the_front_and_is_said_once(
    desk: Desk, open_hall: OpenHall, recorder: Recorder, qtbot: QtBot
) -> None:
    fill_queue(desk)
    call_next(desk, CallNext(), uuid4().hex)
    hall = open_hall(desk)
    assert (hall.screen.showing().prominent, recorder.played) == (None, [])
    number = call_next(desk, CallNext(), uuid4().hex).answer.number
    hall.nudge()
    qtbot.waitUntil(lambda: hall.screen.showing().prominent is not None)
    shown = hall.screen.showing().prominent
    assert shown is not None
    assert (shown.number, shown.where, len(recorder.played)) == (number, "2 号窗口", 1)
    take_ticket(desk, TakeTicket("SA-001"), uuid4().hex)
    qtbot.waitUntil(lambda: hall.screen.showing().board.groups[0].count > 1)
    assert len(recorder.played) == 1


def test_never_two_calls_at_once_and_a_recall_is_said_again(
    desk: Desk, open_hall: OpenHall, recorder: Recorder, qtbot: QtBot
) -> None:
    fill_queue(desk)
    hall = open_hall(desk)
    first = call_next(desk, CallNext(), uuid4().hex).answer
    qtbot.waitUntil(lambda: len(recorder.played) == 1)
    move_ticket(desk, MoveTicket(first.id, "called"), uuid4().hex)
    call_next(desk, CallNext(), uuid4().hex)
    qtbot.waitUntil(lambda: len(hall.screen.showing().board.calls) == 2)
    assert len(recorder.played) == 1
    recorder.ended[0](True)
    assert len(recorder.played) == 2
    recorder.ended[1](True)
    assert len(recorder.played) == 3
    assert recorder.played[0] in recorder.played[1:]


@pytest.mark.long
def test_calls_that_come_together_are_in_front_one_after_the_other(
    desk: Desk, open_hall: OpenHall, qtbot: QtBot
) -> None:
    fill_queue(desk)
    screen = open_hall(desk, "call_seconds = 3\n").screen
    numbers = [call_next(desk, CallNext(), uuid4().hex).answer.number for _ in range(3)]
    seen: list[str] = []

    def look() -> bool:
        prominent = screen.showing().prominent
        if prominent and seen[-1:] != [prominent.number]:
            seen.append(prominent.number)
        return len(seen) == 3 and prominent is None

    qtbot.waitUntil(look, timeout=20000)
    assert seen == numbers


def test_what_cannot_be_heard_is_said_in_a_word(
    desk: Desk, open_hall: OpenHall, recorder: Recorder, qtbot: QtBot
) -> None:
    fill_queue(desk)
    hall = open_hall(desk)
    assert hall.screen.showing().sound == ""
    call_next(desk, CallNext(), uuid4().hex)
    qtbot.waitUntil(lambda: len(recorder.played) == 1)
    recorder.ended[0](False)
    assert "没有声音设备" in hall.screen.showing().sound
    call_next(desk, CallNext(), uuid4().hex)
    qtbot.waitUntil(lambda: len(recorder.played) == 2)
    recorder.ended[1](True)
    assert hall.screen.showing().sound == ""
    QTest.keyClick(hall.screen, Qt.Key.Key_M)
    assert hall.screen.showing().sound == "已静音"
    call_next(desk, CallNext(), uuid4().hex)
    qtbot.waitUntil(lambda: len(hall.screen.showing().board.calls) == 3)
    assert len(recorder.played) == 2


def test_without_a_player_a_call_is_shown_all_the_same(desk: Desk) -> None:
    settings = HallSettings()
    speaker = Speaker(None, settings, ("cmn",), SOUNDS, desk.clock)
    assert speaker.state(desk.clock()) == "silent"
    quiet = Speaker(None, HallSettings(quiet=("00:00-24:00",)), ("cmn",), SOUNDS, desk.clock)
    assert quiet.state(desk.clock()) == "quiet"


def test_a_program_plays_the_file_and_a_failing_one_is_told(qtbot: QtBot, tmp_path: Path) -> None:
    told: list[bool] = []
    player = ProgramPlayer(("cp", "-t", str(tmp_path)))
    player.play(b"RIFF", told.append)
    qtbot.waitUntil(lambda: told == [True])
    assert (tmp_path / "call.wav").read_bytes() == b"RIFF"
    player.stop()
    for command in (("false",), ("no-such-player",)):
        failing = ProgramPlayer(command)
        told.clear()
        failing.play(b"RIFF", told.append)
        qtbot.waitUntil(lambda: told == [False])
        failing.stop()


def test_f11_opens_it_and_a_call_of_this_counter_is_there_at_once(
    desk: Desk, open_on: OpenWindow, qtbot: QtBot
) -> None:
    fill_queue(desk)
    window = open_on(desk)
    QTest.keyClick(window.shell, Qt.Key.Key_F11)
    display = window.shell.hall.display
    assert display is not None
    qtbot.waitUntil(lambda: display.screen.showing().turning.station != "")
    began = time.monotonic()
    window.shell.counter.handling.call_next()
    qtbot.waitUntil(lambda: display.screen.showing().prominent is not None, timeout=5000)
    qtbot.waitUntil(display.screen.is_drawn)
    print(f"from the key to the display: {(time.monotonic() - began) * 1000:.0f} ms (asked for: 300)")
    assert window.shell.hall.display is not None
    display.screen.close()
    assert cast("object", window.shell.hall.display) is None
