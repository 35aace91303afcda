"""What was answered so far in the first run, kept in the profile folder so that it goes on where it was left.

The one-time code of the district, passwords and the groups of the envelope are never written down. The file
goes away with the last step.
"""

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from station_desk.core.whole_file import write_whole

FILE = "first-run.json"
STEPS = ("station", "counter", "account", "printer", "envelope", "district", "edition", "first")
SECRET = {
    ("district", "code"), ("account", "password"), ("account", "again"), ("envelope", "first"),
    ("envelope", "second"),
}  # fmt: skip


class Answers:
    """The answers by step and field. `step` is where the person is."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / FILE
        told = _read(self._file)
        step = told.get("step")
        self.step = step if isinstance(step, str) and step in STEPS else STEPS[0]
        self.values: dict[str, dict[str, str]] = {name: _texts(told.get(name)) for name in STEPS}

    def of(self, step: str) -> Mapping[str, str]:
        """What was answered in a step."""
        return self.values[step]

    def take(self, step: str, values: Mapping[str, str]) -> None:
        """Notes the answers of a step, as far as they are typed."""
        self.values[step] = dict(values)

    def save(self) -> None:
        """Brings them to the disk. Raises OSError."""
        kept = {
            step: {key: value for key, value in told.items() if (step, key) not in SECRET}
            for step, told in self.values.items()
        }
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(json.dumps({"step": self.step, **kept}, ensure_ascii=False).encode(), self._file)

    def done(self) -> None:
        """The first run is over."""
        with suppress(OSError):
            self._file.unlink()


def is_under_way(folder: Path) -> bool:
    """Whether a first run was begun in the folder and not ended."""
    return (folder / FILE).is_file()


def _read(file: Path) -> dict[str, object]:
    try:
        told = json.loads(file.read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _texts(told: object) -> dict[str, str]:
    if not isinstance(told, dict):
        return {}
    return {key: value for key, value in told.items() if isinstance(key, str) and isinstance(value, str)}
