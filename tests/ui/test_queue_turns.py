"""The less common turns of a ticket in the window: each by its key, and what the clerk sees of it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_desk.counter.desk import Desk
from station_desk.counter.queue import Asked, TakeTicket, take_ticket
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.store.first_look import TicketRow
from station_desk.ui.acts import new_command
from station_desk.ui.counter_page.handling import Handling
from station_desk.ui.counter_page.ticket_moves import more_moves_of, move_named
from tests.ui.conftest import fill, in_hand

Key = Qt.Key
PLAIN = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def handling(window: Window) -> Handling:
    return window.shell.counter.handling


def row_of(window: Window, ticket: str) -> TicketRow:
    return next(row for row in window.shell.counter.queue.rows() if row.id == ticket)


def called(window: Window) -> TicketRow:
    window.shell.counter.handling.call_next()
    settle(window)
    return row_of(window, in_hand(window).draft.ticket)


def press(
    window: Window, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(window.shell, key, modifier)
    settle(window)


def test_a_ticket_is_parked_by_the_digit_of_its_reason(window: Window, handling: Handling) -> None:
    ticket = called(window)
    press(window, Key.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    panel = handling.panels.park
    assert panel is not None
    assert panel.isVisible()
    QTest.keyClick(panel.list, Key.Key_2)
    QTest.keyClick(panel.list, Key.Key_Return)
    settle(window)
    parked = row_of(window, ticket.id)
    assert (parked.state, parked.reason) == ("parked", "copying")
    assert handling.area.is_resting()
    handling.open_ticket(parked)
    settle(window)
    assert row_of(window, ticket.id).state == "called"


def test_a_time_that_is_over_is_refused_beside_the_queue(window: Window, handling: Handling) -> None:
    ticket = called(window)
    handling._park_ticket(ticket.id, "", "00:00")
    settle(window)
    assert "00:00" in window.shell.counter.queue.hint.text()
    assert row_of(window, ticket.id).state == "called"


def test_a_ticket_goes_to_another_item_and_its_form_goes_with_it(window: Window, handling: Handling) -> None:
    ticket = called(window)
    press(window, Key.Key_F5, Qt.KeyboardModifier.ShiftModifier)
    panel = handling.panels.take
    assert panel is not None
    panel.search.setText("LS-001")
    settle(window)
    QTest.keyClick(panel.search, Key.Key_Return)
    settle(window)
    moved = row_of(window, ticket.id)
    assert (moved.state, moved.item, moved.number) == ("waiting", "LS-001", ticket.number)
    assert handling.area.panel(ticket.id) is None


def test_a_skipped_ticket_and_a_mistake_taken_back(window: Window, handling: Handling) -> None:
    ticket = called(window)
    press(window, Key.Key_F4, Qt.KeyboardModifier.ShiftModifier)
    assert row_of(window, ticket.id).state == "waiting"
    handling.move(row_of(window, ticket.id), move_named("undo"))
    settle(window)
    assert row_of(window, ticket.id).state == "called"
    handling.move(row_of(window, ticket.id), move_named("missed"))
    settle(window)
    handling.move(row_of(window, ticket.id), move_named("undo"))
    settle(window)
    assert row_of(window, ticket.id).state == "waiting"


def test_who_did_not_come_leaves_no_empty_form_but_what_was_typed_stays(
    window: Window, handling: Handling
) -> None:
    """At noon the forms of all who did not come would lie there: each act is dearer with each of them."""
    empty = called(window)
    handling.move(row_of(window, empty.id), move_named("missed"))
    settle(window)
    assert handling.area.panel(empty.id) is None
    assert handling.area.is_resting()
    begun = called(window)
    in_hand(window).form.boxes["applicant.name"].put("王秀兰")
    settle(window)
    handling.move(row_of(window, begun.id), move_named("hold"))
    settle(window)
    assert handling.area.is_resting()
    panel = handling.area.panel(begun.id)
    assert panel is not None
    assert panel.draft.values["applicant.name"] == "王秀兰"


def test_a_visit_without_a_case_ends_and_takes_its_form_away(window: Window, handling: Handling) -> None:
    ticket = called(window)
    press(window, Key.Key_F7, Qt.KeyboardModifier.ShiftModifier)
    assert [row.id for row in window.shell.counter.queue.rows() if row.id == ticket.id] == []
    assert handling.area.panel(ticket.id) is None


def test_pressing_f2_again_puts_several_items_onto_one_number(window: Window, handling: Handling) -> None:
    handling.open_take_panel("ticket")
    settle(window)
    panel = handling.panels.take
    assert panel is not None
    for code in ("SA-001", "LS-001", "SA-001"):
        panel.search.setText(code)
        settle(window)
        press(window, Key.Key_F2)
    assert panel.basket == {"SA-001": 2, "LS-001": 1}
    assert "×2" in panel.chosen_so_far.text()
    before = {row.id for row in window.shell.counter.queue.rows()}
    QTest.keyClick(panel.search, Key.Key_Return)
    settle(window)
    (taken,) = [row for row in window.shell.counter.queue.rows() if row.id not in before]
    assert [(one.item, one.quantity) for one in taken.services] == [("SA-001", 2), ("LS-001", 1)]


def test_the_space_bar_puts_an_item_in_and_takes_it_out(window: Window, handling: Handling) -> None:
    handling.open_take_panel("ticket")
    settle(window)
    panel = handling.panels.take
    assert panel is not None
    for key in (Key.Key_Down, Key.Key_Space, Key.Key_Down, Key.Key_Space):
        QTest.keyClick(panel.search, key)
    first = next(iter(panel.basket))
    QTest.keyClick(panel.search, Key.Key_Space)
    assert panel.basket == {first: 1}
    QTest.keyClick(panel.search, Key.Key_Backspace)
    assert panel.basket == {}
    assert panel.chosen_so_far.isHidden()
    QTest.keyClicks(panel.search, "a b")
    assert (panel.search.text(), panel.basket) == ("a b", {})


def test_the_next_item_of_a_visit_comes_by_f3_without_queueing_again(
    desk: Desk, window: Window, handling: Handling
) -> None:
    wish = TakeTicket("LS-001", "emergency", more=(Asked("LS-002"),))
    name = take_ticket(desk, wish, new_command()).answer.id
    # The emergency of the filled queue came before.
    called(window)
    handling.reload()
    settle(window)
    assert called(window).id == name
    assert len(handling.strip.services.texts()) == 2
    fill(in_hand(window), desk)
    in_hand(window).press()
    settle(window)
    assert window.shell.counter.queue.call.text() == desk.texts("ui.queue.next_item")
    press(window, Key.Key_F3)
    assert (in_hand(window).draft.ticket, in_hand(window).draft.item.code) == (name, "LS-002")


def test_less_common_actions_are_offered_only_where_the_rules_allow_them(window: Window) -> None:
    names = [move.name for move in more_moves_of(called(window))]
    assert names == ["skip", "park", "transfer", "done", "undo"]
