"""Every text for people, by key, in the language of the person: `say("queue.waiting", count=9)`.

The texts lie in `resources/i18n/<language>/<area>.toml`; a key is `area.name` for all areas but `errors`,
whose keys are the codes of the error classes. A missing key is a bug and raises KeyError.
"""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Protocol, runtime_checkable

from station_desk.core.errors import DeskError, Term
from station_desk.core.plain_toml import read_toml

ONE_OR_MANY = r"\{(\w+):([^{}|]*)\|([^{}|]*)\}"
"""A noun after its count, or the noun with its verb: {count:day|days}."""

LANGUAGES = ("zh-Hans", "zh-Hant", "en")


@runtime_checkable
class InLanguages(Protocol):
    """Published words, which know themselves how they are said in each language."""

    def in_language(self, language: str, /) -> str: ...


class Say(Protocol):
    """Says the text of a key with its values filled in."""

    def __call__(self, key: str, /, **values: object) -> str: ...


class Texts:
    """The texts of one language; areas are read when first needed, once in the life of a program."""

    def __init__(self, folder: Path, language: str) -> None:
        self.language = language
        self._folder = folder / language
        self._areas: dict[str, Mapping[str, str]] = {}

    def __call__(self, key: str, /, **values: object) -> str:
        area, name = key.split(".", 1)
        return filled(self._area(area)[name], values)

    def error(self, error: DeskError) -> str:
        """The sentence of an error: what, where and what now."""
        values = {name: self.spoken(value) for name, value in error.values.items()}
        return filled(self._area("errors")[error.code], values)

    def spoken(self, value: object) -> str:
        """A value of an error as a person reads it."""
        match value:
            case Term(key):
                return self(key)
            case InLanguages():
                return value.in_language(self.language)
            case _:
                return str(value)

    def _area(self, area: str) -> Mapping[str, str]:
        if area not in self._areas:
            self._areas[area] = _read_once(self._folder / f"{area}.toml")
        return self._areas[area]


def filled(text: str, values: Mapping[str, object]) -> str:
    """The text with its values in it; `{count:day|days}` says the first for one, else the second."""
    if "|" in text:
        text = re.sub(ONE_OR_MANY, lambda words: words[2] if str(values[words[1]]) == "1" else words[3], text)
    return text.format_map(values)


def read_texts(file: Path) -> dict[str, str]:
    """The flat table of key and text of one file; nested tables are joined with dots."""
    return dict(_flat("", read_toml(file.read_text("utf-8"))))


@cache
def _read_once(file: Path) -> Mapping[str, str]:
    return read_texts(file)


def _flat(prefix: str, table: Mapping[str, object]) -> list[tuple[str, str]]:
    rows: list[tuple[str, str]] = []
    for key, value in table.items():
        match value:
            case str():
                rows.append((prefix + key, value))
            case dict():
                rows.extend(_flat(f"{prefix}{key}.", value))
            case _:
                raise TypeError(f"{prefix}{key} is no text")
    return rows
