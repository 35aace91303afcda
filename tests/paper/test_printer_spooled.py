"""A paper that goes through a queue comes out byte for byte, or it does not come out later unseen."""

import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace

import pytest

from station_desk.core.errors import Term
from station_desk.core.texts import Say
from station_desk.printing.pictures import page_sizes
from station_desk.printing.printers import ipp
from station_desk.printing.printers.ipp import Attribute, Operation
from station_desk.printing.printers.setting import Size
from station_desk.printing.printers.spooled import Patience, SpooledPrinter, user
from station_desk.printing.printers.spooler import Spooler, queue_path
from station_desk.printing.printers.trouble import (
    JobEnded,
    MayStillCome,
    PrinterRefuses,
    PrinterStuck,
    PrinterUnknown,
    PrinterUnreachable,
)
from station_desk.printing.proof import codes_on
from station_desk.printing.receipt import Receipt, receipt_pdf
from tests.paper.private_cups import private_cups
from tests.paper.wire import PATIENCE_S, Wire, closed_port, listening, prints_all, vanishing

PATIENT = Patience(look=0.05)
SOON = Patience(trouble=0.5, quiet=0.5, look=0.05)
"""For printers that never print."""

BROKEN_AFTER = 20_000


class Stop(Exception):
    """The clerk does not want to wait any more."""


@dataclass
class Hall:
    """A CUPS with one printer that prints and others that do not."""

    spooler: Spooler
    good: Wire

    def printer(self, queue: str) -> SpooledPrinter:
        patience = SOON if queue in ("off", "jammed") else PATIENT
        return SpooledPrinter(self.spooler, queue_path(queue), queue, patience=patience)

    def ask_of_job(self, operation: Operation, number: int, *asked: Attribute) -> ipp.Answer:
        job = Attribute(ipp.URI, "job-uri", (self.spooler.uri(f"/jobs/{number}"),))
        who = Attribute(ipp.NAME, "requesting-user-name", (user(),))
        return self.spooler.ask("/", ipp.question(operation, "", [job, who, *asked]), 5)

    def waiting(self) -> list[int]:
        """The numbers of the jobs that lie in all queues."""
        asked = ipp.question(Operation.GET_JOBS, self.spooler.uri("/"), [])
        groups = self.spooler.ask("/", asked, 5).groups
        return [value for _, group in groups for value in group.get("job-id", ()) if isinstance(value, int)]


@pytest.fixture(scope="module")
def hall() -> Iterator[Hall]:
    ended = threading.Event()
    with ExitStack() as stack:
        good = stack.enter_context(listening(prints_all))
        jammed = stack.enter_context(listening(lambda *_: _wait(ended), buffer=2048))
        breaking = stack.enter_context(listening(vanishing(BROKEN_AFTER)))
        queues = {
            "receipts": good.port, "stopped": good.port, "closed": good.port, "jammed": jammed.port,
            "breaking": breaking.port, "off": closed_port(), "office": good.port,
        }  # fmt: skip
        spooler = stack.enter_context(
            private_cups(queues, stopped="stopped", closed="closed", driven="office")
        )
        yield Hall(spooler, good)
        ended.set()


@pytest.fixture
def pdf(receipt: Receipt, chinese: Say) -> bytes:
    return receipt_pdf(receipt, chinese)


@pytest.fixture
def large(pdf: bytes) -> bytes:
    """More than the machine keeps for a printer that takes nothing."""
    return pdf + b"%" * 9_000_000


def test_the_queues_are_listed_by_name(hall: Hall) -> None:
    assert hall.spooler.queue_names(5) == [
        "breaking",
        "closed",
        "jammed",
        "off",
        "office",
        "receipts",
        "stopped",
    ]
    assert Spooler("127.0.0.1", closed_port()).queue_names(1) == []


def test_what_is_printed_is_the_file_byte_for_byte(hall: Hall, pdf: bytes) -> None:
    printer = hall.printer("receipts")
    assert hall.good.take(lambda: printer.send(pdf, "QSQ001-261120-02-0031-K-receipt-1")) == pdf
    assert hall.waiting() == []


def test_copies_come_out_one_after_the_other(hall: Hall, pdf: bytes) -> None:
    printer = replace(hall.printer("receipts"), copies=2)
    assert hall.good.take(lambda: printer.send(pdf, "two")) == pdf * 2


SHEETS: tuple[tuple[Size, str], ...] = (("", "iso_a5_148x210mm"), ("A4", "iso_a4_210x297mm"))


@pytest.mark.parametrize(("size", "media"), SHEETS, ids=["the paper's own", "A4"])
def test_the_queue_is_told_sides_and_sheet(hall: Hall, pdf: bytes, size: Size, media: str) -> None:
    names = ("job-name", "media", "print-scaling", "sides")
    seen: list[ipp.Answer] = []

    def look() -> None:
        wanted = Attribute(ipp.KEYWORD, "requested-attributes", names)
        seen.append(hall.ask_of_job(Operation.GET_JOB, hall.waiting()[0], wanted))

    with pytest.raises(PrinterStuck):
        replace(hall.printer("stopped"), sides="long", size=size, waiting=look).send(pdf, "a receipt")
    told = [seen[0].texts(name) for name in names]
    assert told == [["a receipt"], [media], ["none"], ["two-sided-long-edge"]]


