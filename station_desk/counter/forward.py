"""Papers that leave the station for the next office and come back, and what was accepted on trust."""

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import step_of
from station_desk.cases.number import read_number
from station_desk.cases.permits import (
    NoStepLeft,
    NoSuchFollowUp,
    PapersAway,
    PapersHere,
    require_day,
    require_may,
    require_reason,
)
from station_desk.core.errors import Term
from station_desk.counter.advance import recorded
from station_desk.counter.answers import Moved
from station_desk.counter.desk import Desk
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit


class Forward(msgspec.Struct, frozen=True):
    """The papers of a case go to the office that works on its present step, against signature."""

    number: str
    body: str
    papers: tuple[p.PaperSent, ...]
    signature: str
    back_by: str = ""


class TakeBack(msgspec.Struct, frozen=True):
    """The papers are back, with what the office found and who brought them."""

    number: str
    opinion: str
    signature: str


class FollowUpDone(msgspec.Struct, frozen=True):
    """What came of something accepted on trust: brought, true or false."""

    number: str
    material: str
    outcome: str


def forward(desk: Desk, wish: Forward, command: str) -> Done[Moved]:
    """The case whose papers are out. Raises NoStepLeft, PapersAway, ReasonNeeded (no signature)."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.forwarded")
        if not case.stage:
            raise NoStepLeft(number=case.number)
        if case.away:
            raise PapersAway(number=case.number, body=case.away.body or Term(f"term.role.{case.away.role}"))
        if wish.back_by:
            require_day(wish.back_by, desk.clock().date())
        told = p.ForwardedPrivate(wish.body, wish.papers, require_reason(case, wish.signature))
        public = p.ForwardedPublic(step_of(case, case.stage).role, wish.back_by)
        return recorded(desk, unit, case.number, "case.forwarded", public, told)

    return desk.once(Command(command, wish), Moved, act)


def take_back(desk: Desk, wish: TakeBack, command: str) -> Done[Moved]:
    """The case whose papers are here again. Raises CaseUnknown, PapersHere, ReasonNeeded (no signature)."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.returned")
        if not case.away:
            raise PapersHere(number=case.number)
        told = p.ReturnedPrivate(wish.opinion, require_reason(case, wish.signature))
        return recorded(desk, unit, case.number, "case.returned", p.ReturnedPublic(), told)

    return desk.once(Command(command, wish), Moved, act)


def follow_up(desk: Desk, wish: FollowUpDone, command: str) -> Done[Moved]:
    """The case with one thing less on trust. Raises CaseUnknown, NoSuchFollowUp."""

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.followed_up")
        open_ones = {f.key: f for f in case.follow_ups if not f.done}
        waited = open_ones.get(wish.material)
        known = {"bring": ("brought",), "verify": ("true", "false")}
        if waited is None or wish.outcome not in known[waited.how]:
            raise NoSuchFollowUp(
                number=case.number, material=wish.material, known=", ".join(open_ones) or "-"
            )
        public = msgspec.convert({"key": wish.material, "outcome": wish.outcome}, p.FollowedUpPublic)
        return recorded(desk, unit, case.number, "case.followed_up", public, None)

    return desk.once(Command(command, wish), Moved, act)
