"""How long until the first real rows are painted, beside a bare PySide6 table window: fresh processes,
interleaved.

usage: python tests/bench/first_paint.py [--runs 15] [--platform offscreen]
The limit is 1.25 times the bare window (issue 2, figures). Both children print one line at their first paint.
"""

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any
from uuid import uuid4

Run = dict[str, Any]
ROOT = Path(__file__).resolve().parents[2]
LIMIT = 1.25
TICKETS = 24

START = """
import json, os, sys, time
marks = {}
def mark(name):
    marks[name] = round((time.monotonic() - float(os.environ["T0"])) * 1e3, 1)
def done(*_):
    mark("paint")
    status = open("/proc/self/status").read()
    rss = int(status.split("VmRSS:")[1].split()[0]) // 1024
    cpu = round(time.process_time() * 1e3, 1)
    print(json.dumps({"marks": {**marks, "cpu": cpu}, "rss": rss, "modules": len(sys.modules)}), flush=True)
    os._exit(0)
mark("python")
"""

BARE = (
    START
    + """
from PySide6.QtCore import Qt, QAbstractTableModel, QModelIndex, QTimer
from PySide6.QtWidgets import QApplication, QTableView, QMainWindow
mark("imported")
app = QApplication(["x"])
class Model(QAbstractTableModel):
    def rowCount(self, parent=QModelIndex()): return 50
    def columnCount(self, parent=QModelIndex()): return 8
    def data(self, index, role=Qt.DisplayRole):
        if role == Qt.DisplayRole: return "\\u4e8b\\u9879 %d %d" % (index.row(), index.column())
class View(QTableView):
    def paintEvent(self, event):
        QTableView.paintEvent(self, event); QTimer.singleShot(0, done)
window = QMainWindow(); view = View(window); view.setModel(Model()); window.setCentralWidget(view)
window.resize(1200, 700); mark("built"); window.show(); mark("shown"); app.exec()
"""
)

# The first thing the window does after its first paint is to ask this module for a name: there the clock
# stops.
WINDOW = (
    START
    + """
import types
from pathlib import Path
class AfterPaint(types.ModuleType):
    def __getattr__(self, name): done()
sys.modules["station_desk.main.second_start"] = AfterPaint("after_paint")
from station_desk.main.desk import run_desk
run_desk(Path(os.environ["PROFILE"]), "zh-Hans")
"""
)
PROGRAM = WINDOW.replace(
    "from station_desk.main.desk import run_desk", "from station_desk.main.cli import main"
).replace('run_desk(Path(os.environ["PROFILE"]), "zh-Hans")', 'main(["--profile", os.environ["PROFILE"]])')


def main() -> int:
    """Prints both, and the ratio beside the limit; 1 when it is above."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--platform", default="offscreen")
    parser.add_argument("--profile", type=Path, help="a profile that is there already, instead of a new one")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        profile = options.profile or Path(folder) / "profile"
        if not options.profile:
            _make_profile(profile)
        # The compiled modules of an installed program lie ready; the first, uncounted run makes them here.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        found = _measure(
            {"bare": BARE, "window": WINDOW, "program": PROGRAM}, options.runs, options.platform, profile
        )
    for name, runs in found.items():
        marks = {mark: round(_median(runs, mark)) for mark in runs[0]["marks"]}
        print(f"{name:7} rss {runs[0]['rss']:3} MB  modules {runs[0]['modules']:3}  ms to {marks}")
    window = _ratio(found["window"], found["bare"], "paint")
    cpu = _ratio(found["window"], found["bare"], "cpu")
    program = _ratio(found["program"], found["bare"], "paint")
    print(f"first real rows / bare table window: {window:.2f} (limit {LIMIT}); in processor time {cpu:.2f}")
    print(f"the same through the command line: {program:.2f}")
    if options.json:
        print(json.dumps({"window": window, "cpu": cpu, "program": program}))
    return int(window > LIMIT)


def _ratio(ours: list[Run], bare: list[Run], mark: str) -> float:
    """Of the medians: on a shared machine single pairs scatter by a third."""
    return _median(ours, mark) / _median(bare, mark)


def _measure(scripts: dict[str, str], runs: int, platform: str, profile: Path) -> dict[str, list[Run]]:
    found: dict[str, list[Run]] = {name: [] for name in scripts}
    for run in range(runs + 1):
        for name, script in scripts.items():
            env = {
                **os.environ,
                "QT_QPA_PLATFORM": platform,
                "QT_LOGGING_RULES": "*=false",
                "PROFILE": str(profile),
                "T0": repr(time.monotonic()),
                "PYTHONPATH": str(ROOT),
            }
            done = subprocess.run(
                [sys.executable, "-c", script],
                env=env,
                capture_output=True,
                text=True,
                timeout=60,
                check=False,
            )
            if done.returncode or not done.stdout:
                raise SystemExit(f"{name} failed: {done.stderr[-2000:]}")
            if run:
                found[name].append(json.loads(done.stdout))
    return found


def _median(runs: list[Run], mark: str) -> float:
    return statistics.median(float(run["marks"][mark]) for run in runs)


def _make_profile(folder: Path) -> None:
    from station_desk.core.clock import now
    from station_desk.counter.queue import TakeTicket, take_ticket
    from station_desk.counter.set_up import SetUp
    from station_desk.main.open_desk import set_up_desk

    wish = SetUp("QSQ001", "青石桥社区公共服务站", "2", "陈立新")
    desk = set_up_desk(folder, wish, "zh-Hans", now)
    codes = list(desk.catalogue.items)
    for place in range(TICKETS):
        take_ticket(desk, TakeTicket(codes[place * 7 % len(codes)]), uuid4().hex)
    desk.store.close()


if __name__ == "__main__":
    sys.exit(main())
