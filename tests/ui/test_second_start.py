"""One window a profile: a second start raises the first."""

import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile
from pytestqt.qtbot import QtBot

from station_desk.core.clock import now
from station_desk.core.paths import RESOURCES
from station_desk.core.texts import Texts
from station_desk.counter.set_up import SetUp
from station_desk.main.desk import LOCK
from station_desk.main.first_steps import FirstSteps
from station_desk.main.open_desk import set_up_desk
from station_desk.main.second_start import instance_name, listen, raise_first
from station_desk.main.window import Window
from tests.ui.test_first_paint import UNTIL_JOINED


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


@pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints", extend=True)
def test_a_second_start_raises_the_first_run_too(tmp_path: Path, qtbot: QtBot) -> None:
    lock = QLockFile(str(tmp_path / LOCK))
    assert lock.tryLock(0)
    first = FirstSteps(tmp_path, Texts(RESOURCES / "i18n", "zh-Hans"))
    wizard = first.first.flow.wizard
    wizard.showMinimized()
    second = subprocess.Popen([sys.executable, "-m", "station_desk", "--profile", str(tmp_path)])
    qtbot.waitUntil(lambda: second.poll() is not None, timeout=30_000)
    assert second.returncode == 0
    qtbot.waitUntil(lambda: not wizard.isMinimized())
    wizard.close()
    lock.unlock()


@pytest.mark.long
def test_two_profiles_work_side_by_side(window: Window, tmp_path: Path) -> None:
    folder = window.reports.parent
    lock = QLockFile(str(folder / LOCK))
    assert lock.tryLock(0)
    listen(instance_name(folder), window.shell)
    set_up_desk(tmp_path / "other", SetUp("QSQ001", "另一个", "3"), "zh-Hans", now).store.close()
    done = subprocess.run(
        [sys.executable, "-c", UNTIL_JOINED, str(tmp_path / "other")], capture_output=True, text=True,
        check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "等候 0" in done.stdout
    lock.unlock()


def test_two_profiles_have_two_names(tmp_path: Path) -> None:
    assert instance_name(tmp_path / "a") != instance_name(tmp_path / "b")
    assert instance_name(tmp_path / "a") == instance_name(tmp_path / "b" / ".." / "a")


def test_a_window_that_does_not_answer_is_not_taken_for_one_that_does(tmp_path: Path) -> None:
    assert not raise_first(instance_name(tmp_path), patience=0.3)
