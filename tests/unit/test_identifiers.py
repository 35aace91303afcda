"""Numbers of people: what blocks, what only warns, against vectors and against python-stdnum."""

import random
from datetime import date

import pytest
from stdnum.cn import ric

from station_desk.core.identifiers import (
    check_character,
    check_citizen_id,
    normal,
    person_of,
    phone_missing_digits,
    upgraded,
)

TODAY = date(2026, 11, 20)
GOOD = ("11010519491231002X", "440524188001010014", "110101200002290018", "110101200102280028")
PERMITS = ("810000199001010019", "830000198512121238")


@pytest.mark.parametrize("number", GOOD + PERMITS)
def test_real_numbers_may_be_used(number: str) -> None:
    assert not [fault for fault in check_citizen_id(number, TODAY) if fault.blocks]


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("110105194912310021", "check_digit"),
        ("110105194902310026", "birth_date"),
        ("110105194913310021", "birth_date"),
        ("000000194912310027", "region_zero"),
        ("110105209901010012", "future"),
        ("1101051949123100", "length"),
        ("1101051949123100211", "length"),
        ("11010519491231002Y", "alphabet"),
        ("１１０１０５１９４９１２３１００２ＡB"[:18], "alphabet"),
    ],
)
def test_wrong_numbers_are_blocked_with_their_reason(number: str, code: str) -> None:
    assert code in {fault.code for fault in check_citizen_id(number, TODAY) if fault.blocks}


def test_an_unknown_region_and_a_great_age_only_warn() -> None:
    first = "990105188001010"
    number = first + "01" + check_character(first + "01")
    found = {fault.code: fault.blocks for fault in check_citizen_id(number, TODAY)}
    assert found == {"region": False, "age": False}


def test_every_single_wrong_digit_and_adjacent_swap_is_found() -> None:
    number = GOOD[0]
    changed = [number[:i] + d + number[i + 1 :] for i in range(17) for d in "0123456789" if d != number[i]]
    swapped = [
        number[:i] + number[i + 1] + number[i] + number[i + 2 :]
        for i in range(16)
        if number[i] != number[i + 1]
    ]
    assert len(changed) == 153
    for wrong in changed + swapped:
        assert any(fault.blocks for fault in check_citizen_id(wrong, TODAY)), wrong


def test_the_check_character_agrees_with_another_implementation() -> None:
    numbers = random.Random(11)
    for _ in range(500):
        first = f"{numbers.choice((110105, 310101, 440106))}{numbers.randint(1930, 2020)}"
        first += f"0{numbers.randint(1, 9)}15{numbers.randint(0, 999):03d}"
        assert check_character(first) == ric.calc_check_digit(first + "0")


def test_typing_habits_are_tidied() -> None:
    assert normal(" １１０１０５ 19491231002x ") == "11010519491231002X"


def test_a_number_tells_birth_date_and_sex() -> None:
    person = person_of(GOOD[0])
    assert person is not None
    assert (person.born, person.sex) == (date(1949, 12, 31), "F")


@pytest.mark.parametrize(
    ("old", "new"),
    [("110105491231002", "11010519491231002X"), ("440524800101001", "440524198001010013")],
)
def test_fifteen_digits_become_eighteen(old: str, new: str) -> None:
    assert upgraded(old) == new


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("13912345678", None),
        ("010-55550123", None),
        ("1391234567", 1),
        ("139123456789", -1),
        ("23912345678", 0),
    ],
)
def test_a_phone_number_says_how_many_digits_it_lacks(text: str, missing: int | None) -> None:
    assert phone_missing_digits(text) == missing
