"""No word stands on another: at any size of text, on small and large screens, at every scale of a screen."""

import os
import subprocess
import sys
from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from station_desk.main.screenshots import settle
from station_desk.ui.frame.hit_panel import HitPanel
from tests.ui.conftest import MakeDesk, OpenWindow, fill_queue
from tests.ui.test_case_pages import accepted
from tests.ui.test_fits import LONG, WIDTHS, cut_off, states

pytestmark = pytest.mark.long

SCALES = ("1.5", "2")
SMALL, LARGE = WIDTHS
LOOKS = (
    ("zh-Hans", 1.0, SMALL), ("zh-Hans", 1.25, SMALL), ("zh-Hans", 1.5, SMALL), ("zh-Hant", 1.5, SMALL),
    ("en", 1.25, SMALL), ("en", 1.5, SMALL), ("zh-Hans", 1.5, LARGE), ("en", 1.5, LARGE),
)  # fmt: skip


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("language", "factor", "size"), LOOKS, ids=lambda part: str(part).strip("()").split(",")[0]
)
def test_no_word_stands_on_another(
    make_desk: MakeDesk, open_on: OpenWindow, language: str, factor: float, size: tuple[int, int]
) -> None:
    desk = make_desk(language)
    fill_queue(desk)
    accepted(desk, "SA-001", "欧阳娜娜")
    window = open_on(desk, "light", factor)
    window.shell.resize(*size)
    for name, show in states(window, LONG if size == SMALL and factor == 1.5 else LONG[:1]):
        show()
        settle(window)
        assert (window.shell.width(), window.shell.height()) == size, f"{name} makes the window grow"
        found = [*overlapping(window.shell), *cut_off(window.shell)]
        assert not found, f"{name}: " + "\n".join(found)


@pytest.mark.timeout(300)
@pytest.mark.parametrize("scale", SCALES)
def test_a_finer_screen_cuts_nothing_off(scale: str) -> None:
    # Qt reads the scale of the screen once, when the program begins.
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider"]
    chosen = f"{__file__}::test_no_word_stands_on_another[zh-Hans-1.0-1366]"
    done = subprocess.run(
        [*command, chosen], env={**os.environ, "QT_SCALE_FACTOR": scale}, capture_output=True, text=True,
        check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-3000:]
    assert "1 passed" in done.stdout


def test_words_on_words_are_found(make_desk: MakeDesk, open_on: OpenWindow) -> None:
    shell = open_on(make_desk("zh-Hans")).shell
    label = QLabel("上", shell)
    label.setGeometry(shell.counter.queue.call.geometry())
    label.move(shell.counter.queue.call.mapTo(shell, QPoint(0, 0)))
    label.show()
    assert any("'上'" in found for found in overlapping(shell))


def overlapping(shell: QWidget) -> Iterator[str]:
    """Pairs of words that share a place; the hits of the search lie above the page and are passed over."""
    above = shell.findChild(HitPanel)
    told = [
        (widget, QRect(widget.mapTo(shell, QPoint(0, 0)), widget.size()) & _seen(widget, shell))
        for widget in shell.findChildren(QWidget)
        if isinstance(widget, QLabel | QAbstractButton | QLineEdit)
        and widget.isVisible()
        and widget.text()
        and not (above and above.isAncestorOf(widget))
    ]
    for (one, first), (other, second) in combinations(told, 2):
        shared = first & second
        # A dialog stands over the page on purpose.
        related = one.isAncestorOf(other) or other.isAncestorOf(one) or one.window() is not other.window()
        if shared.width() > 1 and shared.height() > 1 and not related:
            yield f"{one.text()!r} at {first} on {other.text()!r} at {second}"


def _seen(widget: QWidget, shell: QWidget) -> QRect:
    # A page that scrolls shows a part of what stands in it.
    seen = shell.rect()
    above = widget.parentWidget()
    while above is not None and above is not shell:
        seen &= QRect(above.mapTo(shell, QPoint(0, 0)), above.size())
        above = above.parentWidget()
    return seen
