"""Pictures of the main window at work, made in a process of their own."""

import sys
from pathlib import Path

from station_desk.core.clock import now
from station_desk.main.desk import open_window
from station_desk.main.open_desk import open_desk
from station_desk.main.screenshots import screenshots


def main(profile: Path, folder: Path, language: str) -> None:
    """Opens the window on a profile, saves its pages as pictures, closes it."""
    desk = open_desk(profile, language, now)
    window = open_window(desk)
    for picture in screenshots(window, folder):
        sys.stdout.write(f"{picture}\n")
    window.close()
    desk.store.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
