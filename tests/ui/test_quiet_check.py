"""Everything is checked by itself when nobody is here; whoever comes back stops it; the head sees its age."""

from datetime import timedelta

import pytest
from pytestqt.qtbot import QtBot

from station_desk.counter.care import care_now
from station_desk.counter.checks import CHECKED_AT, check_by_itself
from station_desk.main.window import Window
from station_desk.store.verifying.finding import Finding
from station_desk.ui.care.quiet_check import QuietCheck

LONG = 60_000


def quiet(_done: int, _total: int) -> None:
    pass


def test_it_runs_when_nobody_is_here_and_tells_what_it_found(window: Window, qtbot: QtBot) -> None:
    desk = window.acts.desk
    assert "还没有全面核对过" in " ".join(care_now(desk).sentences)
    with desk.store.writing() as unit:
        unit.connection.execute("UPDATE serials SET value = value + 1 WHERE name LIKE 'case:%'")
        unit.connection.execute("INSERT INTO case_days VALUES ('2026-01-01', 3)")
    found: list[list[Finding]] = []
    check = QuietCheck(window.acts, "x", found.append, window, quiet=0.0)
    qtbot.waitUntil(lambda: bool(found), timeout=LONG)
    check.stop()
    assert {one.code for one in found[0]} == {"counts"}
    qtbot.waitUntil(lambda: desk.store.about().get("checked_found") == "1")
    assert "1 处与写入时不符" in " ".join(care_now(desk).sentences)


def test_whoever_comes_back_stops_it(window: Window, qtbot: QtBot) -> None:
    found: list[list[Finding]] = []
    check = QuietCheck(window.acts, "x", found.append, window, quiet=LONG)
    check.begin()
    check.idle.touch()
    check.give_way()
    qtbot.waitUntil(lambda: window.acts.tasks.is_idle("keep"), timeout=LONG)
    check.stop()
    assert found == []
    assert CHECKED_AT not in window.acts.desk.store.about()


@pytest.mark.long
def test_once_a_day_is_enough_while_all_is_well(window: Window) -> None:
    desk = window.acts.desk
    day_before = (desk.clock() - timedelta(hours=23)).isoformat()
    desk.store.set_about({CHECKED_AT: day_before, "checked_found": "0"})
    assert check_by_itself(desk, quiet) is None
    desk.store.set_about({"checked_found": "2"})
    assert check_by_itself(desk, quiet) == []
    assert "没有问题" in " ".join(care_now(desk).sentences)
