"""An application as it lies on the counter: who asks, answers on the form, papers shown; and its faults.

All faults are found at once, each with the field, what is wrong and what now (texts in `form.toml`).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal

import msgspec

from station_desk.cases.parts import Agent, Applicant, How, PaperSeen
from station_desk.catalogue.certificates import certificate_meant
from station_desk.catalogue.form import asked_fields
from station_desk.catalogue.item import (
    AllowedCertificate,
    Catalogue,
    Certificates,
    FieldKindOf,
    ForbiddenCertificate,
    Item,
    Material,
    Words,
)
from station_desk.core.errors import RuleError
from station_desk.core.identifiers import check_citizen_id, normal, phone_missing_digits
from station_desk.core.visible import is_visible
from station_desk.residents.names import normal_name

LONGEST_NAME = 50
LONGEST_ADDRESS = 200
LONGEST_DOCUMENT = 40
NUMBER = re.compile(r"[+-]?[0-9]{1,18}(\.[0-9]{1,6})?", re.ASCII)
LONGEST_ANSWER = 10_000
ID_KINDS = ("citizen_id", "hk_mo_tw_permit", "passport", "other", "none")


class ApplicationFaulty(RuleError):
    """The form cannot be accepted yet; `faults` says all that is wrong."""

    code = "form.faulty"

    def __init__(self, faults: tuple["Fault", ...], **values: object) -> None:
        super().__init__(**values)
        self.faults = faults


class CertificateForbidden(ApplicationFaulty):
    """A committee must never issue what was asked for; the sentence says where to go instead."""

    code = "certificate.forbidden"


class CertificateNotListed(ApplicationFaulty):
    """What was asked for is not on the positive list of the district."""

    code = "certificate.not_listed"


class NoCertificateListed(ApplicationFaulty):
    """The district has not yet said which certificates may be issued."""

    code = "certificate.no_list"


REFUSALS: Mapping[str, type[ApplicationFaulty]] = {
    "certificate_forbidden": CertificateForbidden,
    "certificate_not_listed": CertificateNotListed,
    "certificate_no_list": NoCertificateListed,
}
"""Faults that no other answer can mend: the application itself is refused by them."""


class Application(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The form of one item: answers by field key, and how each material was shown by material key.

    `on_file` names, for a material that was not brought again, the earlier case in whose file it lies;
    `repeat_reason` says why such a case is accepted once more.
    """

    item: str
    applicant: Applicant
    answers: dict[str, str] = {}
    materials: dict[str, How] = {}
    agent: Agent | None = None
    ticket: str = ""
    on_file: dict[str, str] = {}
    repeat_reason: str = ""


class Fault(msgspec.Struct, frozen=True):
    """Something wrong with one field. A fault that does not block is a warning. `code` names its sentence."""

    field: str
    code: str
    values: dict[str, str | int | Words] = {}
    blocks: bool = True


def faults_of(application: Application, item: Item, catalogue: Catalogue, today: date) -> tuple[Fault, ...]:
    """Everything wrong with the application, warnings too, in the order of the form."""
    return (
        *applicant_faults(application.applicant, item, today),
        *agent_faults(application.agent, today),
        *_answer_faults(application.answers, item, catalogue, today),
        *_material_faults(application.materials, item),
    )


def applicant_faults(applicant: Applicant, item: Item, today: date) -> Iterator[Fault]:
    """What is wrong with who asks."""
    yield from _name_faults("applicant.name", applicant.name)
    yield from _identity_faults(applicant, item, today)
    yield from _phone_faults("applicant.phone", applicant.phone)
    yield from _text_faults("applicant.address", applicant.address, LONGEST_ADDRESS)


def agent_faults(agent: Agent | None, today: date) -> Iterator[Fault]:
    """What is wrong with who acts for the applicant."""
    if agent is None:
        return
    yield from _name_faults("agent.name", agent.name)
    if agent.id_number:
        yield from id_faults("agent.id_number", agent.id_number, today)
    yield from _phone_faults("agent.phone", agent.phone)


def answer_fault(key: str, text: str, kind: FieldKindOf, catalogue: Catalogue, today: date) -> Fault | None:
    """What is wrong with one answer that is there."""
    if len(text) > min(kind.longest, LONGEST_ANSWER):
        return Fault(key, "too_long", {"longest": kind.longest, "over": len(text) - kind.longest})
    if not is_visible(text, but="\n\t"):
        return Fault(key, "control_character")
    if kind.pattern and not re.fullmatch(kind.pattern, text):
        return Fault(key, "pattern")
    if kind.kind == "certificate":
        return certificate_fault(key, text, catalogue.certificates)
    return _kind_fault(key, text, kind, today)


