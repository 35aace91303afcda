"""A real counter in a temporary folder: encrypted SQLite, the shipped catalogue, a clock that tests move."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from station_desk.cases.parts import Applicant
from station_desk.core.clock import CHINA
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.set_up import SetUp
from station_desk.main.open_desk import set_up_desk
from tests.store.publisher import Counter, Publisher

ID_NUMBER = "11010519491231002X"


@dataclass
class TestClock:
    """Half past nine on a working Friday, until a test moves it."""

    __test__ = False
    moment: datetime = datetime(2026, 11, 20, 9, 30, tzinfo=CHINA)

    def __call__(self) -> datetime:
        return self.moment

    def wait(self, **time: int) -> None:
        self.moment += timedelta(**time)


@pytest.fixture
def clock() -> TestClock:
    return TestClock()


@pytest.fixture
def december(clock: TestClock) -> None:
    """Two working days before the end of 2026."""
    clock.wait(days=39)


@pytest.fixture
def desk(tmp_path: Path, clock: TestClock) -> Iterator[Desk]:
    """Counter 2 of a station whose district is known by name only."""
    wish = SetUp(
        "QSQ001", "青石桥社区公共服务站", "2", "陈立新", "010-55550123", "青石桥路 18 号", "010-55550199"
    )
    made = set_up_desk(tmp_path / "profile", wish, "zh-Hans", clock)
    yield replace(made, station=replace(made.station, public_url="https://district.example"))
    made.store.close()


@pytest.fixture
def fresh() -> Callable[[], str]:
    """Command ids that were never used."""
    numbers = itertools.count(1)
    return lambda: f"command-{next(numbers)}"


@pytest.fixture
def pension() -> Application:
    """A good application for pension enrolment."""
    return pension_application()


@pytest.fixture
def publisher(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path)


@pytest.fixture
def counter(desk: Desk, clock: TestClock, publisher: Publisher) -> Counter:
    """A counter that trusts the publisher."""
    made = Counter(desk, clock)
    made.trust(publisher.root())
    return made


def pension_application() -> Application:
    """Pension enrolment (LS-008): intake, then three days at the county."""
    return Application(
        "LS-008",
        Applicant("王秀兰", "citizen_id", ID_NUMBER, "13912345678", "青石桥社区 3 组 12 号"),
        {"payment_grade": "500", "payment_mode": "自行缴费"},
        {"id_card": "brought", "hukou": "shared", "app_form": "brought"},
    )
