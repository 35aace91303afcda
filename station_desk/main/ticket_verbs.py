"""`ticket …`: numbers taken and called, tickets on every way they can go, and what a day of them came to."""

from collections.abc import Callable, Mapping
from datetime import date

from station_desk.cases.parts import TicketState
from station_desk.cases.ticket import Ticket, is_open, services_of, ticket_id
from station_desk.cases.ticket_times import Times, seconds
from station_desk.core.errors import RuleError
from station_desk.counter.answers import TicketAnswer
from station_desk.counter.closing_day import DayUnknown
from station_desk.counter.desk import Desk
from station_desk.counter.queue import (
    Asked,
    CallNext,
    MoveTicket,
    TakeTicket,
    call_next,
    move_ticket,
    queue_now,
    take_ticket,
)
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
from station_desk.counter.ticket_report import ticket_times
from station_desk.counter.ticket_slip import print_ticket, ticket_printer
from station_desk.counter.visit import AddServices, NextService, add_services, next_service
from station_desk.counter.wording import worded
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said
from station_desk.store.desk_store import Done
from station_desk.store.first_look import TicketRow
from station_desk.store.queue import calls

STATES: Mapping[str, TicketState] = {
    "recall": "called", "serve": "serving", "hold": "held", "wait": "waiting", "missed": "missed",
    "done": "done",
}  # fmt: skip
Act = Callable[[Desk, Options, str, str], Done[TicketAnswer]]
"""An act on a ticket: the desk, the options, the ticket's name, the command's id."""


class TicketNeeded(RuleError):
    code = "ticket.needed"


class ItemNeeded(RuleError):
    code = "item.needed"


class QuantityNotUnderstood(RuleError):
    code = "ticket.quantity_not_understood"


def ticket_verb(options: Options, said: Said) -> int:
    """Takes, calls, moves, lists or reckons tickets."""
    with desk_of(options) as desk:
        if options.what in LOOKS:
            return LOOKS[options.what](desk, options, said)
        if options.what == "take":
            return _take(desk, options, said)
        if options.what == "call" and not options.which:
            wish = CallNext(tuple(options.category), options.counter)
            return _tell(desk, said, call_next(desk, wish, command_id(options)).answer)
        done = ACTS[options.what](desk, options, _named(options, desk), command_id(options))
        return _tell(desk, said, done.answer)


def ticket_named(which: str, desk: Desk) -> str:
    """The ticket that a person means: its full name, or its number of today."""
    word = which.strip().upper()
    return word if "-" in word else ticket_id(desk.clock().date().isoformat(), word)


def _take(desk: Desk, options: Options, said: Said) -> int:
    if not options.item:
        raise ItemNeeded
    first, *more = (_asked(text) for text in (options.item, *options.also))
    quantity = options.quantity or first.quantity
    wish = TakeTicket(first.item, options.priority, options.agent, quantity, tuple(more))
    answer = take_ticket(desk, wish, command_id(options)).answer
    said.tell(
        answer, "cli.ticket_taken", number=answer.number, waiting=answer.waiting, minutes=answer.minutes or 0
    )
    # Said first: whatever becomes of the slip, the number is taken.
    if ticket_printer(desk):
        print_ticket(desk, answer.id)
    return 0


def _moving(state: TicketState) -> Act:
    return lambda desk, options, name, command: move_ticket(
        desk, MoveTicket(name, state, options.counter), command
    )


ACTS: Mapping[str, Act] = {
    **{word: _moving(state) for word, state in STATES.items()},
    "call": _moving("called"),
    "park": lambda desk, options, name, command: park(
        desk, Park(name, options.until, options.reason, options.counter), command
    ),
    "resume": lambda desk, options, name, command: resume(desk, Resume(name, options.counter), command),
    "skip": lambda desk, options, name, command: skip(desk, Skip(name, options.counter), command),
    "transfer": lambda desk, options, name, command: transfer(
        desk, Transfer(name, options.item, options.to, options.counter), command
    ),
    "undo": lambda desk, options, name, command: undo_ticket(
        desk, UndoTicket(name, options.counter), command
    ),
    "next": lambda desk, options, name, command: next_service(
        desk, NextService(name, options.counter), command
    ),
    "add": lambda desk, options, name, command: add_services(
        desk, AddServices(name, tuple(_asked(text) for text in _to_add(options))), command
    ),
}


