"""Every setting of the program, declared once: the settings page, the command line and the handbook are made
from this table, and whoever needs a value asks here.

Named tuples, not data classes: the first paint waits for each of them to be made. Values are texts; what is
not kept has its default. Names and explanations are in `resources/i18n/*/settings.toml`.
"""

import json
import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from station_desk.core.errors import RuleError, TroubleError

Kind = Literal["choice", "whole", "text", "printer", "list", "hours"]
"""A list holds some of the choices, hours spans of a day like 12:00-14:00; both by commas."""
Keeper = Literal["pc", "profile"]
"""Who keeps a value: this PC for everybody who works at it, or the profile of the counter."""
Who = Literal["clerk", "head"]
When = Literal["now", "start"]
"""When a new value takes hold: in the open window at once, or with its next start."""


LONGEST_NUMBER = 9
MAY_BE_EMPTY = ("text", "list", "hours")
PARTS = r"[\s,;\uff0c\u3001\uff1b]+"
HOURS = r"([01]\d|2[0-3]):[0-5]\d-(([01]\d|2[0-3]):[0-5]\d|24:00)"
"""Worked out when they are asked for: no first paint waits for that."""


class SettingUnknown(RuleError):
    code = "settings.unknown"


class NotAChoice(RuleError):
    code = "settings.not_a_choice"


class NotWithin(RuleError):
    code = "settings.not_within"


class TextNotFit(RuleError):
    code = "settings.text_not_fit"


class NotHours(RuleError):
    code = "settings.not_hours"


class ValueNeeded(RuleError):
    code = "settings.value_needed"


class NotKept(TroubleError):
    code = "settings.not_kept"


class Setting(NamedTuple):
    """One setting. `place` is its name where it is kept; `least` and `most` bound a number or a length."""

    key: str
    kind: Kind
    default: str
    keeper: Keeper
    who: Who
    place: str
    choices: tuple[str, ...] = ()
    least: int = 0
    most: int = 0
    when: When = "now"


def _here(key: str, default: str, *choices: str) -> Setting:
    return Setting(key, "choice", default, "pc", "clerk", key, choices)


def _station(part: str, least: int, most: int) -> Setting:
    return Setting(f"station.{part}", "text", "", "profile", "head", part, (), least, most)


def _seconds(key: str, default: int, least: int, most: int, who: Who) -> Setting:
    return Setting(key, "whole", str(default), "profile", who, f"setting:{key}", (), least, most)


def _hall(
    part: str, kind: Kind, default: str = "", choices: tuple[str, ...] = (), least: int = 0, most: int = 0
) -> Setting:
    key = f"hall.{part}"
    return Setting(key, kind, default, "profile", "head", f"setting:{key}", choices, least, most)


SETTINGS: tuple[Setting, ...] = (
    _here("language", "zh-Hans", "zh-Hans", "zh-Hant", "en"),
    _here("look.theme", "light", "light", "dark", "contrast"),
    _here("look.text_size", "1", "1", "1.25", "1.5"),
    _station("clerk", 1, 50),
    _station("name", 1, 100),
    _station("phone", 0, 40),
    _station("address", 0, 200),
    _station("complaint_phone", 0, 40),
    Setting("papers.printer", "printer", "folder", "profile", "head", "printer:papers", (), 1, 200),
    Setting("sync.on", "choice", "yes", "profile", "head", "setting:sync.on", ("yes", "no")),
    _seconds("sync.seconds", 60, 15, 3600, "head"),
    _seconds("queue.seconds", 3, 1, 60, "clerk"),
    Setting("lock.minutes", "whole", "5", "profile", "head", "setting:lock.minutes", (), 1, 60),
    _hall("languages", "list", choices=("zh-Hans", "zh-Hant", "en")),
    _hall("theme", "choice", "dark", ("dark", "light", "contrast")),
    _hall("page_seconds", "whole", "14", least=3, most=120),
    _hall("call_seconds", "whole", "9", least=3, most=120),
    _hall("calm", "choice", "no", ("no", "yes")),
    _hall("voices", "list", choices=("cmn", "yue", "en", "none")),
    _hall("volume", "whole", "80", least=0, most=100),
    _hall("quiet", "hours", most=5),
    _hall("items", "list", most=200),
    _hall("hours", "text", most=100),
    _hall("hours_hant", "text", most=100),
    _hall("hours_en", "text", most=100),
    Setting("backup.on", "choice", "yes", "profile", "head", "setting:backup.on", ("yes", "no")),
    _seconds("backup.minutes", 10, 1, 1440, "head"),
    Setting("backup.to", "text", "", "profile", "head", "setting:backup.to", (), 0, 300),
)


