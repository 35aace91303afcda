"""The verbs that act on cases: open the desk, run one act, say what came of it."""

from dataclasses import replace
from pathlib import Path

import msgspec

from station_desk.core.errors import RuleError
from station_desk.counter.advance import (
    Advance,
    AskSupplement,
    TakeSupplement,
    advance,
    ask_supplement,
    take_supplement,
)
from station_desk.counter.answers import Moved
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, VoidCase, deliver, finish, void_case
from station_desk.counter.repeats import accept_asking
from station_desk.counter.step_back import TakeStepBack, take_step_back
from station_desk.counter.wording import state_words, step_name
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said, standard_input


class FormNotReadable(RuleError):
    code = "form.not_readable"


class UntilNeeded(RuleError):
    code = "case.until_needed"


def accept_verb(options: Options, said: Said) -> int:
    """Accepts an application and writes its receipt."""
    application = read_application(options.form, options.item, options.ticket, options.again)
    with desk_of(options) as desk:
        command = command_id(options)
        done = accept_asking(desk, application, command).answer
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


def step_back_verb(options: Options, said: Said) -> int:
    """Takes back a step that was ended by mistake."""
    with desk_of(options) as desk:
        wish = TakeStepBack(options.case, options.reason, options.step, options.papers_back)
        return tell_case(desk, said, take_step_back(desk, wish, command_id(options)).answer)


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


def read_application(source: str, item: str, ticket: str, again: str = "") -> Application:
    """The form in a JSON file, or on standard input for `-`; `again` is why such a case is taken once more.

    Raises FormNotReadable with the place of the fault.
    """
    try:
        raw = standard_input().read() if source == "-" else Path(source).read_bytes()
        text = raw.decode("utf-8-sig")
        form = msgspec.json.decode(text, type=dict[str, msgspec.Raw])
        told = {"ticket": ticket, "repeat_reason": again}
        given = {"item": item, **{name: text for name, text in told.items() if text}}
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


def tell_case(desk: Desk, said: Said, answer: Moved) -> int:
    """Says where a case stands after an act."""
    state = state_words(answer.state, answer.stage, desk.texts)
    step = next((one for one in desk.store.case(answer.number).steps if one.id == answer.stage), None)
    if step is None:
        said.tell(answer, "cli.case_ended", number=answer.number, state=state)
    else:
        stage = step_name(step, desk.texts)
        said.tell(answer, "cli.case_moved", number=answer.number, state=state, stage=stage)
    return 0
