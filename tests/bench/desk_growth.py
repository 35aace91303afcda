"""Every page of the district desk at a million cases and at ten: the same district, ten times as long.

usage: python -m tests.bench.desk_growth [--cases 1000000 10000000] [--rounds 7]
40 stations with two counters and 20 items each take 2,740 cases a day; the last 20,000 are open, one in ten
is rated. Rows are made by the server itself, in a private PostgreSQL; ten million cases need some 6 GB
under the temporary folder, which is taken away. Each page is built as a browser gets it, but for its HTML;
the quickest of the rounds counts, after one that is thrown away. Goal: t(10 million) / t(1 million) <= 2.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from functools import cache, partial

import psycopg
from sqlalchemy import Connection, text

from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.district.desk.asked import Asked
from station_desk.district.desk.pages.caseload import caseload
from station_desk.district.desk.pages.late import late
from station_desk.district.desk.pages.ratings import ratings
from station_desk.district.desk.pages.stations import stations
from station_desk.district.desk.sessions import Session
from station_desk.district.district import District, open_district
from station_desk.district.published import Published
from station_desk.district.wishes import Wishes
from tests.bench.private_database import fresh_database
from tests.conftest import private_postgres

GOAL = 2.0
A_DAY, OPEN = 2_740, 20_000
PAGES: Mapping[str, tuple[Callable[[Asked], object], Mapping[str, str]]] = {
    "caseload, 30 days": (caseload, {"days": "30"}),
    "caseload, a year": (caseload, {"days": "365"}),
    "caseload of a station": (caseload, {"days": "365", "station": "BEN007"}),
    "late and soon late": (late, {}),
    "late of a station": (late, {"station": "BEN007"}),
    "stations": (stations, {}),
    "ratings": (ratings, {}),
}
FILL = """
INSERT INTO station SELECT 'BEN' || lpad(n::text, 3, '0'), 'Station ' || n, '', ''
    FROM generate_series(0, 39) n;
INSERT INTO device SELECT station, station || '.0' || k || '.x', '0' || k, '', '2020-01-01T08:00:00+08:00',
    '', '', '' FROM station, generate_series(1, 2) k;
INSERT INTO health SELECT station, device, counter, '2026-11-28T08:00:00+08:00', '', 0, 0, '', 0, 2, '', ''
    FROM device;
INSERT INTO writer SELECT station, station || '.' || counter, counter, :cases / 20, '', :cases / 80
    FROM device;
INSERT INTO caseload SELECT
    'BEN' || lpad((n % 40)::text, 3, '0'), 'BEN-' || lpad(n::text, 9, '0') || '-01-0', '0' || (1 + n % 2),
    'C' || (n / 40 % 20) / 3, 'I' || n / 40 % 20,
    CASE WHEN n > :cases - :open THEN 'processing' ELSE 'delivered' END,
    CASE WHEN n > :cases - :open THEN (current_date + (n % 23)::int - 2)::text ELSE '' END, false,
    now()::text,
    '{"processing":"' || day || '","finished":"' || day + 5 || '","delivered":"' || day + 6 || '"}',
    n > :cases - :open
    FROM (SELECT n, current_date - ((:cases - n) / :a_day)::int AS day
        FROM generate_series(1, :cases) n) each;
INSERT INTO daily SELECT station, (day + later)::text, category, item, state, count(*) FROM (
    SELECT 'BEN' || lpad((n % 40)::text, 3, '0') AS station, 'C' || (n / 40 % 20) / 3 AS category,
        'I' || n / 40 % 20 AS item, current_date - ((:cases - n) / :a_day)::int AS day
    FROM generate_series(1, :cases) n) each,
    (VALUES ('processing', 0), ('finished', 5), ('delivered', 6)) AS came (state, later)
    GROUP BY 1, 2, 3, 4, 5;
"""


def main() -> int:
    """Prints each page's time at both sizes, and the ratio."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cases", type=int, nargs=2, default=(1_000_000, 10_000_000))
    asked.add_argument("--rounds", type=int, default=7)
    options = asked.parse_args()
    with private_postgres() as server:
        few, many = (_measured(server, cases, options.rounds) for cases in options.cases)
    print(f"{options.cases[0]} and {options.cases[1]} cases, load {os.getloadavg()[0]:.1f}")
    for page, took in few.items():
        ratio = many[page] / took
        print(f"  {page:24s}{took * 1000:8.1f} ms {many[page] * 1000:8.1f} ms   ratio {ratio:.2f}")
    worst = max(many[page] / took for page, took in few.items())
    print(f"worst ratio {worst:.2f} (goal {GOAL})")
    return 0 if worst <= GOAL else 1


def _measured(server: str, cases: int, rounds: int) -> dict[str, float]:
    with fresh_database(server) as url, closing(open_district(url)) as district:
        began = time.perf_counter()
        district.database.write_once(partial(_fill, cases=cases))
        _settle(url)
        print(f"{cases} cases made in {time.perf_counter() - began:.0f} s", flush=True)
        return {page: _quickest(district, *of, rounds) for page, of in PAGES.items()}


def _fill(connection: Connection, cases: int) -> None:
    connection.execute(text("SET LOCAL statement_timeout = 0"))
    sizes = {"cases": cases, "open": OPEN, "a_day": A_DAY}
    for statement in FILL.split(";")[:-1]:
        named = {name: value for name, value in sizes.items() if f":{name}" in statement}
        connection.execute(text(statement), named)
    _rate(connection)


def _rate(connection: Connection) -> None:
    """One case in ten."""
    grades = "(ARRAY['very_good', 'good', 'fair'])[1 + (substr(number, 5, 9)::int % 3)]"
    connection.execute(
        text(
            f"INSERT INTO rating SELECT station, number, {grades}, '[]', '', updated_at, '', '', '' "
            "FROM caseload WHERE substr(number, 13, 1) = '0'"
        )
    )
    connection.execute(
        text("INSERT INTO grade_sum SELECT station, grade, count(*) FROM rating GROUP BY 1, 2")
    )


def _settle(url: str) -> None:
    """As autovacuum leaves it in a district that has been at work for long."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _quickest(
    district: District, page: Callable[[Asked], object], params: Mapping[str, str], rounds: int
) -> float:
    asked = _asked(district, params)
    took: list[float] = []
    for _ in range(rounds + 1):
        began = time.perf_counter()
        page(asked)
        took.append(time.perf_counter() - began)
    return min(took[1:])


@cache
def _texts() -> Texts:
    return Texts(paths.RESOURCES / "i18n", "zh-Hans")


def _asked(district: District, params: Mapping[str, str]) -> Asked:
    session = Session("bench", "manager", "", "")
    return Asked(
        district,
        session,
        _texts(),
        Wishes("zh-Hans", "standard"),
        params,
        Published(district, paths.FORMS, time.monotonic),
    )


if __name__ == "__main__":
    sys.exit(main())
