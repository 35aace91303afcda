"""What a scanner reads is known by its form and its check, and each beginning of it as a beginning."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_desk.cases.number import CaseNumber, bundle_number
from station_desk.core.identifiers import check_character
from station_desk.counter.scanned import Scan, may_become_scan, read_scan

TODAY = date(2026, 11, 27)
NUMBER = CaseNumber("QSQ001", date(2026, 11, 20), "02", 31)
BUNDLE = bundle_number("QSQ001", date(2026, 11, 20), "02", 7)
RESIDENT = "11010519491231002X"
TOKEN = "aB3_-" + "x" * 17
KNOWN = {
    str(NUMBER): Scan("case", str(NUMBER)),
    NUMBER.compact: Scan("case", str(NUMBER)),
    CaseNumber("QSQ001", date(2026, 11, 20), "02A", 123456).compact: Scan(
        "case", str(CaseNumber("QSQ001", date(2026, 11, 20), "02A", 123456))
    ),
    BUNDLE: Scan("bundle", BUNDLE),
    "T261122-A012": Scan("ticket", "T261122-A012"),
    "T261122-A1012": Scan("ticket", "T261122-A1012"),
    "SD1" + "0Z" * 68 + "7": Scan("proof", "SD1" + "0Z" * 68 + "7"),
    "SC1" + "0Z" * 74 + "7": Scan("certificate", "SC1" + "0Z" * 74 + "7"),
    f"https://district.example/t/{TOKEN}": Scan("tracking", TOKEN),
    f"http://10.0.0.5:8080/desk/t/{TOKEN}": Scan("tracking", TOKEN),
    "https://district.example/guide/SA-001": Scan("guide", "SA-001"),
    "https://district.example/guide": Scan("guide", ""),
    RESIDENT: Scan("resident", RESIDENT),
}


@pytest.mark.parametrize("text", KNOWN)
def test_each_code_is_known_and_each_of_its_beginnings_may_become_one(text: str) -> None:
    assert read_scan(text, TODAY) == KNOWN[text]
    assert read_scan(f"]C1{text}", TODAY) == KNOWN[text]
    for end in range(1, len(text) + 1):
        assert may_become_scan(text[:end]), text[:end]
        assert may_become_scan(f"]C1{text}"[:end])


def test_a_wrong_check_is_said_and_not_taken_for_something_else() -> None:
    wrong = NUMBER.compact[:-1] + ("A" if NUMBER.compact[-1] != "A" else "B")
    assert read_scan(wrong, TODAY) == Scan("case", wrong, whole=False)
    turned = RESIDENT[:-1] + "7"
    assert read_scan(turned, TODAY) == Scan("resident", turned, whole=False)
    bad_bundle = BUNDLE[:-1] + ("A" if BUNDLE[-1] != "A" else "B")
    assert read_scan(bad_bundle, TODAY) == Scan("bundle", bad_bundle, whole=False)


@pytest.mark.parametrize(
    "text",
    ["", "]", "hello", "13912345678", "2026-01-31", "600.50", "SA-001", "6901234567892", "SF1234567890123",
     "110105194912310", "110105200013310021", "mailto:a@b.c", "https://elsewhere.example/", "王秀兰"],
)  # fmt: skip
def test_what_people_type_is_no_code(text: str) -> None:
    assert read_scan(text, TODAY) is None


@pytest.mark.parametrize("text", ["139123456", "2026-", "qsq", "Hello", "king", "王", "600.", "1.", "sd1"])
def test_what_people_type_is_soon_no_beginning(text: str) -> None:
    assert not may_become_scan(text)


def test_letters_of_the_other_size_are_read_and_an_address_is_turned_back() -> None:
    assert read_scan(NUMBER.compact.lower(), TODAY) == KNOWN[NUMBER.compact]
    assert read_scan(RESIDENT.lower(), TODAY) == KNOWN[RESIDENT]
    address = f"https://district.example/t/{TOKEN}"
    assert read_scan(address.swapcase(), TODAY) == KNOWN[address]


@given(st.integers(10**16, 10**17 - 1).map(str))
def test_a_number_of_18_is_a_resident_only_with_a_possible_day(first: str) -> None:
    found = read_scan(first + check_character(first), TODAY)
    try:
        date(int(first[6:10]), int(first[10:12]), int(first[12:14]))
    except ValueError:
        assert found is None or found.kind == "case"


@given(st.text(max_size=300))
def test_nothing_that_is_read_breaks_it(text: str) -> None:
    may_become_scan(text)
    found = read_scan(text, TODAY)
    assert found is None or found.value
