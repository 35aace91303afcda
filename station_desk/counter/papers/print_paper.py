"""Prints the papers of a case: after the commit, numbered, recorded as meant, sent and confirmed.

The PDF is made from the stored case each time, so a paper can only say what is stored.
"""

from station_desk.cases.number import read_number
from station_desk.cases.papers import Occasion, occasion_of, possible, read_name
from station_desk.catalogue.paper_kinds import LISTS, PAPER_KINDS
from station_desk.core.errors import RuleError, Term
from station_desk.counter.answers import Printed
from station_desk.counter.desk import Desk
from station_desk.counter.papers.handover import handover
from station_desk.counter.papers.journal import PrintPaper, note, unprinted
from station_desk.counter.papers.kinds import FILLS
from station_desk.counter.papers.published import published_paper
from station_desk.counter.papers.receipt import receipt_pdf_of
from station_desk.counter.papers.telling import Contents, Telling, common_facts, tracking_url
from station_desk.counter.receipt_codes import code_of
from station_desk.printing.blocks.setting import Filled
from station_desk.printing.letterhead import Edition, Station
from station_desk.printing.paper import paper_pdf
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit

NEXT_COPY = (
    "SELECT coalesce(min(copy) FILTER (WHERE state <> 'confirmed'), max(copy) + 1, 1) FROM papers"
    " WHERE case_number = ? AND paper = ?"
)

Sheet = tuple[str, str, int]
"""A copy of a paper: the case, the name of the paper in the journal, which copy it is."""


class PaperNotLarge(RuleError):
    code = "paper.not_large"


class PaperOfOneCase(RuleError):
    code = "paper.of_one_case"


def print_paper(desk: Desk, wish: PrintPaper, command: str) -> Done[Printed]:
    """Prints a paper: the first copy, or a numbered reprint that says so.

    Raises CaseUnknown, PaperUnknown, PaperNotYet with the state it needs, PaperNotLarge, PaperOfOneCase,
    PapersToSeveral, printer trouble.
    """
    meant = desk.once(Command(command, wish), Printed, lambda unit: _intend(desk, unit, wish))
    printed = meant.answer
    sheets = [(one.number, one.paper, one.copy) for one in (printed, *printed.others)]
    pdf = _pdf(desk, sheets, large=wish.large)
    desk.printer_for(wish.paper).send(pdf, f"{printed.number}-{printed.paper}-{printed.copy}")
    # A printer returns when it has the whole paper, so sent is confirmed.
    with desk.store.writing(command) as unit:
        for number, paper, copy in sheets:
            if not unit.is_confirmed(number, paper, copy):
                for what in ("paper.sent", "paper.confirmed"):
                    note(desk, unit, number, what, paper, copy)
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
    return _pdf(desk, [(str(read_number(number)), paper, copy_no)], large=large)


def would_print(desk: Desk, wish: PrintPaper) -> tuple[Printed, bytes]:
    """Which copy `print_paper` would print now, and its PDF; nothing is recorded. Raises like it."""
    number = str(read_number(wish.number))
    name = occasion_of(desk.store.story(number), wish.paper, wish.turn).name
    ((copy,),) = desk.store.read(NEXT_COPY, (number, name))
    return Printed(number, name, copy), _pdf(desk, [(number, name, copy)], large=wish.large)


def possible_papers(desk: Desk, number: str) -> tuple[str, ...]:
    """The kinds of papers that a case has now: what waits to be printed, then what happened last first.

    Raises CaseUnknown.
    """
    waits = {read_name(paper.paper)[0] for paper in unprinted(desk) if paper.number == number}
    return tuple(sorted(possible(desk.store.story(number)), key=lambda kind: kind not in waits))


def _intend(desk: Desk, unit: Unit, wish: PrintPaper) -> Printed:
    if wish.others and wish.paper not in LISTS:
        raise PaperOfOneCase(paper=Term(f"papers.kind.{wish.paper}"))
    numbers = dict.fromkeys(str(read_number(number)) for number in (wish.number, *wish.others))
    found = {number: occasion_of(unit.story(number), wish.paper, wish.turn) for number in numbers}
    if wish.large and not PAPER_KINDS[wish.paper].kept:
        raise PaperNotLarge(paper=Term(f"papers.kind.{wish.paper}"))
    if wish.paper in LISTS:
        handover(tuple(_told(desk, one) for one in found.values()), (1,) * len(found))
    first, *others = [_meant(desk, unit, number, occasion.name) for number, occasion in found.items()]
    return Printed(first.number, first.paper, first.copy, tuple(others))


def _meant(desk: Desk, unit: Unit, number: str, name: str) -> Printed:
    copy = unit.unconfirmed_copy(number, name)
    if not copy:
        copy = unit.last_copy(number, name) + 1
        note(desk, unit, number, "paper.intended", name, copy)
    return Printed(number, name, copy)


def _pdf(desk: Desk, sheets: list[Sheet], *, large: bool) -> bytes:
    told = [
        _told(desk, occasion_of(desk.store.story(number), *read_name(name))) for number, name, _ in sheets
    ]
    first, copy = told[0], sheets[0][2]
    kind = first.occasion.kind
    if large and not PAPER_KINDS[kind].kept:
        raise PaperNotLarge(paper=Term(f"papers.kind.{kind}"))
    if kind == "receipt" and not large:
        # The small receipt has a layout of its own.
        return receipt_pdf_of(first, copy)
    if kind in LISTS:
        filled = _filled(first, handover(tuple(told), tuple(copy for _, _, copy in sheets)), "", 1)
    else:
        number = "" if PAPER_KINDS[kind].on_wall else first.case.number
        filled = _filled(first, FILLS[kind](first), number, copy)
    return paper_pdf(first.paper, filled, first.language, desk.texts, large=large)


def _told(desk: Desk, occasion: Occasion) -> Telling:
    return Telling(desk, published_paper(desk, occasion.case, occasion.kind), occasion)


def _filled(told: Telling, contents: Contents, number: str, copy_no: int) -> Filled:
    station, case = told.desk.station, told.case
    return Filled(
        station=Station(station.name, station.address, station.phone),
        number=number,
        values={**common_facts(told), **contents.facts},
        rows=contents.rows,
        tracking_url=tracking_url(told.desk, case),
        complaint_phone=station.complaint_phone,
        edition=Edition(case.edition, case.digest),
        copy_no=copy_no,
        proof=code_of(told.desk, case) if told.occasion.kind == "receipt" else contents.proof,
        title=contents.title,
        counts_copies=PAPER_KINDS[told.occasion.kind].certifies,
    )
