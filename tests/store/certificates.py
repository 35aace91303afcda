"""A counter whose district allows two certificates: one with words of its own, one that a clerk words."""

from dataclasses import replace

import msgspec

from station_desk.catalogue.item import AllowedCertificate, Words
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk

LIVING = AllowedCertificate(
    Words("居住情况证明", "居住情況證明", "proof of residence"),
    "本区清单第3项",
    text=Words(
        "兹证明{name.full}，{identity.full}，现居住于{address.full}。",
        "茲證明{name.full}，{identity.full}，現居住於{address.full}。",
        "This certifies that {name.full}, {identity.full}, lives at {address.full}.",
    ),
)
WORDED = AllowedCertificate(
    Words("非正常死亡证明", "非正常死亡證明", "record of unnatural death"), "本区清单第7项"
)


def with_certificates(desk: Desk, *allowed: AllowedCertificate) -> Desk:
    """The desk with these on the positive list."""
    certificates = msgspec.structs.replace(desk.catalogue.certificates, allowed=allowed or (LIVING, WORDED))
    catalogue = msgspec.structs.replace(desk.catalogue, certificates=certificates)
    forms = msgspec.structs.replace(desk.edition.forms, catalogue=catalogue)
    return replace(desk, catalogue=catalogue, edition=replace(desk.edition, forms=forms))


def asking_for(pension: Application, certificate: str, **answers: str) -> Application:
    """An application for a certificate by its name."""
    said = {"certificate_purpose": "子女入学", "requesting_org": "青石桥小学", "list_item": certificate}
    return Application("HV-004", pension.applicant, {**said, **answers}, {"id_card": "brought"})
