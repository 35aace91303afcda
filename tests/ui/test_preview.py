"""What the preview shows is the file that is printed; looking at it records nothing."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from station_desk.counter.desk import Desk
from station_desk.counter.kept_papers import kept_papers
from station_desk.counter.papers.journal import unprinted
from station_desk.counter.papers.print_paper import paper_pdf_of
from station_desk.counter.printers import choose_printer
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.printing.pictures import page_in_colour
from station_desk.printing.printers.setting import PrinterSetting
from station_desk.ui.paper.images import image_of
from station_desk.ui.paper.preview import Preview
from tests.paper.private_cups import private_cups
from tests.paper.wire import closed_port, listening, prints_all
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import cut_off
from tests.ui.test_reaching import FOCUS, spoken_name

Look = Callable[..., Preview]
LONG = "SA-001"
"""Its receipt has two pages."""


@pytest.fixture
def number(desk: Desk) -> str:
    return accepted(desk, LONG, "欧阳娜娜")


@pytest.fixture
def look(qtbot: QtBot) -> Look:
    """Opens the preview as a clerk does, and waits until its first page is drawn."""

    def look(window: Window, paper: str = "receipt") -> Preview:
        window.shell.show_page("progress")
        settle(window)
        panel = window.shell.progress.panel
        panel.papers.asked.emit(paper, False)
        settle(window)
        (dialog,) = (dialog for dialog in window.shell.findChildren(Preview) if dialog.isVisible())
        qtbot.waitUntil(lambda: dialog.view.sheets.picture_of(0) is not None)
        return dialog

    return look


def dots_of(image: QImage) -> list[int]:
    return [
        image.pixelColor(x, y).red() for y in range(0, image.height(), 7) for x in range(0, image.width(), 7)
    ]


def test_the_preview_shows_the_pages_of_the_file_that_is_printed(
    desk: Desk, number: str, open_on: OpenWindow, look: Look
) -> None:
    window = open_on(desk)
    dialog = look(window)
    assert dialog.shown.pdf == paper_pdf_of(desk, number, "receipt")
    assert dialog.count.text() == "第 1 / 2 页"
    image = dialog.view.sheets.picture_of(0)
    assert image is not None
    seen = page_in_colour(dialog.shown.pdf, 0, dialog.view.sheets.wish(0).dpi)
    same = image_of(seen)
    assert dots_of(image) == dots_of(same)
    QTest.keyClick(dialog.print, Qt.Key.Key_Return)
    settle(window)
    (name,) = kept_papers(desk.store).names()
    assert kept_papers(desk.store).paper(name) == dialog.shown.pdf
    assert window.shell.findChildren(Preview) == []
    assert window.shell.progress.panel.hint.text() == "受理回执已打印"
    assert unprinted(desk) == []


def test_a_look_that_is_left_prints_and_records_nothing(
    desk: Desk, number: str, open_on: OpenWindow, look: Look
) -> None:
    window = open_on(desk)
    said = "SELECT count(*) FROM events WHERE kind <> 'access.read'"
    before = desk.store.read(said)
    QTest.keyClick(look(window), Qt.Key.Key_Escape)
    settle(window)
    assert desk.store.read(said) == before
    assert not desk.store.profile.papers.exists()
    assert [paper.state for paper in unprinted(desk)] == ["intended"]


def test_a_preview_that_is_closed_while_it_prints_does_no_harm(
    desk: Desk, number: str, open_on: OpenWindow, look: Look
) -> None:
    window = open_on(desk)
    dialog = look(window)
    dialog.print.click()
    dialog.reject()
    settle(window)
    assert unprinted(desk) == []
    assert window.shell.progress.panel.hint.text() == "受理回执已打印"


def test_the_pages_are_turned_by_keys_and_drawn_when_they_come_into_sight(
    desk: Desk, number: str, open_on: OpenWindow, look: Look, qtbot: QtBot
) -> None:
    dialog = look(open_on(desk))
    dialog.resize(dialog.width(), 420)
    for key, page in (
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_PageDown, 2),
        (Qt.Key.Key_Home, 1),
        (Qt.Key.Key_End, 2),
    ):
        QTest.keyClick(dialog.print, key)
        assert dialog.count.text() == f"第 {page} / 2 页"
    qtbot.waitUntil(lambda: dialog.view.sheets.picture_of(1) is not None)


def test_pages_are_as_wide_as_the_window_and_drawn_anew_for_it(
    desk: Desk, number: str, open_on: OpenWindow, look: Look, qtbot: QtBot
) -> None:
    dialog = look(open_on(desk))
    for width in (700, 1000):
        dialog.resize(width, 600)
        qtbot.waitUntil(lambda: _is_sharp(dialog))
        place = dialog.view.sheets.place(0)
        assert width - 120 < place.width() < width
        assert abs(place.height() - place.width() * 148 / 210) <= 1


def _is_sharp(dialog: Preview) -> bool:
    image = dialog.view.sheets.picture_of(0)
    return image is not None and abs(image.width() - dialog.view.sheets.place(0).width()) <= 2


def test_a_paper_that_does_not_come_out_leaves_the_preview_open_to_try_again(
    desk: Desk, number: str, open_on: OpenWindow, look: Look
) -> None:
    papers = desk.store.profile.papers
    papers.write_text("a file where the folder should be", "utf-8")
    window = open_on(desk)
    dialog = look(window)
    dialog.print.click()
    settle(window)
    assert dialog.isVisible()
    assert dialog.hint.text() == desk.texts("printer.preview.not_printed")
    assert "未打印" in window.shell.banner.sentence()
    papers.unlink()
    dialog.print.click()
    settle(window)
    assert [file.name for file in papers.iterdir()] == [f"{number}-receipt-1.pdf.sealed"]
    assert unprinted(desk) == []


def test_a_paper_that_changed_behind_the_preview_is_not_printed(
    desk: Desk, number: str, open_on: OpenWindow, look: Look
) -> None:
    window = open_on(desk)
    dialog = look(window, "sheet")
    panel = window.shell.progress.panel
    panel.press()
    settle(window)
    dialog.print.click()
    settle(window)
    assert dialog.isVisible()
    assert "有了变化" in dialog.hint.text()
    assert not desk.store.profile.papers.exists()


def test_a_print_that_waits_for_its_printer_holds_up_nothing_and_can_be_stopped(
    desk: Desk, number: str, open_on: OpenWindow, look: Look, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    with private_cups({"off": closed_port()}) as spooler:
        monkeypatch.setenv("CUPS_SERVER", f"{spooler.host}:{spooler.port}")
        choose_printer(desk, "receipt", PrinterSetting("system:off"))
        window = open_on(desk)
        dialog = look(window)
        dialog.print.click()
        work = window.shell.status.work(window.shell.look)
        qtbot.waitUntil(work.isVisible)
        assert not dialog.print.isEnabled()
        window.shell.progress.panel.press()
        qtbot.waitUntil(lambda: window.tasks.is_idle("store"))
        assert len(desk.store.case(number).trail) == 2
        work.stop.click()
        settle(window)
        assert dialog.hint.text() == desk.texts("printer.preview.not_printed")
    assert [(paper.copy, paper.state) for paper in unprinted(desk)] == [(1, "intended")]


def test_what_was_looked_at_comes_out_of_the_queue_byte_for_byte(
    desk: Desk, number: str, open_on: OpenWindow, look: Look, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(prints_all) as wire, private_cups({"A5": wire.port}) as spooler:
        monkeypatch.setenv("CUPS_SERVER", f"{spooler.host}:{spooler.port}")
        choose_printer(desk, "papers", PrinterSetting("system:A5"))
        window = open_on(desk)
        dialog = look(window)
        assert "送往 A5" in dialog.where.text()
        pdf = dialog.shown.pdf
        dialog.print.click()
        settle(window)
    assert [bytes(got) for got in wire.got] == [pdf]


@pytest.mark.parametrize(("language", "factor"), [*((language, 1.0) for language in LANGUAGES), ("en", 1.5)])
def test_no_word_is_cut_off_and_each_place_has_a_name(
    make_desk: MakeDesk, open_on: OpenWindow, look: Look, language: str, factor: float
) -> None:
    desk = make_desk(language)
    accepted(desk, LONG, "欧阳娜娜")
    window = open_on(desk, "light", factor)
    dialog = look(window)
    assert list(cut_off(dialog)) == []
    assert nameless(dialog) == []
    assert QApplication.focusWidget() in (dialog.print, None)


def nameless(dialog: QWidget) -> list[str]:
    return [
        type(widget).__name__
        for widget in dialog.findChildren(QWidget)
        if widget.isVisible() and widget.focusPolicy() & FOCUS and not spoken_name(widget)
    ]
