"""The handbook in sections, read from its files: no network. A heading carries its mark in a comment."""

import re
from pathlib import Path
from typing import NamedTuple

from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.ui.handbook.keys_page import keys_page

HEADING = re.compile(r"^## (.+?) <!-- ([a-z0-9-]+) -->$", re.MULTILINE)
ALL_SETTINGS = "settings-all"
ALL_KEYS = "keys"
FOLDER = paths.RESOURCES / "handbook"


class Section(NamedTuple):
    """One section: its mark, its title, and its text in Markdown."""

    mark: str
    title: str
    text: str


def sections(say: Texts) -> tuple[Section, ...]:
    """The whole handbook of the counter, the page of all settings last."""
    text = _read(FOLDER / "staff" / f"guide.{say.language}.md")
    found = list(HEADING.finditer(text))
    ends = [match.start() for match in found[1:]] + [len(text)]
    made = [
        Section(m[2], m[1], text[m.start() : m.end(1)] + "\n" + text[m.end() : end])
        for m, end in zip(found, ends, strict=True)
    ]
    keys = f"\n\n{keys_page(say)}"
    made = [one._replace(text=one.text.rstrip() + keys) if one.mark == ALL_KEYS else one for one in made]
    settings = _read(FOLDER / "operator" / f"settings.{say.language}.md")
    return (*made, Section(ALL_SETTINGS, say("handbook.all_settings"), settings))


def having(all_sections: tuple[Section, ...], asked: str) -> tuple[Section, ...]:
    """The sections that have every word."""
    words = asked.casefold().split()
    return tuple(one for one in all_sections if all(word in one.text.casefold() for word in words))


def _read(file: Path) -> str:
    return file.read_text("utf-8")
