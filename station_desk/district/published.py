"""What the district publishes today: the newest edition that was put in force, else the folder `forms/`.

Read once and kept; every few seconds it is looked up whether another one holds now, so that several servers
of one district change to it together.
"""

import logging
from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from threading import RLock

from station_desk.catalogue.calendar import WorkingCalendar, read_years, working_calendar
from station_desk.catalogue.edition.bundle import opened
from station_desk.catalogue.edition.inside import forms_inside
from station_desk.catalogue.edition.number import rank
from station_desk.catalogue.edition.published import PublishedForms, read_published
from station_desk.core.errors import DeskError
from station_desk.district.district import District
from station_desk.district.editions import Kept, all_kept, bundle_of

log = logging.getLogger(__name__)
LOOK_AGAIN = 10.0
MOST_KEPT = 4


class Published:
    """Answers what is published; `ticks` count seconds, `folder` is where the forms of the server lie."""

    def __init__(self, district: District, folder: Path, ticks: Callable[[], float]) -> None:
        self._district = district
        self.folder = folder
        self._ticks = ticks
        self._lock = RLock()
        self._read: dict[str, PublishedForms] = {}
        self._now: PublishedForms | None = None
        self._looked = (date.min, 0.0)

    def __call__(self) -> PublishedForms:
        with self._lock:
            if self._now is None or self.is_old():
                self._now = self._found()
                self._looked = (self._district.clock().date(), self._ticks())
            return self._now

    @property
    def now(self) -> PublishedForms | None:
        """What was published when it was looked up last."""
        return self._now

    def calendar(self) -> WorkingCalendar:
        """The working days by what is published, without reading the rest of the folder for them.

        Whoever rates needs no more: the first ones after a start would wait for the whole catalogue.
        """
        with self._lock:
            if self._now is None and not self._holding():
                return working_calendar(read_years(self.folder))
            return working_calendar(self().years)

    def is_old(self) -> bool:
        """Whether the next question looks into the database."""
        day, at = self._looked
        return self._now is None or day != self._district.clock().date() or self._ticks() - at > LOOK_AGAIN

    def look_again(self) -> None:
        """Something was put in force or withdrawn."""
        with self._lock:
            self._now = None

    def of(self, digest: str) -> PublishedForms:
        """What a kept edition says. Raises EditionNotThere, and BrokenForm where we cannot read it."""
        with self._lock:
            found = self._read.get(digest)
            if found is None:
                found = forms_inside(opened(bundle_of(self._district, digest)))
                while len(self._read) >= MOST_KEPT:
                    self._read.pop(next(iter(self._read)))
                self._read[digest] = found
            return found

    @cached_property
    def in_the_folder(self) -> PublishedForms:
        """What the server came with."""
        return read_published(self.folder)

    def _found(self) -> PublishedForms:
        """The newest that can be read: what this program does not understand is told and passed over."""
        for kept in sorted(self._holding(), key=lambda k: rank(k.number), reverse=True):
            try:
                return self.of(kept.digest)
            except DeskError:
                log.exception("edition %s cannot be read", kept.number)
        return self.in_the_folder

    def _holding(self) -> list[Kept]:
        """The kept editions that are in force today."""
        today = self._district.clock().date()
        return [kept for kept in all_kept(self._district) if kept.in_force_on(today)]
