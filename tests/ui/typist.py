"""A process of its own: the real window of a profile, typed into by real key events until it is killed.

Run as a script with the folder of the profile and a seed. After each key it prints a line of JSON: the time,
what stands in the fields, which field has the focus and where its cursor is.
"""

import json
import random
import sys
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from station_desk.main.desk import run_desk
from station_desk.main.start import application
from station_desk.ui.counter_page.request_panel import RequestPanel
from station_desk.ui.shell import Shell

TEXTS = ("110105194912310", "wang xiulan", "13912345678", "qingshiqiao 3 zu 12 hao", "hebei baoding", "2026")
KEY_MS = 35
ITEM = "FP-001"


class Typist(QObject):
    """Waits for the window, begins a request, then types field after field, and here and there goes back."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._dice = random.Random(seed)
        self._texts = [*TEXTS]
        self._timer = QTimer(self, interval=KEY_MS)
        self._timer.timeout.connect(self._next)
        self._timer.start()

    def _next(self) -> None:
        shell = next((w for w in QApplication.topLevelWidgets() if isinstance(w, Shell)), None)
        handling = getattr(shell.counter, "handling", None) if shell else None
        if shell is None or handling is None:
            return
        panel = handling.area.current()
        if panel is None:
            shell.activateWindow()
            handling.begin_without_ticket(ITEM, with_agent=False)
        else:
            self._type(panel)

    def _type(self, panel: RequestPanel) -> None:
        target = QApplication.focusWidget()
        if target is None:
            return
        text = self._texts[0]
        if text:
            character, self._texts[0] = text[0], text[1:]
            if self._dice.random() < 0.1:
                event = QInputMethodEvent()
                event.setCommitString("王")
                QCoreApplication.sendEvent(target, event)
            elif self._dice.random() < 0.05:
                QTest.keyClick(target, Qt.Key.Key_Left)
            QTest.keyClicks(target, character)
        elif len(self._texts) > 1:
            self._texts.pop(0)
            QTest.keyClick(target, Qt.Key.Key_Return)
        else:
            self._texts[0] = "0"
        place, cursor = panel.place_in_focus()
        state = {"at": time.monotonic(), "values": panel.draft.values, "place": place, "cursor": cursor}
        sys.stdout.write(json.dumps(state) + "\n")
        sys.stdout.flush()


def main() -> int:
    """The window with its typist; ends only by being killed."""
    application()
    typist = Typist(int(sys.argv[2]))
    code = run_desk(Path(sys.argv[1]), "zh-Hans")
    typist.deleteLater()
    return code


if __name__ == "__main__":
    raise SystemExit(main())
