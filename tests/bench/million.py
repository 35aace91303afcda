"""Is the window as quick with a million cases as with ten thousand? Real keys in a real window, to the paint.

    python tests/bench/million.py [--sizes 10000,1000000] [--parts find,open,pages,scroll,queue,memory,start]
                                  [--keep FOLDER] [--samples 30] [--platform offscreen|xcb]

Each size runs in a process of its own. Every line says a figure, its limit, and both as a ratio; `flat` is
the largest size beside the smallest. In brackets stand the processor, and the clock without what our threads
waited for one: what a machine without other work shows. Limits: from a key to the paint p95 50 ms, a row of
scrolling 16.7 (of the processor: a machine with other work makes single turns long), flat 1.5, first rows of
the queue twice the raw question, 300 MB. `--keep` makes the profiles once and uses them again; else they are
taken away.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("find", "open", "pages", "scroll", "queue", "memory", "start")
FLAT = 1.5
HOURS = 2 * 3600
TOO_SMALL = 5.0
"""Below so many milliseconds nobody feels what grows."""
Figures = dict[str, list[float]]


@dataclass(frozen=True, slots=True)
class Limit:
    """A limit in its unit; `flat` when the figure must not grow with the number of cases either."""

    value: float
    unit: str = "ms"
    flat: bool = True


def limit_of(name: str) -> Limit:
    """What a figure must keep, by the beginning of its name."""
    for beginning, limit in {
        "scroll": Limit(16.7),
        "queue first rows / raw": Limit(2.0, "x"),
        "memory": Limit(300, "MB", flat=False),
        "start": Limit(1.25, "x"),
    }.items():
        if name.startswith(beginning):
            return limit
    return Limit(50.0)


def main() -> int:
    """Measures every size, then prints the figures of all beside their limits; 1 when one is above."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--sizes", default="10000,1000000")
    parser.add_argument("--parts", default=",".join(PARTS))
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--samples", type=int, default=30)
    parser.add_argument("--platform", default="offscreen")
    options = parser.parse_args()
    sizes = [int(size) for size in options.sizes.split(",")]
    with tempfile.TemporaryDirectory() as folder:
        kept = options.keep or Path(folder)
        found = {size: _measured(kept / f"{size}", size, options) for size in sizes}
    return int(not tell(found))


def tell(found: dict[int, Figures]) -> bool:
    """A line for each figure: by the clock (the processor; the clock without waiting for one). Whether all
    keep their limits.
    """
    sizes = sorted(found)
    print(f"{'p95, clock (processor; own)':34}" + "".join(f"{size:>24,}" for size in sizes), end="")
    print(f"{'limit':>12}{'of it':>20}{'flat':>20}")
    good = True
    for name in found[sizes[-1]]:
        first, last, limit = found[sizes[0]][name], found[sizes[-1]][name], limit_of(name)
        flat = [b / max(a, 0.1) for a, b in zip(first, last, strict=True)]
        grows = limit.flat and last[0] > TOO_SMALL and min(flat) > FLAT
        kept = last[0] <= limit.value and not grows
        good &= kept
        print(f"{name:34}" + "".join(f"{_all(found[size][name]):>24}" for size in sizes), end="")
        share = _all([value / limit.value for value in last])
        print(f"{limit.value:>9.2f} {limit.unit:2}{share:>20}{_all(flat):>20} {'' if kept else 'ABOVE'}")
    return good


def _all(values: list[float]) -> str:
    rest = "; ".join(f"{value:.1f}" for value in values[1:])
    return f"{values[0]:.2f}" + (f" ({rest})" if rest else "")


def _measured(profile: Path, size: int, options: argparse.Namespace) -> Figures:
    parts = options.parts.split(",")
    if not (profile / "desk.db").exists():
        began = time.perf_counter()
        _child(["make", str(profile), str(size)], options.platform)
        print(f"{size:,} cases made in {time.perf_counter() - began:.0f} s", flush=True)
    figures: Figures = {}
    inside = [part for part in parts if part != "start"]
    if inside:
        figures |= _child(["run", str(profile), ",".join(inside), str(options.samples)], options.platform)
    if "start" in parts:
        figures |= _started(profile, options.platform)
    return figures


def _child(arguments: list[str], platform: str) -> Figures:
    environment = {
        **os.environ, "QT_QPA_PLATFORM": platform, "QT_LOGGING_RULES": "*=false", "PYTHONPATH": str(ROOT),
    }  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.million_window", *arguments], env=environment, text=True,
        stdout=subprocess.PIPE, timeout=HOURS, check=False, cwd=ROOT,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(done.returncode)
    figures: Figures = json.loads(done.stdout.splitlines()[-1])
    return figures


def _started(profile: Path, platform: str) -> Figures:
    """First real rows beside a bare table window, with this profile."""
    done = subprocess.run(
        [sys.executable, "tests/bench/first_paint.py", "--profile", str(profile), "--platform", platform,
         "--runs", "9", "--json"],
        env={**os.environ, "PYTHONPATH": str(ROOT)}, text=True, stdout=subprocess.PIPE, timeout=HOURS,
        check=False, cwd=ROOT,
    )  # fmt: skip
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return {"start first rows / bare window": [told["window"], told["cpu"]]}


if __name__ == "__main__":
    sys.exit(main())
