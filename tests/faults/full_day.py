"""A counter with something of everything in its tables, all of it in order."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from station_desk.core.clock import stamp
from station_desk.counter.accept import accept
from station_desk.counter.advance import Advance, advance
from station_desk.counter.certificate_form import IssueCertificate
from station_desk.counter.certificates import issue_certificate
from station_desk.counter.closing_day import CloseDay, close_day_now
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, VoidCase, deliver, finish, void_case
from station_desk.counter.papers.print_paper import print_receipt
from station_desk.counter.queue import CallNext, TakeTicket, call_next, take_ticket
from station_desk.counter.set_up import SetUp
from station_desk.main.open_desk import set_up_desk
from station_desk.printing.printers.folder import FolderPrinter
from station_desk.printing.printers.printer import always
from station_desk.protocol.messages import Mark, Marks, SignedWord
from station_desk.protocol.signing import new_key, public_key_of, sign_reply
from station_desk.store.keys import DISTRICT_SIGN
from station_desk.store.log import DeskLog
from station_desk.store.profile import Profile
from tests.store.certificates import asking_for, with_certificates
from tests.store.conftest import TestClock, pension_application

CASES, TICKETS = 8, 6


def full_day(folder: Path) -> Profile:
    """Spends a day at a new counter and closes it."""
    made = set_up_desk(folder, SetUp("QSQ001", "青石桥", "2", "陈立新"), "en", TestClock())
    paper = folder / "out"
    paper.mkdir()
    desk = replace(with_certificates(made), printer_for=always(FolderPrinter(paper)))
    names = (f"command-{n}" for n in range(1, 1000))
    _queue(desk, names)
    _cases(desk, names)
    _certificate(desk, names)
    close_day_now(desk, CloseDay(desk.clock().date().isoformat(), "周站长", "陈立新"), next(names))
    _acknowledged(desk)
    desk.store.close()
    return Profile(folder)


def _queue(desk: Desk, names: Iterator[str]) -> None:
    for _ in range(TICKETS):
        take_ticket(desk, TakeTicket("LS-001"), next(names))
    for _ in range(TICKETS // 2):
        call_next(desk, CallNext(), next(names))


def _cases(desk: Desk, names: Iterator[str]) -> None:
    ends: list[Callable[[str], object]] = [
        lambda number: print_receipt(desk, number, next(names)),
        lambda number: advance(desk, Advance(number), next(names)),
        lambda number: finish(desk, Finish(number, "granted", "参保登记结果"), next(names)),
        lambda number: deliver(desk, Deliver(number, "counter", "王秀兰"), next(names)),
    ]
    for place in range(CASES):
        number = accept(desk, pension_application(), next(names)).answer.number
        for end in ends[: place % (len(ends) + 1)]:
            end(number)
    last = accept(desk, pension_application(), next(names)).answer.number
    void_case(desk, VoidCase(last, "重复受理"), next(names))


def _certificate(desk: Desk, names: Iterator[str]) -> None:
    asked = asking_for(pension_application(), "居住情况")
    number = accept(desk, asked, next(names)).answer.number
    wish = IssueCertificate(number=number, approver="李主任", until="2027-02-20")
    issue_certificate(desk, wish, next(names))


def _acknowledged(desk: Desk) -> None:
    log, at = DeskLog(desk.store), stamp(desk.clock())
    (writer,) = log.writers()
    head = log.heads()[writer]
    # The closing of the day changes no table: that it was cut off only the district can tell.
    marks = Marks(1, "epoch", at, {writer: Mark(head.head, head.dossiers // 2)})
    key, asked, body = new_key(), {"signature": "sig1=:x:"}, msgspec.json.encode(marks)
    word = SignedWord(200, sign_reply(key, 200, body, asked), body.decode(), asked)
    desk.store.set_about({DISTRICT_SIGN: public_key_of(key)})
    log.note_marks(marks, at, msgspec.json.encode(word).decode())
