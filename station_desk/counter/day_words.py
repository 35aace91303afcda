"""Days as people say them in a sentence: 21 Nov, 11月21日至22日; the year only where it is another one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from station_desk.core.texts import Texts


@dataclass(frozen=True, slots=True)
class DayWords:
    """Says days to a reader who has the year `year` in mind."""

    texts: Texts
    year: int

    def day(self, day: date) -> str:
        """21 Nov; 4 Jan 2027 in another year."""
        return self.full(day) if day.year != self.year else self._text("date.short", day, day=day.day)

    def full(self, day: date) -> str:
        """21 Nov 2026."""
        return self._text("date.full", day, day=day.day)

    def moment(self, moment: datetime) -> str:
        """21 Nov 2026 16:30."""
        return self.texts("due.date.moment", date=self.full(moment.date()), time=f"{moment:%H:%M}")

    def row(self, first: date, last: date) -> str:
        """Days in a row: 21–22 Nov, 28 Nov – 3 Dec."""
        if first == last:
            return self.day(first)
        if (first.year, first.month) != (last.year, last.month):
            return self.texts("due.range.apart", first=self.day(first), last=self.day(last))
        key = "month" if first.year == self.year else "month_full"
        return self._text(f"range.{key}", first, first=first.day, last=last.day)

    def length(self, time: timedelta) -> str:
        """4 h, 4 h 30 min."""
        hours, minutes = divmod(round(time.total_seconds() / 60), 60)
        key = "hours" if minutes else "whole"
        return self.texts(f"due.length.{key}", hours=hours, minutes=minutes)

    def joined(self, words: Iterable[str]) -> str:
        """Several in one sentence: a, b, c."""
        return self.texts("due.join.days").join(words)

    def _text(self, key: str, of: date, **days: int) -> str:
        month = self.texts(f"due.month.{of.month}")
        return self.texts(f"due.{key}", month=month, year=of.year, **days)
