"""A thermal printer in the network has the whole slip, or the clerk hears why not, and soon."""

import threading

import pytest

from station_desk.printing.escpos.commands import ASK
from station_desk.printing.escpos.encode import slip_bytes
from station_desk.printing.printers.network import NetworkPrinter, Patience
from station_desk.printing.printers.printer import Printer
from station_desk.printing.printers.trouble import (
    BrokenOff,
    NoAnswer,
    OutOfPaper,
    PrinterUnreachable,
    Stalled,
)
from station_desk.printing.slip import ROLLS, Qr, Words
from tests.paper.thermal import Cut, Question, read_slip, texts_of
from tests.paper.wire import (
    answering,
    closed_port,
    listening,
    prints_all,
    silent_until,
    vanishing,
)

SLIP = slip_bytes([Words("社区公共服务站"), Qr("https://district.example/")], ROLLS["80mm"], "gb18030")
BIG = SLIP * 5000
HUGE = SLIP * 60000
"""More than this machine keeps by itself for a line that nobody reads."""

READY = b"\x00"
SOON = Patience(connect=1, stall=0.4, whole=3, answer=0.5, parting=0.3)


def printer_at(port: int, *, copies: int = 1, answers: bool = True) -> Printer:
    return NetworkPrinter("127.0.0.1", port, copies, answers, SOON)


def test_a_slip_arrives_whole_and_the_printer_is_asked_whether_it_printed_it() -> None:
    with listening(answering(READY)) as wire:
        printer_at(wire.port).send(SLIP, "T261120-A001")
    assert [bytes(got) for got in wire.got] == [SLIP + ASK]
    seen = read_slip(bytes(wire.got[0]))
    assert texts_of(seen) == ["社区公共服务站"]
    assert seen[-2:] == [Cut(), Question()]


def test_each_copy_is_cut() -> None:
    with listening(answering(READY)) as wire:
        printer_at(wire.port, copies=3).send(SLIP, "one")
    assert sum(isinstance(part, Cut) for part in read_slip(bytes(wire.got[0]))) == 3


def test_what_a_printer_says_of_itself_meanwhile_is_no_answer() -> None:
    status_sent_unasked = b"\x10\x90\x14\xff"
    with listening(answering(status_sent_unasked + READY)) as wire:
        printer_at(wire.port).send(SLIP, "one")


def test_a_printer_that_cannot_answer_gets_everything_all_the_same() -> None:
    with listening(prints_all) as wire:
        printer_at(wire.port, answers=False).send(BIG, "one")
    assert bytes(wire.got[0]) == BIG


def test_nobody_at_the_port_is_said() -> None:
    port = closed_port()
    with pytest.raises(PrinterUnreachable) as caught:
        printer_at(port).send(SLIP, "one")
    assert caught.value.values["printer"] == f"127.0.0.1:{port}"
    assert caught.value.values["why"]


@pytest.mark.parametrize("answers", [True, False])
@pytest.mark.parametrize("after", [1, 100, 200_000])
def test_a_printer_that_vanishes_in_mid_job_is_no_success(after: int, *, answers: bool) -> None:
    with listening(vanishing(after)) as wire, pytest.raises(BrokenOff) as caught:
        printer_at(wire.port, answers=answers).send(BIG, "one")
    assert int(str(caught.value.values["size"])) >= len(BIG)
    assert len(wire.got[0]) == after


def test_a_small_slip_is_no_success_either_when_the_printer_was_gone() -> None:
    with listening(vanishing(10)) as wire, pytest.raises(BrokenOff):
        printer_at(wire.port).send(SLIP, "one")


@pytest.mark.parametrize("answers", [True, False])
def test_a_printer_that_takes_nothing_more_is_not_waited_for_for_ever(*, answers: bool) -> None:
    ended = threading.Event()
    with listening(silent_until(ended), buffer=2048) as wire:
        with pytest.raises(Stalled) as caught:
            printer_at(wire.port, answers=answers).send(HUGE, "one")
        ended.set()
    assert 0 < int(str(caught.value.values["sent"])) < len(HUGE)


def test_bytes_that_lie_in_our_own_machine_are_not_printed() -> None:
    ended = threading.Event()
    with listening(silent_until(ended), buffer=2048) as wire:
        with pytest.raises(Stalled):
            printer_at(wire.port, answers=False).send(BIG[:40_000], "one")
        ended.set()


def test_a_printer_that_never_says_that_it_printed_is_no_success() -> None:
    with listening(prints_all) as wire, pytest.raises(NoAnswer):
        printer_at(wire.port).send(SLIP, "one")


@pytest.mark.parametrize("answer", [b"\x0c", b"\x0f"])
def test_an_ended_roll_is_said(answer: bytes) -> None:
    with listening(answering(answer)) as wire, pytest.raises(OutOfPaper):
        printer_at(wire.port).send(SLIP, "one")
