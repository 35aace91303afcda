"""What listening for scanners costs a typist, and how many scans are heard: `python tests/bench/wedge.py`.

A real window (the screenless platform unless another is set), real key events, real time. From the press of
a key to its character in the field, beside the limit; without the wedge in the same run.
"""

import os
import sys
from datetime import date
from statistics import quantiles
from time import perf_counter

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtWidgets import QApplication, QLineEdit

from station_desk.counter.scanned import Scan, may_become_scan, read_scan
from station_desk.ui.scan.burst import FIRST_GAP_MS
from station_desk.ui.scan.wedge import Wedge
from tests.ui.scanner import press, scan, wait

PINYIN, DIGITS = "sxh wang qs dibao ", "13912345678 2026 600 11010519491231002X "
LIMIT_MS = 50.0
CODE = "QSQ001261120020031O"
SCANS = 200


def main() -> int:
    """Prints the figures; 1 when a limit is not kept."""
    app = QApplication([])
    line = QLineEdit()
    line.show()
    line.activateWindow()
    line.setFocus()
    while app.focusObject() is not line:
        wait(5)
    plain = {name: times(line, text) for name, text in (("pinyin", PINYIN), ("digits", DIGITS))}
    heard: list[Scan] = []
    wedge = Wedge(may_become_scan, lambda t: read_scan(t, date.today()), heard.append, ("QSQ001",), line)  # noqa: DTZ011
    kept = True
    for name, text in (("pinyin", PINYIN), ("digits and capitals", DIGITS)):
        p95 = quantiles(times(line, text), n=20)[-1]
        without = quantiles(plain[name.split()[0]], n=20)[-1]
        told = f"p95 {p95:.1f} ms (limit {LIMIT_MS:.0f}; without listening {without:.1f})"
        print(f"key to text, {name}: {told}")
        kept = kept and p95 <= LIMIT_MS
    line.clear()
    for number in range(SCANS):
        scan(CODE, gap=number % 21)
        wait(2)
    print(f"scans heard: {len(heard)} of {SCANS}, gaps 0 to 20 ms; typed into the field: {line.text()!r}")
    print(f"keys are held back at most {FIRST_GAP_MS:.0f} ms after the last one")
    wedge.stop()
    return 0 if kept and len(heard) == SCANS and not line.text() else 1


def times(line: QLineEdit, text: str) -> list[float]:
    """From each press to its character in the field, in milliseconds, at 20 keys a second."""
    found = []
    for character in text * 3:
        before, began = line.text(), perf_counter()
        press(character)
        while line.text() == before:
            wait(0.2)
        found.append((perf_counter() - began) * 1000)
        wait(max(0.0, 50 - found[-1]))
    return found


if __name__ == "__main__":
    sys.exit(main())
