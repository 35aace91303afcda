"""Accepts an application: the case gets its final number, its workflow and its due days, all in one commit.

The receipt is meant to be printed in the same commit, so that a PC that dies before printing offers it again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.deadlines import due
from station_desk.cases.event import Fact
from station_desk.cases.known import same_person
from station_desk.cases.number import CaseNumber
from station_desk.cases.times import due_text, times_of
from station_desk.cases.trace import has_public_trace, may_be_named, new_token, trace_of
from station_desk.catalogue.calendar import WorkingCalendar
from station_desk.catalogue.item import ClockRun, Item
from station_desk.core.clock import moment, stamp
from station_desk.counter.answers import Accepted
from station_desk.counter.application import (
    Application,
    Fault,
    faults_of,
    how_shown,
    papers_seen,
    require_acceptable,
    tidy,
)
from station_desk.counter.desk import Desk
from station_desk.counter.papers.journal import intend_papers
from station_desk.counter.visit import end_service
from station_desk.store.desk_store import Command, Done
from station_desk.store.room import require_room
from station_desk.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Bundle:
    """The cases that were handed in as one matter; without a number for a case on its own."""

    number: str = ""
    cases: tuple[str, ...] = ()
    items: tuple[str, ...] = ()


ALONE = Bundle()


def accept(desk: Desk, application: Application, command: str) -> Done[Accepted]:
    """The accepted case. Raises ItemUnknown, ApplicationFaulty (all faults at once), TicketNotInState."""
    return desk.once(
        Command(command, application), Accepted, lambda unit: accepted_now(desk, unit, application)
    )


def accepted_now(desk: Desk, unit: Unit, application: Application) -> Accepted:
    """Writes the acceptance into a unit once it was looked through. Raises ItemUnknown, ApplicationFaulty."""
    tidied = tidy(application)
    require_acceptable(faults_of(tidied, desk.item(tidied.item), desk.catalogue, desk.clock().date()))
    return accepted_in(desk, unit, tidied)


def accepted_in(
    desk: Desk, unit: Unit, application: Application, number: str = "", bundle: Bundle = ALONE
) -> Accepted:
    """Writes the acceptance of a faultless application, its receipt and the end of its ticket into a unit.

    `number` is one that this counter has just given out; empty: the next one.
    """
    item = desk.item(application.item)
    at = stamp(desk.clock())
    number = number or new_number(desk, unit)
    public, private = beginning(desk, unit, item, application, at)
    public = msgspec.structs.replace(public, bundle=bundle.number, bundled=bundle.cases)
    happened = Fact(number, 1, "case.accepted", at, desk.actor, public, private)
    intend_papers(desk, unit, unit.record(happened))
    made = dict(zip(bundle.items, bundle.cases, strict=True)) or {item.code: number}
    end_ticket(desk, unit, application.ticket, made)
    times = public.times
    return Accepted(
        number,
        item.code,
        public.stage,
        times.promised,
        times.statutory,
        times.provisional,
        application.ticket,
    )


def new_number(desk: Desk, unit: Unit) -> str:
    """The next number of this counter today, final from now on. Raises DiskNearlyFull."""
    require_room(desk.store.profile)
    day = desk.clock().date()
    # As the log has it now: a sync may have let it go on under another mark since the desk was opened.
    mark = unit.about("counter_mark")
    return str(CaseNumber(desk.station.code, day, mark, unit.next_serial(f"case:{day.isoformat()}:{mark}")))


def end_ticket(desk: Desk, unit: Unit, ticket: str, made: Mapping[str, str]) -> None:
    """The ticket, when there is one, names what was made of it (item → case): done, or its next item comes.

    Raises TicketUnknown, TicketNotInState.
    """
    if ticket:
        end_service(desk, unit, unit.ticket(ticket), made)


def steps_of(item: Item) -> tuple[p.StepPlan, ...]:
    """The workflow of the item as a case keeps it for ever."""
    return tuple(
        p.StepPlan(
            s.id, s.name, s.role, s.limit, s.unit, s.clock, tuple(p.WayPlan(w.to, w.when) for w in s.next)
        )
        for s in item.step
    )


def unnamed(step: p.StepPlan) -> p.StepPlan:
    """The step without the words that would tell what a sensitive case is about."""
    ways = tuple(msgspec.structs.replace(way, when=None) for way in step.next)
    return msgspec.structs.replace(step, name=None, next=ways)


def first_stage(steps: tuple[p.StepPlan, ...]) -> tuple[str, ClockRun]:
    """The step with which a case begins and its clock.

    A first step of the clerk without a time of its own is the intake itself: it is done by accepting, unless
    several ways lead out of it, for then somebody must choose.
    """
    first = 1 if steps[0].role == "clerk" and steps[0].limit == 0 and not steps[0].next else 0
    return (steps[first].id, steps[first].clock) if first < len(steps) else ("", "run")


def follow_ups_of(
    calendar: WorkingCalendar, item: Item, application: Application, at: str
) -> tuple[p.FollowUp, ...]:
    """What is accepted on trust and until when: papers that follow, commitments to verify."""
    start = moment(at)
    made = []
    for material in item.material:
        how = how_shown(application.materials, material)
        if how in ("follows", "promise"):
            days = material.follow_days if how == "follows" else item.verify_days
            until = due_text(due(calendar, start, days, "wd"))
            made.append(p.FollowUp(material.key, "bring" if how == "follows" else "verify", until))
    return tuple(made)


def beginning(
    desk: Desk, unit: Unit, item: Item, application: Application, at: str
) -> tuple[p.AcceptedPublic, p.AcceptedPrivate]:
    """What the first event of a case says, publicly and privately."""
    require_acceptable(_not_on_file(unit, application, item))
    calendar = desk.calendar_in(unit)
    steps = steps_of(item)
    stage, clock = first_stage(steps)
    limits = p.Limits(item.limit.promised, item.limit.statutory, item.limit.unit, item.limit.start)
    named = may_be_named(item.sensitivity)
    token = new_token()
    public = p.AcceptedPublic(
        item=item.code, category=item.category, title=item.name if named else None, kind=item.kind,
        sensitivity=item.sensitivity, station=desk.station.code, counter=desk.station.counter,
        edition=desk.catalogue.edition, digest=desk.catalogue.digest, received=at, ticket=application.ticket,
        trace=trace_of(token) if has_public_trace(item.sensitivity) else "",
        steps=steps if named else tuple(unnamed(step) for step in steps),
        limits=limits, fee=item.fee, stage=stage, times=times_of(calendar, limits, at, at),
        clock=clock, follow_ups=follow_ups_of(calendar, item, application, at),
    )  # fmt: skip
    private = p.AcceptedPrivate(
        applicant=application.applicant, answers=application.answers,
        materials=papers_seen(application, item, desk.catalogue), token=token, agent=application.agent,
        title=None if named else item.name, steps=() if named else steps,
        repeat_reason=application.repeat_reason.strip(),
    )  # fmt: skip
    return public, private


def _not_on_file(unit: Unit, application: Application, item: Item) -> Iterator[Fault]:
    """Papers that are said to lie in the file of an earlier case of this person, and do not."""
    for material in item.material:
        number = application.on_file.get(material.key)
        if number is None or how_shown(application.materials, material) != "brought":
            continue
        case = unit.known_case(number)
        shown = case is not None and same_person(case.applicant, application.applicant)
        if (
            case is None
            or not shown
            or not any(
                seen.key == material.key and seen.how == "brought" and not seen.on_file
                for seen in case.materials
            )
        ):
            yield Fault(f"material.{material.key}", "not_on_file", {"case": number})
