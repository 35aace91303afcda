"""Places where faults are made: a small disk, a folder that cannot be written, a watched system."""

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station_desk.store.profile import Profile
from tests.faults.system_log import has_strace
from tests.faults.trial import made_counter

Mounted = Callable[..., Path]


@pytest.fixture
def counter(tmp_path: Path) -> Profile:
    """A new counter, closed."""
    return made_counter(tmp_path / "profile")


@pytest.fixture
def strace() -> None:
    """Skips where the system's calls cannot be watched."""
    if not has_strace():
        pytest.skip("strace is missing or forbidden here")


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Mounted]:
    """Mounts something under a name until the test ends; skips where that is not allowed."""
    points: list[Path] = []

    def mount(name: str, *words: str) -> Path:
        point = tmp_path / name
        point.mkdir(exist_ok=True)
        done = subprocess.run(["mount", *words, str(point)], capture_output=True, text=True, check=False)
        if done.returncode:
            pytest.skip(f"mounting is not allowed here: {done.stderr.strip()}")
        points.append(point)
        return point

    yield mount
    for point in reversed(points):
        subprocess.run(["umount", "--lazy", str(point)], check=True)


@pytest.fixture
def small_disk(mounted: Mounted) -> Path:
    """A disk of 8 MB."""
    return mounted("disk", "-t", "tmpfs", "-o", "size=8m", "tmpfs")
