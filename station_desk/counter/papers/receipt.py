"""受理回执: the receipt of an accepted case, in its own A5 layout, or large in the layout of all papers."""

from datetime import date

from station_desk.cases import parts as p
from station_desk.cases.case import Case
from station_desk.catalogue.flow import left_out_by_some_way
from station_desk.core.clock import moment
from station_desk.core.masking import masked_id, masked_name
from station_desk.core.texts import Say
from station_desk.counter.desk import Desk
from station_desk.counter.papers.materials import GIVEN, material_rows
from station_desk.counter.papers.promise import promise_at_acceptance
from station_desk.counter.papers.telling import Contents, Telling, tracking_url
from station_desk.counter.receipt_codes import code_of
from station_desk.counter.wording import step_name, worded
from station_desk.printing.letterhead import Edition, Matter, Promise, Station
from station_desk.printing.receipt import Receipt, ReceivedMaterial, Stage, circled, receipt_pdf


def receipt(told: Telling) -> Contents:
    """The same as the small receipt says, for the layout of all papers."""
    desk, case = told.desk, told.case
    stages = _stages(desk, case)
    steps = (f"{circled(n)} {stage.name}{' ✓' if stage.done else ''}" for n, stage in enumerate(stages, 1))
    facts = {
        "promise": promise_at_acceptance(told), "collect": told.say("term.collect.counter"),
        "fee": _fee(desk, case), "stages": "  →  ".join(steps),
    }  # fmt: skip
    return Contents(facts, {"materials": material_rows(told)})


def receipt_pdf_of(told: Telling, copy_no: int) -> bytes:
    """The receipt as PDF: what was promised at acceptance, also when it is printed again later."""
    desk, case = told.desk, told.case
    station = desk.station
    made = Receipt(
        station=Station(station.name, station.address, station.phone),
        matter=_matter(desk, case),
        collect=desk.texts("term.collect.counter"),
        fee=_fee(desk, case),
        materials=tuple(_material(desk, seen) for seen in case.materials if seen.how in GIVEN),
        stages=_stages(desk, case),
        tracking_url=tracking_url(desk, case),
        complaint_phone=station.complaint_phone,
        copies=len(told.paper.copies),
        edition=Edition(case.edition, case.digest),
        copy_no=copy_no,
        proof=code_of(desk, case),
    )
    return receipt_pdf(made, published_say(told))


def published_say(told: Telling) -> Say:
    """Says the words of the published file where the layout of the receipt asks for a label."""
    published = dict(_published(told))

    def say(key: str, /, **values: object) -> str:
        return published[key] if key in published else told.say(key, **values)

    return say


def _published(told: Telling) -> list[tuple[str, str]]:
    language = told.language
    found = [("paper.receipt.title", told.paper.title.in_language(language))]
    found += [
        (f"paper.receipt.{name}", told.sentence(name)) for name in ("scan", "never_asks", "ask_at_counter")
    ]
    for section in told.paper.section:
        if section.block == "proof" and section.text:
            found.append(("proof.paper", section.text.in_language(language)))
        for fact in section.field:
            key = LABELS.get(fact.key)
            if key:
                found.append((f"paper.label.{key}", fact.label.in_language(language)))
        for column in section.column:
            key = COLUMNS.get(column.key)
            if key:
                found.append((f"paper.material.{key}", column.title.in_language(language)))
    return found


LABELS = {
    "number": "number", "item": "item", "applicant.masked": "applicant", "accepted_at": "accepted",
    "promise": "promise", "collect": "collect", "fee": "fee", "progress": "progress", "stages": "stages",
}  # fmt: skip
COLUMNS = {"no": "number", "name": "name", "form": "form", "copies": "copies"}
"""Which word of the published file stands for which label of the layout."""


def _matter(desk: Desk, case: Case) -> Matter:
    return Matter(
        number=case.number,
        item=worded(case.title, desk.texts),
        kind=desk.texts(f"term.kind.{case.kind}"),
        applicant=masked_name(case.applicant.name),
        identity=masked_id(case.applicant.id_number),
        accepted_at=moment(case.accepted_at),
        counter=str(int(case.counter)),
        clerk=case.clerk,
        promise=_promise(desk, case),
    )


def _promise(desk: Desk, case: Case) -> Promise | None:
    due = case.accepted_times.promised
    if not due:
        return None
    return Promise(
        moment(due) if "T" in due else date.fromisoformat(due),
        case.limits.promised,
        case.limits.unit,
        case.accepted_times.provisional,
        tuple(step_name(step, desk.texts) for step in case.steps if step.clock == "stop"),
    )


def _fee(desk: Desk, case: Case) -> str:
    return desk.texts("term.fee.some", count=case.fee) if case.fee else desk.texts("term.fee.none")


def _stages(desk: Desk, case: Case) -> tuple[Stage, ...]:
    # As they stood when the receipt was first printed: a reprint says the same.
    ids = [step.id for step in case.steps]
    reached = ids.index(case.accepted_stage) if case.accepted_stage else len(ids)
    may_miss = left_out_by_some_way(case.steps)
    return tuple(
        Stage(_stage_name(desk, step, sure=step.id not in may_miss), n < reached)
        for n, step in enumerate(case.steps)
    )


def _stage_name(desk: Desk, step: p.StepPlan, *, sure: bool) -> str:
    """The name of a step; one that the case may pass over says so, or the paper would promise it."""
    name = step_name(step, desk.texts)
    return name if sure else desk.texts("papers.if_needed", step=name)


def _material(desk: Desk, seen: p.PaperSeen) -> ReceivedMaterial:
    say = desk.texts
    name = worded(seen.name, say)
    if seen.on_file:
        return ReceivedMaterial(name, say("papers.on_file", case=seen.on_file), 0)
    if seen.how != "brought":
        return ReceivedMaterial(name, say(f"term.how.{seen.how}"), 0)
    return ReceivedMaterial(
        name, say(f"term.form.{seen.form}"), 0 if seen.form == "original" else seen.copies
    )
