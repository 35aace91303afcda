"""Several items as one matter, in the window: tick what goes together, one form, one key, all receipts."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.store.lists import case_count, open_cases
from station_desk.ui.counter_page.bundle_card import BundleCard
from station_desk.ui.counter_page.request_panel import RequestPanel
from tests.ui.conftest import OpenWindow, fill, in_hand, open_request


def tick(window: Window, code: str) -> RequestPanel:
    """Ticks or unticks an item that may go together with the one in hand."""
    strip = in_hand(window).together
    assert strip is not None
    strip.ticks[code].click()
    settle(window)
    return in_hand(window)


def test_an_item_that_goes_with_nothing_offers_nothing(window: Window) -> None:
    assert open_request(window, "SA-001").together is None


def test_what_goes_together_joins_the_form_and_leaves_it_again(window: Window) -> None:
    panel = open_request(window, "HF-001")
    assert panel.together is not None
    assert list(panel.together.ticks) == ["LS-014", "HF-002"]
    panel.form.boxes["applicant.name"].put("王秀兰")
    assert "child" not in panel.form.boxes
    panel = tick(window, "HF-002")
    assert panel.form.boxes["applicant.name"].value() == "王秀兰"
    assert {"child", "live_in_local"} <= set(panel.form.boxes)
    assert list(panel.beside.rows) == [m.key for m in panel.draft.item.material]
    assert panel.together is not None
    assert panel.together.ticks["HF-002"].hasFocus()
    panel = tick(window, "HF-002")
    assert "child" not in panel.form.boxes
    assert panel.draft.together == ()
    assert panel.form.boxes["applicant.name"].value() == "王秀兰"


def test_one_key_accepts_all_and_prints_every_receipt(desk: Desk, open_on: OpenWindow) -> None:
    window = open_on(desk)
    open_request(window, "HF-001")
    tick(window, "LS-014")
    panel = tick(window, "HF-002")
    panel.press()
    settle(window)
    assert sum(case_count(desk.store).values()) == 0, "with faults nothing is accepted"
    fill(panel, desk)
    panel.form.boxes["bank"].put("6222020000000000")
    panel.press()
    settle(window)
    cases = [desk.store.case(row.number) for row in open_cases(desk.store)]
    assert sorted(case.item for case in cases) == ["HF-001", "HF-002", "LS-014"]
    assert len({case.bundle for case in cases}) == 1
    receipts = sorted(file.name for file in desk.store.profile.papers.iterdir())
    assert receipts == sorted(f"{case.number}-receipt-1.pdf.sealed" for case in cases)
    card = window.shell.counter.handling.area.currentWidget()
    assert isinstance(card, BundleCard)
    assert {label.text() for label in card.printed.values()} == {desk.texts("ui.done.printed", copy=1)}
    QTest.qWait(10)
    card.close_button.setEnabled(True)
    QTest.mouseClick(card.close_button, Qt.MouseButton.LeftButton)
    settle(window)
    assert window.shell.counter.handling.area.is_resting()


def test_the_ticket_in_hand_ends_with_the_bundle(window: Window, desk: Desk) -> None:
    handling = window.shell.counter.handling
    row = next(row for row in window.shell.counter.queue.rows() if row.item == "HF-001")
    handling.open_ticket(row)
    settle(window)
    panel = tick(window, "LS-014")
    fill(panel, desk)
    panel.press()
    settle(window)
    assert desk.store.ticket(row.id).state == "done"
    assert row.id not in {ticket.id for ticket in window.shell.counter.queue.rows()}
