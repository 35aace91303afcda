"""The number of a case: read back from paper, safe against mistyping."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.iso7064 import mod_37_36

from station_desk.cases.number import (
    CaseNumber,
    NumberMistyped,
    NumberNotWellFormed,
    check_character,
    read_number,
)

NUMBERS = st.builds(
    CaseNumber,
    st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=6, max_size=6),
    st.dates(date(2024, 1, 1), date(2099, 12, 31)),
    st.integers(1, 99).map(lambda n: f"{n:02d}"),
    st.integers(1, 999_999),
)


@given(NUMBERS)
def test_what_is_printed_is_read_back_with_and_without_dashes(number: CaseNumber) -> None:
    assert read_number(str(number)) == number
    assert read_number(f" {str(number).lower()} ") == number
    assert read_number(number.compact) == number


@given(st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=1, max_size=30))
def test_the_check_character_is_the_one_of_iso_7064(body: str) -> None:
    assert check_character(body) == mod_37_36.calc_check_digit(body)


def test_every_single_mistyped_character_is_found() -> None:
    number = str(CaseNumber("QSQ001", date(2026, 11, 20), "02", 31))
    for place, character in enumerate(number):
        for wrong in "0123456789ABCDEFGHJK":
            if character not in ("-", wrong):
                with pytest.raises((NumberMistyped, NumberNotWellFormed)):
                    read_number(number[:place] + wrong + number[place + 1 :])


@pytest.mark.parametrize(
    "text", ["", "QSQ001", "T261122-A001", "QSQ001-269920-02-0031-1", "王秀兰", "x" * 5000]
)
def test_what_is_no_number_is_said_to_be_none(text: str) -> None:
    with pytest.raises(NumberNotWellFormed):
        read_number(text)


def test_a_counter_that_goes_on_after_a_restore_has_numbers_of_its_own() -> None:
    day = date(2026, 11, 20)
    assert str(CaseNumber("QSQ001", day, "02", 1)) != str(CaseNumber("QSQ001", day, "02A", 1))
    assert read_number(str(CaseNumber("QSQ001", day, "02A", 1))).counter == "02A"
