"""Who comes for what on the day of the demonstration, and what is wrong with the forms at the first try."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import msgspec

from station_desk.cases.parts import How, Priority
from station_desk.catalogue.item import Catalogue, FieldKindOf, Item
from station_desk.counter.application import Application
from station_desk.main.demo.people import RESIDENTS, SON, applicant_of

Until = Literal["delivered", "supplement", "open"]


@dataclass(frozen=True, slots=True)
class Visit:
    """One visit: the item, the priority class, the resident by place in the list, and how far the case goes.

    `until` is delivered; supplement: papers are asked for, brought, and the case goes on to its end; open:
    the resident came two working days ago, and the workflow goes on after the demonstration.
    """

    item: str
    resident: int
    until: Until
    priority: Priority = "normal"
    agent: bool = False


VISITS = (
    Visit("LS-014", 1, "delivered"),
    Visit("SA-001", 0, "delivered", "elderly"),
    Visit("FP-001", 7, "delivered"),
    Visit("LS-008", 5, "delivered"),
    Visit("HF-001", 4, "delivered", "pregnant"),
    Visit("DE-007", 10, "delivered", "elderly", agent=True),
    Visit("SA-003", 8, "delivered", "emergency"),
    Visit("MC-001", 6, "delivered"),
    Visit("CC-002", 11, "delivered"),
    Visit("PS-007", 2, "delivered"),
    Visit("CE-004", 13, "supplement"),
    Visit("DE-002", 9, "open", "disabled"),
    Visit("FP-002", 12, "open"),
    Visit("LS-005", 3, "open"),
    Visit("HV-008", 14, "delivered"),
    Visit("SA-010", 15, "delivered"),
    Visit("HF-002", 2, "open"),
    Visit("LS-004", 13, "open"),
    Visit("DE-001", 8, "open", "elderly"),
    Visit("SA-002", 14, "open"),
)

LATER: tuple[tuple[str, Priority, bool], ...] = (
    ("SA-001", "elderly", False), ("SA-003", "normal", False), ("SA-002", "normal", True),
    ("LS-001", "normal", False), ("LS-008", "normal", False), ("LS-004", "disabled", False),
    ("HF-001", "normal", False), ("HF-006", "pregnant", False), ("FP-001", "normal", False),
)  # fmt: skip
"""Tickets that still wait at the end, so that the window opens on a living queue."""

SAMPLES: Mapping[str, str] = {
    "text": "青石桥社区", "long_text": "情况属实，已当面核对", "integer": "2", "money": "612.00",
    "date": "2026-01-15", "yes_no": "yes", "phone": "13912345678",
}  # fmt: skip


ANSWERS: Mapping[str, str] = {
    "disability_no": "11010519880701010943", "bank": "6217000010001234567", "age": "85",
    "household_members": "本人及配偶，共 2 人", "attendees": "62",
    "address_actual": "同户籍地址", "hukou_place": "河北省保定市", "live_address": "桥西里 9 号楼 201",
    "payment_grade": "500", "situation": "生活平稳，按时参加社区活动", "org_name": "青石桥邻里互助队",
    "leader": "郑明", "members": "郑明等 12 人", "meeting_no": "2026-03", "votes": "赞成 58，反对 1，弃权 3",
    "time_place": "今日上午，桥东巷口", "handed_to": "区救助管理站", "period_from": "2026-07-01",
    "period_to": "2026-09-30",
}  # fmt: skip


def good_form(visit: Visit, item: Item, catalogue: Catalogue, ticket: str) -> Application:
    """The form as it can be accepted: every required field answered, every needed material shown."""
    applicant = applicant_of(RESIDENTS[visit.resident], visit.resident + 1)
    required = [field.key for field in item.field if field.required]
    answers = {
        key: ANSWERS.get(key) or _sample(catalogue.fields[key], applicant.id_number) for key in required
    }
    materials: dict[str, How] = {m.key: "brought" for m in item.material if m.need == "must"}
    agent = SON if visit.agent else None
    return Application(item.code, applicant, answers, materials, agent, ticket)


def faulty_forms(good: Application) -> list[Application]:
    """The same form as first brought: identity number mistyped, phone short, a paper or answers missing."""
    who = good.applicant
    wrong = "0" if who.id_number[-1] != "0" else "1"
    mistyped = msgspec.structs.replace(who, id_number=who.id_number[:-1] + wrong, phone="1391234567")
    forms = [msgspec.structs.replace(good, applicant=mistyped)]
    if good.materials:
        _, *others = good.materials
        forms.append(msgspec.structs.replace(good, materials={key: good.materials[key] for key in others}))
    if good.answers:
        forms.append(msgspec.structs.replace(good, answers={}))
    return forms


def _sample(kind: FieldKindOf, id_number: str) -> str:
    match kind.kind:
        case "choice":
            return kind.choices[0].hans
        case "citizen_id":
            return id_number
        case "integer" | "money" if kind.minimum is not None and kind.minimum > 2:
            return str(kind.minimum)
        case known:
            return SAMPLES[known]
