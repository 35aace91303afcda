"""The display in the hall: nothing cut off on any screen, read from six metres, each call once and said."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations
from uuid import uuid4

import msgspec
import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_desk.counter.desk import Desk
from station_desk.counter.hall.settings import Theme
from station_desk.counter.queue import CallNext, MoveTicket, TakeTicket, call_next, move_ticket, take_ticket
from station_desk.ui.hall.arrange import arranged, arranged_over, rooms_of
from station_desk.ui.hall.arrange_foot import foot_lines, foot_strip
from station_desk.ui.hall.drawing import LEAST, Area, Badge, Frame, Part, Qr, Text
from station_desk.ui.hall.painting import measure_in
from station_desk.ui.hall.palette import HALL_PALETTES
from station_desk.ui.hall.showing import Showing
from tests.ui.conftest import LANGUAGES, MakeDesk, fill_queue
from tests.ui.hall_stage import OpenHall
from tests.ui.test_look import ENOUGH, contrast

pytestmark = pytest.mark.long

SCREENS = ((1920, 1080), (1366, 768), (3840, 2160), (1080, 1920), (1280, 1024))
SIX_METRES = {"number": 14.0, "front": 20.0}
"""Shares of the short side, in hundredths: the newest call on the board, and alone in front."""


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