def _list(desk: Desk, _options: Options, said: Said) -> int:
    rows = queue_now(desk)
    said.rows([(row, _line(desk, row)) for row in rows], "cli.tickets", count=len(rows))
    return 0


def _show(desk: Desk, options: Options, said: Said) -> int:
    ticket = desk.store.ticket(_named(options, desk))
    said.either(ticket, "\n".join(_told(desk, ticket)))
    return 0


def _calls(desk: Desk, options: Options, said: Said) -> int:
    found = calls(desk.store, _day(options.day, desk).isoformat())
    said.rows(
        [
            (one, said.texts("cli.call", at=one.at[11:19], number=one.number, counter=one.counter,
                             recall=one.recall))
            for one in found
        ],
        "cli.calls", count=len(found),
    )  # fmt: skip
    return 0


def _times(desk: Desk, options: Options, said: Said) -> int:
    day = _day(options.day, desk)
    rows: list[tuple[object, str]] = []
    for code, times in ticket_times(desk, day).items():
        known = desk.catalogue.categories.get(code)
        name = worded(known.short, said.texts) if known else said.texts("cli.all_types")
        rows.append(({"category": code, **_facts(times)}, _times_line(name, times, said)))
    said.rows(rows, "cli.times", day=day.isoformat())
    return 0


LOOKS: Mapping[str, Callable[[Desk, Options, Said], int]] = {
    "list": _list, "show": _show, "calls": _calls, "times": _times,
}  # fmt: skip


def _line(desk: Desk, row: TicketRow) -> str:
    say = desk.texts
    wait = "" if row.wait is None else say("cli.ticket_wait", before=row.before, minutes=row.wait)
    items = " + ".join(
        one.item if one.quantity == 1 else f"{one.item}×{one.quantity}"
        for one in row.services
        if one.is_open()
    )
    return f"{row.number}  {say(f'term.ticket.{row.state}')}  {items or row.item}  {wait}".rstrip()


def _told(desk: Desk, ticket: Ticket) -> list[str]:
    say = desk.texts
    state = say(f"term.ticket.{ticket.state}")
    lines = [f"{ticket.number} ({ticket.id})  {state}  {say(f'term.priority.{ticket.priority}')}"]
    for one in services_of(ticket):
        mark = "·" if is_open(one) else "–" if one.left else "✓"
        lines.append(f"  {mark} {one.item} ×{one.quantity} {' '.join(one.cases)}".rstrip())
    for period in ticket.periods:
        name = say(f"term.ticket.{period.state}")
        lasted = say("cli.seconds", seconds=seconds(period)) if period.ended else ""
        lines.append(f"  {period.began[11:19]}  {name}  {period.counter}  {lasted}".rstrip())
    return lines


def _facts(times: Times) -> dict[str, object]:
    return {name: getattr(times, name) for name in Times.__dataclass_fields__}


def _times_line(name: str, times: Times, said: Said) -> str:
    say = said.texts
    return say(
        "cli.times_line", name=name, tickets=times.tickets, called=times.called,
        median=_span(times.wait_median), longest=_span(times.wait_longest),
        serving=_span(times.seconds.get("serving", 0)), missed=times.states.get("missed", 0),
    )  # fmt: skip


def _span(lasted: int | None) -> str:
    if lasted is None:
        return "—"
    return f"{lasted // 3600}:{lasted // 60 % 60:02d}:{lasted % 60:02d}"


def _day(text: str, desk: Desk) -> date:
    try:
        return date.fromisoformat(text) if text else desk.clock().date()
    except ValueError:
        raise DayUnknown(day=text) from None


def _named(options: Options, desk: Desk) -> str:
    if not options.which:
        raise TicketNeeded
    return ticket_named(options.which, desk)


def _to_add(options: Options) -> list[str]:
    asked = [*([options.item] if options.item else []), *options.also]
    if not asked:
        raise ItemNeeded
    return asked


def _asked(text: str) -> Asked:
    item, _, quantity = text.partition("=")
    if quantity and not (quantity.isascii() and quantity.isdecimal() and len(quantity) < 4):
        raise QuantityNotUnderstood(asked=text)
    return Asked(item.strip().upper(), int(quantity or "1"))


def _tell(desk: Desk, said: Said, answer: TicketAnswer) -> int:
    state = desk.texts(f"term.ticket.{answer.state}")
    said.tell(answer, "cli.ticket_moved", number=answer.number, state=state, ticket=answer.id)
    return 0
