"""Holds that every error can be said, in every language, with the same values in the sentence."""

import importlib
import pkgutil
from collections import Counter
from pathlib import Path
from string import Formatter

import pytest

import station_desk
from station_desk.core.errors import error_classes
from station_desk.core.paths import RESOURCES
from station_desk.core.texts import LANGUAGES, read_texts

TEXTS = RESOURCES / "i18n"
FIRST = LANGUAGES[0]
OTHERS = LANGUAGES[1:]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_error_can_be_said_and_nothing_else_is(language: str) -> None:
    sentences = set(read_texts(TEXTS / language / "errors.toml"))
    codes = set(_codes())
    assert sorted(codes - sentences) == [], f"say these in resources/i18n/{language}/errors.toml"
    assert sorted(sentences - codes) == [], "no error class has these codes"


def test_no_two_errors_share_a_code() -> None:
    assert [code for code, times in Counter(_codes()).items() if times > 1] == []


@pytest.mark.parametrize("language", OTHERS)
def test_every_language_has_the_same_texts_with_the_same_values(language: str) -> None:
    assert _values_in(TEXTS / language) == _values_in(TEXTS / FIRST)


def _codes() -> list[str]:
    """The codes of the program's own error classes; those that a test declares for itself do not count."""
    for module in pkgutil.walk_packages(station_desk.__path__, "station_desk."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    return [error.code for error in error_classes() if error.__module__.startswith("station_desk.")]


def _values_in(folder: Path) -> dict[str, set[str]]:
    """Per text of a language, as `area.key`, the names of the values it wants."""
    return {
        f"{file.stem}.{key}": {name for _, name, _, _ in Formatter().parse(text) if name is not None}
        for file in sorted(folder.rglob("*.toml"))
        for key, text in read_texts(file).items()
    }
