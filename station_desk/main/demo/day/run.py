"""`demo --day`: a whole day of the queue on a real desk, in its real window, checked against the truth."""

import os
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from random import Random

from station_desk.catalogue.calendar import read_calendar
from station_desk.core import paths
from station_desk.core.errors import RuleError
from station_desk.counter.desk import Desk
from station_desk.main.demo.day.hands import DeskHands
from station_desk.main.demo.day.reckoning import DayReckoning, day_reckoning
from station_desk.main.demo.day.simulation import Simulation, Truth
from station_desk.main.demo.day.visitors import Visitor, visitors_of
from station_desk.main.demo.day.watched import Watched
from station_desk.main.demo.days import DemoClock, morning
from station_desk.main.demo.run import STATION, is_seen, make_room
from station_desk.main.open_desk import set_up_desk
from station_desk.main.said import Said
from station_desk.store.vault.changes import Keeping
from station_desk.store.verify import verify_deep

MOST_VISITORS, MOST_COUNTERS = 5000, 20
TELL_EVERY = 500


class DayTooLarge(RuleError):
    code = "demo.day_too_large"


@dataclass(frozen=True, slots=True)
class Wish:
    """How large the day is. The same seed makes the same day."""

    visitors: int
    counters: int
    seed: int
    with_window: bool


def run_day(out: Path, language: str, said: Said, wish: Wish) -> int:
    """Lets the day pass; 0 when nothing was lost and every time is true. Raises DayTooLarge, FolderUsed."""
    if not (0 < wish.visitors <= MOST_VISITORS and 0 < wish.counters <= MOST_COUNTERS):
        raise DayTooLarge(visitors=MOST_VISITORS, counters=MOST_COUNTERS)
    began = time.monotonic()
    make_room(out)
    clock = DemoClock(morning(read_calendar(paths.FORMS), 1))
    desk = set_up_desk(out / "station", STATION, language, clock, Keeping(way="file"))
    try:
        visitors = _visitors(desk, clock, wish)
        first = visitors[0].at
        said.progress(
            said.texts(
                "demo.day.begin", visitors=wish.visitors, counters=wish.counters, day=f"{first:%Y-%m-%d}"
            )
        )
        day, (truth, watched) = clock.moment.date(), _passed(desk, clock, visitors, wish, said)
        reckoning = day_reckoning(desk, day, truth)
        wrong = verify_deep(desk.store, lambda *_: None)
    finally:
        desk.store.close()
    _tell(said, reckoning, watched, wish, len(wrong), time.monotonic() - began)
    return 0 if reckoning.agrees and not wrong else 1


def _visitors(desk: Desk, clock: DemoClock, wish: Wish) -> list[Visitor]:
    items = [code for code, item in desk.catalogue.items.items() if item.kind != "internal"]
    # The same seed must make the same day: nothing secret is drawn here.
    return visitors_of(items, clock.moment, wish.visitors, wish.counters, Random(wish.seed))  # noqa: S311


def _passed(
    desk: Desk, clock: DemoClock, visitors: Sequence[Visitor], wish: Wish, said: Said
) -> tuple[Truth, Watched]:
    counters = tuple(f"{int(desk.station.counter) + n:02d}" for n in range(wish.counters))

    def progress(done: int) -> None:
        if done % TELL_EVERY == 0:
            said.progress(said.texts("demo.day.under_way", time=f"{clock.moment:%H:%M}", done=done))

    if not wish.with_window:
        simulation = Simulation(DeskHands(desk), clock, counters)
        simulation.run(visitors, progress)
        return simulation.truth, Watched()
    if not is_seen():
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from station_desk.main.demo.day.windowed import day_in_window

    return day_in_window(desk, clock, counters, visitors, progress)


def _tell(
    said: Said, reckoning: DayReckoning, watched: Watched, wish: Wish, wrong: int, lasted: float
) -> None:
    say, times, truth = said.texts, reckoning.times, reckoning.truth
    for name, one in (("desk", times), ("truth", truth)):
        said.progress(
            say(
                f"demo.day.{name}", tickets=one.tickets, done=one.states.get("done", 0),
                missed=one.states.get("missed", 0), called=one.called, median=one.wait_median or 0,
                longest=one.wait_longest or 0, total=one.wait_total,
            )
        )  # fmt: skip
    if wish.with_window:
        said.progress(
            say(
                "demo.day.stalls", count=len(watched.stalls), own=len(watched.own),
                beside=len(watched.beside), worst=max(watched.stalls, default=0.0),
                longest=round(watched.longest, 1), acts=watched.acts,
            )
        )  # fmt: skip
    facts = {
        "ok": reckoning.agrees and not wrong, "lost": list(reckoning.lost),
        "differing": list(reckoning.differing), "findings": wrong, "seconds": round(lasted, 1),
        "desk": asdict(times), "truth": asdict(truth), "stalls": list(watched.stalls),
        "own_stalls": list(watched.own), "beside_stalls": list(watched.beside), "watched": watched.acts,
        "longest_pause": round(watched.longest, 1),
    }  # fmt: skip
    key = "demo.day.agrees" if facts["ok"] else "demo.day.differs"
    said.tell(facts, key, lost=len(reckoning.lost), differing=len(reckoning.differing), seconds=round(lasted))
