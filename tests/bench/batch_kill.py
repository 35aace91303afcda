"""1,000 × kill -9 at random points of `batch`: nothing acknowledged may be lost, nothing half written.

    python tests/bench/batch_kill.py [--kills 1000] [--seed 1]

Each run feeds applications to a real `station-desk batch`, kills it after a random time, and notes which
answers came out. At the end every acknowledged number must be stored under the command that was answered, and
a deep verification must find nothing.
"""

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO

from station_desk.core.clock import now
from station_desk.counter.set_up import SetUp
from station_desk.main.open_desk import open_desk, set_up_desk
from station_desk.store.verify import verify_deep, verify_fast

FORM = {
    "item": "LS-008",
    "applicant": {"name": "王秀兰", "id_number": "11010519491231002X", "phone": "13912345678"},
    "answers": {"payment_grade": "500", "payment_mode": "自行缴费"},
    "materials": {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
}
A_RUN = 60
PROGRESS_EVERY = 50


def main() -> int:
    """Kills, counts, verifies; 0 when nothing was lost and nothing torn."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--kills", type=int, default=1000)
    options.add_argument("--seed", type=int, default=1)
    asked = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return kill_and_count(Path(folder) / "profile", asked.kills, random.Random(asked.seed))


def kill_and_count(profile: Path, kills: int, dice: random.Random) -> int:
    """The whole trial on one profile, as a station would live through it."""
    set_up_desk(profile, SetUp("QSQ001", "青石桥", "2"), "en", now).store.close()
    acknowledged: dict[str, str] = {}
    torn = 0
    began = time.monotonic()
    for n in range(kills):
        asked = [f"{n}-{place}" for place in range(A_RUN)]
        answers = killed_run(profile, asked, dice)
        acknowledged.update(answers)
        store = open_desk(profile, "en", now).store
        if n % PROGRESS_EVERY == 0 or n == kills - 1:
            torn += len(verify_fast(store))
            speed = (time.monotonic() - began) / (n + 1)
            print(f"{n + 1}/{kills} kills, {len(acknowledged)} acknowledged, {speed:.2f} s each", flush=True)
        store.close()
    lost, changed, torn = reckoning(profile, acknowledged, torn)
    print(f"kills {kills} · acknowledged {len(acknowledged)} · lost {lost} · torn {torn} · changed {changed}")
    return 1 if lost or torn or changed else 0


def killed_run(profile: Path, commands: list[str], dice: random.Random) -> dict[str, str]:
    """One `batch`, killed after a random time; the answers that came out by command id."""
    command = [sys.executable, "-m", "station_desk", "--profile", str(profile), "batch"]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert running.stdin is not None
    assert running.stdout is not None
    feeder = threading.Thread(target=feed, args=(running.stdin, commands))
    feeder.start()
    lines = [running.stdout.readline()]
    killer = threading.Timer(dice.uniform(0, 0.09), running.send_signal, (signal.SIGKILL,))
    killer.start()
    lines += running.stdout.readlines()
    running.wait()
    killer.join()
    feeder.join()
    # What was cut off in the middle of a line was not said.
    said = [json.loads(line) for line in lines if line.endswith("\n")]
    return {answer["id"]: answer["answer"]["number"] for answer in said}


def feed(stdin: IO[str], commands: list[str]) -> None:
    """Writes an application a line until the other side is gone."""
    try:
        for command in commands:
            line = json.dumps(
                {"id": command, "do": "accept", "with": {**FORM, "again": "kill"}}, ensure_ascii=False
            )
            stdin.write(line + "\n")
            stdin.flush()
        stdin.close()
    except BrokenPipeError:
        return


def reckoning(profile: Path, acknowledged: dict[str, str], torn: int) -> tuple[int, int, int]:
    """Acknowledged numbers that are gone, answers that were stored otherwise, findings of a deep look."""
    desk = open_desk(profile, "en", now)
    stored = dict(desk.store.read("SELECT id, json_extract(answer, '$.number') FROM commands"))
    cases = {number for (number,) in desk.store.read("SELECT number FROM cases")}
    lost = sum(number not in cases for number in stored.values())
    lost += sum(command not in stored for command in acknowledged)
    changed = sum(stored.get(command) != number for command, number in acknowledged.items())
    print(f"stored {len(stored)}, stored but unannounced {len(stored) - len(acknowledged)}")
    torn += len(verify_deep(desk.store, lambda done, total: None))
    desk.store.close()
    return lost, changed, torn


if __name__ == "__main__":
    sys.exit(main())
