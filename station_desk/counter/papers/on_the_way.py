"""The notices while a case is worked on: papers to be supplemented, suspension, a longer limit."""

from station_desk.cases import parts as p
from station_desk.cases.papers import private_part, public_part
from station_desk.counter.papers.materials import mending_rows
from station_desk.counter.papers.telling import Contents, Telling, as_written
from station_desk.counter.wording import limit_words


def supplement(told: Telling) -> Contents:
    """补正通知书: what is still missing, how to mend it, until when; the clock stands meanwhile."""
    public = public_part(told.moment, p.StoppedPublic)
    note = private_part(told.moment, p.Opinion) if told.moment.private else p.Opinion("")
    rows = mending_rows(told, public.bring, [line for line in note.text.splitlines() if line.strip()])
    return Contents({"until": public.until, "count": str(len(rows)), "times": told.times}, {"mending": rows})


def suspension(told: Telling) -> Contents:
    """中止通知书: why, by what rule, since when, who approved; the day that was promised will move."""
    reason = private_part(told.moment, p.Reason)
    facts = {
        "reason": reason.text, "basis": reason.basis, "approver": reason.approver,
        "until": public_part(told.moment, p.SuspendedPublic).until, "due_before": _due_before(told),
    }  # fmt: skip
    return Contents(facts)


def extension(told: Telling) -> Contents:
    """延期通知书: why, who approved, the old day and the new one; the statutory day stays."""
    reason, public = private_part(told.moment, p.Reason), public_part(told.moment, p.ExtendedPublic)
    case = told.case
    facts = {
        "reason": reason.text, "basis": reason.basis, "approver": reason.approver,
        "due_before": _due_before(told), "due_now": as_written(public.times.promised),
        "limit": limit_words(public.promised, case.limits.unit, told.say),
        "statutory": as_written(public.times.statutory),
    }  # fmt: skip
    return Contents(facts)


def _due_before(told: Telling) -> str:
    """The day as it was promised before; while the clock stood, that of the acceptance."""
    before = told.moment.before or told.case
    return as_written(before.times.promised or before.accepted_times.promised)
