"""Pictures of the hall display, wide and upright, for the demo and the README."""

from pathlib import Path
from time import monotonic, sleep

from PySide6.QtCore import QCoreApplication

from station_desk.main.window import Window
from station_desk.ui.hall.screen import HallScreen

SIZES = ((1366, 768), (1920, 1080), (1080, 1920))
PATIENCE_SECONDS = 60.0


def hall_pictures(window: Window, folder: Path) -> list[Path]:
    """Opens the display, saves it as PNG files, closes it. Raises TimeoutError when it is never drawn."""
    door = window.shell.hall
    door.open()
    made: list[Path] = []
    if door.display:
        screen = door.display.screen
        for width, height in SIZES:
            screen.resize(width, height)
            screen.arrange()
            _wait(screen)
            file = folder / f"hall-{width}x{height}.png"
            screen.grab().save(str(file))
            made.append(file)
    door.close()
    return made


def _wait(screen: HallScreen) -> None:
    until = monotonic() + PATIENCE_SECONDS
    while not (screen.is_drawn() and screen.showing().turning.station):
        QCoreApplication.processEvents()
        sleep(0.01)
        if monotonic() > until:
            raise TimeoutError("the display of the hall is not drawn")
