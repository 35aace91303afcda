"""What says that something holds no more: a certificate that was voided, a case that was taken back."""

from station_desk.cases import parts as p
from station_desk.cases.papers import private_part, public_part
from station_desk.cases.seal import CertificateVoidedPublic
from station_desk.core.clock import day_of
from station_desk.counter.papers.certificate import in_full
from station_desk.counter.papers.telling import Contents, Telling, short
from station_desk.counter.wording import worded


def annulment(told: Telling) -> Contents:
    """证明作废通知书: to the body that the certificate was made for, with its number and the reason."""
    seal = public_part(told.moment, CertificateVoidedPublic).seal
    void = next(one for one in told.moment.after.certificates if one.seal == seal)
    facts = {
        "seal": void.seal, "certificate": worded(void.name, told.say), "reason": void.reason,
        "purpose": void.purpose, "body": void.body, "copies": str(void.copies),
        "issued": in_full(day_of(void.at), told.say), "voided": in_full(day_of(void.voided), told.say),
    }  # fmt: skip
    return Contents(facts)


def void(told: Telling) -> Contents:
    """办件作废单: the number stays, the receipts hold no more, and why."""
    reason = private_part(told.moment, p.Opinion).text
    return Contents({"voided": short(told.moment.event.at), "reason": reason})
