"""Are legal clocks exact? A million random ones beside a counter that crosses out days on a paper calendar.

    python tests/bench/clocks.py [--n 1000000] [--seed 1] [--processes 2]

The counter below shares no code with `cases/deadlines.py`: it reads the year files by itself and goes day by
day (for hours from one stop to the next). Clocks of all three units start from 2015 to 2029, a quarter of
them around a New Year, with up to four stops that overlap, come in any order or began before the clock. The
control plants known mistakes, each of which must be found.
"""

import argparse
import random
import sys
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta, timezone
from typing import Literal

from station_desk.cases.deadlines import Due, Stop, due
from station_desk.catalogue.calendar import WorkingCalendar, read_calendar
from station_desk.core import paths

GOAL_S = 180
CHUNK = 25_000
CONTROL = 5_000
ZONE = timezone(timedelta(hours=8))
FIRST, LAST = date(2014, 1, 1), date(2036, 1, 1)
UNITS: tuple[Literal["wd", "cd", "h"], ...] = ("wd", "cd", "h")
LONGEST = {"wd": 60, "cd": 90, "h": 240}
MINUTES_A_DAY = 1440

Rule = Callable[[WorkingCalendar, datetime, int, Literal["wd", "cd", "h"], Sequence[Stop]], Due]


@dataclass(frozen=True)
class Ask:
    """One clock: when it began, how much it may run, when it stood."""

    start: datetime
    limit: int
    unit: Literal["wd", "cd", "h"]
    stops: tuple[Stop, ...]


class PaperCalendar:
    """A wall calendar: each day marked as worked or not, each year as sure or not."""

    def __init__(self) -> None:
        self.worked = {day.toordinal(): day.isoweekday() <= 5 for day in _each_day(FIRST, LAST)}
        self.sure: set[int] = set()
        for file in (paths.FORMS / "calendar").glob("*.toml"):
            page = tomllib.loads(file.read_text("utf-8"))
            self.worked.update(dict.fromkeys((day.toordinal() for day in page["rest_weekdays"]), False))
            self.worked.update(dict.fromkeys((day.toordinal() for day in page["work_weekends"]), True))
            if page["status"] == "official":
                self.sure.add(page["year"])

    def count(self, ask: Ask) -> Due:
        """The end of a clock as a clerk finds it with a pencil."""
        moment = None
        if ask.unit == "h":
            moment = self._hours(ask)
            last = moment.date()
        else:
            last = date.fromordinal(self._days(ask))
        unsure = {*range(ask.start.year, last.year + 1)} - self.sure
        return Due(last, moment, bool(unsure))

    def _days(self, ask: Ask) -> int:
        crossed_out: set[int] = set()
        for stop in ask.stops:
            assert stop.end is not None
            crossed_out.update(range(stop.start.toordinal() + 1, stop.end.toordinal() + 1))
        day, left = ask.start.toordinal(), ask.limit
        while left:
            day += 1
            if day not in crossed_out and (ask.unit == "cd" or self.worked[day]):
                left -= 1
        while ask.unit == "cd" and ask.limit and not self.worked[day]:
            day += 1
        return day

    def _hours(self, ask: Ask) -> datetime:
        turns = sorted([*((s.start, 1) for s in ask.stops), *((s.end or s.start, -1) for s in ask.stops)])
        now, standing, left = ask.start, 0, timedelta(hours=ask.limit)
        for at, turn in turns if left else ():
            if at > now and not standing:
                if at - now >= left:
                    return now + left
                left -= at - now
            now = max(now, at)
            standing += turn
        return now + left


def asks(seed: int, count: int) -> Iterator[Ask]:
    """Random clocks, the same ones for the same seed."""
    dice = random.Random(seed)
    for _ in range(count):
        start = _start(dice)
        unit = dice.choice(UNITS)
        stops = tuple(_stop(dice, start) for _ in range(dice.choice((0, 0, 0, 1, 1, 2, 2, 3, 4))))
        yield Ask(start, dice.randint(0, LONGEST[unit]), unit, stops)


def differences(rule: Rule, seed: int, count: int) -> Iterator[tuple[Ask, Due, Due]]:
    """The clocks for which the rule and the paper calendar end otherwise: the clock, the rule, the paper."""
    calendar, paper = read_calendar(paths.FORMS), PaperCalendar()
    for ask in asks(seed, count):
        ours, theirs = rule(calendar, ask.start, ask.limit, ask.unit, ask.stops), paper.count(ask)
        if ours != theirs:
            yield ask, ours, theirs


