"""How long the proof-reader takes for the whole shipped catalogue, beside its limit and bare TOML reading.

python tests/bench/catalogue_check.py [--runs 20]
The limit is 1.5 s (issue 3, figures).
"""

import argparse
import statistics
import sys
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from station_desk.catalogue.check import check_forms
from station_desk.core import paths

LIMIT_S = 1.5


def main() -> int:
    """Prints the two times; 1 when the check is slower than its limit or finds a fault in what we ship."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--runs", type=int, default=20)
    runs = options.parse_args().runs
    faults = check_forms(paths.FORMS)
    ours, bare = (statistics.median(_seconds(way) for _ in range(runs)) for way in (_check, _bare))
    files = sum(1 for _ in paths.FORMS.rglob("*.toml"))
    print(f"files {files} · faults {len(faults)} · median of {runs} runs")
    print(f"check      {ours:.3f} s   limit {LIMIT_S} s   {ours / LIMIT_S:.2f} x limit")
    print(f"bare TOML  {bare:.3f} s   check / bare {ours / bare:.2f}")
    return 0 if ours <= LIMIT_S and not faults else 1


def _check() -> None:
    check_forms(paths.FORMS)


def _bare() -> None:
    for file in paths.FORMS.rglob("*.toml"):
        tomllib.loads(file.read_text("utf-8"))


def _seconds(way: Callable[[], None]) -> float:
    began = time.perf_counter()
    way()
    return time.perf_counter() - began


if __name__ == "__main__":
    sys.exit(main())
