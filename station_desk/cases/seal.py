"""The seal register (公章用印登记): numbers without gaps, what each entry says, how the log keeps it.

`QSQ001-2026-02-0007-K`: station, year, counter, serial of that counter in that year, check character. Each
counter counts for itself, so two that are offline never give the same number. A voided entry keeps its own.
"""

import re
from dataclasses import dataclass

import msgspec

from station_desk.cases.number import check_character
from station_desk.catalogue.item import Words
from station_desk.core.errors import RuleError

CERTIFIED, VOIDED = "case.certified", "case.certificate_voided"
UNNAMED = Words("", "", "")
_NUMBER = re.compile(r"([A-Z0-9]{6})(-?)([0-9]{4})\2([0-9]{2}[A-Z]?)\2([0-9]{4,6})\2([A-Z0-9])")


class SealNumberNotWellFormed(RuleError):
    code = "certificate.number_not_well_formed"


class SealNumberMistyped(RuleError):
    code = "certificate.number_mistyped"


class CertifiedPublic(msgspec.Struct, frozen=True):
    """A certificate was sealed: its number in the register, and how many copies.

    `again` is the number under which the same certificate was sealed before. `dossier` is the place of the
    case in the writer's row of finished cases, 0 while the case is still open.
    """

    seal: str
    copies: int
    again: str = ""
    dossier: int = 0


class CertifiedPrivate(msgspec.Struct, frozen=True):
    """Which certificate, by what rule, in which words, for whom, until when, who approved.

    `text` holds the published words with their gaps; None where the list has none.
    """

    name: Words
    basis: str
    text: Words | None
    statement: str
    purpose: str
    body: str
    until: str
    approver: str


class CertificateVoidedPublic(msgspec.Struct, frozen=True):
    """The entry with this number holds no more; the reason is in the private part."""

    seal: str
    dossier: int = 0


@dataclass(frozen=True, slots=True)
class Certificate:
    """A certificate of a case with its number in the seal register. `voided` is empty while it holds."""

    seal: str
    at: str
    clerk: str
    copies: int
    again: str = ""
    name: Words = UNNAMED
    basis: str = ""
    text: Words | None = None
    statement: str = ""
    purpose: str = ""
    body: str = ""
    until: str = ""
    approver: str = ""
    voided: str = ""
    reason: str = ""


class SealEntry(msgspec.Struct, frozen=True):
    """A line of the register; `paper` is the name of the document in the print journal of its case."""

    number: str
    at: str
    document: Words
    purpose: str
    copies: int
    applicant: str
    approver: str
    clerk: str
    case: str
    paper: str
    again: str = ""
    voided: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class SealNumber:
    """The parts of a number of the register; `str()` is the form on paper."""

    station: str
    year: int
    counter: str
    serial: int

    def __str__(self) -> str:
        parts = (self.station, f"{self.year:04d}", self.counter, f"{self.serial:04d}")
        return "-".join((*parts, check_character("".join(parts))))


def read_seal_number(text: str) -> SealNumber:
    """The number that a person typed, with or without dashes.

    Raises SealNumberNotWellFormed for another shape, SealNumberMistyped when the check character disagrees.
    """
    typed = text.strip().upper()
    found = _NUMBER.fullmatch(typed) if typed.isascii() else None
    if not found:
        raise SealNumberNotWellFormed(number=text)
    number = SealNumber(found[1], int(found[3]), found[4], int(found[5]))
    if str(number)[-1] != found[6]:
        raise SealNumberMistyped(number=text)
    return number


def entry_of(case: str, applicant: str, certificate: Certificate, paper: str) -> SealEntry:
    """What the register says of a certificate."""
    return SealEntry(
        certificate.seal, certificate.at, certificate.name, certificate.purpose, certificate.copies,
        applicant, certificate.approver, certificate.clerk, case, paper, certificate.again,
        certificate.voided, certificate.reason,
    )  # fmt: skip
