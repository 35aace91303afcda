"""The page of the handbook that lists every setting, written from their table: it cannot fall behind."""

from itertools import groupby

from station_desk.core.settings import SETTINGS, Setting
from station_desk.core.texts import Say
from station_desk.counter.settings import bounds_words, setting_words


def settings_page(say: Say) -> str:
    """The page as Markdown, in the language of the texts."""
    parts = [f"# {say('settings.page.title')}\n", say("settings.page.words") + "\n"]
    for keeper, settings in groupby(SETTINGS, lambda setting: setting.keeper):
        parts.append(f"## {say(f'settings.keeper.{keeper}')}\n")
        parts += [_entry(setting, say) for setting in settings]
    return "\n".join(parts)


def _entry(setting: Setting, say: Say) -> str:
    lines = [f"### {say(f'settings.name.{setting.key}')} · `{setting.key}`\n"]
    lines.append(say(f"settings.words.{setting.key}") + "\n")
    facts = {
        "default": setting_words(setting, setting.default, say),
        "may_be": bounds_words(setting, say),
        "who": say(f"settings.who.{setting.who}"),
        "when": say(f"settings.when.{setting.when}"),
    }
    lines += [f"- {say(f'settings.column.{name}')}: {words}" for name, words in facts.items()]
    return "\n".join(lines) + "\n"
