"""The display fills the second screen where there is one, and leaves the clerk's own alone."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.end2end.conftest import Run

SCREENS = [
    {"name": "desk", "x": 0, "y": 0, "width": 1366, "height": 768},
    {"name": "hall", "x": 1366, "y": 0, "width": 1920, "height": 1080},
]
OPEN = """
import sys
from pathlib import Path
from PySide6.QtCore import QTimer
from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.main.open_desk import published_for
from station_desk.main.start import application
from station_desk.store.profile import Profile
from station_desk.ui.hall.display import HallDisplay
from station_desk.ui.look.fonts import load_fonts

app = application()
family = load_fonts(paths.RESOURCES / "fonts")
profile = Path(sys.argv[1])
display = HallDisplay(Profile(profile), published_for(profile, now).forms.catalogue, "zh-Hans", now, family)
display.closed.connect(app.quit)
display.open()
def told():
    screen = display.screen
    if screen.is_drawn() and screen.showing().turning.station:
        where = screen.geometry()
        print(screen.screen().name(), screen.isFullScreen(), *where.getRect())
        screen.close()
look = QTimer(interval=20)
look.timeout.connect(told)
look.start()
app.exec()
"""


@pytest.mark.long
def test_it_fills_the_second_screen(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "screens.json"
    config.write_text(json.dumps({"screens": SCREENS}), "utf-8")
    environment = {**os.environ, "QT_QPA_PLATFORM": f"offscreen:configfile={config}"}
    command = [sys.executable, "-c", OPEN, str(run.profile)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=90, check=False)
    assert done.stdout.split() == ["hall", "True", "1366", "0", "1920", "1080"], done.stderr
