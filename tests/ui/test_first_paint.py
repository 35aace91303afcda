"""The first rows are painted before anything heavy is loaded."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from station_desk.counter.desk import Desk
from tests.store.staffed import staffed
from tests.ui.conftest import fill_queue

HEAVY = (
    "sqlalchemy",
    "alembic",
    "msgspec",
    "reportlab",
    "PIL",
    "qrcode",
    "barcode",
    "pypinyin",
    "asyncio",
    "httpx2",
    "cryptography",
    "numpy",
    "concurrent.futures",
    "platform",
    "station_desk.main.first_steps",
    "station_desk.catalogue",
    "station_desk.counter",
    "station_desk.store.desk_store",
    "station_desk.store.damage",
    "tomllib",
    "station_desk.sync",
    "station_desk.printing",
)
QT_BEFORE = {"PySide6.QtCore", "PySide6.QtGui", "PySide6.QtWidgets"}

# The first thing the window does after its first paint is to ask this module for a name: there it is looked
# at.
AT_FIRST_PAINT = """
import json, linecache, os, sys, types
from pathlib import Path

class AfterPaint(types.ModuleType):
    def __getattr__(self, name):
        from PySide6.QtWidgets import QApplication
        (shell,) = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        rows = [row.number for row in shell.counter.queue.rows()]
        read = [file for file in linecache.cache if "station_desk" in file]
        stubs = [str("generate_pyi" in vars(one)) for name, one in sys.modules.items() if "pyi_" in name]
        found = {"modules": sorted(sys.modules), "rows": rows, "read": read, "stubs": stubs}
        print(json.dumps(found), flush=True)
        os._exit(0)

sys.modules["station_desk.main.second_start"] = AfterPaint("after_paint")
from station_desk.main.cli import main
main(["--profile", sys.argv[1]])
"""


@pytest.fixture
def at_first_paint(desk: Desk) -> dict[str, list[str]]:
    fill_queue(desk)
    done = subprocess.run(
        [sys.executable, "-c", AT_FIRST_PAINT, str(desk.store.profile.folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, list[str]] = json.loads(done.stdout)
    return found


def test_the_first_paint_shows_the_real_queue_and_loads_nothing_heavy(
    at_first_paint: dict[str, list[str]],
) -> None:
    assert sorted(at_first_paint["rows"]) == ["A001", "A002", "B001", "C001", "D001", "F001", "G001"]
    loaded = at_first_paint["modules"]
    assert [name for name in loaded if name.startswith(HEAVY)] == []


def test_no_source_is_read_for_what_is_loaded(at_first_paint: dict[str, list[str]]) -> None:
    assert at_first_paint["read"] == []


def test_what_writes_stubs_is_not_loaded(at_first_paint: dict[str, list[str]]) -> None:
    assert set(at_first_paint["stubs"]) == {"False"}


def test_only_three_modules_of_qt_are_loaded_before_the_first_paint(
    at_first_paint: dict[str, list[str]],
) -> None:
    qt = {name for name in at_first_paint["modules"] if name.startswith("PySide6.Qt")}
    assert qt == QT_BEFORE


# Looks at the window of a folder that holds no counter, types one thing, and closes it.
FIRST_RUN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from station_desk.main.desk import run_desk
from station_desk.main.start import application

def look():
    for wizard in application().topLevelWidgets():
        if getattr(wizard, "fields", None):
            timer.stop()
            wizard.fields.boxes["name"].put("青石桥")
            print(wizard.windowTitle())
            wizard.close()

timer = QTimer(application(), interval=20)
timer.timeout.connect(look)
timer.start()
sys.exit(run_desk(Path(sys.argv[1]), "zh-Hans"))
"""


def test_a_folder_without_a_station_gets_the_first_run(tmp_path: Path) -> None:
    folder = tmp_path / "nobody"
    done = subprocess.run(
        [sys.executable, "-c", FIRST_RUN, str(folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip()) == (0, "第一次使用")
    assert "Traceback" not in done.stderr
    assert not (folder / "desk.db").exists()
    assert json.loads((folder / "first-run.json").read_text("utf-8"))["station"]["name"] == "青石桥"


# Closes the window as soon as everything behind the first paint has come.
UNTIL_JOINED = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from station_desk.main.desk import run_desk
from station_desk.main.start import application

def look():
    for shell in application().topLevelWidgets():
        if hasattr(shell, "finished") and shell.status.edition.text():
            timer.stop()
            print(shell.counter.queue.count.text(), shell.status.edition.text())
            shell.close()

timer = QTimer(application(), interval=20)
timer.timeout.connect(look)
timer.start()
sys.exit(run_desk(Path(sys.argv[1]), "zh-Hans"))
"""


def test_the_desk_opens_behind_the_first_paint_and_the_program_ends_cleanly(desk: Desk) -> None:
    fill_queue(desk)
    done = subprocess.run(
        [sys.executable, "-c", UNTIL_JOINED, str(desk.store.profile.folder)],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert (done.returncode, done.stdout.strip()) == (0, f"等候 7 目录版本 {desk.catalogue.edition}")
    assert "Traceback" not in done.stderr


def test_with_accounts_the_first_paint_is_the_sign_in_and_loads_nothing_heavy_either(desk: Desk) -> None:
    fill_queue(desk)
    staffed(desk)
    code = AT_FIRST_PAINT.replace(
        "rows = [row.number for row in shell.counter.queue.rows()]",
        "rows = [str(shell.is_locked()), str(shell.body().isVisible())]",
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(desk.store.profile.folder)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["rows"] == ["True", "False"]
    assert [name for name in found["modules"] if name.startswith(HEAVY)] == []
    assert {name for name in found["modules"] if name.startswith("PySide6.Qt")} == QT_BEFORE
