"""The papers before acceptance: the one-time notice of all defects, the refusal to accept."""

import msgspec

from station_desk.cases import parts as p
from station_desk.counter.papers.materials import material_rows, mending_rows, returned_rows
from station_desk.counter.papers.telling import Contents, Telling


def notice(told: Telling) -> Contents:
    """一次性告知书: all defects at once, where and until when to mend them."""
    public = msgspec.json.decode(told.moment.event.public, type=p.NoticedPublic)
    rows = mending_rows(told, public.bring, told.case.defects)
    times = told.occasion.turn
    facts = {
        "until": public.until, "count": str(len(rows)),
        "times": told.sentence("again", times=times) if times > 1 else "",
    }  # fmt: skip
    return Contents(facts, {"mending": rows, "materials": material_rows(told)})


def refusal(told: Telling) -> Contents:
    """不予受理通知书: why, by what law, who is competent, what the applicant may do about it."""
    reason = msgspec.json.decode(told.moment.private or b"{}", type=p.Reason)
    facts = {
        "reason": reason.text, "basis": reason.basis, "body": reason.body, "remedy": remedy(told),
    }  # fmt: skip
    return Contents(facts, {"materials": returned_rows(told)})


def remedy(told: Telling) -> str:
    """What may be done against it: review and court where the business is the government's."""
    plane = told.item.plane if told.item else "commissioned"
    return told.sentence("remedy_commissioned" if plane == "commissioned" else "remedy_other")
