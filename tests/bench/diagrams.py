"""How many of N made-up workflows are drawn with a fault (limit 0), and how long a drawing takes beside
reading the catalogue. `python tests/bench/diagrams.py [N]`; 10,000 when not said.
"""

import sys
from pathlib import Path
from random import Random
from time import perf_counter

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from station_desk.catalogue.diagram.layout import laid_out
from station_desk.catalogue.diagram.shapes import Direction
from station_desk.catalogue.diagram.workflow import Task, Way, Workflow
from station_desk.catalogue.flow import END
from station_desk.catalogue.read import read_catalogue
from station_desk.core.paths import FORMS
from tests.unit.drawn import ROLES, blemishes, workflow_with

DIRECTIONS: tuple[Direction, ...] = ("wide", "tall")
MOST_STEPS = 14
NAMES = ("收件", "入户调查", "一次性告知并收件", "Acceptance and comparison", "审核确认（含公示）")


def made_up(dice: Random) -> Workflow:
    """A workflow whose steps are all reached, with up to five ways out of a step."""
    ids = [f"step-{place}" for place in range(dice.randint(1, MOST_STEPS))]
    ways: list[list[str]] = []
    for place in range(len(ids)):
        ahead = [*ids[place + 1 :], END]
        ways.append(dice.sample(ahead, min(len(ahead), dice.choice((1, 1, 1, 2, 2, 3, 5)))))
    for place in range(1, len(ids)):
        if not any(ids[place] in out for out in ways[:place]):
            dice.choice(ways[:place]).append(ids[place])
    roles = dice.sample(ROLES, dice.randint(1, len(ROLES)))
    return workflow_with(
        [
            Task(
                id_, dice.choice(NAMES), dice.choice(roles), "3 个工作日",
                tuple(Way(to, dice.choice(NAMES) if len(out) > 1 else "") for to in out),
            )
            for id_, out in zip(ids, ways, strict=True)
        ]
    )  # fmt: skip


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    began = perf_counter()
    read_catalogue(FORMS)
    reading = perf_counter() - began
    dice = Random(20261127)
    faulty, spent = 0, 0.0
    for number in range(count):
        workflow = made_up(dice)
        began = perf_counter()
        diagram = laid_out(workflow, DIRECTIONS[number % 2])
        spent += perf_counter() - began
        found = blemishes(diagram)
        faulty += bool(found)
        for blemish in found[:3]:
            print(f"  {number}: {blemish}")
    print(f"drawn with a fault: {faulty} of {count} (limit 0)")
    print(
        f"one drawing: {spent / count * 1000:.1f} ms, {spent / count / reading:.4f} of reading the catalogue"
    )


if __name__ == "__main__":
    main()
