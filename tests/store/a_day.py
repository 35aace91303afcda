"""A day at a counter in which things go wrong on purpose, and what the reckoning must say of it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Literal

from station_desk.cases.day_close import Gap, Note
from station_desk.cases.event import Head
from station_desk.core.clock import stamp
from station_desk.counter.accept import accept
from station_desk.counter.advance import Advance, advance
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Finish, VoidCase, finish, void_case
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.papers.print_paper import print_paper, print_receipt
from station_desk.printing.printers.folder import FolderPrinter, FolderUnwritable
from station_desk.printing.printers.printer import always
from station_desk.protocol.messages import Mark, Marks
from station_desk.store.log import DeskLog

Fate = Literal[
    "good", "finished", "crashed", "printer_gone", "reprinted", "reprint_lost", "voided", "void_unprinted",
    "lost",
]  # fmt: skip
FATES: tuple[Fate, ...] = (
    "good", "good", "finished", "crashed", "printer_gone", "reprinted", "reprint_lost", "voided",
    "void_unprinted", "lost",
)  # fmt: skip
FAULTY = frozenset(FATES) - {"good", "finished"}


@dataclass
class Day:
    """What was done, and what must be named."""

    gaps: set[Gap] = field(default_factory=set)
    notes: set[Note] = field(default_factory=set)
    faults: int = 0
    numbers: list[str] = field(default_factory=list)
    ended: set[str] = field(default_factory=set)
    lost: int = 0


def spend(
    desk: Desk, application: Application, fresh: Callable[[], str], dice: Random, cases: int, folder: Path
) -> Day:
    """So many cases are accepted and meet their fates; then the district says how far it has the log."""
    day = Day()
    no_printer = replace(desk, printer_for=always(FolderPrinter(folder / "no folder")))
    (folder / "no folder").write_text("a file stands where the papers should go")
    for _ in range(cases):
        fate = dice.choice(FATES)
        day.faults += fate in FAULTY
        if fate == "lost":
            _lose_a_number(desk, day)
        else:
            _meet(desk, no_printer, accept(desk, application, fresh()).answer.number, fate, fresh, day)
    _acknowledge(desk, day, dice)
    return day


def _meet(desk: Desk, no_printer: Desk, number: str, fate: Fate, fresh: Callable[[], str], day: Day) -> None:
    day.numbers.append(number)
    match fate:
        case "void_unprinted":
            void_case(desk, VoidCase(number, "重复受理"), fresh())
            day.ended.add(number)
            day.notes.add(Note("voided", number))
            return
        case "crashed":
            day.gaps.add(Gap("receipt_missing", number, "receipt", 1))
            return
        case "printer_gone":
            _fail_to_print(no_printer, number, fresh)
            day.gaps.add(Gap("receipt_missing", number, "receipt", 1))
            return
        case _:
            print_receipt(desk, number, fresh())
    match fate:
        case "finished":
            advance(desk, Advance(number), fresh())
            finish(desk, Finish(number, "granted", "参保登记结果"), fresh())
            print_paper(desk, PrintPaper(number, "completion"), fresh())
            day.ended.add(number)
        case "reprinted":
            print_receipt(desk, number, fresh())
            day.notes.add(Note("reprinted", number, "receipt", 2))
        case "reprint_lost":
            _fail_to_print(no_printer, number, fresh)
            day.gaps.add(Gap("paper_unsure", number, "receipt", 2))
            day.notes.add(Note("reprinted", number, "receipt", 2))
        case "voided":
            void_case(desk, VoidCase(number, "重复受理"), fresh())
            day.ended.add(number)
            day.notes.add(Note("voided", number))
        case _:
            pass


def _fail_to_print(desk: Desk, number: str, fresh: Callable[[], str]) -> None:
    try:
        print_receipt(desk, number, fresh())
    except FolderUnwritable:
        return
    raise AssertionError("a printer without a folder printed")


def _lose_a_number(desk: Desk, day: Day) -> None:
    """A number is given out and no case has it: only damage does this, and it must be seen."""
    with desk.store.writing() as unit:
        serial = unit.next_serial(f"case:{desk.clock().date().isoformat()}:{desk.station.counter_mark}")
    day.gaps.add(Gap("number_missing", f"{desk.station.counter_mark}-{serial:04d}"))
    day.lost += 1


def _acknowledge(desk: Desk, day: Day, dice: Random) -> None:
    """The district holds the log up to somewhere, and the dossiers up to somewhere else."""
    log, at = DeskLog(desk.store), stamp(desk.clock())
    (writer,) = log.writers()
    head = log.heads()[writer]
    seq = dice.randrange(head.head.seq // 2, head.head.seq + 1)
    whole = dice.randrange(head.dossiers + 1)
    ((end,),) = desk.store.read("SELECT hash FROM events WHERE writer = ? AND seq = ?", (writer, seq))
    log.note_marks(Marks(1, "epoch", at, {writer: Mark(Head(seq, end), whole)}), at)
    last = dict(
        desk.store.read("SELECT subject, max(seq) FROM events WHERE kind LIKE 'case.%' GROUP BY subject")
    )
    place = dict(desk.store.read("SELECT case_number, max(number) FROM dossiers GROUP BY case_number"))
    for number in day.numbers:
        if last[number] > seq:
            day.gaps.add(Gap("events_waiting", number))
        elif number in day.ended and place[number] > whole:
            day.gaps.add(Gap("dossier_waiting", number))