def mistakes() -> Mapping[str, Rule]:
    """Wrong rules, each a mistake that somebody could make: a comparison must find every one of them."""
    day = timedelta(days=1)
    return {
        "the day of the act counts": lambda c, s, n, u, x: due(c, s - day, n, u, x),
        "the day of the stop does not count": lambda c, s, n, u, x: due(c, s, n, u, _moved(x, -day, 0 * day)),
        "the day of resumption counts": lambda c, s, n, u, x: due(c, s, n, u, _moved(x, 0 * day, -day)),
        "make-up days are rest days": lambda c, s, n, u, x: due(
            replace(c, work_weekends=frozenset()), s, n, u, x
        ),
        "holidays are working days": lambda c, s, n, u, x: due(
            replace(c, rest_weekdays=frozenset()), s, n, u, x
        ),
        "only the last stop is left out": lambda c, s, n, u, x: due(c, s, n, u, x[-1:]),
        "an end on a rest day stays": lambda c, s, n, u, x: due(
            replace(c, rest_weekdays=frozenset(), work_weekends=_all_weekends()) if u == "cd" else c,
            s,
            n,
            u,
            x,
        ),
        "overlapping stops hold up twice": _held_up_twice,
        "provisional years are forgotten": lambda c, s, n, u, x: replace(
            due(c, s, n, u, x), provisional=False
        ),
    }


def main() -> int:
    """Prints the differences and the time beside the limit, then what the control found."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--n", type=int, default=1_000_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--processes", type=int, default=2)
    asked = options.parse_args()
    began = time.monotonic()
    chunks = [min(CHUNK, asked.n - done) for done in range(0, asked.n, CHUNK)]
    total: Counter[str] = Counter()
    with ProcessPoolExecutor(asked.processes) as pool:
        seeds = range(asked.seed * 1000, asked.seed * 1000 + len(chunks))
        for found in pool.map(_chunk, seeds, chunks):
            total.update(found)
            print(f"\r{total['clocks']} clocks, {total['differences']} differences", end="", flush=True)
    took = time.monotonic() - began
    kinds = ", ".join(
        f"{name} {total[name]}" for name in (*UNITS, "several stops", "over New Year", "provisional")
    )
    print(f"\n{kinds}")
    print(f"{took:.0f} s with {asked.processes} processes (limit {GOAL_S} s)")
    print(f"differences {total['differences']} (limit 0)")
    missed = _control(asked.seed)
    return int(bool(total["differences"]) or missed or took > GOAL_S)


def _control(seed: int) -> bool:
    missed = False
    for name, rule in mistakes().items():
        found = sum(1 for _ in differences(rule, seed, CONTROL))
        print(f"control: {name}: {found} of {CONTROL} differ")
        missed = missed or not found
    return missed


def _chunk(seed: int, count: int) -> Counter[str]:
    found = Counter(clocks=count, differences=0)
    for ask, ours, theirs in differences(due, seed, count):
        found["differences"] += 1
        if found["differences"] <= 3:
            print(f"\n{ask}\n  rule  {ours}\n  paper {theirs}")
    paper = PaperCalendar()
    for ask in asks(seed, count):
        end = paper.count(ask)
        found[ask.unit] += 1
        found["several stops"] += len(ask.stops) > 1
        found["over New Year"] += end.day.year > ask.start.year
        found["provisional"] += end.provisional
    return found


def _start(dice: random.Random) -> datetime:
    if dice.random() < 0.25:
        day = date(dice.randint(2015, 2029), 12, 31) + timedelta(days=dice.randint(-30, 10))
    else:
        day = date(2015, 1, 1) + timedelta(days=dice.randrange(15 * 365))
    return datetime(day.year, day.month, day.day, tzinfo=ZONE) + timedelta(
        minutes=dice.randrange(MINUTES_A_DAY)
    )


def _stop(dice: random.Random, start: datetime) -> Stop:
    begin = start + timedelta(minutes=dice.randint(-5 * MINUTES_A_DAY, 45 * MINUTES_A_DAY))
    longest = dice.choice((60, MINUTES_A_DAY, 10 * MINUTES_A_DAY, 40 * MINUTES_A_DAY))
    return Stop(begin, begin + timedelta(minutes=dice.randrange(longest)))


def _moved(stops: Sequence[Stop], start: timedelta, end: timedelta) -> tuple[Stop, ...]:
    return tuple(Stop(s.start + start, max(s.start + start, (s.end or s.start) + end)) for s in stops)


def _held_up_twice(
    calendar: WorkingCalendar,
    start: datetime,
    limit: int,
    unit: Literal["wd", "cd", "h"],
    stops: Sequence[Stop],
) -> Due:
    if unit != "h":
        return due(calendar, start, limit, unit, stops)
    end = due(calendar, start, limit, unit).moment or start
    for stop in sorted(stops, key=lambda stop: stop.start):
        if stop.end and start <= stop.start < end:
            end += stop.end - stop.start
    return Due(end.date(), end, due(calendar, start, limit, unit, stops).provisional)


def _all_weekends() -> frozenset[date]:
    return frozenset(day for day in _each_day(FIRST, LAST) if day.isoweekday() > 5)


def _each_day(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days))


if __name__ == "__main__":
    sys.exit(main())
