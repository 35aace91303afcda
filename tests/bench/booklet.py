"""How long the booklet of the whole catalogue takes, beside the limit of 10 s (issue 4, figures).

    python tests/bench/booklet.py [--runs 3]

Each run is a process of its own, as the first booklet of a day is; the progress it tells is printed.
"""

import argparse
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent.parent))

from station_desk.catalogue.edition.published import read_published
from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.counter.public_papers import Press, booklet_of
from station_desk.printing.pictures import page_sizes
from station_desk.printing.public.guide_sheet import Where

LIMIT_S = 10.0
EVERY = 20


def main() -> int:
    """Prints a line for each run; 1 when the slowest is over the limit."""
    asked = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--child", action="store_true")
    options = asked.parse_args()
    if options.child:
        return child()
    took = []
    for _ in range(options.runs):
        done = subprocess.run(
            [sys.executable, __file__, "--child"], capture_output=True, text=True, check=True
        )
        progress, words, seconds = done.stdout.rstrip().rsplit("\n", 2)
        took.append(float(seconds))
        told = progress.replace("\n", ", ")
        print(f"{words}: {took[-1]:.2f} s, {took[-1] / LIMIT_S:.2f} of {LIMIT_S:.0f} s; progress {told}")
    return int(max(took) > LIMIT_S)


def child() -> int:
    """One booklet: its progress, what it is, the seconds it took."""
    forms = read_published(paths.FORMS)
    where = Where("青石桥社区公共服务站", "青石桥路 8 号", "0518-85550101", "")
    press = Press(forms, lambda: forms, where, Texts(paths.RESOURCES / "i18n", "zh-Hans"))
    began = time.perf_counter()
    pdf = booklet_of(press, _told)
    took = time.perf_counter() - began
    print(f"{len(forms.catalogue.items)} items on {len(page_sizes(pdf))} pages\n{took:.3f}")
    return 0


def _told(done: int, count: int) -> None:
    if done % EVERY == 0 or done == count:
        print(f"{done} of {count}")


if __name__ == "__main__":
    sys.exit(main())
