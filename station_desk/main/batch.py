"""Operations as JSON lines: one line in, one answer out after its commit, flushed before the next is read.

`{"id": "…", "do": "accept", "with": {…}}` → `{"id": "…", "ok": true, "answer": {…}}`. The same id again gives
the same answer and changes nothing, so that whoever was cut off may send everything again.
"""

import uuid
from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

import msgspec

from station_desk.core.errors import DeskError, RuleError, TroubleError
from station_desk.counter.advance import (
    Advance,
    AskSupplement,
    TakeSupplement,
    advance,
    ask_supplement,
    take_supplement,
)
from station_desk.counter.application import Application
from station_desk.counter.bundles import AcceptBundle
from station_desk.counter.certificate_form import IssueCertificate
from station_desk.counter.certificates import VoidCertificate, issue_certificate, void_certificate
from station_desk.counter.completion import TakeMissing, take_missing
from station_desk.counter.correct import CorrectCase, correct_case
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, VoidCase, deliver, finish, void_case
from station_desk.counter.forward import FollowUpDone, Forward, TakeBack, follow_up, forward, take_back
from station_desk.counter.handover import HandOver, Reclaim, hand_over, reclaim
from station_desk.counter.intake import (
    AcceptSilent,
    Decline,
    GiveNotice,
    Receive,
    TakeCompletion,
    TakeOn,
    accept_silent,
    decline,
    give_notice,
    take_completion,
    take_on,
)
from station_desk.counter.interrupt import (
    Continue,
    Extend,
    Suspend,
    Withdraw,
    carry_on,
    extend,
    suspend,
    withdraw,
)
from station_desk.counter.notices import PostNotice, TakeDown, post_notice, take_down
from station_desk.counter.papers.journal import PrintPaper
from station_desk.counter.queue import CallNext, MoveTicket, TakeTicket, call_next, move_ticket, take_ticket
from station_desk.counter.queue_turns import (
    Park,
    Resume,
    Skip,
    Transfer,
    UndoTicket,
    park,
    resume,
    skip,
    transfer,
    undo_ticket,
)
from station_desk.counter.repeats import accept_asking, accept_bundle_asking, receive_asking
from station_desk.counter.step_back import TakeStepBack, take_step_back
from station_desk.counter.visit import AddServices, NextService, add_services, next_service
from station_desk.main.open_desk import Options, desk_of
from station_desk.main.said import Said, encode, standard_input, told
from station_desk.store.room import keep_reserve
from station_desk.store.trouble import Damaged

Act = Callable[[Desk, Any, str], Any]


class Applied(Application, frozen=True):
    """An application; `again` says why it is accepted although the person has such a case already."""

    again: str = ""


class Received(Receive, frozen=True):
    """The same for one that is only received."""

    again: str = ""


class Bundled(AcceptBundle, frozen=True):
    """The same for several items in one matter."""

    again: str = ""


def _accept(desk: Desk, wish: Applied, command: str) -> Any:
    return accept_asking(desk, _meant(wish, wish.again), command)


def _receive(desk: Desk, wish: Received, command: str) -> Any:
    return receive_asking(desk, Receive(_meant(wish.application, wish.again)), command)


def _accept_bundle(desk: Desk, wish: Bundled, command: str) -> Any:
    meant = AcceptBundle(wish.event, wish.items, _meant(wish.form, wish.again))
    return accept_bundle_asking(desk, meant, command)


def _meant(form: Application, again: str) -> Application:
    told = {name: getattr(form, name) for name in Application.__struct_fields__}
    return Application(**{**told, "repeat_reason": again or form.repeat_reason})


def _print(desk: Desk, wish: PrintPaper, command: str) -> Any:
    # What makes a PDF takes a while to load: only a batch that prints waits for it.
    from station_desk.counter.papers.print_paper import print_paper

    return print_paper(desk, wish, command)


