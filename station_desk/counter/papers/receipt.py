"""The receipt of an accepted case, filled from what is stored; its layout is its own."""

from datetime import date

from station_desk.cases import parts as p
from station_desk.cases.case import Case
from station_desk.cases.papers import Occasion
from station_desk.core.clock import moment
from station_desk.core.masking import masked_id, masked_name
from station_desk.counter.desk import Desk
from station_desk.counter.papers.materials import GIVEN
from station_desk.counter.papers.telling import tracking_url
from station_desk.counter.wording import step_name, worded
from station_desk.printing.letterhead import Edition, Matter, Promise
from station_desk.printing.letterhead import Station as Letterhead
from station_desk.printing.receipt import Receipt, ReceivedMaterial, Stage, receipt_pdf

RECEIPT_COPIES = 2


def receipt_pdf_of(desk: Desk, occasion: Occasion, copy_no: int) -> bytes:
    """The receipt as PDF: what was promised at acceptance, also when it is printed again later."""
    return receipt_pdf(_receipt(desk, occasion.case, copy_no), desk.texts)


def _receipt(desk: Desk, case: Case, copy_no: int) -> Receipt:
    say = desk.texts
    return Receipt(
        station=letterhead(desk),
        matter=matter_of(desk, case),
        collect=say("term.collect.counter"),
        fee=fee_words(desk, case),
        materials=tuple(received_material(desk, m) for m in case.materials if m.how in GIVEN),
        stages=stages_at_acceptance(desk, case),
        tracking_url=tracking_url(desk, case),
        complaint_phone=desk.station.complaint_phone,
        copies=RECEIPT_COPIES,
        edition=Edition(case.edition, case.digest),
        copy_no=copy_no,
    )


def letterhead(desk: Desk) -> Letterhead:
    """The station as papers name it."""
    return Letterhead(desk.station.name, desk.station.address, desk.station.phone)


def matter_of(desk: Desk, case: Case) -> Matter:
    """The case as the head of a paper tells it, the applicant masked."""
    return Matter(
        number=case.number,
        item=worded(case.title, desk.texts),
        kind=desk.texts(f"term.kind.{case.kind}"),
        applicant=masked_name(case.applicant.name),
        identity=masked_id(case.applicant.id_number),
        accepted_at=moment(case.accepted_at),
        counter=str(int(case.counter)),
        clerk=case.clerk,
        promise=promise_of(desk, case),
    )


def promise_of(desk: Desk, case: Case) -> Promise | None:
    """What was promised at acceptance."""
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


def fee_words(desk: Desk, case: Case) -> str:
    """What it costs."""
    return desk.texts("term.fee.some", count=case.fee) if case.fee else desk.texts("term.fee.none")


def stages_at_acceptance(desk: Desk, case: Case) -> tuple[Stage, ...]:
    """The workflow as the resident sees it."""
    # As they stood when the receipt was first printed: a reprint says the same.
    ids = [step.id for step in case.steps]
    reached = ids.index(case.accepted_stage) if case.accepted_stage else len(ids)
    return tuple(Stage(step_name(step, desk.texts), n < reached) for n, step in enumerate(case.steps))


def received_material(desk: Desk, seen: p.PaperSeen) -> ReceivedMaterial:
    """A material as it was found."""
    say = desk.texts
    name = worded(seen.name, say)
    if seen.how != "brought":
        return ReceivedMaterial(name, say(f"term.how.{seen.how}"), 0)
    return ReceivedMaterial(
        name, say(f"term.form.{seen.form}"), 0 if seen.form == "original" else seen.copies
    )
