"""What every act of this counter needs, joined once by `main/` and handed to each act."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TypeVar

import msgspec

from station_desk.cases.case import Case
from station_desk.cases.rights import Act, act_of, may
from station_desk.cases.staff import NOBODY, Acting, Role
from station_desk.catalogue.calendar import WorkingCalendar
from station_desk.catalogue.item import Catalogue, Item, Words
from station_desk.core.clock import Clock
from station_desk.core.errors import RuleError, Term
from station_desk.core.texts import Texts
from station_desk.counter.staff.standing import SignInFirst, require_standing
from station_desk.printing.printers.printer import PrinterFor
from station_desk.store.desk_store import Command, DeskStore, Done
from station_desk.store.editions import InUse, forms_under
from station_desk.store.unit import Unit
from station_desk.store.years import imported_years

Answer = TypeVar("Answer", bound=msgspec.Struct)


class NotAllowed(RuleError):
    """The role of whoever acts may not do this. Values: role, act."""

    code = "rights.not_allowed"


class ItemUnknown(RuleError):
    code = "item.unknown"


class MaterialUnknown(RuleError):
    code = "material.unknown"


@dataclass(frozen=True, slots=True)
class Station:
    """Who we are, on every paper and page: set at the first run."""

    code: str
    name: str
    counter: str
    counter_mark: str
    clerk: str
    phone: str
    address: str
    complaint_phone: str
    public_url: str

    @property
    def counter_name(self) -> str:
        """The counter as people say it: 02 → 2."""
        return str(int(self.counter))


@dataclass(frozen=True, slots=True)
class Desk:
    """A counter at work: its station, what it publishes, its database, calendar, clock and printers.

    `catalogue` and `calendar` are those of `edition`, the edition in use since the desk was opened. `acting`
    is who is signed in; None where the station has no accounts yet, and whoever sits there may do everything.
    """

    station: Station
    edition: InUse
    catalogue: Catalogue
    calendar: WorkingCalendar
    store: DeskStore
    clock: Clock
    printer_for: PrinterFor
    texts: Texts
    acting: Acting | None = None

    def __post_init__(self) -> None:
        # What the store tells of people depends on who looks.
        object.__setattr__(self, "store", self.store.seen_by(self.role))

    @property
    def actor(self) -> str:
        """Whose name stands in the log beside what is done now."""
        return self.acting.name if self.acting and self.acting.name else self.station.clerk

    @property
    def role(self) -> Role:
        """In which role the acts of now are done."""
        return self.acting.role if self.acting else "head"

    def require(self, act: Act) -> None:
        """Raises SignInFirst, NotAllowed unless the role of now may do the act."""
        if self.acting == NOBODY:
            raise SignInFirst
        if not may(self.role, act):
            raise NotAllowed(role=Term(f"rights.role.{self.role}"), act=Term(f"rights.act.{act}"))

    def once(self, command: Command, answer: type[Answer], act: Callable[[Unit], Answer]) -> Done[Answer]:
        """Does a command at most once. Raises as `require`, `require_standing`, `store.once` and `act` do."""
        self.require(act_of(type(command.asked).__name__))

        def allowed(unit: Unit) -> Answer:
            self.require_standing(unit)
            return act(unit)

        return self.store.once(command, answer, allowed)

    def require_standing(self, unit: Unit) -> None:
        """Raises unless whoever acts is still the one who signed in: SignInFirst, AccountChanged."""
        require_standing(unit, self.acting)

    def item(self, code: str) -> Item:
        """The published item. Raises ItemUnknown."""
        item = self.catalogue.items.get(code)
        if item is None:
            raise ItemUnknown(item=code)
        return item

    def under(self, case: Case) -> "Desk":
        """The desk as it was published when the case began, for what is still asked of its item.

        With the present catalogue where that edition lies on this PC no more.
        """
        then = forms_under(self.store.profile, self.edition, case.edition, case.digest)
        return replace(self, catalogue=then.catalogue) if then else self

    def material_name(self, key: str) -> Words:
        """The name of a material in all languages. Raises MaterialUnknown."""
        material = self.catalogue.materials.get(key)
        if material is None:
            raise MaterialUnknown(material=key)
        return material.name

    def calendar_in(self, unit: Unit) -> WorkingCalendar:
        """The calendar as the log has it now: another window may have entered a year since we opened."""
        return self.calendar.with_years(imported_years(unit))


def station_of(about: Mapping[str, str]) -> Station:
    """The station as the profile keeps it."""
    return Station(
        code=about["station"], name=about["name"], counter=about["counter"],
        counter_mark=about["counter_mark"], clerk=about["clerk"], phone=about["phone"],
        address=about["address"], complaint_phone=about["complaint_phone"], public_url=about["public_url"],
    )  # fmt: skip
