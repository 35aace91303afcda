"""The seal register for the window: its years, the entries that fit what was typed, a year as paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from station_desk.cases.seal import SealEntry
from station_desk.cases.sight import Sight
from station_desk.core.identifiers import normal
from station_desk.core.texts import Say
from station_desk.counter.answers import Printed
from station_desk.counter.certificates import seen_entry, with_sight
from station_desk.counter.desk import Desk
from station_desk.counter.printers import PAPERS, setting_of
from station_desk.counter.seal_papers import register_pdf
from station_desk.printing.pictures import page_sizes
from station_desk.printing.printers.setting import PrinterSetting
from station_desk.printing.undrawn import undrawn_on
from station_desk.residents.names import initials
from station_desk.store.desk_store import Done
from station_desk.store.unit import Changes

REGISTER = "register"


@dataclass(frozen=True, slots=True)
class ListedSeal:
    """A line as whoever acts may see it; `told` are the words by which he may find it."""

    entry: SealEntry
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownRegister:
    """The register of a year as it is printed."""

    year: int
    pdf: bytes
    sizes: tuple[tuple[float, float], ...]
    setting: PrinterSetting
    undrawn: tuple[str, ...] = ()

    def title(self, say: Say, /) -> str:
        """What it is, and of which year."""
        return say("register.title_of", year=self.year)

    def told(self, _say: Say, /) -> str:
        """The sheet it takes."""
        return "A4"

    def print(self, desk: Desk, _command: str, /) -> Done[Printed]:
        """Sends what was shown to the printer of all papers. Raises printer trouble."""
        desk.printer_for(PAPERS).send(self.pdf, f"{REGISTER}-{self.year}")
        return Done(Printed("", REGISTER, 1), Changes(papers=True))


def register_years(desk: Desk) -> list[int]:
    """The years that have entries and the present one, the newest first."""
    rows = desk.store.read("SELECT DISTINCT year FROM seals")
    return sorted({desk.clock().year, *(year for (year,) in rows)}, reverse=True)


def listed_seals(desk: Desk, year: int) -> list[ListedSeal]:
    """The lines of a year in the order of their numbers; nobody finds a person by what he may not open."""
    return [_listed(sight, entry) for sight, entry in with_sight(desk, year)]


def found_in(listed: Iterable[ListedSeal], typed: str) -> list[SealEntry]:
    """The entries that fit what was typed, the newest first: every word in a number, a name or a purpose."""
    words = [_plain(word) for word in typed.split()]
    return [one.entry for one in reversed(list(listed)) if all(_has(one.told, word) for word in words)]


def show_register(desk: Desk, year: int) -> ShownRegister:
    """The register of a year as it would be printed."""
    pdf = register_pdf(desk, year)
    setting = setting_of(desk.store.about(), PAPERS) or PrinterSetting()
    return ShownRegister(year, pdf, tuple(page_sizes(pdf)), setting, undrawn_on(pdf))


def _listed(sight: Sight, entry: SealEntry) -> ListedSeal:
    seen = seen_entry(sight, entry)
    name = entry.applicant if sight.level("name") == "reason" else seen.applicant
    purpose = entry.purpose if sight.level("answers") == "reason" else seen.purpose
    document = (entry.document.hans, entry.document.hant, entry.document.en)
    return ListedSeal(seen, (entry.number, entry.case, name, initials(name), purpose, *document))


def _has(told: Iterable[str], word: str) -> bool:
    return any(word in _plain(text) for text in told)


def _plain(text: str) -> str:
    return normal(text).replace("-", "").lower()
