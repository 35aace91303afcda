"""Prints the papers of a case: after the commit, numbered, recorded as meant, sent and confirmed.

The PDF is made from the stored case each time, so a paper can only say what is stored.
"""

from collections.abc import Callable, Mapping

from station_desk.cases.number import read_number
from station_desk.cases.papers import Occasion, occasion_of, possible, read_name
from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.core.errors import RuleError, Term
from station_desk.counter.answers import Printed
from station_desk.counter.desk import Desk
from station_desk.counter.papers.journal import PrintPaper, note
from station_desk.counter.papers.kinds import FILLS
from station_desk.counter.papers.published import published_paper
from station_desk.counter.papers.receipt import receipt_pdf_of
from station_desk.counter.papers.sheet import sheet_pdf_of
from station_desk.counter.papers.telling import Telling, common_facts, tracking_url
from station_desk.counter.wording import language_of
from station_desk.printing.blocks.setting import Filled
from station_desk.printing.letterhead import Edition, Station
from station_desk.printing.paper import paper_pdf
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit

LAID_OUT: Mapping[str, Callable[[Desk, Occasion, int], bytes]] = {
    "receipt": receipt_pdf_of,
    "sheet": sheet_pdf_of,
}
"""Kinds whose ordinary size has a layout of its own."""


class PaperNotLarge(RuleError):
    code = "paper.not_large"


def print_paper(desk: Desk, wish: PrintPaper, command: str) -> Done[Printed]:
    """Prints a paper: the first copy, or a numbered reprint that says so.

    Raises CaseUnknown, PaperUnknown, PaperNotYet with the state it needs, PaperNotLarge, printer trouble.
    """
    number = str(read_number(wish.number))
    meant = desk.store.once(Command(command, wish), Printed, lambda unit: _intend(desk, unit, number, wish))
    printed = meant.answer
    pdf = paper_pdf_of(desk, number, printed.paper, printed.copy, large=wish.large)
    desk.printer.send(pdf, f"{number}-{printed.paper}-{printed.copy}")
    # The folder printer returns when the paper is on the disk, so sent is confirmed.
    with desk.store.writing(command) as unit:
        if not unit.is_confirmed(number, printed.paper, printed.copy):
            for what in ("paper.sent", "paper.confirmed"):
                note(desk, unit, number, what, printed.paper, printed.copy)
        changes = unit.changes()
    return Done(printed, changes)


def print_receipt(desk: Desk, number: str, command: str) -> Done[Printed]:
    """Prints the receipt, like `print_paper`."""
    return print_paper(desk, PrintPaper(number, "receipt"), command)


def print_sheet(desk: Desk, number: str, command: str) -> Done[Printed]:
    """Prints the workflow sheet, like `print_paper`."""
    return print_paper(desk, PrintPaper(number, "sheet"), command)


def paper_pdf_of(desk: Desk, number: str, paper: str, copy_no: int = 1, *, large: bool = False) -> bytes:
    """A paper of a case by its name in the journal, as PDF, not recorded. Raises like `print_paper`."""
    occasion = occasion_of(desk.store.story(str(read_number(number))), *read_name(paper))
    _require_size(occasion, large=large)
    if occasion.kind in LAID_OUT and not large:
        return LAID_OUT[occasion.kind](desk, occasion, copy_no)
    published = published_paper(desk, occasion.case, occasion.kind)
    told = Telling(desk, published, occasion)
    return paper_pdf(published, _filled(told, copy_no), language_of(desk.texts), desk.texts, large=large)


def possible_papers(desk: Desk, number: str) -> tuple[str, ...]:
    """The kinds of papers that a case has now, what happened last first. Raises CaseUnknown."""
    return possible(desk.store.story(number))


def _intend(desk: Desk, unit: Unit, number: str, wish: PrintPaper) -> Printed:
    occasion = occasion_of(unit.story(number), wish.paper, wish.turn)
    _require_size(occasion, large=wish.large)
    copy = unit.unconfirmed_copy(number, occasion.name)
    if not copy:
        copy = unit.last_copy(number, occasion.name) + 1
        note(desk, unit, number, "paper.intended", occasion.name, copy)
    return Printed(number, occasion.name, copy)


def _require_size(occasion: Occasion, *, large: bool) -> None:
    if large and (occasion.kind not in PAPER_KINDS or not PAPER_KINDS[occasion.kind].kept):
        raise PaperNotLarge(paper=Term(f"papers.kind.{occasion.kind}"))


def _filled(told: Telling, copy_no: int) -> Filled:
    contents = FILLS[told.occasion.kind](told)
    station, case = told.desk.station, told.case
    return Filled(
        station=Station(station.name, station.address, station.phone),
        number=case.number,
        values={**common_facts(told), **contents.facts},
        rows=contents.rows,
        tracking_url=tracking_url(told.desk, case),
        complaint_phone=station.complaint_phone,
        edition=Edition(case.edition, case.digest),
        copy_no=copy_no,
    )
