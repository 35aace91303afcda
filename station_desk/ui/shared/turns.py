"""The turns that a case may take beside its next step: which are possible, what each asks and does."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from station_desk.cases.case import Case
from station_desk.cases.permits import require_may
from station_desk.core.errors import RuleError
from station_desk.counter.advance import AskSupplement, ask_supplement
from station_desk.counter.answers import Moved
from station_desk.counter.bulk import papers_of
from station_desk.counter.desk import Desk
from station_desk.counter.forward import Forward, TakeBack, forward, take_back
from station_desk.counter.interrupt import Extend, Suspend, Withdraw, extend, suspend, withdraw
from station_desk.store.desk_store import Done

Name = Literal["supplement", "suspend", "forward", "take_back", "extend", "withdraw"]
Act = Callable[[Desk], Done[Moved]]


class Turn(NamedTuple):
    """One turn: the event it makes, the fields it asks in their order, the paper printed after it."""

    name: Name
    event: str
    asks: tuple[str, ...]
    paper: str = ""


TURNS = (
    Turn("supplement", "case.stopped", ("until", "note"), "supplement"),
    Turn("forward", "case.forwarded", ("body", "signature", "back_by"), "handover"),
    Turn("take_back", "case.returned", ("opinion", "signature")),
    Turn("suspend", "case.suspended", ("reason", "basis", "approver", "until"), "suspension"),
    Turn("extend", "case.extended", ("limit", "reason", "approver"), "extension"),
    Turn("withdraw", "case.withdrawn", ("reason",)),
)
DAYS = frozenset({"until", "back_by"})
"""The fields in which a day is typed."""


@dataclass(frozen=True, slots=True)
class Said:
    """What was filled in: the answers by field, and the keys of the materials that were ticked."""

    answers: Mapping[str, str] = field(default_factory=dict)
    materials: tuple[str, ...] = ()


def possible_turns(case: Case) -> list[Turn]:
    """The turns that the rules allow now."""
    return [turn for turn in TURNS if _is_possible(turn, case)]


def act_of(turn: Turn, case: Case, said: Said, command: str) -> Act:
    """What a turn does. Raises RuleError when it is called and something is missing or not allowed."""
    get, number = said.answers, case.number
    match turn.name:
        case "supplement":
            asked = AskSupplement(number, said.materials, get["until"], get["note"])
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


def papers_to_ask(turn: Turn, case: Case) -> Sequence[str]:
    """The keys of the materials of which some are to be ticked; none for a turn that asks for none."""
    return [seen.key for seen in case.materials] if turn.name == "supplement" else []


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
        case "suspend" | "extend" | "withdraw":
            return True
