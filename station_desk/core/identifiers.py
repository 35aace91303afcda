"""Numbers that a state gave a person: the citizen identity number and telephone numbers.

A wrong check digit, an impossible date or a wrong length blocks; an unknown region only warns, because
retired region codes stay valid inside a number for life.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECKS = "10X98765432"
# GB/T 2260 by its first two digits, with 81-83 of the residence permits for people of Hong Kong, Macao
# and Taiwan.
PROVINCES = frozenset({
    11, 12, 13, 14, 15, 21, 22, 23, 31, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
    50, 51, 52, 53, 54, 61, 62, 63, 64, 65, 71, 81, 82, 83, 91,
})  # fmt: skip
MOBILE = re.compile(r"1[3-9][0-9]{9}")
LANDLINE = re.compile(r"0[0-9]{2,3}-?[0-9]{7,8}(-[0-9]{1,6})?")
OLDEST_YEARS = 130


@dataclass(frozen=True, slots=True)
class IdentityFault:
    """What is wrong with a number.

    `code` names a sentence; `blocks` says whether the number may not be used, or is only warned of; `missing`
    is how many characters it lacks (negative: has too many).
    """

    code: Literal["length", "alphabet", "region_zero", "birth_date", "future", "check_digit", "region", "age"]
    blocks: bool
    missing: int = 0


@dataclass(frozen=True, slots=True)
class Person:
    """What a citizen number says about its bearer (GB 11643-1999)."""

    born: date
    sex: Literal["F", "M"]


def normal(text: str) -> str:
    """A number as it is stored: half-width, without spaces, the check character in upper case."""
    return unicodedata.normalize("NFKC", text).replace(" ", "").strip().upper()


def check_character(first_17: str) -> str:
    """The 18th character of a citizen number: weights of GB 11643-1999, sum modulo 11."""
    return CHECKS[sum(w * int(d) for w, d in zip(WEIGHTS, first_17, strict=True)) % 11]


def check_citizen_id(text: str, today: date) -> tuple[IdentityFault, ...]:
    """All faults of a citizen number as seen on `today`; empty when it is good."""
    number = normal(text)
    if len(number) != 18:
        return (IdentityFault("length", blocks=True, missing=18 - len(number)),)
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number, re.ASCII):
        return (IdentityFault("alphabet", blocks=True),)
    faults = list(_date_faults(number, today))
    if number.startswith("000000"):
        faults.append(IdentityFault("region_zero", blocks=True))
    elif int(number[:2]) not in PROVINCES:
        faults.append(IdentityFault("region", blocks=False))
    if number[17] != check_character(number[:17]):
        faults.append(IdentityFault("check_digit", blocks=True))
    return tuple(faults)


def person_of(number: str) -> Person | None:
    """Birth date and sex out of a citizen number, or None when it holds no date."""
    born = _birth_date(normal(number))
    return Person(born, "M" if int(normal(number)[16]) % 2 else "F") if born else None


def age_on(born: date, day: date) -> int:
    """The age in full years on a day."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def upgraded(old: str) -> str:
    """The 18-character number of a 15-digit one: the century 19 put in, the check character added."""
    long = f"{old[:6]}19{old[6:]}"
    return long + check_character(long)


def phone_missing_digits(text: str) -> int | None:
    """None for a good phone number; else how many digits a mobile number still lacks (negative: too many)."""
    number = normal(text)
    if MOBILE.fullmatch(number) or LANDLINE.fullmatch(number):
        return None
    return 11 - len(number)


def _birth_date(number: str) -> date | None:
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def _date_faults(number: str, today: date) -> tuple[IdentityFault, ...]:
    born = _birth_date(number)
    if born is None:
        return (IdentityFault("birth_date", blocks=True),)
    if born > today:
        return (IdentityFault("future", blocks=True),)
    if today.year - born.year > OLDEST_YEARS:
        return (IdentityFault("age", blocks=False),)
    return ()
