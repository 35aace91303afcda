"""What a certificate must say before it is sealed: what its case has said already, and what is wrong."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import msgspec

from station_desk.cases.case import Case, valid_certificates
from station_desk.cases.certifying import certificate_of, require_certifiable
from station_desk.cases.number import read_number
from station_desk.cases.permits import FARTHEST
from station_desk.cases.seal import CertifiedPrivate, read_seal_number
from station_desk.catalogue.certificates import certificate_meant, gaps_of
from station_desk.catalogue.item import AllowedCertificate, Certificates, ForbiddenCertificate, Words
from station_desk.core.errors import RuleError
from station_desk.core.visible import is_visible
from station_desk.counter.access import note_read
from station_desk.counter.application import Fault, require_certificate
from station_desk.counter.desk import Desk
from station_desk.counter.wording import field_label

LONGEST: Mapping[str, int] = {"purpose": 200, "body": 100, "approver": 50, "statement": 2000}
MOST_COPIES = 20
FILLS = "certificate."
"""Form fields whose `fills` begins so say beforehand what the certificate asks for."""


class NoCertificateItem(RuleError):
    code = "certificate.not_of_item"


class CertificateAnswerMissing(RuleError):
    code = "certificate.answer_missing"


class IssueCertificate(msgspec.Struct, frozen=True):
    """Seals the certificate that a case asks for.

    `purpose`, `body` (who asks for it) and `until` (ISO) may be left empty where the form of the case has
    said them. `statement` is what was found, in the clerk's words. `again` is the number of a certificate of
    this case that is sealed once more: all but approver and copies is taken from it.
    """

    number: str
    approver: str
    purpose: str = ""
    body: str = ""
    until: str = ""
    copies: int = 1
    statement: str = ""
    again: str = ""


@dataclass(frozen=True, slots=True)
class Offer:
    """The certificate that may be sealed for a case now, with what its form has said already.

    `before` are the numbers of this case in the register that hold.
    """

    number: str
    listed: AllowedCertificate
    lists: Certificates
    purpose: str
    body: str
    until: str
    before: tuple[str, ...]


def certificate_offer(desk: Desk, number: str) -> Offer | None:
    """What may be sealed for a case now; None where nothing may. Raises CaseUnknown."""
    case = desk.store.case(str(read_number(number)))
    try:
        require_certifiable(case)
        return offer_of(desk, case)
    except RuleError:
        return None


def look_at_offer(desk: Desk, offer: Offer) -> Offer:
    """What the form says already, to be shown to whoever seals: the look is written down first."""
    note_read(desk, offer.number, "paper", "window", "certificate")
    return offer


def offer_of(desk: Desk, case: Case) -> Offer:
    """Raises NoCertificateItem, and what the two lists refuse.

    The list of the edition that the case began under and the one in use today must both have it.
    """
    then = desk.under(case).catalogue
    item = then.items.get(case.item)
    kinds = {field.key: then.fields[field.key] for field in item.field} if item else {}
    asked = [case.answers.get(key, "").strip() for key, kind in kinds.items() if kind.kind == "certificate"]
    if not any(asked):
        raise NoCertificateItem(number=case.number, item=case.title)
    name = next(filter(None, asked))
    listed = require_certificate(name, then.certificates)
    require_certificate(name, desk.catalogue.certificates)
    said = {
        kind.fills.removeprefix(FILLS): case.answers.get(key, "").strip()
        for key, kind in kinds.items()
        if kind.fills.startswith(FILLS)
    }
    before = tuple(one.seal for one in valid_certificates(case))
    purpose, body, until = (said.get(key, "") for key in ("purpose", "body", "until"))
    return Offer(case.number, listed, desk.catalogue.certificates, purpose, body, until, before)


def completed(wish: IssueCertificate, case: Case, offer: Offer) -> IssueCertificate:
    """The wish with all that the form of the case, or the certificate sealed before, has said.

    Raises CertificateUnknown, CertificateVoidedAlready, and what `read_seal_number` raises.
    """
    if not wish.again:
        return msgspec.structs.replace(
            wish, purpose=wish.purpose.strip() or offer.purpose, body=wish.body.strip() or offer.body,
            until=wish.until.strip() or offer.until, approver=wish.approver.strip(),
            statement=wish.statement.strip(),
        )  # fmt: skip
    first = certificate_of(case, str(read_seal_number(wish.again)))
    return msgspec.structs.replace(
        wish, purpose=first.purpose, body=first.body, until=first.until, statement=first.statement,
        approver=wish.approver.strip(), again=first.seal,
    )  # fmt: skip


def told_of(wish: IssueCertificate, case: Case, listed: AllowedCertificate) -> CertifiedPrivate:
    """What the event keeps of a complete wish: sealed again, in the very words of the first time."""
    name, basis, text = listed.name, listed.basis, listed.text
    if wish.again:
        first = certificate_of(case, wish.again)
        name, basis, text = first.name, first.basis, first.text
    return CertifiedPrivate(
        name, basis, text, wish.statement, wish.purpose, wish.body, wish.until, wish.approver
    )


def certificate_faults(wish: IssueCertificate, offer: Offer, today: date) -> Iterator[Fault]:
    """What is wrong with each field of a complete wish."""
    for key, longest in LONGEST.items():
        needed = key != "statement" or offer.listed.text is None
        yield from _text_faults(key, getattr(wish, key), longest, needed=needed)
    yield from _forbidden_faults(wish.statement, offer.lists)
    yield from _day_faults(wish.until, today)
    if not 1 <= wish.copies <= MOST_COPIES:
        yield Fault(f"{FILLS}copies", "copies", {"most": MOST_COPIES})


def require_answers(desk: Desk, case: Case, listed: AllowedCertificate) -> None:
    """Raises CertificateAnswerMissing when the words of the certificate name what the case does not say."""
    missing = [key for key in gaps_of(listed) if not case_fact(case, key)]
    if missing:
        catalogue = desk.under(case).catalogue
        named = (field_label(PERSON_LABELS.get(key, key), catalogue, desk.texts) for key in missing)
        raise CertificateAnswerMissing(number=case.number, missing=", ".join(named))


PERSON_LABELS = {
    "name.full": "applicant.name", "identity.full": "applicant.id_number",
    "identity.masked": "applicant.id_number", "address.full": "applicant.address",
    "phone.full": "applicant.phone",
}  # fmt: skip
"""What a certificate may say of the applicant, and the fields that ask for it."""


def case_fact(case: Case, key: str) -> str:
    """What a case says of its applicant or in an answer; empty where it does not."""
    who = case.applicant
    person = {
        "name.full": who.name, "identity.full": who.id_number, "identity.masked": who.id_number,
        "address.full": who.address, "phone.full": who.phone,
    }  # fmt: skip
    return person[key] if key in person else case.answers.get(key, "").strip()


def _text_faults(key: str, text: str, longest: int, *, needed: bool) -> Iterator[Fault]:
    field = f"{FILLS}{key}"
    if not text:
        if needed:
            yield Fault(field, "required")
    elif len(text) > longest:
        yield Fault(field, "too_long", {"longest": longest, "over": len(text) - longest})
    elif not is_visible(text, but="\n\t" if key == "statement" else ""):
        yield Fault(field, "control_character")


def _forbidden_faults(statement: str, lists: Certificates) -> Iterator[Fault]:
    """What no committee may certify is not certified in the clerk's own words either."""
    meant = certificate_meant(statement, lists) if statement else None
    if isinstance(meant, ForbiddenCertificate):
        named: dict[str, str | int | Words] = {"name": meant.name, "refer": meant.refer}
        values = {**named, "source": lists.source}
        yield Fault(f"{FILLS}statement", "certificate_forbidden", values)


def _day_faults(text: str, today: date) -> Iterator[Fault]:
    field = f"{FILLS}until"
    if not text:
        yield Fault(field, "required")
        return
    try:
        day = date.fromisoformat(text)
    except ValueError:
        yield Fault(field, "date")
        return
    if day.isoformat() != text:
        yield Fault(field, "date")
    elif not today <= day <= today + FARTHEST:
        yield Fault(field, "until", {"first": today.isoformat(), "last": (today + FARTHEST).isoformat()})
