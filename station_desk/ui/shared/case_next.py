"""The one thing to do next with a case, and the act that does it with what was filled in."""

from collections.abc import Callable, Mapping
from typing import Literal, TypeVar

from station_desk.cases.case import Case
from station_desk.cases.papers import INTENDED_WITH
from station_desk.cases.parts import Outcome, Way
from station_desk.counter.advance import Advance, TakeSupplement, advance, take_supplement
from station_desk.counter.answers import Moved
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, deliver, finish
from station_desk.counter.intake import TakeOn, take_on
from station_desk.counter.interrupt import Continue, carry_on
from station_desk.store.desk_store import Done

Next = Literal["take_on", "advance", "finish", "deliver", "resume", "continue", "complete", "nothing"]
PRINTED_AFTER: Mapping[Next, tuple[str, ...]] = {
    "take_on": INTENDED_WITH["case.taken_on"],
    "finish": INTENDED_WITH["case.finished"],
}
"""The acts after which a station always prints something."""

OUTCOMES: tuple[Outcome, ...] = ("granted", "recorded", "refused")
WAYS: tuple[Way, ...] = ("counter", "post", "online")
Chosen = TypeVar("Chosen", bound=str)


def next_of(case: Case) -> Next:
    """The one thing to do next with a case."""
    match case.state:
        case "processing":
            return "advance" if case.stage else "finish"
        case "supplement":
            return "resume"
        case "received":
            return "take_on"
        case "suspended":
            return "continue"
        case "finished" | "declined":
            return "deliver"
        case "noticed":
            return "complete"
        case "transferred" | "delivered" | "withdrawn" | "voided":
            return "nothing"


def act_of_next(
    case: Case, what: Next, said: Mapping[str, str], command: str
) -> Callable[[Desk], Done[Moved]] | None:
    """The act with what was `said` in the fields; None for what is filled in elsewhere, or nothing."""
    match what:
        case "advance":
            move = Advance(case.number, case.stage, said["opinion"], said.get("to", ""))
            return lambda desk: advance(desk, move, command)
        case "finish":
            end = Finish(case.number, one_of(OUTCOMES, said["outcome"]), said["result"])
            return lambda desk: finish(desk, end, command)
        case "deliver":
            way, document = one_of(WAYS, said["way"]), said["document"]
            receiver = said["receiver"]
            hand = Deliver(case.number, way, receiver, said["relation"], document, not receiver)
            return lambda desk: deliver(desk, hand, command)
        case "resume":
            resume = TakeSupplement(case.number)
            return lambda desk: take_supplement(desk, resume, command)
        case "take_on":
            accepted = TakeOn(case.number)
            return lambda desk: take_on(desk, accepted, command)
        case "continue":
            going_on = Continue(case.number)
            return lambda desk: carry_on(desk, going_on, command)
        case "complete" | "nothing":
            return None


def one_of(choices: tuple[Chosen, ...], chosen: str) -> Chosen:
    """The choice that was chosen; the first where a field holds none."""
    return next((choice for choice in choices if choice == chosen), choices[0])
