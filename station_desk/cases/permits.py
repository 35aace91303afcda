"""What may happen to a case in which state: one table, and the rules that say no in words.

Each act asks here before it writes; the log never holds an event that this table forbids.
"""

from collections.abc import Mapping
from datetime import date, timedelta

from station_desk.cases import parts as p
from station_desk.cases.case import (
    FINAL_STATES,
    OPEN_STATES,
    Case,
    State,
    posting_up,
    step_of,
    valid_certificates,
    ways_on,
)
from station_desk.cases.seal import CERTIFIED, VOIDED
from station_desk.catalogue.flow import END
from station_desk.catalogue.item import Words
from station_desk.core.errors import RuleError, Term
from station_desk.core.visible import is_visible


class CaseAlreadyFinished(RuleError):
    code = "case.already_finished"


class CaseNotFinished(RuleError):
    code = "case.not_finished"


class CaseAlreadyDelivered(RuleError):
    code = "case.already_delivered"


class StepOutOfOrder(RuleError):
    code = "case.step_out_of_order"


class WayNeeded(RuleError):
    code = "case.way_needed"


class NoSuchWay(RuleError):
    code = "case.no_such_way"


class NoStepLeft(RuleError):
    code = "case.no_step_left"


class StepsOpen(RuleError):
    code = "case.steps_open"


class ClockStands(RuleError):
    code = "case.clock_stands"


class ClockRuns(RuleError):
    code = "case.clock_runs"


class CaseVoided(RuleError):
    code = "case.voided"


class CaseWithdrawn(RuleError):
    code = "case.withdrawn"


class CaseDeclined(RuleError):
    code = "case.declined"


class NotAcceptedYet(RuleError):
    code = "case.not_accepted_yet"


class AlreadyAccepted(RuleError):
    code = "case.already_accepted"


class CaseSuspended(RuleError):
    code = "case.suspended"


class NotSuspended(RuleError):
    code = "case.not_suspended"


class PapersAway(RuleError):
    code = "case.papers_away"


class PapersHere(RuleError):
    code = "case.papers_here"


class NoSuchFollowUp(RuleError):
    code = "case.no_such_follow_up"


class ExtensionTooShort(RuleError):
    code = "case.extension_too_short"


class ApproverNeeded(RuleError):
    code = "case.approver_needed"


class ReasonNeeded(RuleError):
    code = "case.reason_needed"


class NothingToBring(RuleError):
    code = "case.nothing_to_bring"


class NoSuchDay(RuleError):
    code = "case.no_such_day"


class CaseHandedOver(RuleError):
    code = "case.handed_over"


class CaseErased(RuleError):
    code = "case.erased"


class CaseNotHandedOver(RuleError):
    code = "case.not_handed_over"


class NoticeHangs(RuleError):
    code = "notice.hangs"


class CertificateHolds(RuleError):
    code = "certificate.holds"


FARTHEST = timedelta(days=730)
MAY_HAPPEN: Mapping[str, frozenset[State]] = {
    "case.noticed": frozenset({"received", "noticed"}),
    "case.completed": frozenset({"noticed"}),
    "case.taken_on": frozenset({"received"}),
    "case.declined": frozenset({"received", "noticed"}),
    "case.advanced": frozenset({"processing"}),
    "case.step_taken_back": frozenset({"processing"}),
    "case.stopped": frozenset({"processing"}),
    "case.resumed": frozenset({"supplement"}),
    "case.redated": frozenset({"processing", "supplement", "suspended"}),
    "case.suspended": frozenset({"processing"}),
    "case.continued": frozenset({"suspended"}),
    "case.extended": frozenset({"processing"}),
    "case.forwarded": frozenset({"processing"}),
    "case.returned": frozenset({"processing"}),
    "case.followed_up": frozenset({"processing", "supplement", "suspended", "finished", "delivered"}),
    "case.notice_posted": frozenset({"processing"}),
    "case.notice_ended": frozenset({"processing", "supplement", "suspended"}),
    "case.transferred": OPEN_STATES,
    "case.taken_back": frozenset({"transferred"}),
    "case.taken_over": frozenset({"transferred"}),
    "case.withdrawn": frozenset({"received", "noticed", "processing", "supplement", "suspended"}),
    "case.voided": frozenset({"received", "noticed", "processing", "supplement", "suspended"}),
    "case.finished": frozenset({"processing"}),
    "case.delivered": frozenset({"finished", "declined"}),
    CERTIFIED: frozenset({"processing", "finished", "delivered"}),
    VOIDED: frozenset({"processing", "supplement", "suspended", "finished", "delivered"}),
    "case.corrected": OPEN_STATES | {"finished", "delivered", "declined", "withdrawn"},
    "case.erased": FINAL_STATES,
}
"""In which states a case may get an event of each kind (its first event comes out of nothing)."""

