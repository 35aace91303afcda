"""Entries on a shelf: each comes out as it was put there, and only when it is asked for."""

import msgspec
import pytest

from station_desk.catalogue.shelf import Shelf, packed


class Entry(msgspec.Struct, frozen=True):
    words: str


ENTRIES = {"b": Entry("低保"), "a": Entry("𠮷")}


def shelf() -> Shelf[Entry]:
    return Shelf(packed(ENTRIES), Entry)


def test_a_shelf_is_equal_to_what_was_put_there_and_keeps_its_order() -> None:
    assert dict(shelf()) == ENTRIES
    assert shelf() == ENTRIES
    assert list(shelf()) == ["b", "a"]
    assert len(shelf()) == 2


def test_an_entry_is_unpacked_once() -> None:
    one = shelf()
    assert one["a"] is one["a"]


def test_what_was_never_put_there_is_not_there() -> None:
    one = shelf()
    assert "c" not in one
    assert one.get("c") is None
    with pytest.raises(KeyError):
        one["c"]


def test_looking_whether_an_entry_is_there_unpacks_nothing() -> None:
    broken = Shelf({"a": b"\xc1"}, Entry)
    assert "a" in broken
    assert list(broken) == ["a"]
