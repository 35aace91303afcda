"""What a station may want of its hall display, and its files `hall/*.toml` in the profile.

All files may be missing. What is wrong in them is told with its place; the display then runs on the defaults.
"""

import tomllib
from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal, TypeVar

import msgspec

from station_desk.cases.spoken_call import Voice
from station_desk.catalogue.item import Language, Words
from station_desk.core.errors import RuleError

T = TypeVar("T")
Text = str | Words
"""A text of the station: in one language, or in all three."""

Theme = Literal["dark", "light", "contrast"]
THEMES: tuple[Theme, ...] = ("dark", "light", "contrast")
Seconds = Annotated[int, msgspec.Meta(ge=3, le=120)]
Hours = Annotated[str, msgspec.Meta(pattern=r"^([01]\d|2[0-3]):[0-5]\d-([01]\d|2[0-4]):[0-5]\d$")]
Day = Annotated[str, msgspec.Meta(pattern=r"^(\d{4}-\d\d-\d\d)?$")]
LARGEST = 256 * 1024


class HallSettingsUnreadable(RuleError):
    code = "hall.settings_unreadable"


class Announcement(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"since": "from"}):
    """A line of the station's own, shown from one day to another, both included."""

    text: Text
    since: Day = ""
    until: Day = ""


class Fact(msgspec.Struct, frozen=True):
    """A labelled fact of the community."""

    label: str
    text: str


class Basics(msgspec.Struct, frozen=True):
    """The community basics as the board on the wall has them; who works there is left to the wall."""

    name: str = ""
    updated: str = ""
    fact: tuple[Fact, ...] = ()


class HallSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`languages` are shown in turn; `voices` speak one after the other, none is silence.

    `calm` lets nothing move; `quiet` are hours without a voice; `items` are shown instead of all.
    """

    languages: tuple[Language, ...] = ()
    theme: Theme = "dark"
    page_seconds: Seconds = 14
    call_seconds: Seconds = 9
    calm: bool = False
    voices: tuple[Voice, ...] | None = None
    volume: Annotated[int, msgspec.Meta(ge=0, le=100)] = 80
    quiet: tuple[Hours, ...] = ()
    hours: Text = ""
    items: tuple[str, ...] = ()
    notice: tuple[Announcement, ...] = ()


class Notices(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The lines of the station in a file of their own."""

    notice: tuple[Announcement, ...] = ()


VOICES: tuple[Voice, ...] = ("cmn", "yue", "en")

VOICES_OF: dict[Language, tuple[Voice, ...]] = {
    "zh-Hans": ("cmn",),
    "zh-Hant": ("yue", "cmn"),
    "en": ("cmn", "en"),
}
"""Who speaks where the station says nothing: everybody in the hall understands one of them."""


def read_settings(profile: Path) -> HallSettings:
    """The settings in a file of before. Raises HallSettingsUnreadable."""
    return _read(profile / "hall" / "hall.toml", HallSettings) or HallSettings()


def read_notices(profile: Path) -> tuple[Announcement, ...]:
    """The lines of a profile. Raises HallSettingsUnreadable."""
    return (_read(profile / "hall" / "notices.toml", Notices) or Notices()).notice


def read_basics(profile: Path) -> Basics:
    """The community basics of a profile. Raises HallSettingsUnreadable."""
    return _read(profile / "hall" / "basics.toml", Basics) or Basics()


def languages_of(settings: HallSettings, own: Language) -> tuple[Language, ...]:
    """The languages that are shown; without a setting the one that the program speaks."""
    return settings.languages or (own,)


def voices_of(settings: HallSettings, own: Language) -> tuple[Voice, ...]:
    """Who speaks, in this order."""
    if settings.voices is not None:
        return settings.voices
    return VOICES_OF[languages_of(settings, own)[0]]


def is_quiet(settings: HallSettings, now: datetime) -> bool:
    """Whether no voice may be heard now; hours may reach over midnight."""
    at = f"{now:%H:%M}"
    spans = (span.split("-") for span in settings.quiet)
    return any(start <= at < end if start < end else at >= start or at < end for start, end in spans)


def in_language(text: Text, language: Language) -> str:
    """A text of the station as it is shown."""
    return text if isinstance(text, str) else text.in_language(language)


def notices_on(settings: HallSettings, day: str, language: Language) -> tuple[str, ...]:
    """The lines of the station that are shown on an ISO day."""
    return tuple(
        in_language(notice.text, language)
        for notice in settings.notice
        if notice.since <= day and (not notice.until or day <= notice.until)
    )


def _read(file: Path, shape: type[T]) -> T | None:
    try:
        if not file.is_file():
            return None
        if file.stat().st_size > LARGEST:
            raise HallSettingsUnreadable(file=file, why=f"> {LARGEST} bytes")
        return msgspec.convert(tomllib.loads(file.read_bytes().decode("utf-8-sig")), shape)
    except OSError as error:
        raise HallSettingsUnreadable(file=file, why=error.strerror or str(error)) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, msgspec.ValidationError, RecursionError) as error:
        raise HallSettingsUnreadable(file=file, why=str(error)) from error
