"""What the hall shows, made of the rows of the queue and of what is published, in each of its languages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from station_desk.catalogue.item import Catalogue, Language
from station_desk.core.clock import stamp
from station_desk.core.errors import DeskError
from station_desk.core.texts import Texts
from station_desk.counter.hall.board import Board, board_of, labels
from station_desk.counter.hall.pages import Turning, turning_of
from station_desk.counter.hall.settings import (
    Basics,
    HallSettings,
    languages_of,
    read_basics,
    read_settings,
)
from station_desk.store.hall_file import HallRows


@dataclass(frozen=True, slots=True)
class Seen:
    """One look at the queue: what stands on the display, by language."""

    boards: Mapping[Language, Board]
    turning: Mapping[Language, Turning]
    guide_url: str


@dataclass(slots=True)
class HallContent:
    """What is published and how the station wants it; `fault` says what is wrong with its settings.

    Used by one thread: it keeps the pages of the day.
    """

    catalogue: Catalogue
    settings: HallSettings
    basics: Basics
    texts: Mapping[Language, Texts]
    fault: DeskError | None = None
    _pages: dict[Language, Turning] = field(default_factory=dict)
    _made_for: tuple[str, Mapping[str, str]] | None = None

    @property
    def languages(self) -> tuple[Language, ...]:
        """The languages that are shown in turn."""
        return tuple(self.texts)

    def words(self, language: Language) -> Mapping[str, str]:
        """The fixed words in a language."""
        return labels(self.texts[language])

    def seen(self, rows: HallRows, now: datetime) -> Seen:
        """What the rows of today say."""
        day = stamp(now)[:10]
        if self._made_for != (day, rows.about):
            self._made_for = (day, rows.about)
            self._pages = {
                language: turning_of(self.catalogue, self.settings, self.basics, rows.about, day, say)
                for language, say in self.texts.items()
            }
        boards = {language: board_of(rows, self.catalogue, now, say) for language, say in self.texts.items()}
        url = rows.about.get("public_url", "")
        return Seen(boards, self._pages, f"{url}/guide" if url else "")


def content_of(profile: Path, catalogue: Catalogue, own: Language, i18n: Path) -> HallContent:
    """The content for a profile; faulty settings are told in `fault`, and the defaults hold."""
    settings, basics = HallSettings(), Basics()
    fault: DeskError | None = None
    try:
        settings = read_settings(profile)
        basics = read_basics(profile)
    except DeskError as error:
        fault = error
    texts = {language: Texts(i18n, language) for language in languages_of(settings, own)}
    return HallContent(catalogue, settings, basics, texts, fault)
