"""How a station wants its hall display: the settings of the counter, and its lines in `hall/notices.toml`.

A file `hall/hall.toml` of before holds as long as it lies there; `take_over` brings its values into the
settings once, its lines into their own file, and keeps it under another name.
"""

import json
from collections.abc import Iterator, Mapping
from itertools import count
from pathlib import Path
from typing import TypeVar

from station_desk.catalogue.item import Words
from station_desk.core.errors import RuleError
from station_desk.core.settings import checked, parts_of, setting_named, value_in
from station_desk.core.whole_file import write_whole
from station_desk.counter.desk import Desk
from station_desk.counter.hall.settings import (
    THEMES,
    VOICES,
    Announcement,
    HallSettings,
    Text,
    read_notices,
    read_settings,
)
from station_desk.store.trouble import disk_trouble

FOLDER, FILE, NOTICES = "hall", "hall.toml", "notices.toml"
TAKEN = "taken-over"
SILENT = "none"
Known = TypeVar("Known", bound=str)


def wishes_of(profile: Path, about: Mapping[str, str]) -> HallSettings:
    """What holds now. Raises HallSettingsUnreadable."""
    if (profile / FOLDER / FILE).is_file():
        return read_settings(profile)
    return settings_of(about, read_notices(profile))


def settings_of(about: Mapping[str, str], notices: tuple[Announcement, ...] = ()) -> HallSettings:
    """The settings of a counter as the display takes them."""

    def value(part: str) -> str:
        return value_in(about, f"hall.{part}")

    voices = parts_of(value("voices"))
    return HallSettings(
        languages=_known(parts_of(value("languages")), ("zh-Hans", "zh-Hant", "en")),
        theme=_known((value("theme"),), THEMES)[0],
        page_seconds=int(value("page_seconds")),
        call_seconds=int(value("call_seconds")),
        calm=value("calm") == "yes",
        voices=_known(voices, VOICES) if voices else None,
        volume=int(value("volume")),
        quiet=parts_of(value("quiet")),
        hours=_hours(value("hours"), value("hours_hant"), value("hours_en")),
        items=parts_of(value("items")),
        notice=notices,
    )


def take_over(desk: Desk) -> bool:
    """Brings a file of before into the settings; False when there is none, or none that can be read.

    Each step may be done again: whoever is cut off here begins anew. Raises disk trouble.
    """
    profile = desk.store.profile.folder
    file = profile / FOLDER / FILE
    if not file.is_file():
        return False
    try:
        found = read_settings(profile)
        values = {
            setting_named(key).place: checked(setting_named(key), value) for key, value in _values(found)
        }
    except RuleError:
        # The display goes by the file and tells what is wrong with it; nothing is lost until it is mended.
        return False
    with disk_trouble(file):
        if found.notice:
            write_whole("\n".join(_lines(found.notice)).encode(), file.with_name(NOTICES))
        desk.store.set_about(values)
        kept = (file.with_name(f"{FILE}.{TAKEN}{'' if n == 1 else f'-{n}'}") for n in count(1))
        file.rename(next(place for place in kept if not place.exists()))
    return True


def _kept(found: HallSettings) -> Iterator[tuple[str, str]]:
    for key, value in _values(found):
        setting = setting_named(key)
        yield setting.place, checked(setting, value)


def _values(found: HallSettings) -> Iterator[tuple[str, str]]:
    yield "hall.languages", ", ".join(found.languages)
    yield "hall.theme", found.theme
    yield "hall.page_seconds", str(found.page_seconds)
    yield "hall.call_seconds", str(found.call_seconds)
    yield "hall.calm", "yes" if found.calm else "no"
    yield "hall.voices", "" if found.voices is None else ", ".join(found.voices) or SILENT
    yield "hall.volume", str(found.volume)
    yield "hall.quiet", ", ".join(found.quiet)
    yield "hall.items", ", ".join(found.items)
    match found.hours:
        case Words(hans=hans, hant=hant, en=en):
            yield from (("hall.hours", hans), ("hall.hours_hant", hant), ("hall.hours_en", en))
        case hours:
            yield "hall.hours", hours


def _lines(notices: tuple[Announcement, ...]) -> Iterator[str]:
    for notice in notices:
        yield "[[notice]]"
        yield f"text = {_toml(notice.text)}"
        if notice.since:
            yield f"from = {_quoted(notice.since)}"
        if notice.until:
            yield f"until = {_quoted(notice.until)}"
        yield ""


def _toml(text: Text) -> str:
    match text:
        case Words(hans=hans, hant=hant, en=en):
            told = {"zh-Hans": hans, "zh-Hant": hant, "en": en}
            return "{ " + ", ".join(f"{key} = {_quoted(said)}" for key, said in told.items()) + " }"
        case plain:
            return _quoted(plain)


def _quoted(text: str) -> str:
    # What JSON writes of a text is a string of TOML as well; it lets one character pass that TOML does not.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _hours(hans: str, hant: str, en: str) -> Text:
    return Words(hans, hant or hans, en or hans) if hant or en else hans


def _known(parts: tuple[str, ...], known: tuple[Known, ...]) -> tuple[Known, ...]:
    return tuple(one for part in parts for one in known if one == part)
