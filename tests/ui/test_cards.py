"""A card reader is a program beside ours: its cards go where they are needed; it cannot harm us."""

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from station_desk.counter.cards.message import CardData
from station_desk.counter.cards.setting import choose_reader, reader_command
from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.ui.scan import reader as reader_room
from station_desk.ui.scan.reader import Reader, State
from tests.ui.conftest import OpenWindow, open_request
from tests.ui.test_case_pages import accepted

HELLO = 'print(\'{"is":"hello","protocol":1}\', flush=True)'
MakeReader = Callable[..., Reader]


@pytest.fixture
def made() -> Iterator[MakeReader]:
    """Starts a reader made of a few lines of Python."""
    place = QObject()
    readers: list[Reader] = []

    def make(*lines: str) -> Reader:
        reader = Reader((sys.executable, "-c", "\n".join(("import sys, time", *lines))), place)
        readers.append(reader)
        reader.start()
        return reader

    yield make
    for reader in readers:
        reader.stop()


def simulator(*words: str) -> tuple[str, ...]:
    return (sys.executable, "-m", "station_desk", "reader-simulator", *words)


def test_a_card_fills_the_request_in_hand(
    desk: Desk, open_on: OpenWindow, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "cards.jsonl"
    card = {"name": "李建国", "id_number": "11010519491231002X", "address": "青石桥路 8 号", "photo": "QUJD"}
    # Cards come for as long as the window may take to open on a busy machine.
    file.write_text("\n".join([json.dumps(card, ensure_ascii=False)] * 60), "utf-8")
    choose_reader(desk, simulator(str(file), "--every", "0.5"))
    window = open_on(desk)
    panel = open_request(window, "SA-001")
    box = panel.form.boxes["applicant.name"]
    qtbot.waitUntil(lambda: box.value() == "李建国", timeout=20_000)
    assert panel.form.boxes["applicant.id_number"].value() == card["id_number"]
    assert panel.form.boxes["applicant.address"].value() == card["address"]
    assert "photo" not in str(panel.draft.values)
    assert b"QUJD" not in b"".join(
        p.read_bytes() for p in desk.store.profile.folder.rglob("*") if p.is_file()
    )


def test_a_card_with_nothing_in_hand_finds_the_cases(desk: Desk, open_on: OpenWindow) -> None:
    number = accepted(desk, "LS-001", "李建国")
    window = open_on(desk)
    window.shell.show_page("guide")
    window.shell.cards.on_card(CardData("11010519491231002X", "李建国"))
    settle(window)
    shown = window.shell.progress.panel.case()
    assert shown is not None
    assert shown.number == number


def test_a_wrong_card_is_said_and_fills_nothing(desk: Desk, open_on: OpenWindow) -> None:
    window = open_on(desk)
    panel = open_request(window, "SA-001")
    before = dict(panel.draft.values)
    window.shell.cards.on_card(CardData("110105194912310021", "李建国"))
    assert panel.draft.values == before
    assert window.shell.scans is not None
    assert window.shell.scans.note is not None
    assert window.shell.scans.note.words.text() == desk.texts("scan.reader.wrong")


@pytest.mark.parametrize(
    "lines",
    [
        ("sys.exit(3)",),
        (HELLO, "raise SystemExit"),
        ("print('no json', flush=True)", "time.sleep(60)"),
        (HELLO, "sys.stdout.write('x' * 2_000_000)", "sys.stdout.flush()", "time.sleep(60)"),
        (HELLO, 'while True: print(\'{"is":"removed"}\')'),
        (HELLO, 'print(\'{"is":"data","id_number":"1"}\', flush=True)', "time.sleep(60)"),
        (
            "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN)",
            "print('[', flush=True)",
            "time.sleep(60)",
        ),
    ],
    ids=[
        "ends",
        "ends after hello",
        "no json",
        "one endless line",
        "flood",
        "data without a card",
        "will not end",
    ],
)
def test_a_bad_reader_is_ended_and_started_again_later(
    made: MakeReader, qtbot: QtBot, lines: tuple[str, ...]
) -> None:
    reader = made(*lines)
    qtbot.waitUntil(lambda: reader.state is State.FAILED, timeout=20_000)
    assert reader.faults == 1
    assert reader._process is None


def test_a_silent_reader_is_not_waited_for(
    made: MakeReader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_room, "HELLO_MS", 50)
    reader = made("time.sleep(60)")
    qtbot.waitUntil(lambda: reader.state is State.FAILED, timeout=10_000)


def test_a_reader_that_answers_no_ping_is_ended(
    made: MakeReader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_room, "PING_MS", 50)
    monkeypatch.setattr(reader_room, "PONG_MS", 50)
    reader = made(HELLO, "time.sleep(60)")
    qtbot.waitUntil(lambda: reader.state is State.FAILED, timeout=20_000)


def test_a_reader_that_keeps_failing_is_given_up(
    made: MakeReader, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_room, "FIRST_PAUSE_MS", 1)
    monkeypatch.setattr(reader_room, "FAULTS", 3)
    reader = made("sys.exit(1)")
    qtbot.waitUntil(lambda: reader.state is State.GIVEN_UP, timeout=20_000)
    assert reader.faults == 3


def test_a_program_that_is_not_there_is_only_a_failure(qtbot: QtBot) -> None:
    place = QObject()
    reader = Reader(("/no/such/reader",), place)
    reader.start()
    qtbot.waitUntil(lambda: reader.state is State.FAILED)
    reader.stop()


def test_the_choice_is_kept_and_a_broken_one_is_none(desk: Desk) -> None:
    assert reader_command(desk) == ()
    choose_reader(desk, ("reader", "--port", "usb"))
    assert reader_command(desk) == ("reader", "--port", "usb")
    desk.store.set_about({"card_reader": "{"})
    assert reader_command(desk) == ()
