"""The papers of the catalogue from the guide page: one key for the sheet, all others looked at first."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from station_desk.counter.desk import Desk
from station_desk.counter.printers import choose_printer, kinds
from station_desk.counter.public_papers import sheet_of
from station_desk.counter.public_print import PublicWish, press_of, show_public
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.printing.printers.setting import PrinterSetting
from station_desk.ui.paper.preview import Preview
from tests.paper.wire import closed_port
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow
from tests.ui.test_fits import cut_off

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
BASICS = 'name = "青石桥社区"\nupdated = "2026-11-01"\nfact = [{ label = "户数", text = "3,204 户" }]\n'


@pytest.fixture
def guide(window: Window) -> Window:
    """The window with an item on the guide page."""
    window.shell.show_page("guide")
    settle(window)
    window.shell.guide.choose("SA-003")
    settle(window)
    return window


def previews(window: Window) -> list[Preview]:
    return [dialog for dialog in window.shell.findChildren(Preview) if dialog.isVisible()]


def ask(window: Window, wish: PublicWish) -> Preview:
    window.shell.guide.card.papers.asked.emit(wish)
    settle(window)
    (dialog,) = previews(window)
    return dialog


def printed(desk: Desk) -> list[str]:
    folder = desk.store.profile.papers
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def recorded(desk: Desk) -> list[int]:
    return [desk.store.read(f"SELECT count(*) FROM {table}")[0][0] for table in ("events", "tickets")]


def test_one_key_prints_what_somebody_needs_without_a_ticket(desk: Desk, guide: Window) -> None:
    before = recorded(desk)
    QTest.keyClick(guide.shell.guide, Qt.Key.Key_P, CTRL)
    settle(guide)
    assert printed(desk) == ["guide-SA-003.pdf"]
    (file,) = desk.store.profile.papers.iterdir()
    assert file.read_bytes() == sheet_of(press_of(desk), "SA-003")
    assert guide.shell.guide.card.hint.text() == "已打印：办事指南单"
    assert recorded(desk) == before


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_menu_offers_every_paper_and_no_wall_for_restricted_items(
    make_desk: MakeDesk, open_on: OpenWindow, language: str
) -> None:
    window = open_on(make_desk(language))
    window.shell.show_page("guide")
    settle(window)
    papers = window.shell.guide.card.papers
    counts = {}
    for code in ("SA-003", "CC-001"):
        window.shell.guide.choose(code)
        menu = papers.menu(papers)
        words = [action.text() for action in menu.actions() if not action.isSeparator()]
        assert len(set(words)) == len(words)
        assert all(word == word[:1].upper() + word[1:] for word in words)
        counts[code] = len(words)
        menu.deleteLater()
    assert counts == {"SA-003": 9, "CC-001": 7}
    for size in ((1366, 768), (1920, 1080)):
        window.shell.resize(*size)
        settle(window)
        assert list(cut_off(window.shell)) == []


@pytest.mark.parametrize(
    ("wish", "name"),
    [
        (PublicWish("guide", "SA-003", large=True), "guide-SA-003-large.pdf"),
        (PublicWish("poster", "SA-003", "a2"), "poster-SA-003-a2.pdf"),
    ],
    ids=["large", "poster"],
)
def test_what_is_looked_at_is_printed_byte_for_byte(
    desk: Desk, guide: Window, wish: PublicWish, name: str
) -> None:
    dialog = ask(guide, wish)
    assert dialog.shown.pdf == show_public(desk, wish, lambda _done, _count: None).pdf
    assert printed(desk) == [], "a look prints nothing"
    QTest.keyClick(dialog.print, Qt.Key.Key_F9)
    settle(guide)
    assert printed(desk) == [name]
    assert (desk.store.profile.papers / name).read_bytes() == dialog.shown.pdf
    assert previews(guide) == []


def test_a_poster_is_seen_in_its_colours(guide: Window, qtbot: QtBot) -> None:
    sheets = ask(guide, PublicWish("poster", "SA-003", "a2")).view.sheets
    qtbot.waitUntil(lambda: sheets.picture_of(0) is not None)
    image = sheets.picture_of(0)
    assert image is not None
    seen = [image.pixelColor(x, y) for x in range(0, image.width(), 5) for y in range(0, image.height(), 5)]
    assert any(colour.hsvSaturation() > 100 for colour in seen)


def test_boards_are_made_from_the_texts_of_the_station_and_the_hall_set_begins_with_them(
    desk: Desk, guide: Window, tmp_path: Path
) -> None:
    file = tmp_path / "basics.toml"
    file.write_text(BASICS, "utf-8")
    alone = len(show_public(desk, PublicWish("hall"), lambda _done, _count: None).sizes)
    dialog = ask(guide, PublicWish("basics", text=file))
    assert len(dialog.shown.sizes) == 1
    dialog.reject()
    assert len(show_public(desk, PublicWish("hall"), lambda _done, _count: None).sizes) == alone + 1
    file.write_text("name = 3", "utf-8")
    guide.shell.guide.card.papers.asked.emit(PublicWish("rules", text=file))
    settle(guide)
    assert previews(guide) == []
    assert str(file) in guide.shell.guide.card.hint.text()


def test_the_booklet_is_set_with_progress_and_can_be_stopped(desk: Desk, guide: Window, qtbot: QtBot) -> None:
    papers = guide.shell.guide.card.papers
    papers.asked.emit(PublicWish("booklet"))
    work = guide.shell.status.work(guide.shell.look)
    qtbot.waitUntil(lambda: work.isVisible() and work.bar.maximum() == 83, timeout=20_000)
    assert work.words.text().startswith("正在排版办事指南手册")
    papers.asked.emit(PublicWish("booklet"))
    assert guide.shell.guide.card.hint.text() == "正在排版，请稍候或在下方停止。"
    work.stop.click()
    settle(guide)
    assert previews(guide) == []
    assert printed(desk) == []
    assert isinstance(ask(guide, PublicWish("guide", "SA-003")), Preview), "another one can be asked for"


def test_a_paper_that_is_set_while_the_clerk_works_elsewhere_waits_for_her(guide: Window) -> None:
    guide.shell.guide.card.papers.asked.emit(PublicWish("guide", "SA-003"))
    guide.shell.show_page("counter")
    settle(guide)
    assert previews(guide) == []
    guide.shell.show_page("guide")
    settle(guide)
    assert len(previews(guide)) == 1


def test_each_kind_remembers_its_printer_and_one_that_is_gone_says_so(desk: Desk, guide: Window) -> None:
    assert {"guide", "poster", "booklet", "basics", "rules"} <= set(kinds())
    choose_printer(desk, "guide", PrinterSetting(f"ipp://127.0.0.1:{closed_port()}/ipp"))
    QTest.keyClick(guide.shell.guide, Qt.Key.Key_P, CTRL)
    settle(guide)
    assert printed(desk) == []
    assert guide.shell.banner.isVisible()
    assert "没有打印出来" in guide.shell.guide.card.hint.text()
    assert ask(guide, PublicWish("poster", "SA-003")).shown.setting.address == "folder"


def test_a_long_paper_is_not_printed_by_a_stray_enter(desk: Desk, guide: Window) -> None:
    dialog = ask(guide, PublicWish("hall"))
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle(guide)
    assert (printed(desk), previews(guide)) == ([], [dialog])
