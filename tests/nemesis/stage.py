"""What every seed begins with: five enrolled counters of two stations and their empty district, made once."""

import shutil
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from station_desk.core.clock import now
from station_desk.counter.set_up import SetUp
from station_desk.counter.sync_now import introduce, sync_or_raise
from station_desk.district.app import make_app
from station_desk.district.district import open_district
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.district import _server
from station_desk.main.open_desk import set_up_desk
from tests.nemesis.counter import NOON, Order, Running, worked
from tests.nemesis.line import Line, Plan
from tests.nemesis.server import Server

COUNTERS = (("QSQ001", "1"), ("QSQ001", "2"), ("QSQ001", "3"), ("LHL002", "1"), ("LHL002", "2"))
PATIENCE_S = 60.0
DATABASE = "district.db"
SPARE = ("SPR009", "1")
"""A counter that only loads the program; nothing is asked of it later."""


def nothing() -> None:
    """Nothing is planted."""


def make_stage(folder: Path, line: Line) -> None:
    """Sets the counters up, enrols them over the line, and loads all that their processes will need."""
    database = folder / DATABASE
    codes = []
    with closing(open_district(str(database), public_url=line.url)) as district:
        _server(make_app(district)).config.load()
        codes = [new_enrol_code(district, station) for station, _ in COUNTERS]
        spare_code = new_enrol_code(district, SPARE[0])
    server = Server(database, line.url)
    line.district = server.start(nothing)
    try:
        _load_everything(folder / "spare", f"http://127.0.0.1:{line.district}", spare_code)
        for place, ((station, counter), code) in enumerate(zip(COUNTERS, codes, strict=True)):
            profile = folder / f"pc{place}"
            set_up_desk(profile, SetUp(station, "青石桥", counter), "zh-Hans", now).store.close()
            running = Running(profile, nothing)
            line.begin(Plan())
            running.tell(Order("enrol", server=line.url, code=code))
            assert line.turn(running.pipe, PATIENCE_S)
            words = running.heard()
            assert [word.of for word in words or ()] == ["end"], words
            running.kill()
    finally:
        line.end()
        line.recorded.clear()
        server.kill()
        line.district = None


def _load_everything(profile: Path, server: str, code: str) -> None:
    """Does in this process what the counters will do, so that what it forks has all of it loaded."""
    desk = set_up_desk(profile, SetUp(SPARE[0], "青石桥", SPARE[1]), "zh-Hans", lambda: NOON)
    introduce(desk, server, code)
    for place in range(6):
        worked(desk, "accept" if place == 0 else "go on", f"{place}")
        sync_or_raise(desk, lambda _now: None)
    worked(desk, "ticket", "ticket")
    desk.store.close()
    shutil.rmtree(profile)


@contextmanager
def set_for(seed: int, stage: Path, place: Path) -> Iterator[Path]:
    """A copy of the stage of the seed's own, taken away at the end."""
    own = place / f"seed-{seed}"
    shutil.copytree(stage, own)
    try:
        yield own
    finally:
        shutil.rmtree(own)


def fast_place() -> str | None:
    """A folder in memory where there is one: kill -9 takes nothing from it that a disk would keep."""
    return "/dev/shm" if Path("/dev/shm").is_dir() else None
