"""What became of a paper is what the journal says: a paper that did not come out is offered again."""

import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from station_desk.core.errors import TroubleError
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.kept_papers import kept_papers
from station_desk.counter.papers.journal import PrintPaper, UnprintedPaper, unprinted
from station_desk.counter.papers.print_paper import paper_pdf_of, print_receipt, print_sheet
from station_desk.counter.printers import (
    CopiesNotPossible,
    KindUnknown,
    NoTicketPrinter,
    OnlyTickets,
    SettingUnreadable,
    SizeNotPossible,
    choose_printer,
    chosen_printers,
    forget_printer,
    kind_words,
    kinds,
    setting_of,
)
from station_desk.counter.queue import CallNext, MoveTicket, TakeTicket, call_next, move_ticket, take_ticket
from station_desk.counter.shown import PaperChanged, print_shown, show_paper
from station_desk.counter.ticket_slip import print_ticket, ticket_slip
from station_desk.counter.trial_print import print_trial
from station_desk.printing.printers.address import AddressNotUnderstood
from station_desk.printing.printers.folder import FolderFull, FolderPrinter, FolderUnwritable
from station_desk.printing.printers.printer import Printer, Waiting, always, nobody_waits
from station_desk.printing.printers.setting import PrinterSetting
from station_desk.printing.printers.spooled import Patience, SpooledPrinter
from station_desk.printing.printers.trouble import BrokenOff, PrinterStuck, PrinterUnreachable
from station_desk.store.verify import Finding, verify_deep
from tests.paper.private_cups import private_cups
from tests.paper.thermal import Cut, QrCode, Question, read_slip, texts_of
from tests.paper.wire import Wire, answering, closed_port, listening, prints_all, vanishing
from tests.store.conftest import TestClock

Fresh = Callable[[], str]
SOON = Patience(trouble=0.3, quiet=0.3, whole=3, look=0.02)


@pytest.fixture
def number(desk: Desk, pension: Application, fresh: Fresh) -> str:
    return accept(desk, pension, fresh()).answer.number


def findings(desk: Desk) -> list[Finding]:
    return verify_deep(desk.store, lambda _done, _total: None)


def hasty(desk: Desk) -> Desk:
    """The desk with its own printers, but no queue is waited for as long as at a counter."""

    def printer_for(kind: str, waiting: Waiting = nobody_waits, /) -> Printer:
        printer = desk.printer_for(kind, waiting)
        assert isinstance(printer, SpooledPrinter)
        return replace(printer, patience=SOON)

    return replace(desk, printer_for=printer_for)


@dataclass(frozen=True)
class Heavy:
    """Makes a paper heavier than what lies between a printer and its cable, as a booklet is."""

    printer: Printer

    def send(self, paper: bytes, name: str, /) -> None:
        self.printer.send(paper + b"%" * 9_000_000, name)