def certificate_fault(key: str, asked: str, certificates: Certificates) -> Fault | None:
    """Why the certificate that is asked for may not be issued; None when the positive list has it."""
    meant = certificate_meant(asked, certificates)
    return None if isinstance(meant, AllowedCertificate) else _refusal(key, asked, meant, certificates)


def require_certificate(asked: str, certificates: Certificates) -> AllowedCertificate:
    """The entry of the positive list that is asked for.

    Raises CertificateForbidden, CertificateNotListed, NoCertificateListed.
    """
    meant = certificate_meant(asked, certificates)
    if isinstance(meant, AllowedCertificate):
        return meant
    fault = _refusal("", asked, meant, certificates)
    raise REFUSALS[fault.code]((), **fault.values)


def id_faults(field: str, number: str, today: date) -> Iterator[Fault]:
    """What is wrong with a citizen number, as faults of a field."""
    for fault in check_citizen_id(number, today):
        missing: dict[str, str | int | Words] = (
            {"missing": fault.missing} if fault.missing > 0 else {"over": -fault.missing}
        )
        code = "id_too_long" if fault.code == "length" and fault.missing < 0 else f"id_{fault.code}"
        yield Fault(field, code, missing if fault.code == "length" else {}, fault.blocks)


def phone_fault(field: str, missing: int) -> Fault:
    """What is wrong with a phone number that lacks so many digits (negative: has too many)."""
    if missing > 0:
        return Fault(field, "phone_short", {"missing": missing})
    if missing < 0:
        return Fault(field, "phone_long", {"over": -missing})
    return Fault(field, "phone")


def require_acceptable(faults: Iterable[Fault]) -> None:
    """Raises ApplicationFaulty with all faults when one of them blocks.

    A certificate that may not be issued comes before all else: no other mending would help.
    """
    found = tuple(faults)
    for fault in found:
        if fault.code in REFUSALS:
            raise REFUSALS[fault.code](found, **fault.values)
    blocking = [fault for fault in found if fault.blocks]
    if blocking:
        raise ApplicationFaulty(found, count=len(blocking))


def require_receivable(application: Application, item: Item, catalogue: Catalogue, today: date) -> None:
    """Raises ApplicationFaulty when not even the applicant can be named; other faults may be told later.

    A certificate that may not be issued is not even taken in.
    """
    names = [f for f in applicant_faults(application.applicant, item, today) if f.field.endswith(".name")]
    require_acceptable([*names, *certificate_faults(application.answers, item, catalogue)])


def certificate_faults(answers: Mapping[str, str], item: Item, catalogue: Catalogue) -> Iterator[Fault]:
    """What is wrong with the certificates that the answers ask for."""
    for field in item.field:
        text = answers.get(field.key, "").strip()
        if text and catalogue.fields[field.key].kind == "certificate":
            fault = certificate_fault(field.key, text, catalogue.certificates)
            if fault:
                yield fault


def tidy(application: Application) -> Application:
    """The application as it is stored: names and numbers normalised, empty answers left out."""
    who = application.applicant
    applicant = msgspec.structs.replace(
        who, name=normal_name(who.name), phone=normal(who.phone), address=who.address.strip(),
        id_number=normal(who.id_number),
    )  # fmt: skip
    answers = {key: text.strip() for key, text in application.answers.items() if text.strip()}
    return msgspec.structs.replace(application, applicant=applicant, answers=answers)


def papers_seen(application: Application, item: Item, catalogue: Catalogue) -> tuple[PaperSeen, ...]:
    """How each material of the item was found, in the item's order, named for the receipt."""
    return tuple(
        PaperSeen(
            m.key, catalogue.materials[m.key].name, m.form, m.copies, how_shown(application.materials, m),
            application.on_file.get(m.key, "") if application.materials.get(m.key) == "brought" else "",
        )
        for m in item.material
    )  # fmt: skip


def how_shown(shown: Mapping[str, How], material: Material) -> How:
    """How a material was found; what nobody spoke of is missing, or not needed where it need not be there."""
    return shown.get(material.key, "missing" if material.need == "must" else "not_needed")


def id_is_needed(item: Item) -> bool:
    """Whether the item needs the applicant's identity document."""
    return any(m.key in ("id_card", "id_card_family") and m.need == "must" for m in item.material)


