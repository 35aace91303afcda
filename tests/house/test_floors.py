"""Holds the floors and doors of the house: who may import whom, and which library stays in which room."""

import subprocess
import sys

from tests.house.tree import ROOT, imported, modules, room_of, rooms

# Also where a library is named as text only, which import-linter cannot see.
DOORS = {
    "PySide6": {"ui", "main"},
    "shiboken6": {"ui", "main"},
    "sqlalchemy": {"store", "district"},
    "alembic": {"store", "district"},
    "sqlcipher3": {"store", "district"},
    "psycopg": {"district"},
    "reportlab": {"printing"},
    "qrcode": {"printing"},
    "barcode": {"printing"},
    "xlsxwriter": {"catalogue"},
    "httpx2": {"sync"},
    "starlette": {"district", "main"},
    "uvicorn": {"main"},
}
# What the small half of Qt's wheels holds; the other half weighs twice as much and is partly GPL.
ESSENTIALS = {"QtCore", "QtGui", "QtWidgets", "QtSvg", "QtPrintSupport", "QtNetwork", "QtTest", "QtDBus"}
IMPORT_DISTRICT_WITHOUT_QT = """
import sys
sys.modules.update(dict.fromkeys(["PySide6", "shiboken6"]))
import station_desk.main.cli
import pkgutil, station_desk.district as district
for module in pkgutil.walk_packages(district.__path__, "station_desk.district."):
    __import__(module.name)
"""


def test_imports_go_down_only() -> None:
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports; raise SystemExit(lint_imports(no_logo=True))",
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_each_library_stays_behind_its_door() -> None:
    strangers = [
        f"{path} imports {name}; allowed in {sorted(DOORS[name.split('.')[0]])}"
        for path, tree in rooms().items()
        for name in imported(tree)
        if room_of(path) not in DOORS.get(name.split(".")[0], {room_of(path)})
    ]
    assert strangers == []


def test_only_the_essential_half_of_qt_is_used() -> None:
    heavy = [
        f"{path} imports {name}"
        for path, tree in modules().items()
        for name in imported(tree)
        if name.startswith("PySide6.") and name.split(".")[1] not in ESSENTIALS
    ]
    assert heavy == []


def test_the_district_runs_where_no_qt_is_installed() -> None:
    command = [sys.executable, "-c", IMPORT_DISTRICT_WITHOUT_QT]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