def setting_named(key: str) -> Setting:
    """The setting of a key. Raises SettingUnknown."""
    for setting in SETTINGS:
        if setting.key == key:
            return setting
    raise SettingUnknown(key=key, known=", ".join(setting.key for setting in SETTINGS))


def checked(setting: Setting, text: str) -> str:
    """The value as it is kept. Raises ValueNeeded, NotAChoice, NotWithin, TextNotFit."""
    value = text.strip()
    if not value and (setting.kind not in MAY_BE_EMPTY or setting.least):
        raise ValueNeeded(key=setting.key)
    match setting.kind:
        case "choice" if value not in setting.choices:
            raise NotAChoice(key=setting.key, value=value, known=", ".join(setting.choices))
        case "whole" if not _is_within(value, setting):
            raise NotWithin(key=setting.key, value=value, least=setting.least, most=setting.most)
        case "text" | "printer" if len(value) > setting.most or not _is_plain(value):
            raise TextNotFit(key=setting.key, most=setting.most)
        case "whole":
            return str(int(value))
        case "list" | "hours":
            return _joined(setting, parts_of(value))
        case _:
            return value


def parts_of(value: str) -> tuple[str, ...]:
    """The parts of a list as they were typed: by commas of any script, by spaces, each once."""
    return tuple(dict.fromkeys(part for part in re.split(PARTS, value) if part))


def _joined(setting: Setting, parts: tuple[str, ...]) -> str:
    for part in parts:
        if setting.kind == "hours" and not re.fullmatch(HOURS, part):
            raise NotHours(key=setting.key, value=part)
        if setting.choices and part not in setting.choices:
            raise NotAChoice(key=setting.key, value=part, known=", ".join(setting.choices))
        if not _is_plain(part):
            raise TextNotFit(key=setting.key, most=setting.most)
    if setting.most and len(parts) > setting.most:
        raise NotWithin(key=setting.key, value=str(len(parts)), least=0, most=setting.most)
    return ", ".join(parts)


def value_in(kept: Mapping[str, str], key: str) -> str:
    """The value of a setting out of what its keeper keeps; its default where that is missing or unfit."""
    setting = setting_named(key)
    try:
        return checked(setting, kept[setting.place])
    except (KeyError, RuleError):
        return setting.default


def _is_within(value: str, setting: Setting) -> bool:
    plain = value.isascii() and value.isdecimal() and len(value) <= LONGEST_NUMBER
    return plain and setting.least <= int(value) <= setting.most


def _is_plain(value: str) -> bool:
    # The tables of all characters are loaded only for a text: no first paint needs them.
    from station_desk.core.visible import is_visible

    return is_visible(value)


def pc_file() -> Path:
    """Where this PC keeps its settings, for all profiles of the person who works at it."""
    match sys.platform:
        case "win32":
            home = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
        case "darwin":
            home = Path.home() / "Library" / "Application Support"
        case _:
            home = Path(os.environ.get("XDG_CONFIG_HOME") or Path.home() / ".config")
    return home / "station-desk" / "settings.json"


def kept_on_pc() -> dict[str, str]:
    """What this PC keeps, by place; nothing where the file is missing or no longer readable."""
    try:
        told = json.loads(pc_file().read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    rows = told.items() if isinstance(told, dict) else ()
    return {key: value for key, value in rows if isinstance(key, str) and isinstance(value, str)}


def keep_on_pc(values: Mapping[str, str | None]) -> None:
    """Keeps values by place; None forgets one. Raises NotKept."""
    # Written seldom: the first paint must not wait for what writes a whole file.
    from station_desk.core.whole_file import write_whole

    file = pc_file()
    kept = {key: value for key, value in {**kept_on_pc(), **values}.items() if value is not None}
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_whole(json.dumps(kept, indent=1, sort_keys=True).encode(), file)
    except OSError as error:
        raise NotKept(path=file, why=error.strerror or str(error)) from error


def on_this_pc(key: str) -> str:
    """The value of a setting that this PC keeps."""
    return value_in(kept_on_pc(), key)
