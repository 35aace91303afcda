"""The one-time notice at the counter: everything that is wrong, collected at once, told on one paper.

The law wants all defects told at one time. So the papers that are missing, the fields that are wrong and the
conditions that are not met go together; the case gets its number and waits in `noticed`.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.deadlines import due
from station_desk.cases.permits import NothingToBring, require_day
from station_desk.catalogue.calendar import WorkingCalendar
from station_desk.catalogue.item import Catalogue
from station_desk.core.texts import Texts
from station_desk.counter.advance import named_for, recorded
from station_desk.counter.answers import Moved
from station_desk.counter.application import Application, Fault
from station_desk.counter.desk import Desk
from station_desk.counter.intake import received_in
from station_desk.counter.wording import age_words, field_label
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit

DAYS_TO_MEND = 10
"""Working days proposed for bringing what is missing."""
NOT_TOLD = ("unconfirmed",)
"""What only the clerk has to do is no defect of the application."""


class Defects(msgspec.Struct, frozen=True):
    """All that is wrong: missing papers by key, everything else in words for the resident."""

    materials: tuple[str, ...]
    words: tuple[str, ...]

    @property
    def count(self) -> int:
        return len(self.materials) + len(self.words)


class NoticeNow(msgspec.Struct, frozen=True):
    """An application that cannot be accepted yet, all its defects, and until when to mend them (ISO)."""

    application: Application
    materials: tuple[str, ...]
    defects: tuple[str, ...]
    until: str


def notice_now(desk: Desk, wish: NoticeNow, command: str) -> Done[Moved]:
    """The case with its number, waiting for what is missing; its papers meant to be printed.

    Raises ItemUnknown, ApplicationFaulty when nobody can be named, NothingToBring, NoSuchDay.
    """

    def act(unit: Unit) -> Moved:
        require_day(wish.until, desk.clock().date())
        case = unit.case(received_in(desk, unit, wish.application).number)
        if not wish.materials and not wish.defects:
            raise NothingToBring(number=case.number)
        public = p.NoticedPublic(named_for(desk, case, wish.materials), wish.until)
        return recorded(desk, unit, case.number, "case.noticed", public, p.NoticedPrivate(wish.defects))

    return desk.once(Command(command, wish), Moved, act)


def defects_of(faults: Iterable[Fault], unmet: Iterable[str], catalogue: Catalogue, texts: Texts) -> Defects:
    """The defects behind the faults of a form, and the conditions that are not met, in words."""
    telling = [fault for fault in faults if fault.blocks and fault.code not in NOT_TOLD]
    missing = tuple(f.field.removeprefix("material.") for f in telling if f.code == "material_missing")
    words = [
        texts(
            "ui.defects.fault",
            field=_begun(field_label(f.field, catalogue, texts)),
            wrong=fault_words(f, texts),
        )
        for f in telling
        if f.code != "material_missing"
    ]
    words += [texts("ui.defects.condition", condition=condition) for condition in unmet]
    return Defects(missing, tuple(words))


def fault_words(fault: Fault, texts: Texts) -> str:
    """What is wrong with a field, as it is said beside it."""
    values = {name: texts.spoken(value) for name, value in fault.values.items()}
    if "age" in values:
        values["age"] = age_words(int(values["age"]), texts)
    if "how" in values:
        values["how"] = texts(f"term.how.{values['how']}")
    return texts(f"form.{fault.code}", **values)


def _begun(text: str) -> str:
    """A line begins with a capital letter where the script has one."""
    return text[:1].upper() + text[1:]


def day_to_mend(calendar: WorkingCalendar, now: datetime) -> str:
    """The day proposed for bringing what is missing (ISO)."""
    return due(calendar, now, DAYS_TO_MEND, "wd").day.isoformat()
