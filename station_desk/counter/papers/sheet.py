"""The workflow sheet of a case, filled from what is stored."""

from station_desk.cases import parts as p
from station_desk.cases.case import Case, StepDone
from station_desk.cases.papers import Occasion
from station_desk.counter.desk import Desk
from station_desk.counter.papers.materials import GIVEN
from station_desk.counter.papers.receipt import letterhead, matter_of, received_material
from station_desk.counter.papers.telling import short
from station_desk.counter.wording import limit_words, step_name
from station_desk.printing.letterhead import Edition
from station_desk.printing.sheet import SheetPaper, SheetStep, WorkflowSheet, sheet_pdf


def sheet_pdf_of(desk: Desk, occasion: Occasion, copy_no: int) -> bytes:
    """The workflow sheet as PDF, as far as the case has come."""
    return sheet_pdf(_sheet(desk, occasion.case, copy_no), desk.texts)


def _sheet(desk: Desk, case: Case, copy_no: int) -> WorkflowSheet:
    say = desk.texts
    ended = {step.id: step for step in case.trail}
    return WorkflowSheet(
        station=letterhead(desk),
        matter=matter_of(desk, case),
        steps=tuple(_sheet_step(desk, case, step, ended.get(step.id)) for step in case.steps),
        papers=tuple(
            SheetPaper(seen.name, seen.form, seen.copies, 0)
            for seen in (received_material(desk, m) for m in case.materials if m.how in GIVEN)
        ),
        return_route=say("term.return.counter", station=desk.station.name, counter=desk.station.counter_name),
        complaint_phone=desk.station.complaint_phone,
        edition=Edition(case.edition, case.digest),
        copy_no=copy_no,
    )


def _sheet_step(desk: Desk, case: Case, step: p.StepPlan, ended: StepDone | None) -> SheetStep:
    say = desk.texts
    limit = say("term.limit.uncounted") if step.clock == "stop" else limit_words(step.limit, step.unit, say)
    began = ended.began if ended else case.stage_since if step.id == case.stage else ""
    return SheetStep(
        name=step_name(step, say), role=say(f"term.role.{step.role}"), limit=limit,
        opinion=ended.opinion if ended else "", signature="", in_at=short(began),
        out_at=short(ended.ended) if ended else "", done=ended is not None,
    )  # fmt: skip
