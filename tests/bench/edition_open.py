"""How long the desk takes to read its edition: compiled, beside the limit and beside reading the TOML files.

usage: python tests/bench/edition_open.py [--runs 15]
The limit is 5 ms (issue 3, figures). "First" is the first call of a fresh process after its imports, as a
start of the desk has it, by the clock and of the processor; "again" is the median and the 99th percentile of
200 calls in one process. The ways are measured in turn, run by run.
"""

import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from station_desk import __version__
from station_desk.catalogue.edition.bundle import make, published_files, sign
from station_desk.catalogue.edition.keys import new_key
from station_desk.catalogue.edition.published import read_published
from station_desk.catalogue.edition.written import line
from station_desk.catalogue.read import read_edition
from station_desk.core import paths
from station_desk.core.clock import CHINA
from station_desk.counter.new_edition import install_edition, trust_root
from station_desk.store.editions import edition_in_use
from station_desk.store.profile import Profile

ROOT = Path(__file__).resolve().parents[2]
LIMIT_MS = 5.0
CALLS = 200
NOW = datetime(2026, 11, 20, 9, tzinfo=CHINA)
INSTALLED, SHIPPED, TOML = "installed edition, compiled", "shipped forms, compiled", "shipped forms, TOML"


def main() -> int:
    """Prints the table; 1 when the first call of a compiled edition is slower than the limit."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--child", default="")
    parser.add_argument("--folder", type=Path, default=None)
    options = parser.parse_args()
    if options.child:
        print(*_timed(_ways(options.folder)[options.child]))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        _prepare(Path(folder))
        ways = _ways(Path(folder))
        first = _fresh(list(ways), options.runs, folder)
        print(f"{'':28} first: median (least) of {options.runs}   again: p50 / p99 of {CALLS}   limit")
        for name, way in ways.items():
            again = sorted(_timed(way)[0] for _ in range(CALLS))
            limit = "" if name == TOML else f"   {LIMIT_MS} ms"
            clock, used = ([of[n] for of in first[name]] for n in (0, 1))
            print(
                f"{name:28} {statistics.median(clock):9.2f} ({min(clock):.2f}) ms"
                f"   processor {statistics.median(used):.2f} ({min(used):.2f}) ms"
                f"   {again[CALLS // 2]:12.2f} / {again[CALLS * 99 // 100]:.2f} ms{limit}"
            )
    most = [statistics.median(used for _, used in first[name]) for name in (INSTALLED, SHIPPED)]
    return int(max(most) > LIMIT_MS)


def _ways(folder: Path) -> dict[str, Callable[[], object]]:
    def opened(profile: str) -> Callable[[], object]:
        return lambda: edition_in_use(Profile(folder / profile), paths.FORMS, NOW.date(), __version__)

    return {
        INSTALLED: opened("installed"),
        SHIPPED: opened("shipped"),
        TOML: lambda: read_published(paths.FORMS),
    }


def _prepare(folder: Path) -> None:
    """Two profiles: one with an installed edition, one that keeps the shipped forms compiled."""
    keys = [new_key(), new_key(), new_key()]
    root = line("version", 1) + line("threshold", 2)
    for number, key in enumerate(keys):
        root += "[[key]]\n" + line("id", key.id) + line("name", f"key {number}") + line("public", key.public)
    bundle = sign(sign(make(read_edition(paths.FORMS), published_files(paths.FORMS)), keys[0]), keys[1])
    for name in ("installed", "shipped"):
        profile = Profile(folder / name)
        profile.folder.mkdir()
        # A desk keeps a copy only where a station was set up.
        profile.database.touch()
        if name == "installed":
            trust_root(profile, root, paths.FORMS)
            install_edition(profile, bundle, paths.FORMS, lambda: NOW, __version__)
            shutil.rmtree(profile.editions / "shipped", ignore_errors=True)
        edition_in_use(profile, paths.FORMS, NOW.date(), __version__)


def _fresh(names: list[str], runs: int, folder: str) -> dict[str, list[tuple[float, float]]]:
    found: dict[str, list[tuple[float, float]]] = {name: [] for name in names}
    command = [sys.executable, __file__, "--folder", folder, "--child"]
    for _ in range(runs):
        for name in names:
            done = subprocess.run(
                [*command, name], capture_output=True, text=True, check=True,
                env={**os.environ, "PYTHONPATH": str(ROOT)},
            )  # fmt: skip
            clock, used = done.stdout.split()
            found[name].append((float(clock), float(used)))
    return found


def _timed(way: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds by the clock, and of the processor: the second tells the truth beside other work."""
    began, used = time.perf_counter(), time.process_time()
    way()
    return (time.perf_counter() - began) * 1000, (time.process_time() - used) * 1000


if __name__ == "__main__":
    sys.exit(main())
