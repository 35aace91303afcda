"""How fast and how small a receipt is, beside the same words from plain reportlab and from pdfmake.

    python tests/bench/receipt.py [--n 200] [--node-modules FOLDER]

Each engine runs in a process of its own. The first receipt counts from nothing (imports, fonts, file), the
median of twelve starts in turns. The warm receipts are all different and made in turns, ten by each engine,
so that a slow moment of the machine hits all. "plain" is what a careful programmer writes with reportlab and
segno: the full font registered once, text, rules, QR and Code128 drawn as vectors. pdfmake needs node and the
npm package pdfmake in FOLDER/node_modules; where they are not there, the output says so.
"""

import argparse
import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import IO

HERE = Path(__file__).resolve()
ROOT = HERE.parents[2]
FULL_FONT = ROOT / "resources" / "fonts" / "NotoSansSC-Regular.ttf"
PDFMAKE = HERE.with_name("receipt_pdfmake.js")

STARTS, TURN, WARM_UP = 12, 10, 2
WARM_GOALS = {"plain": 0.5, "pdfmake": 0.16}
FIRST_GOALS = {"plain": 0.5}
MEMORY_GOAL = 0.6


@dataclass(frozen=True, slots=True)
class Answer:
    """What a child says of some receipts: milliseconds of each, those of the processor for all of them, bytes
    of the last, megabytes it ever held.
    """

    times: tuple[float, ...]
    work: float
    size: int
    megabytes: float


Answers = dict[str, list[Answer]]


def main() -> int:
    """Prints all figures with their goals."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--n", type=int, default=200, help="warm receipts of each engine")
    options.add_argument("--node-modules", type=Path, default=None, help="where node_modules/pdfmake is")
    asked = options.parse_args()
    child = [sys.executable, "-m", "tests.bench.receipt_child"]
    engines = {name: [*child, name] for name in ("ours", "plain")}
    if lacking := pdfmake_lacks(asked.node_modules):
        print(f"pdfmake: not measured, {lacking}")
    else:
        engines["pdfmake"] = ["node", str(PDFMAKE), str(asked.node_modules), str(FULL_FONT)]
    first: Answers = {name: [] for name in engines}
    for _ in range(STARTS):
        for name, command in engines.items():
            first[name].append(first_receipt(command))
    tell("first receipt", first, FIRST_GOALS)
    tell_memory(first)
    tell("warm receipt", warm(engines, asked.n), WARM_GOALS)
    return 0


def warm(engines: Mapping[str, list[str]], count: int) -> Answers:
    """Warm receipts, made in turns."""
    answers: Answers = {name: [] for name in engines}
    with children(engines) as asks:
        for turn in range(count // TURN + WARM_UP):
            for name, ask in asks.items():
                answer = ask(TURN)
                if turn >= WARM_UP:
                    answers[name].append(answer)
    return answers


def tell(what: str, answers: Answers, goals: Mapping[str, float]) -> None:
    """Medians and slowest hundredth, and ours by each peer: by the clock, as the goal is meant, and by the
    work of the processor, which other programs on the machine disturb less.
    """
    clock = {name: sorted(time for answer in each for time in answer.times) for name, each in answers.items()}
    work = {name: median([a.work / len(a.times) for a in each]) for name, each in answers.items()}
    for name, times in clock.items():
        line = f"{what}, {name:8} p50 {median(times):7.2f} ms  p99 {times[int(len(times) * 0.99)]:7.2f} ms"
        if name in goals:
            ratio = median(clock["ours"]) / median(times)
            line += f"  ours {ratio:.2f} x (goal {goals[name]} x; work {work['ours'] / work[name]:.2f} x)"
        print(line)


def tell_memory(answers: Answers) -> None:
    """The most memory a process held until its first receipt was made."""
    sizes = {name: median([answer.megabytes for answer in each]) for name, each in answers.items()}
    for name, size in sizes.items():
        goal = f"  ours {sizes['ours'] / size:.2f} x (goal {MEMORY_GOAL} x)" if name == "plain" else ""
        print(f"memory after it, {name:8} {size:4.0f} MB{goal}")


def pdfmake_lacks(folder: Path | None) -> str:
    """Why pdfmake cannot be measured here; empty when it can."""
    if not shutil.which("node"):
        return "there is no node here"
    if folder is None or not (folder / "node_modules" / "pdfmake").is_dir():
        return "say with --node-modules in which folder `npm install pdfmake@0.3` was run"
    return ""


def first_receipt(command: list[str]) -> Answer:
    """One receipt of a process that does nothing else."""
    with children({"one": command}) as asks:
        return asks["one"](1)


@contextmanager
def children(engines: Mapping[str, list[str]]) -> Iterator[dict[str, Callable[[int], Answer]]]:
    """Processes that make as many receipts as they are asked for."""
    pipe = subprocess.PIPE
    running = {
        name: subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True, cwd=ROOT)
        for name, command in engines.items()
    }
    try:
        yield {name: _asker(child.stdin, child.stdout) for name, child in running.items()}
    finally:
        for child in running.values():
            child.communicate(timeout=60)


def _asker(into: IO[str] | None, out: IO[str] | None) -> Callable[[int], Answer]:
    assert into is not None
    assert out is not None

    def ask(count: int) -> Answer:
        print(count, file=into, flush=True)
        said = json.loads(out.readline())
        return Answer(tuple(said["times"]), said["work"], said["size"], said["megabytes"])

    return ask


if __name__ == "__main__":
    sys.exit(main())
