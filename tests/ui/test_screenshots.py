"""The pictures of the demo show the window at work, at the sizes of common screens."""

from pathlib import Path

import pytest
from PySide6.QtGui import QImage

from station_desk.counter.desk import Desk
from station_desk.main.screenshots import screenshots
from station_desk.main.window import Window


@pytest.mark.long
def test_each_page_is_pictured_at_both_sizes(window: Window, desk: Desk, tmp_path: Path) -> None:
    made = screenshots(window, tmp_path / "pictures")
    sizes = {file.stem: (QImage(str(file)).width(), QImage(str(file)).height()) for file in made}
    assert sizes == {
        f"window-{page}-{width}x{height}": (width, height)
        for page in ("counter", "progress", "finished", "guide", "calendar", "settings")
        for width, height in ((1366, 768), (1920, 1080))
    } | {f"hall-{w}x{h}": (w, h) for w, h in ((1366, 768), (1920, 1080), (1080, 1920))}


def test_the_example_in_the_picture_leaves_no_trace(window: Window, desk: Desk, tmp_path: Path) -> None:
    screenshots(window, tmp_path / "pictures")
    assert window.shell.counter.handling.area.is_resting()
    assert desk.store.read("SELECT count(*) FROM cases") == [(0,)]
    assert [row.state for row in window.shell.counter.queue.rows()].count("called") == 1