NOT_WHILE_PUBLIC = frozenset({"case.advanced", "case.finished", "case.withdrawn", "case.voided", CERTIFIED})
"""What must wait until the public notice has come down and the objections are written down."""

NOT_WHILE_SEALED = frozenset({"case.withdrawn", "case.voided"})
"""What would leave a sealed certificate behind that nothing stands for: it is voided first."""


def require_may(case: Case, kind: str) -> None:
    """Raises the rule that says why an event of this kind may not happen to the case now."""
    if case.erased_at:
        raise CaseErased(number=case.number, day=case.erased_at[:10])
    if case.state not in MAY_HAPPEN[kind]:
        raise _refusal(case, kind)
    if kind in NOT_WHILE_PUBLIC and (up := posting_up(case)) is not None:
        raise NoticeHangs(number=case.number, until=up.until)
    if kind in NOT_WHILE_SEALED and (sealed := valid_certificates(case)):
        raise CertificateHolds(number=case.number, seal=sealed[-1].seal)


def require_here(case: Case) -> None:
    """Raises when the case was handed over to another counter: nothing more is done with it here."""
    if case.state == "transferred":
        raise _refusal(case, "")


def require_step(case: Case, step_id: str) -> None:
    """Raises unless the named step is the present one and its papers are here."""
    require_may(case, "case.advanced")
    if not case.stage:
        raise NoStepLeft(number=case.number)
    if step_id and step_id != case.stage:
        raise StepOutOfOrder(
            number=case.number, asked=step_named(case, step_id), now=step_named(case, case.stage)
        )
    if case.away:
        raise PapersAway(number=case.number, body=case.away.body or Term(f"term.role.{case.away.role}"))


def chosen_way(case: Case, to: str) -> p.StepPlan | None:
    """The step that the case goes on to; None is the end. `to` names it, and may be left out of one way.

    Raises WayNeeded where there are several, NoSuchWay for one that the present step does not have.
    """
    ways = ways_on(case)
    now = step_named(case, case.stage)
    if not to and len(ways) > 1:
        raise WayNeeded(number=case.number, now=now, ways=", ".join(way.to for way in ways))
    asked = to or ways[0].to
    if asked not in [way.to for way in ways]:
        raise NoSuchWay(number=case.number, now=now, asked=asked, ways=", ".join(way.to for way in ways))
    return None if asked == END else step_of(case, asked)


def require_all_steps_done(case: Case) -> None:
    """Raises while a step of the published workflow is still open."""
    require_may(case, "case.finished")
    if case.stage:
        raise StepsOpen(number=case.number, now=step_named(case, case.stage))


def require_reason(case: Case, reason: str) -> str:
    """The reason without blanks around it; raises when there is none."""
    told = reason.strip()
    if not told or not is_visible(told, but="\n\t"):
        raise ReasonNeeded(number=case.number)
    return told


def require_day(text: str, today: date) -> None:
    """Raises unless the text is an ISO day from today on, within two years: it goes onto public pages."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise NoSuchDay(day=text) from None
    if day.isoformat() != text or not today <= day <= today + FARTHEST:
        raise NoSuchDay(day=text)


def step_named(case: Case, step_id: str) -> Words | str:
    """The published name of a step for a sentence; what is no step of the case stays as it was asked."""
    return next((step.name for step in case.steps if step.id == step_id and step.name), step_id)


def _refusal(case: Case, kind: str) -> RuleError:
    number = case.number
    if case.state == "transferred":
        return CaseHandedOver(number=number, to=case.handed[-1].to, at=case.handed[-1].at[:10])
    if kind in ("case.taken_back", "case.taken_over"):
        return CaseNotHandedOver(number=number)
    if case.state in FINAL_STATES:
        return _ended(case, kind)
    if case.state == "suspended" and kind != "case.continued":
        return CaseSuspended(number=number)
    if case.state in ("received", "noticed"):
        return NotAcceptedYet(number=number)
    match kind:
        case "case.delivered":
            return CaseNotFinished(number=number)
        case "case.continued":
            return NotSuspended(number=number)
        case "case.resumed":
            return ClockRuns(number=number)
        case "case.noticed" | "case.completed" | "case.taken_on" | "case.declined":
            return AlreadyAccepted(number=number)
        case _:
            return ClockStands(number=number)


def _ended(case: Case, kind: str) -> RuleError:
    match case.state:
        case "voided":
            return CaseVoided(number=case.number)
        case "withdrawn":
            return CaseWithdrawn(number=case.number, at=case.finished_at[:10])
        case "delivered" if kind == "case.delivered":
            return CaseAlreadyDelivered(number=case.number, at=case.delivered_at[:10])
        case "declined":
            return CaseDeclined(number=case.number, at=case.finished_at[:10])
        case _:
            return CaseAlreadyFinished(number=case.number, at=case.finished_at[:10])