def test_through_the_driver_of_an_office_printer_it_has_its_size_and_its_codes(
    hall: Hall, pdf: bytes
) -> None:
    sent = hall.good.take(lambda: hall.printer("office").send(pdf, "one"))
    came = sent[sent.index(b"%PDF-") :]
    sheets = {tuple(sorted(round(side * 25.4 / 72) for side in page)) for page in page_sizes(came)}
    assert sheets == {(148, 210)}
    assert sorted(codes_on(came)) == sorted(codes_on(pdf)) != []


def test_a_queue_that_stands_is_said_and_nothing_comes_out_later(hall: Hall, pdf: bytes) -> None:
    with pytest.raises(PrinterStuck) as caught:
        hall.printer("stopped").send(pdf, "one")
    assert caught.value.values["reason"] == Term("printer.reason.paused")
    assert hall.waiting() == []


def test_a_queue_that_takes_no_jobs_refuses(hall: Hall, pdf: bytes) -> None:
    with pytest.raises(PrinterRefuses):
        hall.printer("closed").send(pdf, "one")
    assert hall.waiting() == []


def test_a_printer_that_vanishes_in_mid_job_is_no_success(hall: Hall, large: bytes) -> None:
    with pytest.raises(PrinterStuck):
        hall.printer("breaking").send(large, "one")
    assert hall.waiting() == []


@pytest.mark.parametrize("queue", ["off", "jammed"])
def test_a_printer_that_does_not_move_is_given_up_and_its_job_taken_back(
    hall: Hall, large: bytes, queue: str
) -> None:
    with pytest.raises(PrinterStuck) as caught:
        hall.printer(queue).send(large, "one")
    assert caught.value.values["reason"]
    assert hall.waiting() == []


def test_an_unknown_queue_is_said(hall: Hall, pdf: bytes) -> None:
    with pytest.raises(PrinterUnknown):
        hall.printer("nowhere").send(pdf, "one")


def test_who_does_not_want_to_wait_takes_the_job_back(hall: Hall, large: bytes) -> None:
    def stop() -> None:
        raise Stop

    with pytest.raises(Stop):
        replace(hall.printer("jammed"), waiting=stop).send(large, "one")
    assert hall.waiting() == []


def test_a_job_that_somebody_cancels_at_the_printer_is_no_success(hall: Hall, large: bytes) -> None:
    def cancel() -> None:
        for number in hall.waiting():
            hall.ask_of_job(Operation.CANCEL_JOB, number)

    with pytest.raises(JobEnded):
        replace(hall.printer("jammed"), waiting=cancel).send(large, "one")


def test_a_paper_that_came_out_while_the_clerk_turned_away_counts(hall: Hall, pdf: bytes) -> None:
    def stop_when_done() -> None:
        if not hall.waiting():
            raise Stop

    printer = replace(hall.printer("receipts"), waiting=stop_when_done)
    assert hall.good.take(lambda: printer.send(pdf, "one")) == pdf


def test_no_queue_at_all_is_said(pdf: bytes) -> None:
    nobody = Spooler("127.0.0.1", closed_port())
    with pytest.raises(PrinterUnreachable):
        SpooledPrinter(nobody, "/printers/x", "x", patience=SOON).send(pdf, "one")


@pytest.mark.parametrize(
    "answer",
    [
        b"",
        b"nonsense",
        b"HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 15\r\n\r\n<html>portal</h",
        b"HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\ncut short",
    ],
)
def test_what_is_no_printer_at_all_is_said(pdf: bytes, answer: bytes) -> None:
    with listening(lambda line, _: _answer(line, answer)) as wire:
        printer = SpooledPrinter(Spooler("127.0.0.1", wire.port), "/ipp/print", "x", patience=SOON)
        with pytest.raises(PrinterUnreachable) as caught:
            printer.send(pdf, "one")
    assert caught.value.values["why"]


def test_where_nobody_knows_what_became_of_a_paper_the_clerk_is_told_to_look(pdf: bytes) -> None:
    created = ipp.VERSION + b"\0\0\0\0\0\1\2" + b"\x21\0\6job-id\0\4\0\0\0\7" + b"\3"
    head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(created)
    calls: list[int] = []

    def behave(line: socket.socket, _got: bytearray) -> None:
        calls.append(1)
        _answer(line, head + created if len(calls) == 1 else b"")

    with listening(behave) as wire:
        printer = SpooledPrinter(Spooler("127.0.0.1", wire.port), "/ipp/print", "x", patience=SOON)
        with pytest.raises(MayStillCome):
            printer.send(pdf, "one")
    assert len(calls) >= 3


def _answer(line: socket.socket, answer: bytes) -> None:
    line.recv(65536)
    line.sendall(answer)


def _wait(ended: threading.Event) -> None:
    ended.wait(PATIENCE_S)
