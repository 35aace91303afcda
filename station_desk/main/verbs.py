"""What each verb of the command line does: opens the desk, runs one act, says what came of it."""

import sys
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from station_desk.cases.parts import TicketState
from station_desk.core.clock import now
from station_desk.core.errors import RuleError, TroubleError
from station_desk.counter.accept import accept
from station_desk.counter.advance import (
    Advance,
    AskSupplement,
    TakeSupplement,
    advance,
    ask_supplement,
    take_supplement,
)
from station_desk.counter.answers import Moved, TicketAnswer
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, VoidCase, deliver, finish, void_case
from station_desk.counter.papers import print_receipt, print_sheet, receipt_pdf_of, sheet_pdf_of
from station_desk.counter.queue import (
    CallNext,
    MoveTicket,
    TakeTicket,
    call_next,
    move_ticket,
    queue_now,
    take_ticket,
)
from station_desk.counter.set_up import SetUp
from station_desk.main.batch import run_batch
from station_desk.main.district_verbs import district_verb
from station_desk.main.items_verbs import items_verb
from station_desk.main.look_verbs import case_verb, cases_verb, dump_verb, find_verb, status_verb, verify_verb
from station_desk.main.open_desk import Options, desk_of, set_up_desk
from station_desk.main.said import Said
from station_desk.main.sync_verbs import enroll_verb, sync_verb

Verb = Callable[[Options, Said], int]
TICKET_STATES: Mapping[str, TicketState] = {
    "recall": "called", "serve": "serving", "hold": "held", "wait": "waiting", "missed": "missed", "done": "done",
}  # fmt: skip


class FormNotReadable(RuleError):
    code = "form.not_readable"


class FileNotWritable(TroubleError):
    code = "file.not_writable"


class TicketNeeded(RuleError):
    code = "ticket.needed"


class ItemNeeded(RuleError):
    code = "item.needed"


class UntilNeeded(RuleError):
    code = "case.until_needed"


def init_verb(options: Options, said: Said) -> int:
    """Sets up a counter in the profile folder."""
    wish = SetUp(
        options.station, options.name, options.counter, options.clerk, options.phone, options.address,
        options.complaint_phone,
    )  # fmt: skip
    desk = set_up_desk(options.profile, wish, options.language, now)
    try:
        facts = {
            "station": desk.station.code,
            "counter": desk.station.counter,
            "profile": str(options.profile),
        }
        said.tell(
            facts,
            "cli.init",
            name=desk.station.name,
            counter=desk.station.counter_name,
            folder=options.profile,
        )
    finally:
        desk.store.close()
    return 0


def ticket_verb(options: Options, said: Said) -> int:
    """Takes, calls, moves or lists tickets."""
    with desk_of(options) as desk:
        match options.what:
            case "list":
                rows = queue_now(desk)
                state = desk.texts
                lines: list[tuple[object, str]] = [
                    (row, f"{row.number}  {state(f'term.ticket.{row.state}')}  {row.item}") for row in rows
                ]
                said.rows(lines, "cli.tickets", count=len(rows))
                return 0
            case "take":
                if not options.item:
                    raise ItemNeeded
                wish = TakeTicket(options.item, options.priority, options.agent)
                answer = take_ticket(desk, wish, command_id(options)).answer
                said.tell(answer, "cli.ticket_taken", number=answer.number, waiting=answer.waiting)
                return 0
            case "call":
                answer = call_next(desk, CallNext(tuple(options.category)), command_id(options)).answer
            case _:
                if not options.which:
                    raise TicketNeeded
                move = MoveTicket(options.which, TICKET_STATES[options.what])
                answer = move_ticket(desk, move, command_id(options)).answer
        return _tell_ticket(desk, said, answer)


def accept_verb(options: Options, said: Said) -> int:
    """Accepts an application and writes its receipt."""
    application = read_application(options.form, options.item, options.ticket)
    with desk_of(options) as desk:
        done = accept(desk, application, command_id(options)).answer
        if options.pdf:
            write_file(options.pdf, receipt_pdf_of(desk, done.number))
        key = "cli.accepted_provisional" if done.provisional else "cli.accepted"
        said.tell(done, key, number=done.number, promised=done.promised)
    return 0


def advance_verb(options: Options, said: Said) -> int:
    """Ends the present step."""
    with desk_of(options) as desk:
        wish = Advance(options.case, options.step, options.opinion)
        return _tell_case(desk, said, advance(desk, wish, command_id(options)).answer)


