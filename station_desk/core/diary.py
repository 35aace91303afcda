"""The program's own diary in a profile: when it began, what failed by its code, when it ended. No sentence,
no value, nothing of a resident.
"""

import re
from contextlib import suppress
from datetime import datetime
from pathlib import Path

FILE, BEFORE = "diary.log", "diary.before.log"
LARGEST = 256 * 1024
WORDS = re.compile(r"[a-z0-9_.:+-]+( [A-Za-z0-9_.:+-]+)*", re.ASCII)
NUMBER = re.compile(r"[0-9]{6}", re.ASCII)
"""As long as nobody's telephone, and no version."""


def note(folder: Path, now: datetime, words: str) -> None:
    """Adds a line. What is not plain ASCII words is not written; a diary that cannot be written is left."""
    if not WORDS.fullmatch(words) or NUMBER.search(words):
        words = "unsaid"
    file = folder / FILE
    with suppress(OSError):
        if file.exists() and file.stat().st_size > LARGEST:
            file.replace(folder / BEFORE)
        with file.open("a", encoding="ascii") as diary:
            diary.write(f"{now.isoformat(timespec='seconds')} {words}\n")


def pages(folder: Path) -> str:
    """What stands in the diary, the newest last."""
    told = ""
    for name in (BEFORE, FILE):
        with suppress(OSError, UnicodeDecodeError):
            told += (folder / name).read_text("ascii")
    return told
