"""What a card reader says is judged line by line, and only what the form needs is taken out of a card."""

import json
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_desk.counter.cards.message import (
    LONGEST_LINE,
    CardData,
    Hello,
    Misbehaved,
    card_facts,
    read_message,
)

TODAY = date(2026, 11, 27)
GOOD = "11010519491231002X"


def test_a_card_gives_name_number_and_address_and_nothing_else() -> None:
    said = {"is": "data", "name": " 王秀兰 ", "id_number": "11010519491231002x", "address": "某路 8 号"}
    more = {"photo": "A" * 40_000, "nation": "汉", "finger": [1, 2]}
    card = read_message(json.dumps({**said, **more}).encode())
    assert isinstance(card, CardData)
    assert "AAAA" not in repr(card)
    assert card_facts(card, TODAY) == {"id_number": GOOD, "name": "王秀兰", "address": "某路 8 号"}


@pytest.mark.parametrize("number", ["", "1", "110105194912310021", "11010519491331002X", "9" * 10_000])
def test_a_number_that_cannot_be_right_fills_nothing(number: str) -> None:
    assert card_facts(CardData(number, "王秀兰"), TODAY) is None


def test_a_name_that_no_card_has_is_left_to_the_clerk() -> None:
    assert card_facts(CardData(GOOD, "王\x00秀", "x" * 500), TODAY) == {"id_number": GOOD}


@pytest.mark.parametrize(
    "line",
    [b"", b"{", b"[]", b"null", b'{"is":"data"}', b'{"is":"x"}', b'{"is":"data","id_number":5}', b"\xff\xfe",
     b'{"is":"hello","protocol":2}', b"[" * 100_000, b'"' + b"x" * LONGEST_LINE + b'"'],
)  # fmt: skip
def test_what_no_reader_may_say_is_refused_without_repeating_it(line: bytes) -> None:
    with pytest.raises(Misbehaved) as refused:
        read_message(line)
    assert str(refused.value) in ("too long", "not understood", "another protocol")


def test_a_hello_names_the_protocol() -> None:
    assert read_message(b'{"is":"hello","protocol":1,"name":"x"}') == Hello(1, "x")


@given(st.binary(max_size=300))
def test_nothing_else_comes_out_of_it(line: bytes) -> None:
    with suppress(Misbehaved):
        read_message(line)
