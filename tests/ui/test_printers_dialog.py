"""A clerk chooses the printers of the counter in the window, tries them, and hears what is wrong."""

import socket
import threading
from uuid import uuid4

import pytest
from pytestqt.qtbot import QtBot

from station_desk.counter.desk import Desk
from station_desk.counter.printers import choose_printer, setting_of
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.printing.printers.setting import PrinterSetting
from station_desk.ui.paper.printers_dialog import PrintersDialog
from station_desk.ui.shared.key_button import KeyButton
from tests.paper.private_cups import private_cups
from tests.paper.thermal import read_slip, texts_of
from tests.paper.wire import PATIENCE_S, answering, closed_port, listening, prints_all
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow
from tests.ui.test_fits import cut_off
from tests.ui.test_preview import nameless


def dialog_of(window: Window) -> PrintersDialog:
    """Opens the choice of printers by the button of the status bar."""
    button = window.shell.status.printer
    assert isinstance(button, KeyButton)
    button.click()
    settle(window)
    (dialog,) = window.shell.findChildren(PrintersDialog)
    return dialog


def test_a_printer_of_the_system_is_chosen_and_named_in_the_status_bar(
    desk: Desk, open_on: OpenWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    with listening(prints_all) as wire, private_cups({"A5": wire.port, "A4": wire.port}) as spooler:
        monkeypatch.setenv("CUPS_SERVER", f"{spooler.host}:{spooler.port}")
        window = open_on(desk)
        assert "PDF 文件夹" in window.shell.status.printer.text()
        dialog = dialog_of(window)
        dialog.choose("receipt")
        dialog.form.fields["place"].put("system:A5")
        dialog.form.fields["sides"].put("long")
        dialog.form.fields["size"].put("A5")
        assert dialog.form.fields["copies"].value() == "2"
        dialog.save.click()
        settle(window)
        assert setting_of(desk.store.about(), "receipt") == PrinterSetting("system:A5", 2, "long", "A5")
        assert dialog.hint.text() == desk.texts("printer.dialog.saved")
        assert "A5" in window.shell.status.printer.text()
        dialog.trial.click()
        settle(window)
        assert dialog.hint.text() == desk.texts("printer.was_tried", place="A5")
    assert [bytes(got[:5]) for got in wire.got] == [b"%PDF-"]


def test_a_choice_is_taken_back(desk: Desk, open_on: OpenWindow) -> None:
    choose_printer(desk, "receipt", PrinterSetting("system:A5", 3))
    dialog = dialog_of(window := open_on(desk))
    dialog.choose("receipt")
    assert dialog.form.fields["place"].value() == "other"
    assert dialog.form.fields["address"].value() == "system:A5"
    dialog.form.fields["place"].put("none")
    dialog.save.click()
    settle(window)
    assert setting_of(desk.store.about(), "receipt") == PrinterSetting()


def test_a_printer_for_tickets_prints_each_number_that_is_taken(desk: Desk, open_on: OpenWindow) -> None:
    with listening(answering(b"\0")) as wire:
        window = open_on(desk)
        dialog = dialog_of(window)
        dialog.choose("ticket")
        dialog.form.fields["place"].put("other")
        dialog.form.fields["address"].put(f" tcp://127.0.0.1:{wire.port} ")
        dialog.form.fields["size"].put("58mm")
        dialog.save.click()
        settle(window)
        take(window)
    (slip,) = wire.got
    assert "B001" in texts_of(read_slip(bytes(slip)))
    assert "就绪" in window.shell.status.printer.text()


def test_a_ticket_that_is_not_printed_stands_in_the_queue_and_the_printer_is_named(
    desk: Desk, open_on: OpenWindow
) -> None:
    port = closed_port()
    choose_printer(desk, "ticket", PrinterSetting(f"tcp://127.0.0.1:{port}"))
    window = open_on(desk)
    take(window)
    assert [row.number for row in window.shell.counter.queue.rows()] == ["B001"]
    assert f"127.0.0.1:{port}" in window.shell.banner.sentence()
    assert f"127.0.0.1:{port}" in window.shell.status.printer.text()
    assert "有故障" in window.shell.status.printer.text()


def test_a_slow_ticket_printer_does_not_hold_up_who_comes_next(
    desk: Desk, open_on: OpenWindow, qtbot: QtBot
) -> None:
    printed = threading.Event()

    def slowly(line: socket.socket, got: bytearray) -> None:
        printed.wait(PATIENCE_S)
        answering(b"\0")(line, got)

    with listening(slowly) as wire:
        choose_printer(desk, "ticket", PrinterSetting(f"tcp://127.0.0.1:{wire.port}"))
        window = open_on(desk)
        window.shell.counter.handling._take_ticket((("LS-001", 1),), "normal", agent=False)
        qtbot.waitUntil(lambda: bool(wire.got))
        window.shell.counter.handling.call_next()
        qtbot.waitUntil(window.shell.counter.handling.is_one_called)
        elsewhere = take_ticket(desk, TakeTicket("SA-001"), uuid4().hex).answer
        window.rhythm.look()
        rows = window.shell.counter.queue.rows
        qtbot.waitUntil(lambda: elsewhere.number in [row.number for row in rows()])
        assert not window.tasks.is_idle("paper")
        printed.set()
        settle(window)
    assert window.shell.banner.isHidden()


WRONG = {
    "receipt": ("tcp://127.0.0.1", "只能打印号票"),
    "sheet": ("printer", "不是打印机地址"),
    "ticket": ("device:lp0", "不是打印机地址"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_cannot_print_is_said_beside_the_buttons(desk: Desk, open_on: OpenWindow, kind: str) -> None:
    address, sentence = WRONG[kind]
    dialog = dialog_of(window := open_on(desk))
    dialog.choose(kind)
    dialog.form.fields["place"].put("other")
    dialog.form.fields["address"].put(address)
    dialog.save.click()
    settle(window)
    assert sentence in dialog.hint.text()
    assert desk.store.about().get(f"printer:{kind}") is None


def test_a_trial_that_does_not_come_out_is_said(desk: Desk, open_on: OpenWindow) -> None:
    dialog = dialog_of(window := open_on(desk))
    dialog.choose("ticket")
    dialog.form.fields["place"].put("other")
    dialog.form.fields["address"].put(f"tcp://127.0.0.1:{closed_port()}")
    dialog.trial.click()
    settle(window)
    assert dialog.hint.text() == desk.texts("printer.dialog.not_tried")
    assert "连不上打印机" in window.shell.banner.sentence()


@pytest.mark.parametrize(("language", "factor"), [*((language, 1.0) for language in LANGUAGES), ("en", 1.5)])
def test_no_word_is_cut_off_and_each_place_has_a_name(
    make_desk: MakeDesk, open_on: OpenWindow, language: str, factor: float
) -> None:
    desk = make_desk(language)
    window = open_on(desk, "light", factor)
    dialog = dialog_of(window)
    for kind in ("papers", "receipt", "ticket"):
        dialog.choose(kind)
        for place in ("folder", "other"):
            dialog.form.fields["place"].put(place)
            settle(window)
            assert list(cut_off(dialog)) == [], (kind, place)
            assert nameless(dialog) == [], (kind, place)


def take(window: Window) -> None:
    window.shell.counter.handling._take_ticket((("LS-001", 1),), "normal", agent=False)
    settle(window)
