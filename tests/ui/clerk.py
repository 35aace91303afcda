"""A trained clerk at the window: real key events, each counted as the resident's data or as one too many."""

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QRadioButton, QWidget

from station_desk.cases.parts import Applicant
from station_desk.counter.desk import Desk
from station_desk.main.demo.people import RESIDENTS, applicant_of
from station_desk.main.demo.visits import Visit, good_form
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.counter_page.request_panel import RequestPanel
from tests.ui.conftest import in_hand

PAUSE_MS = 330
"""More than the window waits for the end of a scan and before it looks a resident up."""

HAND_MS = 40


class Clerk:
    """`presses` are the keys beyond the data, `typed` the places that were filled by typing or choosing."""

    def __init__(self, window: Window) -> None:
        self.window = window
        self.presses: list[str] = []
        self.typed: list[str] = []

    def press(self, key: str) -> None:
        """One key with its modifiers, wherever the focus is."""
        QTest.keySequence(self.focused(), QKeySequence(key))
        self.presses.append(key)
        settle(self.window)

    def type(self, text: str) -> None:
        """The resident's own data, where the focus is; an input method hands Chinese over at once."""
        self.typed.append(self.place())
        target = self.focused()
        if isinstance(target, QComboBox | QRadioButton):
            self._choose(target, text)
        elif text.isascii():
            # A hand, not a scanner: it is slower between its first keys than any scanner is.
            QTest.keyClicks(target, text[:1])
            QTest.qWait(HAND_MS)
            QTest.keyClicks(target, text[1:])
        else:
            event = QInputMethodEvent()
            event.setCommitString(text)
            QCoreApplication.sendEvent(target, event)
        QTest.qWait(PAUSE_MS)
        settle(self.window)

    def place(self) -> str:
        """The place of the form in which the clerk works."""
        panel = self.window.shell.counter.handling.area.current()
        return panel.place_in_focus()[0] if panel else ""

    def focused(self) -> QWidget:
        # A menu that is open takes the keys, whatever has the focus below it.
        return QApplication.activePopupWidget() or QApplication.focusWidget() or self.window.shell

    def _choose(self, target: QWidget, text: str) -> None:
        if isinstance(target, QComboBox):
            while target.currentData() != text:
                QTest.keyClick(target, Qt.Key.Key_Down)
                settle(self.window)
            return
        box = in_hand(self.window).form.boxes[self.place()]
        QTest.keyClick(target, Qt.Key.Key_Space)
        settle(self.window)
        while box.value() != text:
            QTest.keyClick(self.focused(), Qt.Key.Key_Right)
            settle(self.window)


def first_visit(clerk: Clerk, desk: Desk, visit: Visit) -> Applicant:
    """From the called ticket to the receipt, all typed; answers who was served."""
    who = applicant_of(RESIDENTS[visit.resident], visit.resident + 1)
    clerk.press("F3")
    _block(clerk, who, agent=visit.agent)
    _rest(clerk, desk, visit)
    clerk.press("F9")
    return who


def second_visit(clerk: Clerk, desk: Desk, visit: Visit, who: Applicant) -> None:
    """The same again: the number is typed, everything known is confirmed by one key."""
    clerk.press("F3")
    clerk.type(who.id_number)
    clerk.press("Return")
    clerk.press("F12")
    _rest(clerk, desk, visit)
    clerk.press("F9")


def _block(clerk: Clerk, who: Applicant, *, agent: bool) -> None:
    texts = [who.id_number, who.name, who.phone, who.address]
    last = max(n for n, text in enumerate(texts) if text)
    for n, text in enumerate(texts):
        if text:
            clerk.type(text)
        if n < last:
            clerk.press("Return")
    if agent:
        clerk.press("F9")
        clerk.type("王建设")


def _rest(clerk: Clerk, desk: Desk, visit: Visit) -> None:
    """Whatever still lacks, in the order of the form: answers, all papers by one key, the reason."""
    form = good_form(visit, desk.item(visit.item), desk.catalogue, "")
    while lacking := _lacking(in_hand(clerk.window)):
        if lacking.startswith("material."):
            clerk.press("Ctrl+M")
            continue
        if clerk.place() != lacking:
            clerk.press("F9")
        assert clerk.place() == lacking, (clerk.place(), lacking, clerk.presses)
        clerk.type("再次办理" if lacking == "repeat.reason" else form.answers[lacking])


def _lacking(panel: RequestPanel) -> str:
    return next((fault.field for fault in panel.faults() if fault.blocks), "")
