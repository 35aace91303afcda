"""An application for any published item, with whatever its form asks for; texts can be recognised again."""

from station_desk.cases.parts import Agent, Applicant, How
from station_desk.catalogue.item import FieldKindOf
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from tests.store.conftest import ID_NUMBER

SAID = "家中情况如此这般"
SIMPLE = {
    "date": "2026-01-05", "yes_no": "yes", "phone": "13700001111", "citizen_id": "110105199308080021",
    "certificate": "居住证明",
}  # fmt: skip
WHO = Applicant("欧阳明轩", "citizen_id", ID_NUMBER, "13912345678", "青石桥社区 3 组 12 号")
SON = Agent("欧阳小川", "110105199308080021", "13800138001")


def somebody(place: int, names: str = "明轩") -> Applicant:
    """A person of his own by each number, with every part told."""
    seventeen = f"1101051949123{place:04d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    check = "10X98765432"[sum(int(digit) * w for digit, w in zip(seventeen, weights, strict=True)) % 11]
    family = "欧阳上官司徒诸葛东方皇甫尉迟"[place * 2 : place * 2 + 2]
    phone, street = f"1391234{place:04d}", f"青石桥社区 {place + 3} 组 12 号"
    return Applicant(family + names, "citizen_id", seventeen + check, phone, street)


def any_application(
    desk: Desk, code: str, who: Applicant = WHO, agent: Agent | None = None, said: str = SAID
) -> Application:
    """Every field that must be answered is answered, every paper that must be shown was brought."""
    item = desk.item(code)
    answers: dict[str, str] = {}
    for field in item.field:
        # In the order of the form: what was answered before decides what is asked.
        asked = field.when is None or answers.get(field.when.field) in field.when.answer
        if field.required and asked:
            answers[field.key] = _answer(desk.catalogue.fields[field.key], said)
    materials: dict[str, How] = {m.key: "brought" for m in item.material if m.need == "must"}
    return Application(code, who, answers, materials, agent)


def _answer(kind: FieldKindOf, said: str) -> str:
    if kind.choices:
        return kind.choices[0].hans
    if kind.kind in ("integer", "money"):
        return str(max(kind.minimum or 0, 7))
    if kind.pattern and kind.kind == "text":
        return "6222020200112233445"
    return said if kind.kind in ("text", "long_text") else SIMPLE[kind.kind]
