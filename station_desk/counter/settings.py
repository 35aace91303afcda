"""The settings of a counter, wherever they are kept: looked at, changed, given back their default."""

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec

from station_desk.core.settings import (
    SETTINGS,
    Setting,
    checked,
    keep_on_pc,
    kept_on_pc,
    parts_of,
    setting_named,
    value_in,
)
from station_desk.core.texts import Say
from station_desk.counter.desk import Desk
from station_desk.counter.printers import PAPERS, choose_printer, forget_printer, setting_of
from station_desk.counter.station_by_district import require_own
from station_desk.printing.printers.address import read_address
from station_desk.printing.printers.setting import PrinterSetting


@dataclass(frozen=True, slots=True)
class Shown:
    """A setting with its value; `own`: somebody chose it, it is not the default."""

    setting: Setting
    value: str
    own: bool


def settings_now(desk: Desk | None) -> list[Shown]:
    """Every setting as it stands; without a desk only those of this PC."""
    pc, about = kept_on_pc(), desk.store.about() if desk else {}
    return [
        _shown(setting, pc if setting.keeper == "pc" else about)
        for setting in SETTINGS
        if desk or setting.keeper == "pc"
    ]


def require_fit(setting: Setting, text: str) -> str:
    """The value as it would be kept. Raises what `checked` raises, AddressNotUnderstood."""
    value = checked(setting, text)
    if setting.kind == "printer":
        read_address(value)
    return value


def change_setting(desk: Desk | None, key: str, text: str) -> Shown:
    """Keeps a value. Raises SettingUnknown, what `require_fit` raises, OnlyTickets, NotKept, disk trouble.

    `desk` may be None for a setting of this PC.
    """
    setting = setting_named(key)
    value = require_fit(setting, text)
    _require(desk, setting)
    if setting.keeper == "pc":
        keep_on_pc({setting.place: value})
    elif desk and setting.kind == "printer":
        before = setting_of(desk.store.about(), PAPERS) or PrinterSetting()
        choose_printer(desk, PAPERS, msgspec.structs.replace(before, address=value))
    elif desk:
        desk.store.set_about({setting.place: value})
    return Shown(setting, value, own=True)


def reset_setting(desk: Desk | None, key: str) -> Shown:
    """Gives a setting back its default. Raises SettingUnknown, ValueNeeded for one that has none."""
    setting = setting_named(key)
    # The name of the station has no default: nobody could be at an empty one.
    checked(setting, setting.default)
    _require(desk, setting)
    if setting.keeper == "pc":
        keep_on_pc({setting.place: None})
    elif desk and setting.kind == "printer":
        forget_printer(desk, PAPERS)
    elif desk:
        desk.store.set_about({setting.place: setting.default})
    return Shown(setting, setting.default, own=False)


def _require(desk: Desk | None, setting: Setting) -> None:
    if desk and setting.who == "head":
        desk.require("station_settings")
    if desk and setting.keeper == "profile":
        require_own(desk.store.about(), setting)


def setting_words(setting: Setting, value: str, say: Say) -> str:
    """A value as people read it."""
    if setting.kind == "choice":
        return say(f"settings.choice.{setting.key}.{value}")
    if setting.kind == "list" and setting.choices and value:
        named = (say(f"settings.choice.{setting.key}.{part}") for part in parts_of(value))
        return say("settings.list").join(named)
    return value or say("settings.empty")


def bounds_words(setting: Setting, say: Say) -> str:
    """What may be chosen or typed."""
    match setting.kind:
        case "choice":
            return say("settings.list").join(setting_words(setting, value, say) for value in setting.choices)
        case "whole":
            return say("settings.bounds.whole", least=setting.least, most=setting.most)
        case "text":
            return say("settings.bounds.text", most=setting.most)
        case "printer":
            return say("settings.bounds.printer")
        case "list" if setting.choices:
            known = (f"{part} ({setting_words(setting, part, say)})" for part in setting.choices)
            return say("settings.bounds.some", known=say("settings.list").join(known))
        case "list":
            return say("settings.bounds.codes", most=setting.most)
        case "hours":
            return say("settings.bounds.hours", most=setting.most)


def _shown(setting: Setting, kept: Mapping[str, str]) -> Shown:
    if setting.kind == "printer":
        chosen = setting_of(kept, PAPERS) or PrinterSetting()
        return Shown(setting, chosen.address, own=chosen.address != setting.default)
    value = value_in(kept, setting.key)
    return Shown(setting, value, own=value != setting.default)
