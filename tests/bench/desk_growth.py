"""Every page of the district desk at a million cases and at ten: the same district, ten times as long.

usage: python -m tests.bench.desk_growth [--cases 1000000 10000000] [--rounds 7] [--items 20]
       [--a-day 2740] [--open 20000]
40 stations with two counters take 2,740 cases a day; the last 20,000 are open, one in ten is rated, one
rating in ten is bad, nearly all of them are answered. A tenth of that (--cases 100000 1000000 --a-day 274
--open 2000) shows the same in a tenth of the time. Rows are made by the server itself, in a private
PostgreSQL (ten million cases need some 12 GB under the temporary folder, which is taken away), sums in the
order in which days come. Each page is built as a browser gets it, but for its HTML; an export to its last
byte. The quickest of the rounds counts on the clock, after one that is thrown away; the processors of program
and PostgreSQL are those of all rounds. Goal: t(10 million) / t(1 million) <= 2, by the clock on a quiet
machine, by the processors on a busy one.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import replace
from functools import cache, partial
from typing import NamedTuple

import psycopg

from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.district.desk.asked import Asked
from station_desk.district.desk.pages import PAGES
from station_desk.district.desk.sessions import Session
from station_desk.district.desk.table_files import file_of
from station_desk.district.district import District, open_district
from station_desk.district.metrics import held
from station_desk.district.published import Published
from station_desk.district.wishes import Wishes
from tests.bench.filled_district import A_DAY, OPEN, Sizes, fill
from tests.bench.private_database import fresh_database, postgres_seconds
from tests.conftest import private_postgres

GOAL = 2.0
LEAST = 0.004
"""Seconds of processor: what takes less is not compared, the clock of the processor ticks that coarsely."""

BUILD = {page.name: page.build for page in PAGES}
STATION, KIND = {"station": "BEN007"}, {"category": "C2"}
YEAR = {"days": "365"}
VARIANTS: Mapping[str, tuple[str, Mapping[str, str]]] = {
    **{name: (name, {}) for name in BUILD},
    "caseload, 90 days": ("caseload", {"days": "90"}),
    "caseload, a year": ("caseload", YEAR),
    "caseload of a station": ("caseload", {**YEAR, **STATION}),
    "caseload of a type": ("caseload", {**YEAR, **KIND}),
    "… at a station": ("caseload", {**YEAR, **STATION, **KIND}),
    "late of a station": ("late", STATION),
    "stations: one": ("stations", STATION),
}
EXPORTS = ("stations", "caseload", "late", "ratings")


class Took(NamedTuple):
    """Seconds for a page: the quickest on the clock, and of the processors on the average."""

    clock: float
    worked: float


def main() -> int:
    """Prints each page's time at both sizes, and the ratio."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    asked.add_argument("--cases", type=int, nargs=2, default=(1_000_000, 10_000_000))
    asked.add_argument("--rounds", type=int, default=7)
    asked.add_argument("--items", type=int, default=20)
    asked.add_argument("--a-day", type=int, default=A_DAY)
    asked.add_argument("--open", type=int, default=OPEN)
    options = asked.parse_args()
    with private_postgres() as server:
        few, many = (
            _measured(server, Sizes(cases, options.items, options.a_day, options.open), options.rounds)
            for cases in options.cases
        )
    print(f"{options.cases[0]} and {options.cases[1]} cases, load {os.getloadavg()[0]:.1f}")
    print(f"  {'':24s}{'clock':>24s}{'ratio':>9s}{'processors':>26s}{'ratio':>9s}")
    for page, took in few.items():
        then = many[page]
        clocks = f"{took.clock * 1000:9.1f} {then.clock * 1000:9.1f} ms {then.clock / took.clock:10.2f}"
        works = (
            f"{took.worked * 1000:12.1f} {then.worked * 1000:9.1f} ms {_ratio(took.worked, then.worked):8.2f}"
        )
        print(f"  {page:24s}{clocks}{works}")
    clock = max(many[page].clock / took.clock for page, took in few.items())
    worked = max(_ratio(took.worked, many[page].worked) for page, took in few.items())
    print(f"worst ratio {clock:.2f} by the clock, {worked:.2f} by the processors (goal {GOAL})")
    return 0 if min(clock, worked) <= GOAL else 1


def _ratio(few: float, many: float) -> float:
    return max(many, LEAST) / max(few, LEAST)


def _measured(server: str, sizes: Sizes, rounds: int) -> dict[str, Took]:
    with fresh_database(server) as url, closing(open_district(url)) as district:
        began = time.perf_counter()
        district.database.write_once(partial(fill, sizes=sizes))
        _settle(url)
        print(f"{sizes.cases} cases made in {time.perf_counter() - began:.0f} s", flush=True)
        work = partial(_timed, url, rounds)
        took = {name: work(partial(_page, district, *of)) for name, of in VARIANTS.items()}
        took |= {f"export: {page}": work(partial(_export, district, page)) for page in EXPORTS}
        took |= {"/metrics": work(partial(district.read, held))}
        for page, one in took.items():
            print(f"  {page:24s}{one.clock * 1000:9.1f} ms {one.worked * 1000:9.1f} ms", flush=True)
        return took


def _settle(url: str) -> None:
    """As autovacuum leaves it in a district that has been at work for long."""
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _page(district: District, page: str, params: Mapping[str, str]) -> object:
    return BUILD[page](_asked(district, params))


def _export(district: District, page: str) -> object:
    return file_of(BUILD[page](replace(_asked(district, {}), whole=True)), page, "list.csv")


def _timed(url: str, rounds: int, work: Callable[[], object]) -> Took:
    work()
    took: list[float] = []
    before = postgres_seconds(url) + time.process_time()
    for _ in range(rounds):
        began = time.perf_counter()
        work()
        took.append(time.perf_counter() - began)
    return Took(min(took), (postgres_seconds(url) + time.process_time() - before) / rounds)


@cache
def _texts() -> Texts:
    return Texts(paths.RESOURCES / "i18n", "zh-Hans")


@cache
def _forms(district: District) -> Published:
    return Published(district, paths.FORMS, time.monotonic)


def _asked(district: District, params: Mapping[str, str]) -> Asked:
    session = Session("bench", "manager", "", "")
    return Asked(district, session, _texts(), Wishes("zh-Hans", "standard"), params, _forms(district))


if __name__ == "__main__":
    sys.exit(main())
