"""A receipt code pasted into the search: genuine, altered or unknown, in three languages."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_desk.cases.number import CaseNumber
from station_desk.core.clock import now
from station_desk.counter.desk import Desk
from station_desk.counter.receipt_codes import code_of
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.protocol.receipt_code import signed_code
from station_desk.protocol.signing import new_key
from tests.ui.conftest import LANGUAGES, MakeDesk, OpenWindow
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import cut_off

WORDS = {
    "genuine": ("回执真实", "回執真實", "Genuine receipt"),
    "altered": ("回执不符", "回執不符", "Receipt altered"),
    "unknown": ("真伪未知", "真偽未知", "Not proved"),
}


def paste(window: Window, code: str) -> None:
    """As somebody does it who has the code on the screen; a scanner is heard before any field is."""
    box = window.shell.search.box
    box.setFocus()
    box.clear()
    box.insert(code)
    QTest.keyClick(box, Qt.Key.Key_Return)
    settle(window)


def codes(desk: Desk) -> dict[str, str]:
    """The code of a real case, the same altered, and that of another station's counter."""
    good = code_of(desk, desk.store.case(accepted(desk, "LS-001", "单小红")))
    elsewhere = signed_code(new_key(), CaseNumber("QSQ009", now().date(), "01", 7), now())
    other = "B" if good[90] == "A" else "A"
    return {
        "genuine": good,
        "altered": good[:90] + other + good[91:],
        "unknown": elsewhere,
    }


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_scan_says_whether_the_receipt_is_genuine(
    make_desk: MakeDesk, open_on: OpenWindow, language: str
) -> None:
    desk = make_desk(language)
    scanned = codes(desk)
    window = open_on(desk)
    panel = window.shell.search.panel
    for verdict, words in WORDS.items():
        paste(window, scanned[verdict])
        assert panel.isVisible()
        assert panel.proof.isVisible()
        assert panel.verdict.text() == words[LANGUAGES.index(language)]
        assert len(panel.verdict_words.text()) > 10
        assert list(cut_off(panel)) == []
        assert len(panel.titles()) == (1 if verdict == "genuine" else 0)


def test_the_next_search_says_nothing_of_receipts(desk: Desk, open_on: OpenWindow) -> None:
    scanned = codes(desk)
    window = open_on(desk)
    paste(window, scanned["genuine"])
    window.shell.search.ask("sxh")
    settle(window)
    assert window.shell.search.panel.titles()[0].endswith("单*红")
    assert not window.shell.search.panel.proof.isVisible()


def test_enter_opens_the_case_of_a_genuine_receipt(desk: Desk, open_on: OpenWindow) -> None:
    scanned = codes(desk)
    window = open_on(desk)
    paste(window, scanned["genuine"])
    QTest.keyClick(window.shell.search.box, Qt.Key.Key_Return)
    settle(window)
    shown = window.shell.progress.panel.case()
    assert shown is not None
    assert shown.applicant.name == "单*红"
