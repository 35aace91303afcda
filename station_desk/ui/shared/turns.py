"""The turns that a case may take beside its next step: which are possible, what each asks and does."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from station_desk.cases.case import Case
from station_desk.cases.permits import require_may
from station_desk.cases.step_back import STEP_BACK
from station_desk.core.errors import RuleError
from station_desk.counter.advance import AskSupplement, ask_supplement
from station_desk.counter.answers import Moved
from station_desk.counter.bulk import papers_of
from station_desk.counter.completion import TakeMissing, take_missing
from station_desk.counter.desk import Desk
from station_desk.counter.finish import VoidCase, void_case
from station_desk.counter.forward import Forward, TakeBack, forward, take_back
from station_desk.counter.interrupt import Extend, Suspend, Withdraw, extend, suspend, withdraw
from station_desk.counter.step_back import TakeStepBack, take_step_back
from station_desk.store.desk_store import Done

Name = Literal[
    "supplement", "suspend", "forward", "take_back", "extend", "withdraw", "void", "step_back", "complete",
]  # fmt: skip
Act = Callable[[Desk], Done[Moved]]


class Turn(NamedTuple):
    """One turn: the event it makes, the fields it asks in their order, the paper printed after it.

    What is `final` cannot be taken back: it is asked once more, by the number of the case.
    """

    name: Name
    event: str
    asks: tuple[str, ...]
    paper: str = ""
    final: bool = False


TURNS = (
    Turn("supplement", "case.stopped", ("until", "note"), "supplement"),
    Turn("forward", "case.forwarded", ("body", "signature", "back_by"), "handover"),
    Turn("take_back", "case.returned", ("opinion", "signature")),
    Turn("suspend", "case.suspended", ("reason", "basis", "approver", "until"), "suspension"),
    Turn("extend", "case.extended", ("limit", "reason", "approver"), "extension"),
    Turn("withdraw", "case.withdrawn", ("reason",)),
    Turn("void", "case.voided", ("reason",), final=True),
)
TAKE_STEP_BACK = Turn("step_back", STEP_BACK, ("reason",))
"""Offered by a key of its own, for an hour."""

COMPLETE = Turn("complete", "case.completed", ())
"""The next thing to do with a case to which a one-time notice was given."""

PAPERS_BACK = "papers_back"
PAPER, DEFECT, ANSWER = "paper ", "defect ", "answer "
"""What the marks and fields of a completion begin with."""

DAYS = frozenset({"until", "back_by"})
"""The fields in which a day is typed."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was filled in: the answers by field, and the keys of what was ticked."""

    answers: Mapping[str, str] = field(default_factory=dict)
    ticked: tuple[str, ...] = ()


def possible_turns(case: Case) -> list[Turn]:
    """The turns that the rules allow now."""
    return [turn for turn in TURNS if _is_possible(turn, case)]


def act_of(turn: Turn, case: Case, said: Said, command: str) -> Act:
    """What a turn does. Raises RuleError when it is called and something is missing or not allowed."""
    get, number = said.answers, case.number
    match turn.name:
        case "supplement":
            asked = AskSupplement(number, said.ticked, get["until"], get["note"])
            return lambda desk: ask_supplement(desk, asked, command)
        case "forward":
            return _forwarding(number, get["body"], get["signature"], get["back_by"], command)
        case "take_back":
            back = TakeBack(number, get["opinion"], get["signature"])
            return lambda desk: take_back(desk, back, command)
        case "suspend":
            stop = Suspend(number, get["reason"], get["basis"], get["approver"], get["until"])
            return lambda desk: suspend(desk, stop, command)
        case "extend":
            limit = int(get["limit"]) if get["limit"].isdecimal() else 0
            longer = Extend(number, limit, get["reason"], get["approver"])
            return lambda desk: extend(desk, longer, command)
        case "withdraw":
            leave = Withdraw(number, get["reason"])
            return lambda desk: withdraw(desk, leave, command)
        case "void":
            gone = VoidCase(number, get["reason"])
            return lambda desk: void_case(desk, gone, command)
        case "step_back":
            ended = case.trail[-1].id if case.trail else ""
            undo = TakeStepBack(number, get["reason"], ended, PAPERS_BACK in said.ticked)
            return lambda desk: take_step_back(desk, undo, command)
        case "complete":
            came = _completion(number, said)
            return lambda desk: take_missing(desk, came, command)


def _completion(number: str, said: Said) -> TakeMissing:
    def ticked(what: str) -> list[str]:
        return [key.removeprefix(what) for key in said.ticked if key.startswith(what)]

    answers = {
        key.removeprefix(ANSWER): text
        for key, text in said.answers.items()
        if key.startswith(ANSWER) and text
    }
    mended = tuple(int(place) for place in ticked(DEFECT))
    return TakeMissing(number, tuple(ticked(PAPER)), answers, mended)


def _forwarding(number: str, body: str, signature: str, back_by: str, command: str) -> Act:
    def act(desk: Desk) -> Done[Moved]:
        return forward(desk, Forward(number, body, papers_of(desk, number), signature, back_by), command)

    return act


def _is_possible(turn: Turn, case: Case) -> bool:
    try:
        require_may(case, turn.event)
    except RuleError:
        return False
    match turn.name:
        case "forward":
            return bool(case.stage) and case.away is None
        case "take_back":
            return case.away is not None
        case "supplement":
            return bool(case.materials)
        case _:
            return True
