"""What the hall shows, made of the rows of the queue and of what is published, in each of its languages."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from station_desk import __version__
from station_desk.catalogue.item import Catalogue, Language
from station_desk.core import paths
from station_desk.core.clock import Clock, stamp
from station_desk.core.errors import DeskError
from station_desk.core.texts import Texts
from station_desk.counter.hall.board import Board, board_of, labels
from station_desk.counter.hall.pages import Turning, turning_of
from station_desk.counter.hall.settings import Basics, HallSettings, languages_of, read_basics
from station_desk.counter.hall.wishes import FOLDER, wishes_of
from station_desk.counter.station_by_district import basics_here
from station_desk.store.editions import edition_in_use
from station_desk.store.hall_file import HallRows
from station_desk.store.profile import Profile

Mark = tuple[tuple[str, int], ...]
"""The files and folders that say what is published and how it is shown, each with its age."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One look at the queue: what stands on the display, by language, and how the station wants it shown."""

    boards: Mapping[Language, Board]
    turning: Mapping[Language, Turning]
    guide_url: str
    settings: HallSettings
    texts: Mapping[Language, Texts]
    fault: DeskError | None

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that are shown in turn."""
        return tuple(self.texts)


@dataclass(slots=True)
class HallContent:
    """What is published and how the station wants it; `fault` says what is wrong with its settings.

    Used by one thread: it keeps the pages of the day, and makes them anew when the day, the settings, the
    files of the station or the edition are other ones.
    """

    profile: Path
    catalogue: Catalogue
    own: Language
    i18n: Path
    newest: Callable[[], Catalogue] | None = None
    settings: HallSettings = field(default_factory=HallSettings)
    texts: Mapping[Language, Texts] = field(default_factory=dict)
    fault: DeskError | None = None
    _basics: Basics = field(default_factory=Basics)
    _pages: dict[Language, Turning] = field(default_factory=dict)
    _made_for: tuple[str, Mapping[str, str], Mark] | None = None
    _published: tuple[str, Mark] | None = None

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that are shown in turn."""
        return tuple(self.texts)

    def words(self, language: Language) -> Mapping[str, str]:
        """The fixed words in a language."""
        return labels(self.texts[language])

    def mark(self) -> Mark:
        """Another one as soon as an edition is installed, or a file of the station is edited."""
        return (*_ages(self.profile / FOLDER), *_ages(Profile(self.profile).editions))

    def seen(self, rows: HallRows, now: datetime) -> Seen:
        """What the rows of today say."""
        day, mark = stamp(now)[:10], self.mark()
        if self._made_for != (day, rows.about, mark):
            self._renew(day, rows.about, mark)
        boards = {language: board_of(rows, self.catalogue, now, say) for language, say in self.texts.items()}
        url = rows.about.get("public_url", "")
        guide = f"{url}/guide" if url else ""
        return Seen(boards, self._pages, guide, self.settings, self.texts, self.fault)

    def take_wishes(self, about: Mapping[str, str]) -> None:
        """Looks how the station wants it now; what is wrong is told in `fault`, and the defaults hold."""
        self.fault = None
        try:
            self.settings = wishes_of(self.profile, about)
            self._basics = basics_here(about, read_basics(self.profile))
        except DeskError as error:
            self.fault, self.settings, self._basics = error, HallSettings(), Basics()
        wanted = languages_of(self.settings, self.own)
        if tuple(self.texts) != wanted:
            self.texts = {language: Texts(self.i18n, language) for language in wanted}

    def _renew(self, day: str, about: Mapping[str, str], mark: Mark) -> None:
        # An edition takes effect on its day as well as when it is installed.
        published = (day, _ages(Profile(self.profile).editions))
        if self.newest and self._published not in (None, published):
            self.catalogue = self.newest()
        self._published = published
        self.take_wishes(about)
        self._pages = {
            language: turning_of(self.catalogue, self.settings, self._basics, about, day, say)
            for language, say in self.texts.items()
        }
        self._made_for = (day, about, mark)


def content_of(
    profile: Path, catalogue: Catalogue, own: Language, i18n: Path, clock: Clock | None = None
) -> HallContent:
    """The content for a profile; with a clock it follows the editions installed while it is shown."""

    def newest(clock: Clock) -> Catalogue:
        in_use = edition_in_use(Profile(profile), paths.FORMS, clock().date(), __version__)
        return in_use.forms.catalogue

    content = HallContent(profile, catalogue, own, i18n, (lambda: newest(clock)) if clock else None)
    content.take_wishes({})
    return content


def _ages(folder: Path) -> Mark:
    try:
        return tuple(sorted((str(one), one.stat().st_mtime_ns) for one in folder.iterdir()))
    except OSError:
        return ()
