"""`settings`: every setting looked at, changed, given back its default; and the handbook page."""

from collections.abc import Iterator
from contextlib import contextmanager

from station_desk.core.settings import setting_named
from station_desk.counter.desk import Desk
from station_desk.counter.settings import (
    Shown,
    bounds_words,
    change_setting,
    reset_setting,
    setting_words,
    settings_now,
)
from station_desk.counter.settings_page import settings_page
from station_desk.main.open_desk import Options, desk_of
from station_desk.main.said import Said
from station_desk.store.profile import Profile


def settings_verb(options: Options, said: Said) -> int:
    """Lists, tells, sets or resets settings."""
    match options.what:
        case "list":
            with _desk_if_any(options) as desk:
                rows = [shown for shown in settings_now(desk) if options.key in shown.setting.key]
            said.rows([(_facts(row), _line(row, said)) for row in rows], "settings.count", count=len(rows))
        case "handbook":
            said.document({"page": settings_page(said.texts)}, settings_page(said.texts).rstrip("\n"))
        case _:
            _one(options, said)
    return 0


def _one(options: Options, said: Said) -> None:
    setting = setting_named(options.key)
    with _desk_for(setting.keeper == "profile", options) as desk:
        match options.what:
            case "set":
                shown = change_setting(desk, options.key, options.value)
            case "reset":
                shown = reset_setting(desk, options.key)
            case _:
                shown = next(row for row in settings_now(desk) if row.setting.key == options.key)
    if options.what == "get":
        said.either(_facts(shown), shown.value)
    else:
        said.tell(
            _facts(shown), f"settings.was_{options.what}", name=said.texts(f"settings.name.{options.key}"),
            value=setting_words(setting, shown.value, said.texts),
        )  # fmt: skip


@contextmanager
def _desk_for(needed: bool, options: Options) -> Iterator[Desk | None]:  # noqa: FBT001 - one caller
    if not needed:
        yield None
        return
    with desk_of(options) as desk:
        yield desk


@contextmanager
def _desk_if_any(options: Options) -> Iterator[Desk | None]:
    with _desk_for(Profile(options.profile).database.exists(), options) as desk:
        yield desk


def _facts(shown: Shown) -> dict[str, object]:
    setting = shown.setting
    return {
        "key": setting.key, "value": shown.value, "default": setting.default, "own": shown.own,
        "kind": setting.kind, "choices": setting.choices, "least": setting.least, "most": setting.most,
        "keeper": setting.keeper, "who": setting.who,
    }  # fmt: skip


def _line(shown: Shown, said: Said) -> str:
    setting, say = shown.setting, said.texts
    return "  ".join(
        (
            setting.key,
            say(f"settings.name.{setting.key}"),
            setting_words(setting, shown.value, say),
            f"({bounds_words(setting, say)})",
        )
    )
