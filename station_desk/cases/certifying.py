"""When a certificate of a case may be sealed, and when one may be voided."""

from station_desk.cases.case import Case, step_of
from station_desk.cases.permits import require_here, require_may
from station_desk.cases.seal import CERTIFIED, VOIDED, Certificate
from station_desk.catalogue.flow import END, followers
from station_desk.core.errors import RuleError


class StepsBeforeSeal(RuleError):
    code = "certificate.steps_open"


class NothingToCertify(RuleError):
    code = "certificate.case_refused"


class CertificateUnknown(RuleError):
    code = "certificate.unknown_number"


class CertificateVoidedAlready(RuleError):
    code = "certificate.voided_already"


def require_certifiable(case: Case) -> None:
    """Raises unless the case is at its last step or past it, and was not refused.

    What was not yet verified is not sealed; who approves does so at the last step.
    """
    require_may(case, CERTIFIED)
    if case.outcome == "refused":
        raise NothingToCertify(number=case.number)
    if case.stage and END not in followers(case.steps)[case.stage]:
        now = step_of(case, case.stage)
        raise StepsBeforeSeal(number=case.number, now=now.name or now.id)


def certificate_of(case: Case, seal: str) -> Certificate:
    """The certificate with a number of the register that holds. Raises CertificateUnknown, …VoidedAlready."""
    found = next((one for one in case.certificates if one.seal == seal), None)
    if found is None:
        raise CertificateUnknown(seal=seal)
    if found.voided:
        raise CertificateVoidedAlready(seal=seal, at=found.voided[:10])
    return found


def require_voidable(case: Case, seal: str) -> Certificate:
    """The certificate that may be voided. Raises CaseHandedOver, CertificateUnknown, …VoidedAlready."""
    require_here(case)
    require_may(case, VOIDED)
    return certificate_of(case, seal)