def _name_faults(field: str, written: str) -> Iterator[Fault]:
    name = normal_name(written)
    if not name:
        yield Fault(field, "required")
    elif len(name) > LONGEST_NAME:
        yield Fault(field, "too_long", {"longest": LONGEST_NAME, "over": len(name) - LONGEST_NAME})
    elif not is_visible(name):
        yield Fault(field, "control_character")


def _text_faults(field: str, text: str, longest: int) -> Iterator[Fault]:
    if len(text) > longest:
        yield Fault(field, "too_long", {"longest": longest, "over": len(text) - longest})
    elif not is_visible(text):
        yield Fault(field, "control_character")


def _phone_faults(field: str, number: str) -> Iterator[Fault]:
    if number and (missing := phone_missing_digits(number)) is not None:
        yield phone_fault(field, missing)


def _identity_faults(applicant: Applicant, item: Item, today: date) -> Iterator[Fault]:
    if applicant.id_kind not in ID_KINDS:
        yield Fault("applicant.id_kind", "choice", {"choices": "、".join(ID_KINDS)})
    elif not applicant.id_number:
        if id_is_needed(item) and applicant.id_kind != "none":
            yield Fault("applicant.id_number", "required")
    elif applicant.id_kind in ("citizen_id", "hk_mo_tw_permit"):
        yield from id_faults("applicant.id_number", applicant.id_number, today)
    else:
        yield from _text_faults("applicant.id_number", applicant.id_number, LONGEST_DOCUMENT)


def _answer_faults(
    answers: Mapping[str, str], item: Item, catalogue: Catalogue, today: date
) -> Iterator[Fault]:
    asked = asked_fields(item, answers)
    for field in asked:
        text = answers.get(field.key, "").strip()
        if text:
            fault = answer_fault(field.key, text, catalogue.fields[field.key], catalogue, today)
            if fault:
                yield fault
        elif field.required:
            yield Fault(field.key, "required")
    known, open_ = {field.key for field in item.field}, {field.key for field in asked}
    for key in answers:
        if key not in known:
            yield Fault(key, "unknown_field", {"known": "、".join(sorted(known))})
        elif key not in open_ and answers[key].strip():
            yield Fault(key, "not_asked")


def _material_faults(shown: Mapping[str, How], item: Item) -> Iterator[Fault]:
    for material in item.material:
        how = how_shown(shown, material)
        allowed = {"brought", *material.substitute}
        if material.may_follow:
            allowed.add("follows")
        if material.need != "must":
            allowed.add("not_needed")
        if how == "missing" and material.need == "must":
            yield Fault(f"material.{material.key}", "material_missing")
        elif how not in allowed and not (how == "missing" and material.need == "opt"):
            yield Fault(f"material.{material.key}", "material_way", {"how": how})
    known = {material.key for material in item.material}
    for key in shown:
        if key not in known:
            yield Fault(f"material.{key}", "unknown_field", {"known": "、".join(sorted(known))})


def _refusal(key: str, asked: str, meant: ForbiddenCertificate | None, certificates: Certificates) -> Fault:
    values: dict[str, str | int | Words] = {"name": asked, "source": certificates.source}
    if meant is None:
        return Fault(key, "certificate_not_listed" if certificates.allowed else "certificate_no_list", values)
    return Fault(key, "certificate_forbidden", {**values, "name": meant.name, "refer": meant.refer})


def _kind_fault(key: str, text: str, kind: FieldKindOf, today: date) -> Fault | None:
    match kind.kind:
        case "integer":
            return _number_fault(key, text, kind, whole=True)
        case "money":
            return _number_fault(key, text, kind, whole=False)
        case "date":
            return None if _is_date(text) else Fault(key, "date")
        case "yes_no":
            return None if text in ("yes", "no") else Fault(key, "yes_no")
        case "choice":
            known = [choice.hans for choice in kind.choices]
            return None if text in known else Fault(key, "choice", {"choices": "、".join(known)})
        case "phone":
            missing = phone_missing_digits(text)
            return None if missing is None else phone_fault(key, missing)
        case "citizen_id":
            return next(id_faults(key, text, today), None)
        case "text" | "long_text" | "certificate":
            return None


def _number_fault(key: str, text: str, kind: FieldKindOf, *, whole: bool) -> Fault | None:
    written = normal(text)
    if not NUMBER.fullmatch(written) or (whole and "." in written):
        return Fault(key, "whole_number" if whole else "number")
    number = Decimal(written)
    if kind.minimum is not None and number < kind.minimum:
        return Fault(key, "too_small", {"minimum": kind.minimum})
    if kind.maximum is not None and number > kind.maximum:
        return Fault(key, "too_large", {"maximum": kind.maximum})
    return None


def _is_date(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
