"""Accepts an application: the case gets its final number, its workflow and its due days, all in one commit.

The receipt is meant to be printed in the same commit, so that a PC that dies before printing offers it again.
"""

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.event import Fact
from station_desk.cases.number import CaseNumber
from station_desk.cases.ticket import require_may_enter
from station_desk.cases.times import times_of
from station_desk.cases.trace import has_public_trace, may_be_named, new_token, trace_of
from station_desk.catalogue.calendar import WorkingCalendar
from station_desk.catalogue.item import Item
from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError
from station_desk.counter.answers import Accepted
from station_desk.counter.application import Application, faults_of, papers_seen, require_acceptable, tidy
from station_desk.counter.desk import Desk
from station_desk.counter.queue import moved
from station_desk.protocol.messages import MOST_TEXT
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit


class FormTooLarge(RuleError):
    code = "form.too_large"


def accept(desk: Desk, application: Application, command: str) -> Done[Accepted]:
    """The accepted case. Raises ItemUnknown, ApplicationFaulty (all faults at once), TicketNotInState."""
    item = desk.item(application.item)
    tidied = tidy(application)
    now = desk.clock()
    require_acceptable(faults_of(tidied, item, desk.catalogue, now.date()))
    at = stamp(now)
    day = now.date()

    def act(unit: Unit) -> Accepted:
        serial = unit.next_serial(f"case:{day.isoformat()}:{desk.station.counter_mark}")
        number = str(CaseNumber(desk.station.code, day, desk.station.counter_mark, serial))
        ticket = unit.ticket(tidied.ticket) if tidied.ticket else None
        if ticket:
            require_may_enter(ticket, "done")
        public, private = _parts(desk, item, tidied, at, desk.calendar_in(unit))
        require_short_enough(private)
        unit.record(Fact(number, 1, "case.accepted", at, desk.station.clerk, public, private))
        unit.record(Fact(number, 2, "paper.intended", at, desk.station.clerk, p.PaperPublic("receipt", 1)))
        if ticket:
            moved(desk, unit, ticket, "done", number)
        times = public.times
        return Accepted(
            number, item.code, public.stage, times.promised, times.statutory, times.provisional, tidied.ticket
        )

    return desk.store.once(Command(command, application), Accepted, act)


def require_short_enough(private: p.AcceptedPrivate) -> None:
    """Raises FormTooLarge for a form that no district would take: better now than after the receipt."""
    size = len(msgspec.json.encode(private).decode())
    if size > MOST_TEXT:
        raise FormTooLarge(size=size, most=MOST_TEXT)


def done_by_accepting(item: Item) -> bool:
    """Whether the first step is the intake itself: the clerk's, with no time of its own."""
    first = item.step[0]
    return first.role == "clerk" and first.limit == 0


def _parts(
    desk: Desk, item: Item, application: Application, at: str, calendar: WorkingCalendar
) -> tuple[p.AcceptedPublic, p.AcceptedPrivate]:
    steps = tuple(p.StepPlan(s.id, s.name, s.role, s.limit, s.unit, s.clock) for s in item.step)
    first = 1 if done_by_accepting(item) else 0
    stage = steps[first].id if first < len(steps) else ""
    limits = p.Limits(item.limit.promised, item.limit.statutory, item.limit.unit, item.limit.start)
    named = may_be_named(item.sensitivity)
    token = new_token()
    public = p.AcceptedPublic(
        item=item.code, category=item.category, title=item.name if named else None, kind=item.kind,
        sensitivity=item.sensitivity, station=desk.station.code, counter=desk.station.counter,
        edition=desk.catalogue.edition, digest=desk.catalogue.digest, received=at, ticket=application.ticket,
        trace=trace_of(token) if has_public_trace(item.sensitivity) else "",
        steps=steps if named else tuple(msgspec.structs.replace(step, name=None) for step in steps),
        limits=limits, fee=item.fee, stage=stage, times=times_of(calendar, limits, at, at),
        clock=steps[first].clock if stage else "run",
    )  # fmt: skip
    private = p.AcceptedPrivate(
        applicant=application.applicant, answers=application.answers,
        materials=papers_seen(application, item, desk.catalogue), token=token, agent=application.agent,
        title=None if named else item.name, steps=() if named else steps,
    )  # fmt: skip
    return public, private
