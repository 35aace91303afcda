"""Prints the papers of a case: after the commit, numbered, recorded as meant, sent and confirmed.

The PDF is made from the stored case each time, so a paper can only say what is stored.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import Case, StepDone
from station_desk.cases.event import Fact
from station_desk.cases.number import read_number
from station_desk.cases.trace import has_public_trace
from station_desk.core.clock import moment, stamp
from station_desk.core.masking import masked_id, masked_name
from station_desk.counter.answers import Printed
from station_desk.counter.desk import Desk
from station_desk.counter.receipt_codes import code_of
from station_desk.counter.wording import limit_words, step_name, worded
from station_desk.printing.letterhead import Edition, Matter, Promise
from station_desk.printing.letterhead import Station as Letterhead
from station_desk.printing.receipt import Receipt, ReceivedMaterial, Stage, receipt_pdf
from station_desk.printing.sheet import SheetPaper, SheetStep, WorkflowSheet, sheet_pdf
from station_desk.store.desk_store import Command, Done
from station_desk.store.lists import unconfirmed_papers
from station_desk.store.unit import Unit

Paper = Literal["receipt", "sheet"]
RECEIPT_COPIES = 2
GIVEN = ("brought", "elic", "shared", "promise", "follows")
"""Ways in which a material counts as dealt with, and so stands on the receipt."""


class PrintPaper(msgspec.Struct, frozen=True):
    """A paper of a case, asked for once."""

    number: str
    paper: Paper


@dataclass(frozen=True, slots=True)
class UnprintedPaper:
    """A paper that was meant to be printed, and nobody knows that it was."""

    number: str
    paper: str
    copy: int
    state: str


def print_receipt(desk: Desk, number: str, command: str) -> Done[Printed]:
    """Prints the receipt: the first copy, or a reprint that says so. Raises CaseUnknown, printer trouble."""
    return _print(desk, PrintPaper(str(read_number(number)), "receipt"), command)


def print_sheet(desk: Desk, number: str, command: str) -> Done[Printed]:
    """Prints the workflow sheet, like `print_receipt`."""
    return _print(desk, PrintPaper(str(read_number(number)), "sheet"), command)


def receipt_pdf_of(desk: Desk, number: str, copy_no: int = 1) -> bytes:
    """The receipt of a case as PDF; nothing is recorded. Raises CaseUnknown."""
    return receipt_pdf(_receipt(desk, desk.store.case(str(read_number(number))), copy_no), desk.texts)


def sheet_pdf_of(desk: Desk, number: str, copy_no: int = 1) -> bytes:
    """The workflow sheet of a case as PDF; nothing is recorded. Raises CaseUnknown."""
    return sheet_pdf(_sheet(desk, desk.store.case(str(read_number(number))), copy_no), desk.texts)


def unprinted(desk: Desk) -> list[UnprintedPaper]:
    """What was stored and meant to be printed, but never confirmed: offered at the next start."""
    return [UnprintedPaper(*row) for row in unconfirmed_papers(desk.store)]


def tracking_url(desk: Desk, case: Case) -> str | None:
    """Where the resident can follow the case; None for restricted items and while no district is known."""
    if not desk.station.public_url or not case.token or not has_public_trace(case.sensitivity):
        return None
    return f"{desk.station.public_url}/t/{case.token}"


def _print(desk: Desk, wish: PrintPaper, command: str) -> Done[Printed]:
    meant = desk.store.once(Command(command, wish), Printed, lambda unit: _intend(desk, unit, wish))
    made: dict[Paper, Callable[[Desk, str, int], bytes]] = {"receipt": receipt_pdf_of, "sheet": sheet_pdf_of}
    paper = meant.answer
    pdf = made[wish.paper](desk, wish.number, paper.copy)
    desk.printer_for(wish.paper).send(pdf, f"{wish.number}-{wish.paper}-{paper.copy}")
    # A printer returns when it has the whole paper, so sent is confirmed.
    with desk.store.writing(command) as unit:
        if not unit.is_confirmed(wish.number, wish.paper, paper.copy):
            for kind in ("paper.sent", "paper.confirmed"):
                _record(desk, unit, wish, kind, paper.copy)
        changes = unit.changes()
    return Done(paper, changes)


def _intend(desk: Desk, unit: Unit, wish: PrintPaper) -> Printed:
    unit.case(wish.number)
    waiting = unit.connection.execute(
        "SELECT min(copy) FROM papers WHERE case_number = ? AND paper = ? AND state <> 'confirmed'",
        (wish.number, wish.paper),
    ).fetchone()[0]
    if waiting is None:
        waiting = unit.last_copy(wish.number, wish.paper) + 1
        _record(desk, unit, wish, "paper.intended", waiting)
    return Printed(wish.number, wish.paper, int(waiting))


def _record(desk: Desk, unit: Unit, wish: PrintPaper, kind: str, copy: int) -> None:
    revision = unit.subject_revision(wish.number) + 1
    public = p.PaperPublic(wish.paper, copy)
    unit.record(Fact(wish.number, revision, kind, stamp(desk.clock()), desk.station.clerk, public))


def _receipt(desk: Desk, case: Case, copy_no: int) -> Receipt:
    say = desk.texts
    return Receipt(
        station=_letterhead(desk),
        matter=_matter(desk, case),
        collect=say("term.collect.counter"),
        fee=_fee(desk, case),
        materials=tuple(_material(desk, m) for m in case.materials if m.how in GIVEN),
        stages=_stages_at_acceptance(desk, case),
        tracking_url=tracking_url(desk, case),
        complaint_phone=desk.station.complaint_phone,
        copies=RECEIPT_COPIES,
        edition=Edition(case.edition, case.digest),
        copy_no=copy_no,
        proof=code_of(desk, case),
    )


def _sheet(desk: Desk, case: Case, copy_no: int) -> WorkflowSheet:
    say = desk.texts
    ended = {step.id: step for step in case.trail}
    return WorkflowSheet(
        station=_letterhead(desk),
        matter=_matter(desk, case),
        steps=tuple(_sheet_step(desk, case, step, ended.get(step.id)) for step in case.steps),
        papers=tuple(
            SheetPaper(_material(desk, m).name, _material(desk, m).form, _material(desk, m).copies, 0)
            for m in case.materials
            if m.how in GIVEN
        ),
        return_route=say("term.return.counter", station=desk.station.name, counter=desk.station.counter_name),
        complaint_phone=desk.station.complaint_phone,
        edition=Edition(case.edition, case.digest),
        copy_no=copy_no,
    )


def _letterhead(desk: Desk) -> Letterhead:
    return Letterhead(desk.station.name, desk.station.address, desk.station.phone)


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


def _stages_at_acceptance(desk: Desk, case: Case) -> tuple[Stage, ...]:
    # As they stood when the receipt was first printed: a reprint says the same.
    ids = [step.id for step in case.steps]
    reached = ids.index(case.accepted_stage) if case.accepted_stage else len(ids)
    return tuple(Stage(step_name(step, desk.texts), n < reached) for n, step in enumerate(case.steps))


def _material(desk: Desk, seen: p.PaperSeen) -> ReceivedMaterial:
    say = desk.texts
    name = worded(seen.name, say)
    if seen.how != "brought":
        return ReceivedMaterial(name, say(f"term.how.{seen.how}"), 0)
    return ReceivedMaterial(
        name, say(f"term.form.{seen.form}"), 0 if seen.form == "original" else seen.copies
    )


def _sheet_step(desk: Desk, case: Case, step: p.StepPlan, ended: StepDone | None) -> SheetStep:
    say = desk.texts
    limit = say("term.limit.uncounted") if step.clock == "stop" else limit_words(step.limit, step.unit, say)
    began = ended.began if ended else case.stage_since if step.id == case.stage else ""
    return SheetStep(
        name=step_name(step, say), role=say(f"term.role.{step.role}"), limit=limit,
        opinion=ended.opinion if ended else "", signature="", in_at=_short(began),
        out_at=_short(ended.ended) if ended else "", done=ended is not None,
    )  # fmt: skip


def _short(at: str) -> str:
    return at[:16].replace("T", " ")
