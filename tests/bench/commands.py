"""The two commands of the README in a fresh clone, beside their limits.

    python tests/bench/commands.py

Clones this checkout into a temporary folder and runs `demo`, `demo` again and `test` there with a warm
package cache, as a newcomer on two cores would.
"""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
RUNS = (
    ("demo, first run", ("demo", "--no-window"), 180.0),
    ("demo, second run", ("demo", "--no-window"), 40.0),
    ("test", ("test",), 180.0),
)


def main() -> int:
    """Prints seconds beside the limit; 0 when every command ended green and in time."""
    good = True
    with tempfile.TemporaryDirectory() as folder:
        clone = Path(folder) / "station-desk"
        subprocess.run(["git", "clone", "--quiet", str(ROOT), str(clone)], check=True)
        for name, words, limit in RUNS:
            began = time.monotonic()
            command = [sys.executable, "installer/dev.py", *words]
            done = subprocess.run(command, cwd=clone, capture_output=True, text=True, check=False)
            seconds = time.monotonic() - began
            good = good and done.returncode == 0 and seconds <= limit
            share = seconds / limit
            print(f"{name:18} {seconds:6.1f} s  limit {limit:5.0f} s  x {share:4.2f}  exit {done.returncode}")
            if done.returncode:
                print(done.stdout[-2000:], done.stderr[-2000:])
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())
