"""A counter PC as a process of its own: the real program on a real profile, told by a pipe what to do.

It answers each act after its commit, so whatever it answered must be true from then on, whoever kills it.
"""

import os
import re
import signal
import socket
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from random import Random
from typing import Literal

import msgspec

from station_desk.cases.event import Fact
from station_desk.core.clock import CHINA
from station_desk.core.errors import DeskError, RuleError
from station_desk.counter.accept import accept
from station_desk.counter.advance import Advance, advance
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, deliver, finish
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.counter.sync_now import introduce, sync_or_raise
from station_desk.main.open_desk import open_desk
from station_desk.store.driver import connect_reading
from station_desk.store.profile import Profile
from station_desk.store.vault.opening import read_key

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=CHINA)
MOST_OPEN = 8
DOSSIER = re.compile(r'"dossier":[0-9]+')
COLUMNS = "subject, revision, kind, command, public, commitment"
Work = Literal["accept", "go on", "ticket", "odd"]
Said = tuple[str, int, str, str, str, str]
"""What an event says, wherever in whichever log it stands: no two events say the same."""


class Order(msgspec.Struct):
    """What the PC is told: `work` with these command ids, `sync` or `enrol`, its clock so many hours off."""

    do: Literal["work", "sync", "enrol"]
    acts: list[tuple[Work, str]] = []
    clock: int = 0
    server: str = ""
    code: str = ""


class Word(msgspec.Struct):
    """What the PC answers: an act with what it wrote, the end of the order, or what went wrong."""

    of: Literal["done", "end", "trouble"]
    command: str = ""
    events: list[Said] = []
    code: str = ""
    detail: str = ""


class OddPublic(msgspec.Struct):
    """The public part of a kind that no district knows yet."""

    word: str


class Running:
    """A forked PC and the pipe to it."""

    def __init__(self, folder: Path, spare: Callable[[], None]) -> None:
        ours, theirs = socket.socketpair()
        self.pid = os.fork()
        if self.pid == 0:
            keep = theirs.detach()
            _be_a_counter(folder, keep, spare)
        theirs.close()
        self.pipe = ours
        self._heard = b""

    def tell(self, order: Order) -> None:
        self.pipe.sendall(msgspec.json.encode(order) + b"\n")

    def heard(self) -> list[Word] | None:
        """The words that have arrived; None once nobody speaks there any more."""
        try:
            part = self.pipe.recv(1 << 20)
        except ConnectionResetError:  # killed before it read all that it was told
            return None
        if not part:
            return None
        *lines, self._heard = (self._heard + part).split(b"\n")
        return [msgspec.json.decode(line, type=Word) for line in lines]

    def kill(self) -> list[Word]:
        """Kill -9; what it had said before."""
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        words: list[Word] = []
        while (said := self.heard()) is not None:
            words += said
        self.pipe.close()
        return words


def said_in(folder: Path) -> dict[Said, tuple[str, int, str]]:
    """Every event that the profile holds, with its place: read beside the program or after its death."""
    profile = Profile(folder)
    connection = connect_reading(profile.database, read_key(profile))
    try:
        rows = connection.execute(
            f"SELECT {COLUMNS}, writer, seq, hash FROM events UNION ALL"
            f" SELECT {COLUMNS}, writer, seq, hash FROM events_aside"
        ).fetchall()
    finally:
        connection.close()
    return {said_by(row[:6]): (row[6], row[7], row[8]) for row in rows}


def _be_a_counter(folder: Path, pipe: int, spare: Callable[[], None]) -> None:
    code = 70
    try:
        os.closerange(3, pipe)
        os.closerange(pipe + 1, 4096)
        os.chdir(folder)
        spare()
        _serve(folder, socket.socket(fileno=pipe))
        code = 0
    except BaseException:
        traceback.print_exc()
        raise
    finally:
        os._exit(code)


def _serve(folder: Path, pipe: socket.socket) -> None:
    moment = [NOON]
    desk = open_desk(folder, "zh-Hans", lambda: moment[0])
    buffer = b""
    while part := pipe.recv(1 << 20):
        *lines, buffer = (buffer + part).split(b"\n")
        for line in lines:
            order = msgspec.json.decode(line, type=Order)
            moment[0] = NOON + timedelta(hours=order.clock)
            desk = _obey(desk, order, pipe)


def _obey(desk: Desk, order: Order, pipe: socket.socket) -> Desk:
    try:
        match order.do:
            case "work":
                for work, command in order.acts:
                    _tell(pipe, worked(desk, work, command))
            case "enrol":
                introduce(desk, order.server, order.code)
            case "sync":
                sync_or_raise(desk, lambda _now: None)
        _tell(pipe, Word("end"))
    except DeskError as error:
        _tell(pipe, Word("trouble", code=error.code, detail=str(error)))
    return desk


def _tell(pipe: socket.socket, word: Word) -> None:
    pipe.sendall(msgspec.json.encode(word) + b"\n")


def worked(desk: Desk, work: Work, command: str) -> Word:
    """Does one thing under this command id; what it wrote, or by which rule it was not done."""
    try:
        match work:
            case "accept":
                accept(desk, _application(), command)
            case "ticket":
                take_ticket(desk, TakeTicket("LS-008"), command)
            case "odd":
                _say_something_new(desk, command)
            case "go on":
                _go_on(desk, command)
    except RuleError as no:
        return Word("done", "", code=no.code)
    rows = desk.store.read(f"SELECT {COLUMNS} FROM events WHERE command = ?", (command,))
    return Word("done", command, [said_by(row) for row in rows])


def _go_on(desk: Desk, command: str) -> None:
    """One step on of one of the open cases; which one hangs on the command alone."""
    open_now = desk.store.read(
        "SELECT number FROM cases WHERE state IN ('processing', 'finished') ORDER BY number LIMIT ?",
        (MOST_OPEN,),
    )
    if not open_now:
        take_ticket(desk, TakeTicket("LS-008"), command)
        return
    number = str(Random(command).choice(open_now)[0])
    case = desk.store.case(number)
    if case.state == "finished":
        deliver(desk, Deliver(number, "counter", "王秀兰"), command)
    elif case.stage in {step.id for step in case.steps}:
        advance(desk, Advance(number), command)
    else:
        finish(desk, Finish(number, "granted", "已参保"), command)


def _say_something_new(desk: Desk, command: str) -> None:
    """An event of a kind that only a later program knows."""
    at = desk.clock().isoformat(timespec="seconds")
    with desk.store.writing(command) as unit:
        known = unit.connection.execute("SELECT 1 FROM events WHERE command = ?", (command,)).fetchone()
        if known is None:
            unit.record(Fact(f"odd:{command}", 1, "weather.noted", at, "", OddPublic(command)))


def _application() -> Application:
    from station_desk.cases.parts import Applicant

    person = Applicant("王秀兰", "citizen_id", "11010519491231002X", "13912345678", "青石桥社区 3 组 12 号")
    return Application(
        "LS-008", person, {"payment_grade": "500", "payment_mode": "自行缴费"},
        {"id_card": "brought", "hukou": "shared", "app_form": "brought"}, repeat_reason="a trial",
    )  # fmt: skip


def said_by(row: tuple[object, ...]) -> Said:
    """What a row of COLUMNS says."""
    subject, revision, kind, command, public, commitment = row
    # The place among the finished cases of a log is no word of the case: in another log it is another.
    told = DOSSIER.sub('"dossier":0', str(public))
    return str(subject), int(str(revision)), str(kind), str(command), told, str(commitment)
