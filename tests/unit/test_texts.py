"""Texts are filled with their values; a noun after a count says one or many."""

import re
from pathlib import Path

import pytest

from station_desk.core.paths import RESOURCES
from station_desk.core.texts import Texts, filled, read_texts

ENGLISH = RESOURCES / "i18n" / "en"
COUNTED = re.compile(r"\{(?:count|n|days|hours)\} (?:working |calendar |open |other )?[a-z]+s\b")
"""A count before a noun that is always in the plural."""


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"count": 1, "who": "a"}, "1 case waits for a"),
        ({"count": "1", "who": "a"}, "1 case waits for a"),
        ({"count": 0, "who": "{count}|b"}, "0 cases wait for {count}|b"),
        ({"count": 21, "who": "x|y"}, "21 cases wait for x|y"),
    ],
)
def test_one_is_said_otherwise_than_many(values: dict[str, object], said: str) -> None:
    assert filled("{count} {count:case waits|cases wait} for {who}", values) == said


def test_a_bar_between_words_is_a_bar() -> None:
    assert filled("post|down {what:>3}|{{}}", {"what": "a"}) == "post|down   a|{}"


@pytest.mark.parametrize("key", ["term.limit.wd", "term.limit.cd", "term.limit.h"])
def test_a_limit_of_one_is_no_plural(key: str) -> None:
    say = Texts(RESOURCES / "i18n", "en")
    assert not say(key, count=1).endswith("s")
    assert say(key, count=2).endswith("s")


@pytest.mark.parametrize("file", sorted(ENGLISH.glob("*.toml")), ids=lambda file: file.stem)
def test_no_english_count_stands_before_a_fixed_plural(file: Path) -> None:
    found = {f"{file.stem}.{key}": text for key, text in read_texts(file).items() if COUNTED.search(text)}
    assert found == {}
