"""Which edition of the catalogue is in use, and what is to be told about it: for `status` and the window."""

from datetime import date

import msgspec

from station_desk.catalogue.item import Words
from station_desk.core.texts import Texts
from station_desk.counter.wording import worded
from station_desk.store.editions import InUse


class EditionState(msgspec.Struct, frozen=True):
    """The edition in use, for every screen that shows it.

    `expired`: it stays usable, and everybody is told. `installed` is false for the forms that came with the
    program. `waiting` take effect on a later day; `refused` were installed and cannot be used, each with the
    code of its error.
    """

    number: str
    digest: str
    publisher: Words
    area: Words
    effective: date
    expires: date
    expired: bool
    installed: bool
    waiting: dict[str, date]
    refused: dict[str, str]


def edition_state(edition: InUse, today: date) -> EditionState:
    """The state of the edition in use, as the window and `status` show it."""
    facts = edition.forms.edition
    return EditionState(
        number=facts.number, digest=edition.forms.catalogue.digest, publisher=facts.publisher,
        area=facts.area, effective=facts.effective, expires=facts.expires, expired=today > facts.expires,
        installed=edition.installed, waiting={later.number: later.effective for later in edition.waiting},
        refused={refused.number: refused.why.code for refused in edition.refused},
    )  # fmt: skip


def edition_warnings(edition: InUse, today: date, texts: Texts) -> list[str]:
    """What a clerk must be told: it has expired, another one waits or cannot be used, it is nobody's own."""
    warnings = edition_notices(edition, today, texts)
    facts = edition.forms.edition
    if not edition.installed:
        publisher = worded(facts.publisher, texts)
        warnings.append(texts("edition.shipped", number=facts.number, publisher=publisher))
    return warnings


def edition_notices(edition: InUse, today: date, texts: Texts) -> list[str]:
    """What stands in the window for as long as it is so; a desk that was opened on an earlier day is told too
    that its next edition is in force now.
    """
    facts = edition.forms.edition
    notices: list[str] = []
    if today > facts.expires:
        notices.append(texts("edition.expired", number=facts.number, expires=facts.expires))
    for later in edition.waiting:
        key = "edition.due" if later.effective <= today else "edition.waits"
        notices.append(texts(key, number=later.number, effective=later.effective))
    return notices + [
        texts("edition.not_used", number=refused.number, why=texts.error(refused.why))
        for refused in edition.refused
    ]
