"""A real district, on SQLite and on a real PostgreSQL, asked in process and over a real loopback wire.

The databases and the servers last for the whole run; each test finds the tables empty and the clock at noon.
"""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import httpx2
import psycopg
import pytest
from sqlalchemy import Connection, delete
from starlette.testclient import TestClient

from station_desk.core.clock import CHINA
from station_desk.district import tables as t
from station_desk.district.app import make_app
from station_desk.district.district import District, open_district
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.district import Served
from tests.district.described import holding
from tests.district.statements import listening
from tests.district.station import CounterPC, Sender, enrolled

NAME = "青石区政务服务平台"
NOON = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)


@dataclass
class DistrictClock:
    """Noon of a working day, until a test moves it."""

    moment: datetime = NOON

    def __call__(self) -> datetime:
        return self.moment

    def wait(self, **time: int) -> None:
        self.moment += timedelta(**time)


@dataclass
class Reached:
    """A district and the way to ask it."""

    district: District
    http: httpx2.Client

    def sender(self, station: str = "QSQ001", counter: str = "02") -> Sender:
        """A counter PC that has just enrolled."""
        return enrolled(self.http, new_enrol_code(self.district, station), station, counter)


@pytest.fixture(scope="session", params=["sqlite", "postgresql"])
def kept_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a database that lasts for the run."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('district') / 'district.db'}"
        return
    server, name = str(request.getfixturevalue("postgres_url")), f"district_{uuid4().hex}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}".encode())
        yield f"{server.rsplit('/', 1)[0]}/{name}"
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)".encode())


@pytest.fixture(scope="session")
def kept_clock() -> DistrictClock:
    return DistrictClock()


@pytest.fixture(scope="session")
def kept_in_process(kept_url: str, kept_clock: DistrictClock) -> Iterator[Reached]:
    with (
        closing(open_district(kept_url, name=NAME, clock=kept_clock)) as district,
        TestClient(make_app(district)) as http,
    ):
        yield Reached(district, holding(http))


@pytest.fixture(scope="session")
def kept_over_loopback(kept_url: str, kept_clock: DistrictClock) -> Iterator[Reached]:
    with (
        Served(kept_url, name=NAME, clock=kept_clock) as served,
        httpx2.Client(base_url=served.url, transport=httpx2.HTTPTransport()) as http,
    ):
        yield Reached(served.district, holding(http))


@pytest.fixture
def clock(kept_clock: DistrictClock) -> DistrictClock:
    kept_clock.moment = NOON
    return kept_clock


@pytest.fixture
def in_process(kept_in_process: Reached, clock: DistrictClock) -> Reached:
    """An empty district whose app is called directly."""
    kept_in_process.district.write(_empty)
    return kept_in_process


@pytest.fixture
def over_loopback(kept_over_loopback: Reached, clock: DistrictClock) -> Reached:
    """An empty district that uvicorn serves on a loopback port."""
    kept_over_loopback.district.write(_empty)
    return kept_over_loopback


@pytest.fixture
def reached(in_process: Reached) -> Reached:
    """An empty district; how it is reached is not what the test is about."""
    return in_process


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a database that nobody has opened yet."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'district.db'}"
    return str(request.getfixturevalue("fresh_postgres"))


@pytest.fixture
def pc() -> CounterPC:
    """The counter whose log the district does not know yet."""
    return CounterPC()


def _empty(connection: Connection) -> None:
    for table in t.metadata.sorted_tables:
        if table is not t.about:
            connection.execute(delete(table))


@pytest.fixture(autouse=True)
def of_one_station() -> Iterator[None]:
    """No test makes the program ask more than one station, but where the whole district is meant."""
    with listening() as found:
        yield
    assert sorted(found) == []
