"""A mistake of ours on the command line: a report without personal data is kept, and one sentence says where
it lies and what to do. Exit code 1, which no rule, no disk and no network has.
"""

import sys
import tempfile
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from station_desk.core import paths
from station_desk.core.bug_report import save_report
from station_desk.core.clock import now
from station_desk.core.diary import note
from station_desk.core.errors import DeskError
from station_desk.core.texts import Texts

REPORTS = "reports"


class BugMet(DeskError):
    """`kind`: the class of the mistake; `file`: where the report lies."""

    code = "bug.met"
    exit_code = 1


class BugNotKept(DeskError):
    """`kind`: the class of the mistake; no place took the report."""

    code = "bug.not_kept"
    exit_code = 1


def bug_told(error: Exception, words: Sequence[str], say: Texts) -> int:
    """Keeps the report of a mistake and tells it: a sentence, or a line of JSON where that is asked for."""
    met = _kept(error, profile_in(words))
    # Where a stream is closed only the exit code is left.
    with suppress(OSError, ValueError, AttributeError):
        if "--json" in words:
            from station_desk.main.said import encode, told

            sys.stdout.write(encode(told(met, say)) + "\n")
            sys.stdout.flush()
        else:
            sys.stderr.write(say.error(met) + "\n")
    return met.exit_code


def profile_in(words: Sequence[str]) -> Path:
    """The profile that a command names, read without its grammar: that may be what failed."""
    found = paths.default_profile()
    for place, word in enumerate(words):
        if word == "--profile" and place + 1 < len(words):
            found = Path(words[place + 1])
        elif word.startswith("--profile="):
            found = Path(word.partition("=")[2])
    return found


def _kept(error: Exception, profile: Path) -> DeskError:
    kind, moment = type(error).__name__, now()
    # A profile is not made by a mistake: without one the report goes where all programs leave such things.
    folders = [profile] if profile.is_dir() else []
    for folder in (*folders, Path(tempfile.gettempdir()) / "station-desk"):
        file = save_report(error, folder / REPORTS, moment)
        if file.is_file():
            note(folder, moment, f"trouble {kind}")
            return BugMet(kind=kind, file=file)
    return BugNotKept(kind=kind)
