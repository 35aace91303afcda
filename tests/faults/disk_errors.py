"""A disk that refuses one call: ENOSPC or EIO at the n-th write, sync or cut of a real `batch`, by strace.

strace counts the calls of each process apart and fails the call of one fixed number. A process that has
loaded everything forks each `batch`; idle calls before its own bring the wanted one to that number.
"""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from station_desk.store.profile import Profile
from tests.faults.kills import Mutant, load_everything, started, telling_before_the_commit
from tests.faults.system_log import watched
from tests.faults.trial import Verdict, answered, asked, made_counter, named, verdict_of

COUNT = 600
"""The number of the call that strace fails; no `batch` of a few cases makes so many of one kind."""
CASES = 7
SYSTEM_NAMES = {"write": "pwrite64", "sync": "fsync", "size": "ftruncate"}
MUTANTS: dict[str, Mutant | None] = {"": None, "told before the commit": telling_before_the_commit}


@dataclass(frozen=True, slots=True)
class Point:
    """The `nth` call of its name fails."""

    name: str
    nth: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run under a failing call said and left; `wrong` is empty where a clerk was served right."""

    point: Point
    exit_code: int
    answers: int
    refused: int
    wrong: str


def points_of(place: Path, most: int) -> list[Point]:
    """The first writes, syncs and cuts of a run in which nothing fails."""
    profile = made_counter(place / "whole")
    arguments = ["--profile", str(profile.folder), "batch"]
    calls = watched(profile.folder, arguments, asked(named("a", CASES)), place / "log")
    counts: dict[str, int] = {}
    points = []
    for call in calls:
        if name := SYSTEM_NAMES.get(call.what):
            counts[name] = counts.get(name, 0) + 1
            points.append(Point(name, counts[name]))
    return points[:most]


def outcomes(
    place: Path, points: Sequence[Point], error: str, *, for_good: bool, mutant: str = ""
) -> list[Outcome]:
    """Runs a `batch` for each point, with an error (ENOSPC, EIO) at it, or from it on `for_good`."""
    plan, result = place / "plan.json", place / "result.json"
    plan.write_text(json.dumps([[point.name, point.nth] for point in points]))
    command = [
        "strace",
        "-f",
        "-qq",
        "--seccomp-bpf",
        "-o",
        "/dev/null",
        "-e",
        "trace=pwrite64,fsync,ftruncate",
    ]
    when = f"{COUNT}+" if for_good else str(COUNT)
    for name in SYSTEM_NAMES.values():
        command += ["-e", f"inject={name}:error={error}:when={when}"]
    command += [sys.executable, "-m", "tests.faults.disk_errors", str(place), mutant]
    subprocess.run(command, check=True, cwd=Path(__file__).parents[2])
    return [Outcome(Point(*point), *rest) for point, *rest in json.loads(result.read_text())]


def main(place: Path, mutant: str) -> None:
    """Under strace: each point of the plan on a counter of its own."""
    load_everything()
    shutil.rmtree(place / "base", ignore_errors=True)
    base = made_counter(place / "base")
    found = []
    for name, nth in json.loads((place / "plan.json").read_text()):
        profile = Profile(place / "profile")
        shutil.rmtree(profile.folder, ignore_errors=True)
        shutil.copytree(base.folder, profile.folder)
        found.append([[name, nth], *_tried(profile, Point(name, nth), MUTANTS[mutant])])
    (place / "result.json").write_text(json.dumps(found))


def _tried(profile: Profile, point: Point, mutant: Mutant | None) -> tuple[int, int, int, str]:
    arguments = ["--profile", str(profile.folder), "--language", "en", "--json", "batch"]
    commands = named("a", CASES)

    def begin() -> None:
        _idle_calls(point)
        if mutant:
            mutant()

    child, output = started(arguments, asked(commands), begin, errors_too=True)
    said = b"".join(iter(lambda: os.read(output, 65536), b""))
    os.close(output)
    code = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    if b"Traceback" in said:
        return code, 0, 0, said.decode(errors="replace")[-600:]
    lines = [json.loads(line) for line in said.splitlines()]
    refused = [line for line in lines if not line["ok"]]
    told = answered(said)
    verdict = _in_a_process(profile, told)
    return code, len(told), len(refused), _wrong(code, told, refused, verdict)


def _wrong(code: int, told: dict[str, str], refused: list[dict[str, str]], verdict: str) -> str:
    if verdict:
        return verdict
    if any(not line["text"] or not line["error"].startswith("store.disk_") for line in refused):
        return f"no sentence of the disk: {refused}"
    if code != (5 if refused else 0):
        return f"exit code {code} with {len(refused)} refused"
    if not refused and len(told) != CASES:
        return f"only {len(told)} answers and nothing said of the rest"
    return ""


def _in_a_process(profile: Profile, told: dict[str, str]) -> str:
    """What is wrong with what was left; asked in a process of its own, whose calls are counted from one."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            verdict = verdict_of(profile, told)
            os.write(writing, b"" if verdict == Verdict() else str(verdict).encode())
        finally:
            os._exit(0)
    os.close(writing)
    said = b"".join(iter(lambda: os.read(reading, 65536), b""))
    os.close(reading)
    os.waitpid(child, 0)
    return said.decode()


def _idle_calls(point: Point) -> None:
    handle = os.memfd_create("idle")
    for _ in range(COUNT - point.nth):
        match point.name:
            case "pwrite64":
                os.pwrite(handle, b"", 0)
            case "fsync":
                os.fsync(handle)
            case _:
                os.ftruncate(handle, 0)
    os.close(handle)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
