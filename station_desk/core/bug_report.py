"""What is told of a mistake of ours: classes, places and functions. No message, no value, no home folder: a
message may quote what a resident said, and a folder is named after somebody.
"""

import platform
import traceback
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from station_desk import __version__
from station_desk.core.errors import DeskError
from station_desk.core.paths import PACKAGE

MOST_FRAMES = 60
"""An endless recursion is told by its ends."""


def report_of(error: BaseException, now: datetime) -> str:
    """The report of a mistake, for whoever mends it."""
    about = f"Python {platform.python_version()}, {platform.system()} {platform.release()}"
    return "\n".join((f"station-desk {__version__}", about, now.isoformat(), *_told(error))) + "\n"


def save_report(error: BaseException, folder: Path, now: datetime) -> Path:
    """Writes the report into a file and answers where; when that cannot be, the path all the same."""
    file = folder / f"bug-{now:%Y%m%d-%H%M%S}.txt"
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
        file.write_text(report_of(error, now), "utf-8")
    return file


def _told(error: BaseException) -> Iterator[str]:
    seen: set[int] = set()
    waiting: list[BaseException | None] = [error]
    while waiting:
        one = waiting.pop(0)
        if one is None or id(one) in seen:
            continue
        seen.add(id(one))
        kind = type(one)
        code = f" {one.code}" if isinstance(one, DeskError) else ""
        yield f"{kind.__module__}.{kind.__qualname__}{code}"
        yield from _frames(one)
        waiting.append(one.__cause__ or one.__context__)
        waiting += one.exceptions if isinstance(one, BaseExceptionGroup) else ()


def _frames(error: BaseException) -> Iterator[str]:
    lines = [
        f"  {_place(frame.filename)}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    half = MOST_FRAMES // 2
    yield from lines if len(lines) <= MOST_FRAMES else (*lines[:half], "  ...", *lines[-half:])


def _place(file: str) -> str:
    path = Path(file)
    return str(path.relative_to(PACKAGE.parent)) if path.is_relative_to(PACKAGE) else path.name
