"""Does what the container file says, step by step without an engine, and asks the server that starts.

    python -m tests.bench.container [--keep DIR]

Each RUN of the first stage runs as it stands, only with the container's places below a folder of its own;
then the ENTRYPOINT of the second starts with its ENV; its HEALTHCHECK must answer, its STOPSIGNAL end it.
What a container adds (the image of Python, the user, the volume) is not tried here. Packages come by pip from
wherever it is told to look.
"""

import argparse
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

from station_desk.district.district import open_existing_district
from tests.container_file import Stage, context, stages
from tests.house.tree import ROOT

PLACES = ("/opt/station-desk", "/source", "/var/lib/station-desk", "/tmp/pinned")
NEVER = ("PySide6", "PySide6-Essentials", "shiboken6", "pypdfium2", "reportlab", "httpx2", "keyring")
PATIENCE = 120.0


def moved(text: str, root: Path) -> str:
    """The same with the container's places below `root`."""
    for place in PLACES:
        text = text.replace(place, f"{root}{place}")
    return text


def build(stage: Stage, root: Path) -> None:
    """The first stage: the source is copied, each RUN runs."""
    source = root / "source"
    for place in (source, root / "tmp", root / "opt", root / "var/lib/station-desk"):
        place.mkdir(parents=True)
    for part in context():
        if part.is_dir():
            shutil.copytree(part, source / part.name, ignore=shutil.ignore_patterns("__pycache__", ".*"))
        else:
            shutil.copy(part, source)
    for step in stage.all("RUN"):
        subprocess.run(["sh", "-ec", moved(step, root)], cwd=source, check=True)


def wrong(root: Path) -> list[str]:
    """What is installed and should not be, or in another version than the lock says."""
    pip = root / "opt/station-desk/bin/pip"
    told = subprocess.run(
        [pip, "freeze", "--exclude", "station-desk"], capture_output=True, text=True, check=True
    )
    lock = {line.split(" ")[0].lower() for line in _lock().splitlines() if "==" in line}
    names = [line for line in told.stdout.splitlines() if line]
    print(f"{len(names)} packages; lock: {len(lock)}")
    others = [line for line in names if line.lower().replace("_", "-") not in lock]
    return others + [line for line in names if line.partition("==")[0].lower() in map(str.lower, NEVER)]


def _lock() -> str:
    return (ROOT / "installer" / "requirements.lock").read_text("utf-8").replace("_", "-")


def served(stage: Stage, root: Path) -> None:
    """Starts the server as the container would; raises unless it answers and ends by itself."""
    environment = {**os.environ, **{k: moved(v, root) for k, v in stage.environment().items()}}
    environment.pop("PYTHONPATH", None)
    words = [moved(word, root) for word in stage.command("ENTRYPOINT")]
    check = [moved(word, root) for word in stage.command("HEALTHCHECK")]
    began = time.monotonic()
    server = subprocess.Popen(words, env=environment, cwd=root, stderr=subprocess.PIPE)
    try:
        while subprocess.run(check, capture_output=True, check=False).returncode:
            if server.poll() is not None or time.monotonic() - began > PATIENCE:
                raise SystemExit(f"it does not answer: {server.stderr.read() if server.stderr else ''!r}")
            time.sleep(0.2)
        print(f"healthy after {time.monotonic() - began:.1f} s")
    finally:
        server.send_signal(signal.Signals[stage.last("STOPSIGNAL")])
        print(f"ended with {server.wait(30)}")
    with closing(open_existing_district(environment["STATION_DESK_DISTRICT_DB"])) as district:
        print(f"its database is there, epoch {district.epoch[:8]}")


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--keep", type=Path, default=None)
    keep = options.parse_args().keep
    made, shown = stages()
    with tempfile.TemporaryDirectory() as folder:
        root = keep or Path(folder) / "container"
        build(made, root)
        strange = wrong(root)
        print("not of the lock, or not of a server:", strange or "nothing")
        size = sum(file.stat().st_size for file in (root / "opt").rglob("*") if file.is_file())
        print(f"{size / 1e6:.0f} MB installed")
        served(shown, root)
    return 1 if strange else 0


if __name__ == "__main__":
    sys.exit(main())
