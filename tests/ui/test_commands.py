"""Ctrl+K finds what can be done as well as what there is: by words, by pinyin, with its key, and does it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.frame.commands import spells
from station_desk.ui.shared.choice_list import Choice, Heading
from station_desk.ui.shared.keyed import Keyed
from station_desk.ui.shared.painting import key_words
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow, fill_queue, open_request
from tests.ui.test_accept_by_keyboard import focused
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import cut_off

CTRL = Qt.KeyboardModifier.ControlModifier


def begin(window: Window) -> None:
    QTest.keyClick(focused(window), Qt.Key.Key_K, CTRL)
    settle(window)


def listed(window: Window) -> dict[str, str]:
    """The words of each hit with its note."""
    lines = window.shell.search.panel.list.choices.lines()
    return {line.title: line.note for line in lines if isinstance(line, Choice)}


def headings(window: Window) -> list[str]:
    lines = window.shell.search.panel.list.choices.lines()
    return [line.text for line in lines if isinstance(line, Heading)]


def ask(window: Window, text: str) -> None:
    window.shell.search.ask(text)
    settle(window)


def test_every_button_in_sight_is_offered_with_its_key(window: Window) -> None:
    open_request(window, "SA-001")
    begin(window)
    offered = listed(window)
    page = window.shell.counter
    for button in page.findChildren(Keyed):
        if button.isVisible() and button.isEnabled() and button.key:
            assert key_words(button.key) in offered.values(), button.text()
    for button in window.shell.rail.buttons():
        assert key_words(button.key) in offered.values()


def test_enter_does_what_is_chosen_and_the_next_time_it_stands_first(window: Window) -> None:
    begin(window)
    ask(window, "叫下一位")
    assert headings(window)[-1] == window.shell.say("command.heading.commands")
    QTest.keyClick(focused(window), Qt.Key.Key_Return)
    settle(window)
    assert window.shell.counter.handling.is_one_called()
    begin(window)
    assert headings(window)[0] == window.shell.say("command.heading.recent")
    assert next(iter(listed(window))) == window.shell.say("act.do.queue.call")


def test_a_command_is_found_by_pinyin_and_leads_to_its_page(window: Window) -> None:
    window.shell.show_page("guide")
    begin(window)
    for asked in ("quhao", "qh"):
        ask(window, asked)
        assert "取号" in listed(window)
    ask(window, "zdbjj")
    assert window.shell.say("command.go", page="办结件") in listed(window)
    window.shell.search.open_first()
    settle(window)
    assert window.shell.pages.currentWidget() is window.shell.finished


def test_a_resident_leads_to_their_cases(desk: Desk, open_on: OpenWindow) -> None:
    numbers = {accepted(desk, code, "单小红") for code in ("LS-001", "LS-002")}
    window = open_on(desk)
    begin(window)
    ask(window, "单小红")
    assert window.shell.say("command.heading.people") in headings(window)
    panel = window.shell.search.panel
    person = next(key for key in window.shell.search._hits if key.startswith("of "))
    panel.list.choose(person)
    window.shell.search.open_first()
    settle(window)
    assert {title.split("　")[0] for title in panel.titles()} == numbers


def test_what_is_not_possible_now_is_not_offered(window: Window) -> None:
    begin(window)
    assert window.shell.say("ui.ticket.recall") not in listed(window)
    window.shell.search.leave()
    window.shell.counter.handling.call_next()
    settle(window)
    begin(window)
    assert window.shell.say("ui.ticket.hold") in listed(window)


def test_leaving_goes_back_to_the_field_where_work_was(window: Window) -> None:
    panel = open_request(window, "SA-001")
    panel.form.boxes["applicant.address"].take_focus()
    begin(window)
    QTest.keyClick(focused(window), Qt.Key.Key_Escape)
    assert panel.form.boxes["applicant.address"].has_focus()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_list_fits_into_the_window(make_desk: MakeDesk, open_on: OpenWindow, language: str) -> None:
    desk = make_desk(language)
    fill_queue(desk)
    window = open_on(desk)
    window.shell.resize(1366, 768)
    open_request(window, "SA-001")
    begin(window)
    panel = window.shell.search.panel
    assert window.shell.rect().contains(panel.geometry())
    assert list(cut_off(panel)) == []


def test_pinyin_is_matched_in_full_and_by_initials() -> None:
    readings = (("qu",), ("hao",), ("ji",))
    assert all(spells(asked, readings) for asked in ("qu", "quhao", "qh", "quh", "hj", "haoji", "q"))
    assert not any(spells(asked, readings) for asked in ("qj", "hq", "quhaox", "u"))
