"""Pictures of the window at work, for the demo and the README: each page at the sizes of common screens."""

from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop
from PySide6.QtWidgets import QLineEdit

from station_desk.main.hall.pictures import hall_pictures
from station_desk.main.window import Window

if TYPE_CHECKING:
    from station_desk.ui.counter_page.draft import Draft

SIZES = ((1366, 768), (1920, 1080))
PATIENCE_SECONDS = 60.0
EXAMPLE = {
    "applicant.id_number": "11010519491231002X",
    "applicant.name": "王秀兰",
    "applicant.phone": "1391234567",
    "applicant.address": "青石桥社区 3 组 12 号",
}
"""A person of the standard's own example number; the phone lacks a digit, which the form says."""


def screenshots(window: Window, folder: Path) -> list[Path]:
    """Saves the pages as PNG files and answers their paths.

    The counter page shows a ticket in hand: one that was called already, else the next is called for it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shell, handling = window.shell, window.shell.counter.handling
    settle(window)
    if not handling.is_one_called():
        handling.call_next()
        settle(window)
    key = handling.show_example(_fill)
    _look_at_the_fault(window)
    made = _pictures(window, "counter", folder)
    handling.area.end(key)
    for page in ("progress", "finished", "guide", "calendar", "settings"):
        shell.show_page(page)
        settle(window)
        made += _pictures(window, page, folder)
    shell.show_page("counter")
    return made + hall_pictures(window, folder)


def settle(window: Window) -> None:
    """Lets the lanes and the event loop come to rest. Raises TimeoutError when they do not."""
    until = monotonic() + PATIENCE_SECONDS
    quiet = 0
    while quiet < 3:
        QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        quiet = quiet + 1 if window.tasks.is_idle() and window.shell.listens_in_peace() else 0
        if monotonic() > until:
            why = window.tasks.under_way() or "a key is held back as the beginning of a scan"
            raise TimeoutError(f"the window does not come to rest: {why}")


def _pictures(window: Window, page: str, folder: Path) -> list[Path]:
    made: list[Path] = []
    for width, height in SIZES:
        window.shell.resize(width, height)
        settle(window)
        file = folder / f"window-{page}-{width}x{height}.png"
        window.shell.grab().save(str(file))
        made.append(file)
    return made


def _look_at_the_fault(window: Window) -> None:
    panel = window.shell.counter.handling.area.current()
    if panel is not None:
        panel.go_to("applicant.phone")
        for target in panel.form.boxes["applicant.phone"].editor.targets():
            if isinstance(target, QLineEdit):
                target.end(False)


def _fill(draft: "Draft") -> None:
    draft.values.update(EXAMPLE)
    ready = draft.item.material[: max(1, len(draft.item.material) * 2 // 3)]
    draft.ways.update({material.key: "brought" for material in ready})
