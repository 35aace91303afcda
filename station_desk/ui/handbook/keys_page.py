"""The list of all keys in the handbook, written from the table of acts: it cannot fall behind."""

from itertools import groupby

from station_desk.core.texts import Say
from station_desk.ui.shared.key_table import ACTS
from station_desk.ui.shared.painting import key_words


def keys_page(say: Say) -> str:
    """The list as Markdown, a table for each part of the window."""
    parts: list[str] = []
    for place, acts in groupby(ACTS, lambda act: act.place):
        parts.append(f"**{say(f'act.place.{place}')}**\n")
        parts += [f"| {say('act.key')} | {say('act.what')} |", "| --- | --- |"]
        for act in acts:
            key = f"`{key_words(act.key)}`" if act.key else say("act.no_key")
            parts.append(f"| {key} | {say(f'act.do.{act.name}')} |")
        parts.append("")
    return "\n".join(parts)
