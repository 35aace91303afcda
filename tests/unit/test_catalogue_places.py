"""Each value of a published file is known by its line."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from station_desk.catalogue.fault import Place
from station_desk.catalogue.places import line_of, places
from station_desk.core.paths import FORMS

TEXT = '''# [not a table]
title = "a # b [c] \\" d"
name.zh-Hans = "甲"  # = no key
"name".en = 'x\\'

list = [
  "one", # ] not the end
  "two",
  { key = "a", words = { en = "b" } },
]
long = """
key = "no key"
[no table]
"" quotes """""
[table]
day = 2026-01-01
flag = true

[[step]]
id = "a"

[[step]]
id = "b"
[[step.part]]
x = 1
[[step.part]]
x = 2
[step.end]
y = [[1, 2], [3]]
'''


def leaves(value: object, place: Place = ()) -> Iterator[Place]:
    if isinstance(value, Mapping):
        for key, part in value.items():
            yield from leaves(part, (*place, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from leaves(part, (*place, index))
    else:
        yield place


def test_each_value_has_its_line() -> None:
    assert places(TEXT) == {
        ("title",): 2,
        ("name",): 3,
        ("name", "zh-Hans"): 3,
        ("name", "en"): 4,
        ("list",): 6,
        ("list", 0): 7,
        ("list", 1): 8,
        ("list", 2): 9,
        ("list", 2, "key"): 9,
        ("list", 2, "words"): 9,
        ("list", 2, "words", "en"): 9,
        ("long",): 11,
        ("table",): 15,
        ("table", "day"): 16,
        ("table", "flag"): 17,
        ("step",): 19,
        ("step", 0): 19,
        ("step", 0, "id"): 20,
        ("step", 1): 22,
        ("step", 1, "id"): 23,
        ("step", 1, "part"): 24,
        ("step", 1, "part", 0): 24,
        ("step", 1, "part", 0, "x"): 25,
        ("step", 1, "part", 1): 26,
        ("step", 1, "part", 1, "x"): 27,
        ("step", 1, "end"): 28,
        ("step", 1, "end", "y"): 29,
        ("step", 1, "end", "y", 0): 29,
        ("step", 1, "end", "y", 0, 0): 29,
        ("step", 1, "end", "y", 0, 1): 29,
        ("step", 1, "end", "y", 1): 29,
        ("step", 1, "end", "y", 1, 0): 29,
    }


def test_the_text_is_what_toml_reads() -> None:
    assert set(leaves(tomllib.loads(TEXT))) <= set(places(TEXT))


@pytest.mark.parametrize("file", sorted(FORMS.rglob("*.toml")), ids=lambda file: file.stem)
def test_each_value_we_ship_stands_in_the_line_we_name(file: Path) -> None:
    text = file.read_text("utf-8")
    known, lines = places(text), text.split("\n")
    for place in leaves(tomllib.loads(text)):
        key = place[-1] if isinstance(place[-1], str) else ""
        assert key in lines[known[place] - 1], place


def test_what_is_missing_is_named_by_the_table_that_should_hold_it() -> None:
    known = places(TEXT)
    assert line_of(known, ("step", 1, "name", "en")) == 22
    assert line_of(known, ("name", "zh-Hant")) == 3
    assert line_of(known, ("other",)) == 1


@pytest.mark.parametrize("text", ["", "\n\n", "# only a comment", "a = 1", "a = 1 # end", "[a]"])
def test_small_texts_end_well(text: str) -> None:
    assert set(leaves(tomllib.loads(text))) <= set(places(text))
