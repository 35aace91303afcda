"""The number of a case: final when issued, offline, never used twice, safe against mistyping.

`QSQ001-261120-02-0031-K`: station, local day, counter, serial of that counter on that day, check character.
The counter part gets a letter (`02A`) when the log of a counter goes on under a new writer after a restore,
so that numbers issued between the backup and the restore cannot come a second time.
"""

import re
from dataclasses import dataclass
from datetime import date

from station_desk.core.errors import RuleError

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
STATION = re.compile(r"[A-Z0-9]{6}")
COUNTER = re.compile(r"[0-9]{2}[A-Z]?")
_COMPACT = re.compile(r"([A-Z0-9]{6})([0-9]{6})([0-9]{2}[A-Z]?)([0-9]{4,6})([A-Z0-9])")
_SPACED = re.compile(r"([A-Z0-9]{6})-([0-9]{6})-([0-9]{2}[A-Z]?)-([0-9]{4,6})-([A-Z0-9])")


class NumberNotWellFormed(RuleError):
    code = "case.number_not_well_formed"


class NumberMistyped(RuleError):
    code = "case.number_mistyped"


@dataclass(frozen=True, slots=True)
class CaseNumber:
    """The parts of a case number; `str()` is the form on paper, `compact` the one in the barcode."""

    station: str
    day: date
    counter: str
    serial: int

    @property
    def compact(self) -> str:
        body = f"{self.station}{self.day:%y%m%d}{self.counter}{self.serial:04d}"
        return body + check_character(body)

    def __str__(self) -> str:
        return f"{self.station}-{self.day:%y%m%d}-{self.counter}-{self.serial:04d}-{self.compact[-1]}"


def bundle_number(station: str, day: date, counter: str, serial: int) -> str:
    """The number of a bundle of cases: like that of a case, with a B before its serial."""
    parts = (station, f"{day:%y%m%d}", counter, f"B{serial:03d}")
    return "-".join((*parts, check_character("".join(parts))))


def check_character(body: str) -> str:
    """ISO/IEC 7064 MOD 37,36 over digits and capital letters: finds every single error and adjacent swap."""
    product = 36
    for character in body:
        total = (product + ALPHABET.index(character)) % 36 or 36
        product = total * 2 % 37
    return ALPHABET[(37 - product) % 36]


def read_number(text: str) -> CaseNumber:
    """The number that a person typed or a scanner read, with or without dashes.

    Raises NumberNotWellFormed for another shape, NumberMistyped when the check character disagrees.
    """
    typed = text.strip().upper()
    found = _SPACED.fullmatch(typed) or _COMPACT.fullmatch(typed)
    if not found:
        raise NumberNotWellFormed(number=text)
    station, day, counter, serial, check = found.groups()
    try:
        when = date(2000 + int(day[:2]), int(day[2:4]), int(day[4:]))
    except ValueError:
        raise NumberNotWellFormed(number=text) from None
    number = CaseNumber(station, when, counter, int(serial))
    if number.compact[-1] != check:
        raise NumberMistyped(number=text)
    return number
