"""Which printer takes which kind of paper at this counter: chosen once, remembered with its copies and sides.

A kind without a printer of its own goes where all papers go; at first that is the papers folder. Tickets are
printed only when somebody chose a printer for them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.catalogue.public_paper import PUBLIC_KINDS
from station_desk.core.errors import RuleError, TroubleError
from station_desk.core.texts import Say
from station_desk.counter.desk import Desk
from station_desk.counter.kept_papers import kept_papers
from station_desk.printing.printers.address import read_address
from station_desk.printing.printers.made import SystemPrinters, printer_at
from station_desk.printing.printers.printer import Printer, Waiting, nobody_waits
from station_desk.printing.printers.setting import MOST_COPIES, ROLLS, SHEETS, PrinterSetting
from station_desk.store.desk_store import DeskStore

PAPERS, TICKET = "papers", "ticket"
"""The kinds that are none of a case: all papers without a printer of their own, and the queue ticket."""

KEPT_COPIES = 2
"""Of what the resident keeps, one is for the file."""

KEY = "printer:"
"""Before the kind, the name under which the profile keeps a printer."""


class KindUnknown(RuleError):
    code = "printer.kind_unknown"


class CopiesNotPossible(RuleError):
    code = "printer.copies_not_possible"


class SizeNotPossible(RuleError):
    code = "printer.size_not_possible"


class OnlyTickets(RuleError):
    code = "printer.only_tickets"


class NoTicketPrinter(RuleError):
    code = "printer.no_ticket_printer"


class SettingUnreadable(TroubleError):
    code = "printer.setting_unreadable"


@dataclass(frozen=True, slots=True)
class Printers:
    """The printers of this counter, each looked up when a paper is printed: a new choice holds at once."""

    store: DeskStore
    system: SystemPrinters

    def __call__(self, kind: str, waiting: Waiting = nobody_waits, /) -> Printer:
        """The printer of a kind. Raises NoTicketPrinter, SettingUnreadable, AddressNotUnderstood."""
        setting = setting_of(self.store.about(), kind)
        if setting is None:
            raise NoTicketPrinter
        if kind in PAPER_KINDS and self._is_in_profile(setting):
            # Papers about people lie in no profile in plain.
            return kept_papers(self.store)
        return printer_at(setting, self.store.profile.papers, self.system, waiting)

    def _is_in_profile(self, setting: PrinterSetting) -> bool:
        address = read_address(setting.address)
        inside = not address.name or Path(address.name).is_relative_to(self.store.profile.folder.absolute())
        return address.kind == "folder" and inside


@dataclass(frozen=True, slots=True)
class Chosen:
    """The printer of a kind, None where it is not printed; `own`: it was chosen for this kind alone."""

    kind: str
    setting: PrinterSetting | None
    own: bool


def kinds() -> tuple[str, ...]:
    """Every kind of paper that may have a printer of its own."""
    return (PAPERS, *PAPER_KINDS, *PUBLIC_KINDS, TICKET)


def setting_of(about: Mapping[str, str], kind: str) -> PrinterSetting | None:
    """What is remembered for a kind; None for tickets that are not printed. Raises SettingUnreadable."""
    kept = about.get(KEY + kind, "") or ("" if kind == TICKET else about.get(KEY + PAPERS, ""))
    if not kept:
        return None if kind == TICKET else PrinterSetting()
    try:
        return msgspec.json.decode(kept, type=PrinterSetting)
    except msgspec.MsgspecError as error:
        raise SettingUnreadable(kind=kind) from error


def chosen_printers(desk: Desk) -> list[Chosen]:
    """The printer of each kind."""
    about = desk.store.about()
    return [Chosen(kind, setting_of(about, kind), bool(about.get(KEY + kind))) for kind in kinds()]


def found_printers(desk: Desk) -> list[str]:
    """The printers that the operating system knows by name."""
    return desk.printer_for.system.names() if isinstance(desk.printer_for, Printers) else []


def choose_printer(desk: Desk, kind: str, setting: PrinterSetting) -> None:
    """Remembers the printer of a kind.

    Raises NotAllowed, KindUnknown, AddressNotUnderstood, OnlyTickets, SizeNotPossible, CopiesNotPossible.
    """
    desk.require("printers")
    require_kind(kind)
    if read_address(setting.address).speech == "escpos" and kind != TICKET:
        raise OnlyTickets(address=setting.address, kind=kind_words(kind, desk.texts))
    sizes = ROLLS if kind == TICKET else SHEETS
    if setting.size not in sizes:
        known = ", ".join(filter(None, sizes))
        raise SizeNotPossible(kind=kind_words(kind, desk.texts), size=setting.size, known=known)
    if not 1 <= setting.copies <= MOST_COPIES:
        raise CopiesNotPossible(copies=setting.copies, most=MOST_COPIES)
    desk.store.set_about({KEY + kind: msgspec.json.encode(setting).decode()})


def forget_printer(desk: Desk, kind: str) -> None:
    """The kind goes where all papers go; tickets are printed no more. Raises KindUnknown."""
    desk.require("printers")
    require_kind(kind)
    desk.store.set_about({KEY + kind: ""})


def require_kind(kind: str) -> None:
    """Raises KindUnknown for what is no kind of paper."""
    if kind not in kinds():
        raise KindUnknown(kind=kind, known=", ".join(kinds()))


def usual_copies(kind: str) -> int:
    """How many copies a kind is printed in when nobody says another number."""
    return KEPT_COPIES if kind in PAPER_KINDS and PAPER_KINDS[kind].kept else 1


def kind_words(kind: str, say: Say) -> str:
    """A kind of paper as people call it."""
    area = "printer" if kind in (PAPERS, TICKET) else "public" if kind in PUBLIC_KINDS else "papers"
    return say(f"{area}.kind.{kind}")


def place_words(setting: PrinterSetting | None, say: Say) -> str:
    """Where a printer stands, as people call it."""
    if setting is None:
        return say("printer.place.none")
    address = read_address(setting.address)
    match address.kind:
        case "folder":
            return address.name or say("printer.place.folder")
        case "tcp" | "ipp":
            return f"{address.name}:{address.port}"
        case "system" | "device":
            return address.name
