"""How we stand with the district is always in sight, in words."""

import pytest

from station_desk.counter.desk import Desk
from station_desk.counter.sync_state import How, SyncState
from station_desk.main.window import Window

SINCE = "2026-11-22T10:42:00+08:00"


@pytest.mark.parametrize(
    ("how", "waiting", "words"),
    [
        ("alone", 4, "单机办理"),
        ("synced", 0, "已同步"),
        ("waiting", 3, "待传 3"),
        ("offline", 5, "10:42 起离线 · 待传 5"),
        ("refused", 2, "区级拒收 · 待传 2"),
    ],
)
def test_each_state_has_its_words(window: Window, how: How, waiting: int, words: str) -> None:
    window.shell.sync.show_state(SyncState(how, waiting, 0, SINCE, ""))
    assert window.shell.sync.text() == words


def test_the_reason_is_told(window: Window) -> None:
    window.shell.sync.show_state(SyncState("refused", 2, 0, SINCE, "密钥已停用"))
    assert "密钥已停用" in window.shell.sync.toolTip()
    assert window.shell.sync.accessibleDescription() == "密钥已停用"


def test_a_counter_that_works_alone_asks_no_network(window: Window, desk: Desk) -> None:
    window.rhythm.sync()
    assert window.shell.sync.text() == desk.texts("ui.sync.alone")
    assert desk.store.about().get("sync_trouble", "") == ""
