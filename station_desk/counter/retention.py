"""Which cases need not be kept any longer, by the rule of their item; and their destruction with its record.

The data go only where the district has the whole file, and only with the name of who approved.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

import msgspec

from station_desk.cases.case import FINAL_STATES, Case
from station_desk.cases.data_rights import (
    DESTROYED,
    ERASED,
    DestroyedLine,
    DestroyedPrivate,
    DestroyedPublic,
    ErasedPublic,
    Ground,
    due_on,
    ended_on,
)
from station_desk.cases.event import Fact
from station_desk.cases.known import same_person
from station_desk.cases.number import read_number
from station_desk.cases.parts import Applicant
from station_desk.cases.permits import ApproverNeeded, require_may, require_reason
from station_desk.catalogue.item import KEEP_YEARS
from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError
from station_desk.counter.backing_up import back_up
from station_desk.counter.case_sync import standings
from station_desk.counter.desk import Desk
from station_desk.counter.drafts import KeptDraft
from station_desk.store.backfill import unheard
from station_desk.store.backups.kept import backups_in, places
from station_desk.store.backups.making import keep_newest
from station_desk.store.desk_store import Command, Done
from station_desk.store.erase import erase_in, left_aside, settle
from station_desk.store.people import every_case_of_person
from station_desk.store.rows import case_of
from station_desk.store.unit import Unit

MOST = 200
"""So many cases stand on one record; what is due beyond them goes on the next."""
ENDED = (
    "SELECT body FROM cases WHERE finished_at <> '' AND finished_at < ? AND state <> 'transferred'"
    " AND NOT EXISTS (SELECT 1 FROM events WHERE subject = cases.number AND kind = 'case.erased')"
    " ORDER BY finished_at, number"
)


class NotWithDistrict(RuleError):
    """The district does not hold the whole file of the case yet. Values: number."""

    code = "erase.not_with_district"


class CaseStillOpen(RuleError):
    """What somebody still works on is needed for it. Values: number."""

    code = "erase.case_open"


class NothingToErase(RuleError):
    code = "erase.nothing"


class ReasonNamesPerson(RuleError):
    """The reason on the record names whom it makes forgotten. Values: number."""

    code = "erase.reason_names_person"


@dataclass(frozen=True, slots=True)
class DueCase:
    """A case whose term of keeping is over since the day `due`; `held`: the district has its whole file."""

    number: str
    item: str
    category: str
    ended: str
    years: int
    due: str
    held: bool


class EraseCases(msgspec.Struct, frozen=True):
    """Destroys what cases say privately, by one record."""

    cases: tuple[str, ...]
    ground: Ground
    approver: str
    reason: str = ""


class Erased(msgspec.Struct, frozen=True):
    """The number of the record, and which cases it has. `left`: files that were put aside by a restore or for
    damage and do not open any more, so that nobody knows what they say.
    """

    record: str
    cases: tuple[str, ...]
    left: tuple[str, ...] = ()


def years_kept(desk: Desk, case: Case) -> int:
    """For how long a case is kept after its end: as its item says today, else its type."""
    item = desk.catalogue.items.get(case.item)
    category = desk.catalogue.categories.get(case.category)
    return (item.keep_years if item else 0) or (category.keep_years if category else KEEP_YEARS)


def due_cases(desk: Desk) -> tuple[DueCase, ...]:
    """Every case whose term is over, the one that ended first at the top."""
    desk.require("erase")
    today = desk.clock().date()
    cases = [case_of(body) for (body,) in desk.store.read(ENDED, (today.isoformat(),))]
    found = [(case, years_kept(desk, case)) for case in cases]
    over = [(case, years) for case, years in found if due_on(_day(ended_on(case)), years) <= today]
    held = held_of(desk, [case.number for case, _ in over])
    return tuple(_due(case, years, held=case.number in held) for case, years in over)


def run_retention(desk: Desk, approver: str, command: str) -> tuple[Erased, ...]:
    """Destroys what is due and held by the district, a record for each `MOST` cases.

    Raises NotAllowed, ApproverNeeded, NothingToErase.
    """
    numbers = [case.number for case in due_cases(desk) if case.held]
    if not numbers:
        raise NothingToErase
    lists = [tuple(numbers[start : start + MOST]) for start in range(0, len(numbers), MOST)]
    return tuple(
        erase_cases(desk, EraseCases(cases, "retention", approver), f"{command}:{place}").answer
        for place, cases in enumerate(lists)
    )


def erase_resident(desk: Desk, number: str, approver: str, reason: str, command: str) -> Done[Erased]:
    """Destroys the data of all ended cases of the person of a case, because it was asked for.

    Raises CaseUnknown, NotAllowed, ApproverNeeded, ReasonNeeded, ReasonNamesPerson, NothingToErase,
    NotWithDistrict.
    """
    case = desk.store.case(str(read_number(number)))
    theirs = every_case_of_person(desk.store, case.applicant) or [case]
    ended = tuple(one.number for one in theirs if ended_on(one) and not one.erased_at)
    return erase_cases(desk, EraseCases(ended, "request", approver, reason), command)


def erase_cases(desk: Desk, wish: EraseCases, command: str) -> Done[Erased]:
    """The record; everything that was private is gone when it is answered.

    Raises what `erase_resident` raises, and CaseNotFinished, CaseErased.
    """

    def act(unit: Unit) -> Erased:
        cases = [unit.case(str(read_number(number))) for number in wish.cases]
        _require_erasable(desk, wish, cases)
        at, record = stamp(desk.clock()), _next_record(desk, unit)
        lines = tuple(_line(case, years_kept(desk, case)) for case in cases)
        public = DestroyedPublic(record, wish.ground, wish.approver.strip(), lines)
        unit.record(Fact(record, 1, DESTROYED, at, desk.actor, public, DestroyedPrivate(wish.reason.strip())))
        for case in cases:
            revision = unit.subject_revision(case.number) + 1
            gone = ErasedPublic(wish.ground, record)
            fact = Fact(case.number, revision, ERASED, at, desk.actor, gone)
            erase_in(unit, fact, partial(knows_of, case))
        return Erased(record, tuple(case.number for case in cases))

    done = desk.once(Command(command, wish), Erased, act)
    settle(desk.store)
    renew_backups(desk)
    answer = msgspec.structs.replace(done.answer, left=left_aside(desk.store))
    return Done(answer, done.changes)


def renew_backups(desk: Desk) -> None:
    """Older backups hold what was erased: a new one takes the place of all that are within reach.

    Raises what `make_backup` raises; then the older ones stay.
    """
    folders = places(desk.store.profile.folder, desk.store.about())
    if any(backups_in(folder) for folder in folders):
        made = back_up(desk, unheard).made
        for folder in folders:
            if any(backup.manifest.at >= made for backup in backups_in(folder)[:1]):
                keep_newest(folder)


def knows_of(case: Case, body: bytes) -> bool:
    """Whether a draft holds what was said in a case, or the same person."""
    try:
        draft = msgspec.json.decode(body, type=KeptDraft)
    except msgspec.DecodeError:
        who = case.applicant
        return any(word and word.encode() in body for word in (who.id_number, who.phone, case.number))
    said = draft.values
    typed = Applicant(
        said.get("applicant.name", ""), "citizen_id", said.get("applicant.id_number", ""),
        said.get("applicant.phone", ""),
    )  # fmt: skip
    return same_person(typed, case.applicant) or any(one.case == case.number for one in draft.known.values())


def held_of(desk: Desk, numbers: Sequence[str]) -> frozenset[str]:
    """The cases whose whole file the district holds; all of them at a counter that works alone."""
    if not desk.store.about().get("district_url"):
        return frozenset(numbers)
    held: Iterable[str] = ()
    for start in range(0, len(numbers), MOST):
        known = standings(desk.store, numbers[start : start + MOST])
        held = (*held, *(number for number, standing in known.items() if standing.whole))
    return frozenset(held)


def _require_erasable(desk: Desk, wish: EraseCases, cases: Sequence[Case]) -> None:
    if not cases:
        raise NothingToErase
    if not wish.approver.strip():
        raise ApproverNeeded(number=cases[0].number)
    if wish.ground == "request":
        reason = require_reason(cases[0], wish.reason)
        who = cases[0].applicant
        if any(word and word in reason for word in (who.name, who.id_number, who.phone)):
            raise ReasonNamesPerson(number=cases[0].number)
    for case in cases:
        if case.state not in FINAL_STATES:
            raise CaseStillOpen(number=case.number)
        require_may(case, ERASED)
    held = held_of(desk, [case.number for case in cases])
    for case in cases:
        if case.number not in held:
            raise NotWithDistrict(number=case.number)


def _next_record(desk: Desk, unit: Unit) -> str:
    station, year = desk.station, desk.clock().year
    serial = unit.next_serial(f"destroyed:{year}:{station.counter_mark}")
    return f"{station.code}-X{year}-{station.counter_mark}-{serial:04d}"


def _due(case: Case, years: int, *, held: bool) -> DueCase:
    ended = ended_on(case)
    due = due_on(_day(ended), years).isoformat()
    return DueCase(case.number, case.item, case.category, ended, years, due, held)


def _line(case: Case, years: int) -> DestroyedLine:
    return DestroyedLine(case.number, case.item, case.category, ended_on(case), years)


def _day(text: str) -> date:
    return date.fromisoformat(text)
