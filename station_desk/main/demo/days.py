"""The demonstration's days: a clock that is moved, and cases that go their way through working days."""

import heapq
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from station_desk.catalogue.calendar import WorkingCalendar
from station_desk.core.clock import CHINA, now

OPENING = time(8, 40)
FIRST_DAY, SECOND_DAY = 45, 2
"""Working days before today: by now all cases of the first day are done, those of the second under way."""


@dataclass(slots=True)
class DemoClock:
    """A clock that the demonstration moves; the acts read it as they read the wall clock."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def pass_minutes(self, minutes: int) -> None:
        """Time goes by."""
        self.moment += timedelta(minutes=minutes)


@dataclass(order=True, slots=True)
class Task:
    """What falls due on a case: the next step, or the papers that were asked for."""

    at: datetime
    number: str
    what: str = field(compare=False)


@dataclass(slots=True)
class Agenda:
    """Tasks in the order of their time."""

    calendar: WorkingCalendar
    tasks: list[Task] = field(default_factory=list)

    def add(self, number: str, what: str, at: datetime) -> None:
        """Puts a task on the agenda."""
        heapq.heappush(self.tasks, Task(at, number, what))

    def after(self, start: datetime, limit: int, unit: str) -> datetime:
        """When a step that began at `start` is done: within half its limit, on a working day."""
        if unit == "h" or limit == 0:
            return start + timedelta(minutes=20)
        day = start.date()
        for _ in range(max(1, limit // 2)):
            day = next_day(self.calendar, day)
        return datetime.combine(day, time(10, 30), CHINA)

    def take_until(self, end: datetime) -> Task | None:
        """The next task before `end`, None when there is none."""
        if self.tasks and self.tasks[0].at <= end:
            return heapq.heappop(self.tasks)
        return None


def morning(calendar: WorkingCalendar, days_back: int) -> datetime:
    """The opening of the station so many working days before today."""
    day = now().date()
    for _ in range(days_back):
        day = previous_day(calendar, day)
    return datetime.combine(day, OPENING, CHINA)


def next_day(calendar: WorkingCalendar, day: date) -> date:
    """The next working day."""
    day += timedelta(days=1)
    while not calendar.is_working(day):
        day += timedelta(days=1)
    return day


def previous_day(calendar: WorkingCalendar, day: date) -> date:
    """The working day before."""
    day -= timedelta(days=1)
    while not calendar.is_working(day):
        day -= timedelta(days=1)
    return day