ACTS: Mapping[str, tuple[type[msgspec.Struct], Act]] = {
    "take_ticket": (TakeTicket, take_ticket),
    "call_next": (CallNext, call_next),
    "move_ticket": (MoveTicket, move_ticket),
    "park_ticket": (Park, park),
    "resume_ticket": (Resume, resume),
    "skip_ticket": (Skip, skip),
    "transfer_ticket": (Transfer, transfer),
    "undo_ticket": (UndoTicket, undo_ticket),
    "next_service": (NextService, next_service),
    "add_services": (AddServices, add_services),
    "accept": (Applied, _accept),
    "advance": (Advance, advance),
    "take_step_back": (TakeStepBack, take_step_back),
    "ask_supplement": (AskSupplement, ask_supplement),
    "take_supplement": (TakeSupplement, take_supplement),
    "finish": (Finish, finish),
    "deliver": (Deliver, deliver),
    "void": (VoidCase, void_case),
    "receive": (Received, _receive),
    "give_notice": (GiveNotice, give_notice),
    "take_completion": (TakeCompletion, take_completion),
    "take_missing": (TakeMissing, take_missing),
    "take_on": (TakeOn, take_on),
    "decline": (Decline, decline),
    "accept_silent": (AcceptSilent, accept_silent),
    "suspend": (Suspend, suspend),
    "continue": (Continue, carry_on),
    "extend": (Extend, extend),
    "withdraw": (Withdraw, withdraw),
    "forward": (Forward, forward),
    "take_back": (TakeBack, take_back),
    "follow_up": (FollowUpDone, follow_up),
    "transfer": (HandOver, hand_over),
    "reclaim": (Reclaim, reclaim),
    "accept_bundle": (Bundled, _accept_bundle),
    "post_notice": (PostNotice, post_notice),
    "take_down": (TakeDown, take_down),
    "issue_certificate": (IssueCertificate, issue_certificate),
    "void_certificate": (VoidCertificate, void_certificate),
    "print": (PrintPaper, _print),
    "correct": (CorrectCase, correct_case),
}
LONGEST_LINE = 1024 * 1024


class LineNotUnderstood(RuleError):
    code = "batch.line_not_understood"


class Operation(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"wish": "with"}):
    """One line: the command's id, the act, and what it takes."""

    id: str
    do: str
    wish: msgspec.Raw = msgspec.Raw(b"{}")


class Reckoning:
    """How a batch went: how many lines were refused, and the exit code of the gravest trouble."""

    def __init__(self) -> None:
        self.refused = 0
        self.exit_code = 0

    def count(self, error: DeskError) -> None:
        """A line was not done. What the disk or the stored data refuse is graver than what a rule refuses."""
        self.refused += 1
        self.exit_code = max(self.exit_code, error.exit_code)


def batch_verb(options: Options, said: Said) -> int:
    """Does the operations on standard input; the exit code says whether one was refused, and why."""
    with desk_of(options) as desk:
        keep_reserve(desk.store.profile)
        return run_batch(desk, standard_input(), said.plain).exit_code


def run_batch(desk: Desk, lines: Iterable[bytes], answer: Callable[[str], None]) -> Reckoning:
    """Does one operation a line; `answer` gets each answer as a JSON line.

    Where the database is damaged nothing more is done: what follows has no answer and can be sent again.
    """
    reckoning = Reckoning()
    speaking = replace(desk, store=desk.store.spoken_by(str(uuid.uuid4())))
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        said = _done(speaking, line, number, reckoning)
        answer(encode(said))
        if said.get("error") == Damaged.code:
            return reckoning
    # On a full disk the note stays: then the last answer is offered once too often.
    with suppress(TroubleError):
        speaking.store.told_all()
    return reckoning


def _done(desk: Desk, line: bytes, number: int, reckoning: Reckoning) -> Mapping[str, Any]:
    operation = ""
    try:
        asked = _operation(line, number)
        operation = asked.id
        shape, act = _act(asked.do, number)
        done = act(desk, _wish(asked, shape, number), asked.id)
    except DeskError as error:
        reckoning.count(error)
        return {"id": operation, **told(error, desk.texts)}
    return {"id": operation, "ok": True, "answer": done.answer}


def _operation(line: bytes, number: int) -> Operation:
    if len(line) > LONGEST_LINE:
        raise LineNotUnderstood(line=number, why=f"> {LONGEST_LINE}")
    try:
        operation = msgspec.json.decode(line.removeprefix(BOM_UTF8).decode(), type=Operation)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise LineNotUnderstood(line=number, why=str(error)) from error
    if not operation.id:
        raise LineNotUnderstood(line=number, why="id")
    return operation


def _act(name: str, number: int) -> tuple[type[msgspec.Struct], Act]:
    if name not in ACTS:
        raise LineNotUnderstood(line=number, why=f"do: {name!r}; {', '.join(ACTS)}")
    return ACTS[name]


def _wish(operation: Operation, shape: type[msgspec.Struct], number: int) -> msgspec.Struct:
    try:
        return msgspec.json.decode(operation.wish, type=shape)
    except (msgspec.MsgspecError, RecursionError) as error:
        raise LineNotUnderstood(line=number, why=str(error)) from error
