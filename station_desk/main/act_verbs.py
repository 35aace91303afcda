"""The verbs that act on tickets and cases: open the desk, run one act, say what came of it."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import msgspec

from station_desk.cases.parts import TicketState
from station_desk.cases.ticket import ticket_id
from station_desk.core.errors import RuleError
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
from station_desk.counter.queue import (
    CallNext,
    MoveTicket,
    TakeTicket,
    call_next,
    move_ticket,
    queue_now,
    take_ticket,
)
from station_desk.counter.ticket_slip import print_ticket, ticket_printer
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said, standard_input

TICKET_STATES: Mapping[str, TicketState] = {
    "recall": "called", "serve": "serving", "hold": "held", "wait": "waiting", "missed": "missed",
    "done": "done",
}  # fmt: skip


class FormNotReadable(RuleError):
    code = "form.not_readable"


class TicketNeeded(RuleError):
    code = "ticket.needed"


class ItemNeeded(RuleError):
    code = "item.needed"


class UntilNeeded(RuleError):
    code = "case.until_needed"


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
                # Said first: whatever becomes of the slip, the number is taken.
                if ticket_printer(desk):
                    print_ticket(desk, answer.id)
                return 0
            case "call":
                answer = call_next(desk, CallNext(tuple(options.category)), command_id(options)).answer
            case _:
                if not options.which:
                    raise TicketNeeded
                move = MoveTicket(ticket_named(options.which, desk), TICKET_STATES[options.what])
                answer = move_ticket(desk, move, command_id(options)).answer
        return _tell_ticket(desk, said, answer)


def accept_verb(options: Options, said: Said) -> int:
    """Accepts an application and writes its receipt."""
    application = read_application(options.form, options.item, options.ticket)
    with desk_of(options) as desk:
        command = command_id(options)
        done = accept(desk, application, command).answer
        key = "cli.accepted_provisional" if done.provisional else "cli.accepted"
        said.tell(done, key, number=done.number, promised=done.promised)
        # Said first: whatever becomes of the paper, the case is there and has its number.
        if options.pdf:
            _print_into(options.pdf, desk, done.number, command)
    return 0


def advance_verb(options: Options, said: Said) -> int:
    """Ends the present step."""
    with desk_of(options) as desk:
        wish = Advance(options.case, options.step, options.opinion, options.to)
        return tell_case(desk, said, advance(desk, wish, command_id(options)).answer)


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
        return tell_case(desk, said, done.answer)


def finish_verb(options: Options, said: Said) -> int:
    """Finishes a case."""
    with desk_of(options) as desk:
        wish = Finish(options.case, options.outcome, options.result)
        return tell_case(desk, said, finish(desk, wish, command_id(options)).answer)


def deliver_verb(options: Options, said: Said) -> int:
    """Hands the result over."""
    with desk_of(options) as desk:
        wish = Deliver(options.case, options.way, options.receiver, options.relation, options.document)
        return tell_case(desk, said, deliver(desk, wish, command_id(options)).answer)


def void_verb(options: Options, said: Said) -> int:
    """Voids a case; its number stays."""
    with desk_of(options) as desk:
        return tell_case(
            desk, said, void_case(desk, VoidCase(options.case, options.reason), command_id(options)).answer
        )


def read_application(source: str, item: str, ticket: str) -> Application:
    """The form in a JSON file, or on standard input for `-`.

    Raises FormNotReadable with the place of the fault.
    """
    try:
        raw = standard_input().read() if source == "-" else Path(source).read_bytes()
        text = raw.decode("utf-8-sig")
        form = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        given = {"item": item, **({"ticket": ticket} if ticket else {})}
        merged = {**form, **{name: msgspec.Raw(msgspec.json.encode(value)) for name, value in given.items()}}
        return msgspec.json.decode(msgspec.json.encode(merged), type=Application)
    except OSError as error:
        raise FormNotReadable(source=source, why=error.strerror or str(error)) from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise FormNotReadable(source=source, why=str(error)) from error


def _print_into(file: Path, desk: Desk, number: str, command: str) -> None:
    # Reportlab takes a while to load: only who asks for a paper waits for it.
    from station_desk.counter.papers.print_paper import print_receipt
    from station_desk.main.paper_verbs import OneFile
    from station_desk.printing.printers.printer import always

    print_receipt(replace(desk, printer_for=always(OneFile(file))), number, f"{command}:receipt")


def ticket_named(which: str, desk: Desk) -> str:
    """The ticket that a person means: its full name, or its number of today."""
    word = which.strip().upper()
    return word if "-" in word else ticket_id(desk.clock().date().isoformat(), word)


def _tell_ticket(desk: Desk, said: Said, answer: TicketAnswer) -> int:
    state = desk.texts(f"term.ticket.{answer.state}")
    said.tell(answer, "cli.ticket_moved", number=answer.number, state=state, ticket=answer.id)
    return 0


def tell_case(desk: Desk, said: Said, answer: Moved) -> int:
    """Says where a case stands after an act."""
    state = desk.texts(f"term.state.{answer.state}")
    said.tell(answer, "cli.case_moved", number=answer.number, state=state, stage=answer.stage or "-")
    return 0
