"""Issues a certificate from the positive list with its entry in the seal register, and voids one again.

The number in the register, the event of the case and the line of the register are one commit, so the register
has no gap and never says more than the log.
"""

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.certifying import CertificateUnknown, require_certifiable, require_voidable
from station_desk.cases.number import read_number
from station_desk.cases.papers import name_of
from station_desk.cases.permits import require_reason
from station_desk.cases.seal import (
    CERTIFIED,
    VOIDED,
    CertificateVoidedPublic,
    CertifiedPublic,
    SealEntry,
    SealNumber,
    read_seal_number,
)
from station_desk.cases.sight import Sight
from station_desk.counter.advance import recorded
from station_desk.counter.answers import Sealed
from station_desk.counter.application import require_acceptable
from station_desk.counter.certificate_form import (
    IssueCertificate,
    certificate_faults,
    completed,
    offer_of,
    require_answers,
    told_of,
)
from station_desk.counter.desk import Desk
from station_desk.counter.finish import next_dossier
from station_desk.store.desk_store import Command, Done
from station_desk.store.rows import seal_entry
from station_desk.store.unit import Unit

REGISTER = "SELECT body FROM seals WHERE year = ? ORDER BY counter, serial"
WITH_CASES = (
    "SELECT s.body, c.category, c.sensitivity FROM seals s JOIN cases c ON c.number = s.case_number"
    " WHERE s.year = ? ORDER BY s.counter, s.serial"
)


class VoidCertificate(msgspec.Struct, frozen=True):
    """An entry of the register that holds no more keeps its number and its line, and says why."""

    seal: str
    reason: str


def issue_certificate(desk: Desk, wish: IssueCertificate, command: str) -> Done[Sealed]:
    """The certificate with its number; it is meant to be printed.

    Raises CaseUnknown, NoCertificateItem, CertificateForbidden, CertificateNotListed, StepsBeforeSeal,
    NothingToCertify, ApplicationFaulty with all faults of the wish, CertificateAnswerMissing,
    CertificateUnknown.
    """

    def act(unit: Unit) -> Sealed:
        case = unit.case(str(read_number(wish.number)))
        offer = offer_of(desk, case)
        require_certifiable(case)
        whole = completed(wish, case, offer)
        require_acceptable(certificate_faults(whole, offer, desk.clock().date()))
        require_answers(desk, case, offer.listed)
        dossier = next_dossier(unit) if case.dossier else 0
        public = CertifiedPublic(_next_number(desk, unit), whole.copies, whole.again, dossier)
        recorded(desk, unit, case.number, CERTIFIED, public, told_of(whole, case, offer.listed))
        paper = name_of("certificate", len(case.certificates) + 1)
        return Sealed(case.number, public.seal, paper, whole.copies)

    return desk.once(Command(command, wish), Sealed, act)


def void_certificate(desk: Desk, wish: VoidCertificate, command: str) -> Done[Sealed]:
    """The entry that holds no more. Raises CertificateUnknown, CertificateVoidedAlready, ReasonNeeded."""

    def act(unit: Unit) -> Sealed:
        entry = _entry(unit, str(read_seal_number(wish.seal)))
        case = unit.case(entry.case)
        require_voidable(case, entry.number)
        told = p.Opinion(require_reason(case, wish.reason))
        public = CertificateVoidedPublic(entry.number, next_dossier(unit) if case.dossier else 0)
        recorded(desk, unit, case.number, VOIDED, public, told)
        return Sealed(case.number, entry.number, entry.paper, entry.copies)

    return desk.once(Command(command, wish), Sealed, act)


def seal_register(desk: Desk, year: int) -> list[SealEntry]:
    """The lines of a year in the order of their numbers, voided ones too."""
    return [seal_entry(body) for (body,) in desk.store.read(REGISTER, (year,))]


def seen_register(desk: Desk, year: int) -> list[SealEntry]:
    """The same as whoever acts may see it on a screen."""
    return [seen_entry(sight, entry) for sight, entry in with_sight(desk, year)]


def with_sight(desk: Desk, year: int) -> list[tuple[Sight, SealEntry]]:
    """Each line of a year, and how far whoever acts sees its case."""
    rows = desk.store.read(WITH_CASES, (year,))
    return [(Sight(desk.role, category, level), seal_entry(body)) for body, category, level in rows]


def seen_entry(sight: Sight, entry: SealEntry) -> SealEntry:
    """A line as it may be seen on a screen."""
    return msgspec.structs.replace(
        entry, applicant=sight.shown("name", entry.applicant), purpose=sight.shown("answers", entry.purpose),
        reason=sight.shown("notes", entry.reason),
    )  # fmt: skip


def _next_number(desk: Desk, unit: Unit) -> str:
    mark, year = unit.about("counter_mark"), desk.clock().year
    return str(SealNumber(desk.station.code, year, mark, unit.next_serial(f"seal:{year}:{mark}")))


def _entry(unit: Unit, number: str) -> SealEntry:
    row = unit.connection.execute("SELECT body FROM seals WHERE number = ?", (number,)).fetchone()
    if row is None:
        raise CertificateUnknown(seal=number)
    return seal_entry(row[0])
