"""What can be done with the data of the person of a case: what an erasure takes, what can be corrected."""

from dataclasses import dataclass

from station_desk.cases.data_rights import ended_on
from station_desk.cases.number import read_number
from station_desk.cases.sight import seen_case, sight_of
from station_desk.counter.correct import places_of
from station_desk.counter.desk import Desk
from station_desk.counter.retention import held_of
from station_desk.counter.wording import field_label
from station_desk.store.people import every_case_of_person


@dataclass(frozen=True, slots=True)
class PersonHere:
    """The person of a case, masked, and his cases here: over and whole at the district, over and not yet so,
    still open, erased before. `places` of this case can be corrected, each with what it is called.
    """

    case: str
    name: str
    ended: tuple[str, ...]
    waiting: tuple[str, ...]
    open: tuple[str, ...]
    erased: tuple[str, ...]
    places: tuple[tuple[str, str], ...]

    @property
    def count(self) -> int:
        """How many cases there are."""
        return len(self.ended) + len(self.waiting) + len(self.open) + len(self.erased)


def person_here(desk: Desk, number: str) -> PersonHere:
    """Raises CaseUnknown, NotAllowed."""
    desk.require("correct")
    case = desk.store.case(str(read_number(number)))
    theirs = every_case_of_person(desk.store, case.applicant) or [case]
    over = [one.number for one in theirs if ended_on(one) and not one.erased_at]
    held = held_of(desk, over)
    catalogue = desk.under(case).catalogue
    places = () if case.erased_at else places_of(desk, case)
    return PersonHere(
        case.number, seen_case(sight_of(desk.role, case), case).applicant.name,
        tuple(one for one in over if one in held), tuple(one for one in over if one not in held),
        tuple(one.number for one in theirs if not ended_on(one) and not one.erased_at),
        tuple(one.number for one in theirs if one.erased_at),
        tuple((place, field_label(place, catalogue, desk.texts)) for place in places),
    )  # fmt: skip
