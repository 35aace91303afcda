"""How many keys a clerk presses beyond the resident's own data, for each of the top items, twice.

Run: QT_QPA_PLATFORM=offscreen .venv/bin/python -m tests.bench.keys
"""

import os
import sys
import tempfile
from pathlib import Path
from uuid import uuid4

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from station_desk.core.clock import now
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.counter.set_up import SetUp
from station_desk.main.demo.visits import VISITS
from station_desk.main.desk import open_window
from station_desk.main.open_desk import set_up_desk
from station_desk.main.screenshots import settle
from tests.ui.clerk import Clerk, first_visit, second_visit

LIMIT = 12
NEW = ("applicant.id_number", "repeat.reason")
"""What no earlier case can know: who stands here, and why again."""


def main() -> int:
    """Prints a line an item: keys of the first and of the second visit, what was typed again."""
    worst = done = again = 0
    with tempfile.TemporaryDirectory(prefix="station-desk-keys-") as folder:
        for visit in VISITS:
            wish = SetUp("QSQ001", "青石桥社区公共服务站", "2", "陈立新", "0518-85550101", "青石桥路 8 号")
            desk = set_up_desk(Path(folder) / visit.item, wish, "zh-Hans", now)
            for _ in range(2):
                take_ticket(desk, TakeTicket(visit.item, visit.priority, visit.agent), uuid4().hex)
            window = open_window(desk)
            window.shell.activateWindow()
            settle(window)
            first, second = Clerk(window), Clerk(window)
            try:
                who = first_visit(first, desk, visit)
                second_visit(second, desk, visit, who)
            except TimeoutError as error:
                # On a PC with too much to do: what was counted up to here is told.
                sys.stdout.write(f"{visit.item}  not done: {error}\n")
                window.shell.close()
                desk.store.close()
                continue
            retyped = [place for place in second.typed if place not in NEW]
            counts = (len(first.presses), len(second.presses))
            worst = max(worst, *counts)
            done += 1
            again += len(retyped)
            sys.stdout.write(
                f"{visit.item}  first {counts[0]:2} ({' '.join(first.presses)})"
                f"  second {counts[1]:2} ({' '.join(second.presses)})  known typed again {len(retyped)}\n"
            )
            sys.stdout.flush()
            window.shell.close()
            desk.store.close()
    sys.stdout.write(
        f"{done} of {len(VISITS)} items, most keys beyond the data: {worst} (limit {LIMIT}), mouse: 0, "
        f"known typed again: {again} (limit 0)\n"
    )
    return 0 if worst <= LIMIT and done == len(VISITS) and not again else 1


if __name__ == "__main__":
    raise SystemExit(main())