@contextmanager
def files_of_at_most(size: int) -> Iterator[None]:
    """A disk that is full for every file above this size."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)


@dataclass(frozen=True)
class FullFolder:
    """The papers folder on a disk that has no room left."""

    folder: Path

    def send(self, paper: bytes, name: str, /) -> None:
        with files_of_at_most(4096):
            FolderPrinter(self.folder).send(paper, name)


def test_at_first_all_papers_go_into_the_folder_and_tickets_are_not_printed(desk: Desk) -> None:
    assert [(c.kind, c.setting, c.own) for c in chosen_printers(desk)] == [
        *((kind, PrinterSetting(), False) for kind in kinds() if kind != "ticket"),
        ("ticket", None, False),
    ]
    with pytest.raises(NoTicketPrinter):
        print_trial(desk, "ticket")


def test_each_kind_of_paper_remembers_its_printer_and_the_others_follow_the_common_one(desk: Desk) -> None:
    common, own = PrinterSetting("system:A4", 1, "long", "A4"), PrinterSetting("ipp://a5.lan/", 2)
    choose_printer(desk, "papers", common)
    choose_printer(desk, "receipt", own)
    about = desk.store.about()
    assert [setting_of(about, kind) for kind in ("papers", "receipt", "sheet")] == [common, own, common]
    forget_printer(desk, "receipt")
    assert setting_of(desk.store.about(), "receipt") == common


WRONG: tuple[tuple[str, PrinterSetting, type[Exception]], ...] = (
    ("shoes", PrinterSetting(), KindUnknown),
    ("receipt", PrinterSetting("printer"), AddressNotUnderstood),
    ("receipt", PrinterSetting("tcp://host"), OnlyTickets),
    ("receipt", PrinterSetting(size="58mm"), SizeNotPossible),
    ("ticket", PrinterSetting(size="A4"), SizeNotPossible),
    ("receipt", PrinterSetting(copies=0), CopiesNotPossible),
    ("receipt", PrinterSetting(copies=10), CopiesNotPossible),
)


@pytest.mark.parametrize(("kind", "setting", "error"), WRONG)
def test_a_choice_that_cannot_print_is_refused(
    desk: Desk, kind: str, setting: PrinterSetting, error: type[Exception]
) -> None:
    with pytest.raises(error):
        choose_printer(desk, kind, setting)
    assert not [name for name in desk.store.about() if name.startswith("printer:")]


def test_a_setting_that_nobody_can_read_is_said(desk: Desk, number: str, fresh: Fresh) -> None:
    desk.store.set_about({"printer:receipt": '{"copies": "two"}'})
    with pytest.raises(SettingUnreadable):
        print_receipt(desk, number, fresh())
    assert unprinted(desk) == [UnprintedPaper(number, "receipt", 1, "intended")]


def test_every_kind_can_be_said(desk: Desk) -> None:
    assert all(kind_words(kind, desk.texts) for kind in kinds())


def spoil_folder(desk: Desk) -> Desk:
    desk.store.profile.papers.write_text("a file where the folder should be", "utf-8")
    return desk


def spoil_with_read_only_disk(desk: Desk) -> Desk:
    choose_printer(desk, "receipt", PrinterSetting("folder:/proc/papers"))
    return desk


def spoil_with_full_disk(desk: Desk) -> Desk:
    return replace(desk, printer_for=always(FullFolder(desk.store.profile.papers)))


def spoil_with_no_network(desk: Desk) -> Desk:
    choose_printer(desk, "receipt", PrinterSetting(f"ipp://127.0.0.1:{closed_port()}/ipp/print"))
    return desk


FAULTS: dict[str, tuple[Callable[[Desk], Desk], type[TroubleError]]] = {
    "no folder": (spoil_folder, FolderUnwritable),
    "read-only disk": (spoil_with_read_only_disk, FolderUnwritable),
    "full disk": (spoil_with_full_disk, FolderFull),
    "printer off": (spoil_with_no_network, PrinterUnreachable),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_paper_that_did_not_come_out_is_offered_again_and_comes_out_as_the_same(
    desk: Desk, number: str, fresh: Fresh, fault: str
) -> None:
    spoil, error = FAULTS[fault]
    before = desk.store.case(number)
    spoilt = spoil(desk)
    for _ in range(2):
        with pytest.raises(error):
            print_receipt(spoilt, number, fresh())
        assert unprinted(desk) == [UnprintedPaper(number, "receipt", 1, "intended")]
    assert desk.store.case(number) == before
    assert findings(desk) == []
    papers = desk.store.profile.papers
    if papers.is_file():
        papers.unlink()
    forget_printer(desk, "receipt")
    assert print_receipt(desk, number, fresh()).answer.copy == 1
    kept = kept_papers(desk.store)
    assert [kept.paper(name) for name in kept.names()] == [paper_pdf_of(desk, number, "receipt")]
    assert unprinted(desk) == []


@pytest.fixture
def hall(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Wire]:
    """A CUPS of this machine with a queue that prints and one whose printer vanishes in mid-job."""
    with (
        listening(prints_all) as good,
        listening(vanishing(20_000)) as breaking,
        private_cups({"good": good.port, "breaking": breaking.port}) as spooler,
    ):
        monkeypatch.setenv("CUPS_SERVER", f"{spooler.host}:{spooler.port}")
        yield good


def test_a_printer_that_vanishes_in_mid_job_leaves_the_paper_unconfirmed(
    desk: Desk, number: str, fresh: Fresh, hall: Wire
) -> None:
    choose_printer(desk, "receipt", PrinterSetting("system:breaking"))
    breaking = Heavy(hasty(desk).printer_for("receipt"))
    with pytest.raises(PrinterStuck):
        print_receipt(replace(desk, printer_for=always(breaking)), number, fresh())
    assert unprinted(desk) == [UnprintedPaper(number, "receipt", 1, "intended")]
    choose_printer(desk, "receipt", PrinterSetting("system:good"))
    assert print_receipt(desk, number, fresh()).answer.copy == 1
    assert [bytes(got) for got in hall.got] == [paper_pdf_of(desk, number, "receipt")]
    assert unprinted(desk) == []


def test_what_was_looked_at_is_what_is_printed(desk: Desk, number: str, fresh: Fresh, hall: Wire) -> None:
    choose_printer(desk, "papers", PrinterSetting("system:good"))
    for copy in (1, 2):
        shown = show_paper(desk, PrintPaper(number.lower(), "receipt"))
        assert shown.copy == copy
        assert print_shown(desk, shown, fresh()).answer.copy == copy
        assert bytes(hall.got[-1]) == shown.pdf
    assert show_paper(desk, PrintPaper(number, "sheet")).copy == 1
    assert unprinted(desk) == []


def test_a_paper_that_says_something_else_by_now_is_not_printed(
    desk: Desk, number: str, fresh: Fresh
) -> None:
    shown = show_paper(desk, PrintPaper(number, "receipt"))
    print_receipt(desk, number, fresh())
    with pytest.raises(PaperChanged):
        print_shown(desk, shown, fresh())
    assert [paper.copy for paper in unprinted(desk)] == [2]
    assert len(list(desk.store.profile.papers.iterdir())) == 1


def test_kinds_go_to_different_printers(desk: Desk, number: str, fresh: Fresh, tmp_path: Path) -> None:
    choose_printer(desk, "sheet", PrinterSetting(f"folder:{tmp_path / 'sheets'}"))
    print_receipt(desk, number, fresh())
    print_sheet(desk, number, fresh())
    assert [file.name for file in desk.store.profile.papers.iterdir()] == [f"{number}-receipt-1.pdf.sealed"]
    assert [file.name for file in (tmp_path / "sheets").iterdir()] == [f"{number}-sheet-1.pdf"]


def serve(desk: Desk, clock: TestClock, fresh: Fresh, minutes: int) -> None:
    called = call_next(desk, CallNext(), fresh()).answer
    move_ticket(desk, MoveTicket(called.id, "serving"), fresh())
    clock.wait(minutes=minutes)
    move_ticket(desk, MoveTicket(called.id, "done"), fresh())


def test_a_ticket_comes_out_of_the_thermal_printer(desk: Desk, clock: TestClock, fresh: Fresh) -> None:
    for minutes in (6, 8, 9):
        take_ticket(desk, TakeTicket("SA-001"), fresh())
        serve(desk, clock, fresh, minutes)
    for _ in range(2):
        take_ticket(desk, TakeTicket("LS-001"), fresh())
    ticket = take_ticket(desk, TakeTicket("LS-008"), fresh()).answer
    with listening(answering(b"\0")) as wire:
        address = f"tcp://127.0.0.1:{wire.port}"
        choose_printer(desk, "ticket", PrinterSetting(address, 2, size="58mm"))
        print_ticket(desk, ticket.id)
    seen = read_slip(bytes(wire.got[0]))
    lines = [" ".join(text.split()) for text in texts_of(seen)]
    assert lines.count("B003") == 2
    assert "前面等候 2 人" in lines
    # Nobody of this item type was served today: two times the 12 minutes that the station publishes.
    assert "预计等候 约 25 分钟" in lines
    assert QrCode("https://district.example/guide/LS-008", 6, "M") in seen
    assert [sum(isinstance(part, kind) for part in seen) for kind in (Cut, Question)] == [2, 1]
    assert unprinted(desk) == []


def test_a_ticket_of_a_restricted_item_does_not_say_for_what(desk: Desk, fresh: Fresh) -> None:
    ticket = take_ticket(desk, TakeTicket("CC-001", "elderly"), fresh()).answer
    seen = read_slip(ticket_slip(desk, ticket.id, "escpos"))
    lines = texts_of(seen)
    assert "专项事项" in lines
    assert "【高龄优先】" in lines
    item = desk.item("CC-001")
    category = desk.catalogue.categories[item.category]
    assert not any(word in line for line in lines for word in (category.name.hans, item.name.hans, "CC-"))
    assert QrCode("https://district.example/guide", 6, "M") in seen


def test_a_ticket_printer_that_breaks_leaves_the_ticket_in_the_queue(desk: Desk, fresh: Fresh) -> None:
    ticket = take_ticket(desk, TakeTicket("SA-001"), fresh()).answer
    with listening(vanishing(10)) as wire:
        choose_printer(desk, "ticket", PrinterSetting(f"tcp://127.0.0.1:{wire.port}"))
        with pytest.raises(BrokenOff):
            print_ticket(desk, ticket.id)
    assert desk.store.ticket(ticket.id).state == "waiting"
    assert findings(desk) == []


def test_a_trial_print_counts_nothing(desk: Desk, fresh: Fresh) -> None:
    print_trial(desk, "receipt")
    choose_printer(desk, "ticket", PrinterSetting("folder", size="58mm"))
    print_trial(desk, "ticket")
    names = sorted(file.name for file in desk.store.profile.papers.iterdir())
    assert names == ["trial-receipt.pdf", "trial-ticket.pdf"]
    with listening(answering(b"\0")) as wire:
        choose_printer(desk, "ticket", PrinterSetting(f"tcp://127.0.0.1:{wire.port}"))
        print_trial(desk, "ticket")
    assert "打印测试页" in texts_of(read_slip(bytes(wire.got[0])))
    assert unprinted(desk) == []
    assert desk.store.read("SELECT count(*) FROM events") == [(0,)]
