"""Signs the code on each certificate, and tells by it, offline, whether a certificate is genuine."""

from datetime import date

import msgspec

from station_desk.cases.case import Case
from station_desk.cases.seal import Certificate, read_seal_number
from station_desk.core.clock import moment, stamp
from station_desk.core.errors import DeskError, IntegrityError
from station_desk.counter.desk import Desk
from station_desk.counter.receipt_codes import LookedAt, verdict_of
from station_desk.protocol.certificate_code import certificate_signer, read_certificate, signed_certificate
from station_desk.store.case_pages import CaseRow
from station_desk.store.find import find_cases
from station_desk.store.keys import DeskKeys
from station_desk.store.rows import seal_entry


class CertificateOfAnother(IntegrityError):
    code = "certificate.of_another"


class CertificateWithdrawn(IntegrityError):
    code = "certificate.withdrawn"


class GenuineCertificate(msgspec.Struct, frozen=True):
    """What a genuine certificate says. `over` says that its last day is past.

    `compared` says that the name on the paper was compared; `here` that it stands in the register of this
    counter.
    """

    seal: str
    sealed: str
    until: str
    over: bool
    station: str
    signed_by: str
    compared: bool
    here: bool


def code_of_certificate(desk: Desk, case: Case, sealed: Certificate) -> str:
    """The signed code for a certificate; empty for one whose contents were erased."""
    if not sealed.until:
        return ""
    key, number = DeskKeys(desk.store).signing_key(), read_seal_number(sealed.seal)
    until = date.fromisoformat(sealed.until)
    return signed_certificate(key, number, moment(sealed.at), until, case.applicant.name)


def prove_certificate(desk: Desk, text: str, name: str = "") -> GenuineCertificate:
    """What the certificate with this code says, when it is genuine; `name` is the one on the paper.

    Raises what `read_certificate` and `certificate_signer` raise, CertificateOfAnother for another name,
    CertificateWithdrawn for one that the register of this counter has as voided.
    """
    code = read_certificate(text)
    signer = certificate_signer(code, DeskKeys(desk.store).of_station(code.number.station))
    seal = str(code.number)
    if name.strip() and not code.names(name):
        raise CertificateOfAnother(seal=seal, name=name.strip())
    rows = desk.store.read("SELECT body FROM seals WHERE number = ?", (seal,))
    for (body,) in rows:
        entry = seal_entry(body)
        if entry.voided:
            raise CertificateWithdrawn(seal=seal, day=entry.voided[:10], reason=entry.reason)
    return GenuineCertificate(
        seal, stamp(code.sealed), code.until.isoformat(), code.until < desk.clock().date(), signer.station,
        signer.counter, bool(name.strip()), bool(rows),
    )  # fmt: skip


def look_at_certificate(desk: Desk, text: str) -> LookedAt:
    """The same for the window, which shows a verdict and never an error; who looks compares the name."""
    try:
        proved = prove_certificate(desk, text)
    except CertificateWithdrawn as error:
        return LookedAt("retired", error.values, _cases(desk, str(error.values["seal"])), "voided")
    except DeskError as error:
        verdict = verdict_of(error)
        return LookedAt(verdict, error.values, [], "forged" if verdict == "altered" else "receipt")
    values: dict[str, object] = {"seal": proved.seal, "day": proved.sealed[:10], "until": proved.until}
    return LookedAt("genuine", values, _cases(desk, proved.seal), "over" if proved.over else "certificate")


def _cases(desk: Desk, seal: str) -> list[CaseRow]:
    rows = desk.store.read("SELECT case_number FROM seals WHERE number = ?", (seal,))
    return [case for (number,) in rows for case in find_cases(desk.store, number)]
