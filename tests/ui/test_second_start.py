"""One window a profile: a second start raises the first."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from pytestqt.qtbot import QtBot

from station_desk.main.desk import LOCK
from station_desk.main.second_start import instance_name, listen, raise_first
from station_desk.main.window import Window


@pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints", extend=True)
def test_a_second_start_raises_the_first_window(window: Window, qtbot: QtBot) -> None:
    folder = window.reports.parent
    lock = QLockFile(str(folder / LOCK))
    assert lock.tryLock(0)
    listen(instance_name(folder), window.shell)
    window.shell.showMinimized()
    second = subprocess.Popen([sys.executable, "-m", "station_desk", "--profile", str(folder)])
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert second.returncode == 0
    qtbot.waitUntil(lambda: not window.shell.isMinimized())
    lock.unlock()


def test_two_profiles_have_two_names(tmp_path: Path) -> None:
    assert instance_name(tmp_path / "a") != instance_name(tmp_path / "b")
    assert instance_name(tmp_path / "a") == instance_name(tmp_path / "b" / ".." / "a")


def test_a_window_that_does_not_answer_is_not_taken_for_one_that_does(tmp_path: Path) -> None:
    assert not raise_first(instance_name(tmp_path), patience=0.3)
