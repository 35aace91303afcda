"""The display in the hall: nothing cut off on any screen, read from six metres, each call once and said."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path
from typing import cast
from uuid import uuid4

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_desk.core import paths
from station_desk.counter.desk import Desk
from station_desk.counter.hall.settings import HallSettings, Theme
from station_desk.counter.queue import CallNext, MoveTicket, TakeTicket, call_next, move_ticket, take_ticket
from station_desk.counter.wording import language_of
from station_desk.main.start import application
from station_desk.ui.hall.arrange import arranged, arranged_over, rooms_of
from station_desk.ui.hall.arrange_foot import foot_lines, foot_strip
from station_desk.ui.hall.display import SOUNDS, HallDisplay
from station_desk.ui.hall.drawing import LEAST, Area, Badge, Frame, Part, Qr, Text
from station_desk.ui.hall.painting import measure_in
from station_desk.ui.hall.palette import HALL_PALETTES
from station_desk.ui.hall.player import Ended, ProgramPlayer
from station_desk.ui.hall.showing import Showing
from station_desk.ui.hall.speaker import Speaker
from station_desk.ui.look.fonts import load_fonts
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow, fill_queue
from tests.ui.test_look import ENOUGH, contrast

pytestmark = pytest.mark.long

SCREENS = ((1920, 1080), (1366, 768), (3840, 2160), (1080, 1920), (1280, 1024))
SIX_METRES = {"number": 14.0, "front": 20.0}
"""Shares of the short side, in hundredths: the newest call on the board, and alone in front."""

BASICS = """name = "青石桥"
updated = "2026-11"
""" + "".join(
    f'[[fact]]\nlabel = "{label}"\ntext = "{text}"\n'
    for label, text in (
        ("户籍", "3 214 户 8 127 人"),
        ("流动人口", "1 406 人"),
        ("社区工作者", "11 人（大专以上 9 人）"),
    )
)
LONG = "因供电线路检修，十一月二十五日上午停电，来办事的居民请改在当天下午，给您带来不便请谅解。"
NOTICE = f'[[notice]]\ntext = "{LONG}"\n'


@dataclass
class Recorder:
    """A player into a list; the test says when a sound has ended."""

    played: list[bytes] = field(default_factory=list)
    ended: list[Ended] = field(default_factory=list)

    def play(self, wav: bytes, ended: Ended, /) -> None:
        self.played.append(wav)
        self.ended.append(ended)

    def stop(self) -> None:
        self.ended.clear()


OpenHall = Callable[..., HallDisplay]


@pytest.fixture
def recorder() -> Recorder:
    return Recorder()


@pytest.fixture
def open_hall(qtbot: QtBot, recorder: Recorder) -> Iterator[OpenHall]:
    opened: list[HallDisplay] = []

    def open_hall(desk: Desk, settings: str = "") -> HallDisplay:
        folder = desk.store.profile.folder / "hall"
        folder.mkdir(exist_ok=True)
        (folder / "hall.toml").write_text(settings + NOTICE, "utf-8")
        (folder / "basics.toml").write_text(BASICS, "utf-8")
        application()
        family = load_fonts(paths.RESOURCES / "fonts")
        made = HallDisplay(
            desk.store.profile.folder, desk.catalogue, language_of(desk.texts), desk.clock, family, recorder
        )
        opened.append(made)
        made.open()
        qtbot.waitUntil(lambda: made.screen.showing().turning.station != "")
        return made

    yield open_hall
    for made in opened:
        made.close()


@pytest.fixture
def busy(make_desk: MakeDesk) -> Callable[[str], Desk]:
    """A counter on a full morning: calls, people waiting for everything, missed numbers."""

    def busy(language: str) -> Desk:
        desk = make_desk(language)
        desk.store.set_about({"public_url": "https://district.example", "complaint_phone": "0518-85550199"})
        for _ in range(3):
            fill_queue(desk)
        for code in ("HV-001", "PS-001", "MC-001", "CE-001"):
            take_ticket(desk, TakeTicket(code), uuid4().hex)
        for number in range(8):
            called = call_next(desk, CallNext(), uuid4().hex).answer
            if number < 3:
                move_ticket(desk, MoveTicket(called.id, "missed"), uuid4().hex)
        return desk

    return busy


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_or_too_small_on_any_screen(
    busy: Callable[[str], Desk], open_hall: OpenHall, language: str
) -> None:
    screen = open_hall(busy(language)).screen
    showing = screen.showing()
    measure = measure_in(screen.font_family)
    for width, height in SCREENS:
        frame = Frame(width, height, measure)
        for turn, page in enumerate(showing.turning.pages):
            parts = count = 1
            part = 0
            while part < count:
                now = replace(showing, page=page, part=part, turn=turn, prominent=showing.board.calls[0])
                look_at(frame, arranged(frame, now), f"{page.code} {part} {width}x{height}")
                look_at(frame, arranged_over(frame, now), "prominent")
                count = parts_of(frame, now)
                part += 1
            assert parts <= count <= 8


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_step_and_every_paper_is_shown_in_some_part(
    busy: Callable[[str], Desk], open_hall: OpenHall, language: str
) -> None:
    screen = open_hall(busy(language)).screen
    showing = screen.showing()
    frame = Frame(1366, 768, measure_in(screen.font_family))
    for page in showing.turning.pages:
        said = ""
        for part in range(parts_of(frame, replace(showing, page=page))):
            texts = texts_in(arranged(frame, replace(showing, page=page, part=part)))
            said += "".join(text.text for text in texts)
        said = "".join(said.split())
        wanted = [*(step.name for step in page.steps), *page.bring, page.title, page.sub]
        wanted += [way for step in page.steps for way in step.ways]
        assert [text for text in wanted if "".join(text.split()) not in said] == [], page.code


def test_a_notice_and_the_basics_have_their_turn_whole(
    busy: Callable[[str], Desk], open_hall: OpenHall
) -> None:
    screen = open_hall(busy("zh-Hans")).screen
    for width, height in SCREENS:
        frame = Frame(width, height, measure_in(screen.font_family))
        room = rooms_of(frame).foot.w - 4.8 * frame.unit
        lines = "".join(text for _, text in foot_lines(frame, room, screen.showing()))
        assert "给您带来不便请谅解。" in lines.replace("   •   ", "")
        assert "11 人（大专以上 9 人）" in lines


def test_a_strip_with_nothing_to_tell_is_not_drawn(desk: Desk, open_hall: OpenHall) -> None:
    screen = open_hall(desk).screen
    frame = Frame(1920, 1080, measure_in(screen.font_family))
    foot, told = rooms_of(frame).foot, screen.showing()
    silent = replace(told, turning=msgspec.structs.replace(told.turning, notices=(), facts=()))
    assert list(foot_strip(frame, foot, told)) != []
    assert list(foot_strip(frame, foot, silent)) == []
    assert list(foot_strip(frame, foot, replace(silent, trouble="读不出叫号"))) != []


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


def test_pages_turn_through_languages_and_parts(busy: Callable[[str], Desk], open_hall: OpenHall) -> None:
    screen = open_hall(
        busy("zh-Hans"), 'languages = ["zh-Hans", "en"]\nitems = ["SA-001", "LS-008"]\n'
    ).screen
    screen.resize(1366, 768)
    seen = []
    for _ in range(12):
        showing = screen.showing()
        assert showing.page
        seen.append((showing.page.code, showing.words["calling"]))
        screen.turn()
    order = list(dict.fromkeys(seen))
    assert order == [
        ("SA-001", "正在叫号"), ("SA-001", "Now calling"), ("LS-008", "正在叫号"), ("LS-008", "Now calling"),
    ]  # fmt: skip


def test_calm_moves_nothing(desk: Desk, open_hall: OpenHall) -> None:
    assert not open_hall(desk, "calm = true\n").screen.moves()


@pytest.mark.parametrize("theme", HALL_PALETTES)
def test_every_word_of_the_hall_can_be_read(theme: Theme) -> None:
    colours = HALL_PALETTES[theme]
    pairs = [
        (colours.ink, colours.ground), (colours.muted, colours.ground), (colours.ink, colours.panel),
        (colours.muted, colours.panel), (colours.number, colours.panel), (colours.warn, colours.panel),
        (colours.strong_ink, colours.strong), (colours.strong_number, colours.strong),
        (colours.badge_ink, colours.badge),
    ]  # fmt: skip
    assert [pair for pair in pairs if contrast(*pair) < ENOUGH] == []


def test_faulty_settings_are_told_at_the_foot(desk: Desk, open_hall: OpenHall) -> None:
    showing = open_hall(desk, 'theme = "pink"\n').screen.showing()
    assert "hall.toml" in showing.trouble


def test_it_paints_in_every_theme(busy: Callable[[str], Desk], open_hall: OpenHall, qtbot: QtBot) -> None:
    screen = open_hall(busy("zh-Hans")).screen
    screen.resize(1366, 768)
    pictures: list[QImage] = []
    for _ in HALL_PALETTES:
        qtbot.waitUntil(screen.is_drawn)
        pictures.append(screen.grab().toImage())
        QTest.keyClick(screen, Qt.Key.Key_T)
    assert all(one != other for one, other in combinations(pictures, 2))
    QCoreApplication.processEvents()


def look_at(frame: Frame, parts: list[Part], where: str) -> None:
    """Nothing beyond the screen or over another text, no type too small, no word wider than its room."""
    whole = Area(0, 0, frame.width, frame.height)
    texts = texts_in(parts)
    for text in texts:
        assert within(text.area, whole), (where, text)
        assert text.size >= LEAST * frame.unit - 0.5, (where, text, text.size / frame.unit)
        assert frame.measure(text.text, text.size, text.bold) <= text.area.w + 1, (where, text)
    solid = [ink_of(frame, text) for text in texts]
    solid += [part.area for part in parts if isinstance(part, Badge | Qr)]
    for one, other in combinations(solid, 2):
        assert not over(one, other), (
            where,
            one,
            other,
            [t.text for t in texts if ink_of(frame, t) in (one, other)],
        )
    largest = max(text.size for text in texts)
    assert largest >= SIX_METRES["front" if where == "prominent" else "number"] * frame.unit


def texts_in(parts: list[Part]) -> list[Text]:
    return [part for part in parts if isinstance(part, Text)]


def ink_of(frame: Frame, text: Text) -> Area:
    """Where the letters are: narrower than their room, lower than their leading."""
    wide = frame.measure(text.text, text.size, text.bold)
    x = {"left": 0.0, "right": text.area.w - wide, "middle": (text.area.w - wide) / 2}[text.align]
    air = (text.area.h - text.size) / 2
    return Area(text.area.x + x, text.area.y + air, wide, text.size)


def over(one: Area, other: Area) -> bool:
    return (
        one.x < other.right - 1
        and other.x < one.right - 1
        and one.y < other.bottom - 1
        and other.y < one.bottom - 1
    )


def within(area: Area, whole: Area) -> bool:
    return area.x >= 0 and area.y >= 0 and area.right <= whole.w + 1 and area.bottom <= whole.h + 1


def parts_of(frame: Frame, showing: Showing) -> int:
    from station_desk.ui.hall.arrange_page import count_of_parts

    return count_of_parts(frame, rooms_of(frame).page, showing)
