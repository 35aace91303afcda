"""The papers before acceptance: what was handed in, the notice of all defects, the refusal to accept."""

from station_desk.cases import parts as p
from station_desk.cases.papers import private_part, public_part
from station_desk.counter.intake import silent_since
from station_desk.counter.papers.materials import material_rows, mending_rows, returned_rows
from station_desk.counter.papers.telling import Contents, Telling


def intake(told: Telling) -> Contents:
    """收件回执: what was handed in, not accepted yet, and until when the station must speak."""
    answer_by = silent_since(told.desk.calendar, told.case).isoformat()
    return Contents({"answer_by": answer_by}, {"materials": material_rows(told)})


def notice(told: Telling) -> Contents:
    """一次性告知书: all defects at once, where and until when to mend them."""
    public = public_part(told.moment, p.NoticedPublic)
    rows = mending_rows(told, public.bring, told.case.defects)
    facts = {"until": public.until, "count": str(len(rows)), "times": told.times}
    return Contents(facts, {"mending": rows, "materials": material_rows(told)})


def refusal(told: Telling) -> Contents:
    """不予受理通知书: why, by what law, who is competent, what the applicant may do about it."""
    reason = private_part(told.moment, p.Reason)
    facts = {"reason": reason.text, "basis": reason.basis, "body": reason.body, "remedy": told.remedy}
    return Contents(facts, {"materials": returned_rows(told)})
