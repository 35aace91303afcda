"""What a one-time notice asked for comes in, all at once or one after the other; the rest stays asked for."""

from dataclasses import dataclass

import msgspec

from station_desk.cases import parts as p
from station_desk.cases.case import Case
from station_desk.cases.number import read_number
from station_desk.cases.parts import How
from station_desk.cases.permits import require_may
from station_desk.catalogue.item import Words
from station_desk.core.errors import RuleError
from station_desk.counter.advance import recorded
from station_desk.counter.answers import Moved
from station_desk.counter.application import (
    Fault,
    certificate_faults,
    faults_of,
    papers_seen,
    require_acceptable,
)
from station_desk.counter.desk import Desk
from station_desk.counter.intake import application_of
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit


class NothingCame(RuleError):
    code = "case.nothing_came"


class PaperNotAsked(RuleError):
    code = "case.paper_not_asked"


class DefectNotTold(RuleError):
    code = "case.defect_not_told"


class TakeMissing(msgspec.Struct, frozen=True):
    """What came in now: papers by key, answers that are other ones now, defects as they were told, by number.

    The first defect of the notice is 1. `everything` says that all that was asked for is here.
    """

    number: str
    papers: tuple[str, ...] = ()
    answers: dict[str, str] = {}
    mended: tuple[int, ...] = ()
    everything: bool = False


class AskedPaper(msgspec.Struct, frozen=True):
    """A paper that the notice asked for and that is not here yet."""

    key: str
    name: Words


@dataclass(frozen=True, slots=True)
class StillAsked:
    """What a case in `noticed` waits for; `wrong` are the answers that could not be accepted as they are."""

    papers: tuple[AskedPaper, ...]
    defects: tuple[str, ...]
    wrong: tuple[Fault, ...]


def still_asked(desk: Desk, case: Case) -> StillAsked:
    """What is still to be brought or mended, as it was published when the case began.

    The answers are checked as they are stored; none of them is handed on.
    """
    then = desk.under(case)
    with desk.store.reading() as unit:
        stored = unit.case(case.number)
    shown: dict[str, How] = {paper.key: paper.how for paper in stored.materials}
    form = application_of(stored, dict(stored.answers), shown)
    item = then.item(case.item)
    keys = {field.key for field in item.field}
    faults = faults_of(form, item, then.catalogue, desk.clock().date())
    wrong = tuple(fault for fault in faults if fault.blocks and fault.field in keys)
    return StillAsked(asked_papers(case), case.defects, wrong)


def asked_papers(case: Case) -> tuple[AskedPaper, ...]:
    """The papers that are still to be brought. One that is no paper of the item has a number for its key."""
    keys = {seen.name: seen.key for seen in case.materials}
    return tuple(AskedPaper(keys.get(name, f"+{n}"), name) for n, name in enumerate(case.bring, 1))


def take_missing(desk: Desk, wish: TakeMissing, command: str) -> Done[Moved]:
    """The case with what came in; it waits to be accepted once nothing is left.

    Raises CaseUnknown, AlreadyAccepted, NothingCame, PaperNotAsked, DefectNotTold, ApplicationFaulty for a
    certificate that may not be issued.
    """

    def act(unit: Unit) -> Moved:
        case = unit.case(str(read_number(wish.number)))
        require_may(case, "case.completed")
        came, mended = _came(case, wish)
        materials: dict[str, How] = {paper.key: paper.how for paper in case.materials}
        materials.update({key: "brought" for key in came if key in materials})
        now = application_of(case, {**case.answers, **wish.answers}, materials)
        then = desk.under(case)
        item = then.item(case.item)
        require_acceptable(certificate_faults(now.answers, item, then.catalogue))
        left = tuple(paper.name for paper in asked_papers(case) if paper.key not in came)
        defects = tuple(text for n, text in enumerate(case.defects, 1) if n not in mended)
        told = p.CompletedPrivate(now.answers, papers_seen(now, item, then.catalogue), defects)
        public = p.CompletedPublic(left, bool(left or defects))
        return recorded(desk, unit, case.number, "case.completed", public, told)

    return desk.once(Command(command, wish), Moved, act)


def _came(case: Case, wish: TakeMissing) -> tuple[frozenset[str], frozenset[int]]:
    """The papers that came, by key, and the defects that are mended, by number."""
    asked, told = [paper.key for paper in asked_papers(case)], range(1, len(case.defects) + 1)
    if wish.everything:
        return frozenset(asked), frozenset(told)
    for key in wish.papers:
        if key not in asked:
            raise PaperNotAsked(number=case.number, paper=key, asked=", ".join(asked) or "-")
    for number in wish.mended:
        if number not in told:
            raise DefectNotTold(number=case.number, defect=number, count=len(case.defects))
    if not (wish.papers or wish.mended or wish.answers):
        raise NothingCame(number=case.number)
    return frozenset(wish.papers), frozenset(wish.mended)