def supplement_verb(options: Options, said: Said) -> int:
    """Stops the clock for missing papers, or lets it run on."""
    with desk_of(options) as desk:
        if options.received:
            done = take_supplement(desk, TakeSupplement(options.case), command_id(options))
        else:
            if not options.until or not options.material:
                raise UntilNeeded
            wish = AskSupplement(options.case, tuple(options.material), options.until, options.note)
            done = ask_supplement(desk, wish, command_id(options))
        return _tell_case(desk, said, done.answer)


def finish_verb(options: Options, said: Said) -> int:
    """Finishes a case."""
    with desk_of(options) as desk:
        wish = Finish(options.case, options.outcome, options.result)
        return _tell_case(desk, said, finish(desk, wish, command_id(options)).answer)


def deliver_verb(options: Options, said: Said) -> int:
    """Hands the result over."""
    with desk_of(options) as desk:
        wish = Deliver(options.case, options.way, options.receiver, options.relation)
        return _tell_case(desk, said, deliver(desk, wish, command_id(options)).answer)


def void_verb(options: Options, said: Said) -> int:
    """Voids a case; its number stays."""
    with desk_of(options) as desk:
        return _tell_case(
            desk, said, void_case(desk, VoidCase(options.case, options.reason), command_id(options)).answer
        )


def print_verb(options: Options, said: Said) -> int:
    """Writes a paper to a file, or prints it and records that."""
    with desk_of(options) as desk:
        if options.out:
            made = {"receipt": receipt_pdf_of, "sheet": sheet_pdf_of}[options.paper]
            write_file(options.out, made(desk, options.case))
            facts = {"number": options.case, "paper": options.paper, "file": str(options.out)}
            said.tell(facts, "cli.paper_written", file=options.out)
            return 0
        printed = {"receipt": print_receipt, "sheet": print_sheet}[options.paper]
        answer = printed(desk, options.case, command_id(options)).answer
        said.tell(answer, "cli.paper_printed", number=answer.number, copy=answer.copy)
    return 0


def batch_verb(options: Options, said: Said) -> int:
    """Does the operations on standard input, one answer a line."""

    def answer(line: str) -> None:
        sys.stdout.write(line + "\n")
        sys.stdout.flush()

    with desk_of(options) as desk:
        return RuleError.exit_code if run_batch(desk, sys.stdin, answer) else 0


def demo_verb(options: Options, said: Said) -> int:
    """The whole day of a station on real items."""
    from station_desk.main.demo.run import run_demo

    return run_demo(options.out, options.language, said, may_open_window=not options.no_window)


def command_id(options: Options) -> str:
    """The command's id: the caller's, so that asking again is harmless, or a fresh one."""
    return options.id or str(uuid.uuid4())


def read_application(source: str, item: str, ticket: str) -> Application:
    """The form in a JSON file, or on standard input for `-`. Raises FormNotReadable with the place of the fault."""
    try:
        text = sys.stdin.read() if source == "-" else Path(source).read_text("utf-8-sig")
        form = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        given = {"item": item, **({"ticket": ticket} if ticket else {})}
        merged = {**form, **{name: msgspec.Raw(msgspec.json.encode(value)) for name, value in given.items()}}
        return msgspec.json.decode(msgspec.json.encode(merged), type=Application)
    except OSError as error:
        raise FormNotReadable(source=source, why=error.strerror or str(error)) from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise FormNotReadable(source=source, why=str(error)) from error


def write_file(path: Path, content: bytes) -> None:
    """Writes a paper where the person asked for it. Raises FileNotWritable."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise FileNotWritable(path=path, why=error.strerror or str(error)) from error


def _tell_ticket(desk: Desk, said: Said, answer: TicketAnswer) -> int:
    state = desk.texts(f"term.ticket.{answer.state}")
    said.tell(answer, "cli.ticket_moved", number=answer.number, state=state, ticket=answer.id)
    return 0


def _tell_case(desk: Desk, said: Said, answer: Moved) -> int:
    state = desk.texts(f"term.state.{answer.state}")
    said.tell(answer, "cli.case_moved", number=answer.number, state=state, stage=answer.stage or "-")
    return 0


VERBS: Mapping[str, Verb] = {
    "demo": demo_verb, "init": init_verb, "enroll": enroll_verb, "items": items_verb, "ticket": ticket_verb,
    "accept": accept_verb, "advance": advance_verb, "supplement": supplement_verb, "finish": finish_verb,
    "deliver": deliver_verb, "void": void_verb, "case": case_verb, "cases": cases_verb, "find": find_verb,
    "print": print_verb, "sync": sync_verb, "status": status_verb, "verify": verify_verb, "dump": dump_verb,
    "batch": batch_verb, "district": district_verb,
}  # fmt: skip
