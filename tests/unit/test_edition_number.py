"""Which edition is the newer one: year, month, correction, compared as numbers."""

import itertools

import pytest

from station_desk.catalogue.edition.number import CLIENT, NUMBER, client_is_new_enough, is_newer

IN_ORDER = [
    "2025.12.9",
    "2026.01",
    "2026.02",
    "2026.11",
    "2026.11.1",
    "2026.11.2",
    "2026.11.10",
    "2026.12",
    "2027.01",
]


def test_editions_follow_each_other_by_year_month_and_correction() -> None:
    for (n, one), (m, other) in itertools.product(enumerate(IN_ORDER), repeat=2):
        assert is_newer(one, other) == (n > m), (one, other)


def test_every_edition_is_newer_than_none() -> None:
    assert all(is_newer(number, "") for number in IN_ORDER)


@pytest.mark.parametrize(
    "number",
    ["", "2026", "2026.13", "2026.1", "1999.01", "2026.11.0", "2026.11.100", "2026.11.x", "２０２６.11"],
)
def test_what_is_no_number_of_an_edition_has_no_place(number: str) -> None:
    assert not NUMBER.fullmatch(number)


@pytest.mark.parametrize(
    ("ours", "needed", "enough"),
    [
        ("0.1.0", "0.1.0", True),
        ("0.1.0", "0.1.1", False),
        ("0.9.0", "0.10.0", False),
        ("1.0.0", "0.10.0", True),
        ("0.2.0.dev1", "0.2.0", True),
        ("0.2.0rc1", "0.1.9", True),
        ("unknown", "0.0.1", False),
    ],
)
def test_the_program_is_compared_part_by_part(ours: str, needed: str, enough: bool) -> None:
    assert CLIENT.fullmatch(needed)
    assert client_is_new_enough(ours, needed) is enough
