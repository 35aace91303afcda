"""The same content is the same bytes: we write what we publish as it stands, and lose nothing of it."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any, Literal

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_desk.catalogue.item import Category, FieldKindOf, Item, LifeEvent, MaterialKind, Words
from station_desk.catalogue.read import (
    CATEGORIES,
    FIELDS,
    LIFE_EVENTS,
    MATERIALS,
    CategoryList,
    LifeEventList,
)
from station_desk.catalogue.remarks import remarks_of, with_remarks
from station_desk.catalogue.sheet import parse, read_content, sheet_names
from station_desk.catalogue.spelling import spelled, text_of
from station_desk.core.paths import FORMS
from tests.unit.filled import filled, keys_in, keys_of

ITEMS = sheet_names(FORMS, "items/**/*.toml")
SHARED: dict[str, Any] = {
    MATERIALS: dict[str, MaterialKind], FIELDS: dict[str, FieldKindOf],
    LIFE_EVENTS: LifeEventList, CATEGORIES: CategoryList,
}  # fmt: skip


def written(content: object, type_: Any) -> str:
    return text_of(spelled(content, type_))


def written_again(text: str, type_: Any) -> str:
    """The file as we write it from its content and its comments."""
    sheet = parse("x", text.encode())
    content = msgspec.convert(sheet.table, type_)
    return text_of(with_remarks(spelled(content, type_), sheet.table, remarks_of(sheet)))


def test_every_published_item_is_written_byte_for_byte_as_it_stands() -> None:
    assert len(ITEMS) == 83
    differ = [name for name in ITEMS if written(read_content(FORMS, name, Item), Item) != text(FORMS / name)]
    assert differ == []


@pytest.mark.parametrize("name", SHARED)
def test_the_shared_files_are_written_with_their_comments(name: str) -> None:
    assert written_again(text(FORMS / name), SHARED[name]) == text(FORMS / name)


def text(file: Path) -> str:
    return file.read_bytes().decode()


STRUCTS = (Item, Category, MaterialKind, FieldKindOf, LifeEvent)


@pytest.mark.parametrize("type_", STRUCTS, ids=lambda type_: type_.__name__)
def test_every_key_of_the_model_is_written_and_read_back(type_: Any) -> None:
    content = filled(type_)
    table = tomllib.loads(written(content, type_))
    assert set(keys_in(table)) == set(keys_of(type_))
    assert msgspec.convert(table, type_) == content


class Visit(msgspec.Struct, frozen=True):
    """A key that somebody adds to the model tomorrow."""

    to: str
    on: date
    with_whom: tuple[Words, ...] = ()
    urgent: bool = False
    why: str = ""


class ItemOfTomorrow(Item, frozen=True, kw_only=True):
    """The item with two keys more."""

    visits_to: tuple[Visit, ...] = ()
    colour: Literal["red", "green"] = "red"


def test_a_key_that_is_new_in_the_model_is_written_without_further_ado() -> None:
    content = filled(ItemOfTomorrow)
    table = tomllib.loads(written(content, ItemOfTomorrow))
    assert (table["colour"], table["visits_to"][1]["on"]) == ("green", date(2026, 11, 20))
    assert msgspec.convert(table, ItemOfTomorrow) == content


@given(st.lists(st.text(), max_size=4), st.text(min_size=1))
def test_any_text_is_read_back_as_it_was(entries: list[str], name: str) -> None:
    words = Words(name, f"{name}'", f'"{name}\\')
    content = LifeEvent(code=name, name=words, items=tuple(entries), together=(name, *entries))
    assert msgspec.convert(tomllib.loads(written(content, LifeEvent)), LifeEvent) == content


def test_a_value_of_a_wrong_kind_is_written_as_it_is_so_that_the_checker_finds_it() -> None:
    table = {
        "name": "没有三种文字",
        "limit": {"promised": "三天"},
        "step": "无",
        "fee": [1, "二"],
        "field": [3],
    }
    assert tomllib.loads(written(table, Item)) == table


COMMENTED = """\
# head, first line
# head, second line

# above the code
code = "SA-001"
basis = [
  # above the second rule
  "乙", # beside it
  "甲",
]

[limit]  # beside the limit
promised = 3

# above the bank card, in two
# lines
[[material]]
key = "bank"
need = "must"

[[material]]
key = "hukou"
# above the need
need = "must"
# the end
"""


def test_comments_stay_with_what_they_belong_to_when_the_order_changes() -> None:
    sheet = parse("x", COMMENTED.encode())
    old: Any = sheet.table
    table = {
        **sheet.table,
        "basis": ["甲", "丙", "乙"],
        "material": old["material"][::-1],
    }
    lines = text_of(with_remarks(spelled(table, Item), table, remarks_of(sheet)))
    assert (
        lines
        == """\
# head, first line
# head, second line

# above the code
code = "SA-001"
basis = [
  "甲",
  "丙",
# above the second rule
  "乙",  # beside it
]

[limit]  # beside the limit
promised = 3

[[material]]
key = "hukou"
# above the need
need = "must"

# above the bank card, in two
# lines
[[material]]
key = "bank"
need = "must"
# the end
"""
    )


def test_a_comment_goes_away_with_what_it_belonged_to() -> None:
    sheet = parse("x", COMMENTED.encode())
    table = {"code": "SA-001", "limit": {"promised": 3}}
    lines = text_of(with_remarks(spelled(table, Item), table, remarks_of(sheet)))
    assert [line for line in lines.splitlines() if "#" in line] == [
        "# head, first line",
        "# head, second line",
        "# above the code",
        "[limit]  # beside the limit",
        "# the end",
    ]


def test_a_file_of_comments_alone_has_no_other_content() -> None:
    sheet = parse("x", b"# one\n# two\n")
    assert text_of(with_remarks([], {}, remarks_of(sheet))) == "# one\n# two\n"
