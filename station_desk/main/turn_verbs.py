"""The verbs of the less common turns of a case: intake, notice, refusal, suspension, papers away, trust."""

from collections.abc import Callable

from station_desk.cases.parts import PaperSent
from station_desk.core.errors import RuleError
from station_desk.counter.answers import Moved
from station_desk.counter.completion import TakeMissing, take_missing
from station_desk.counter.desk import Desk
from station_desk.counter.forward import FollowUpDone, Forward, TakeBack, follow_up, forward, take_back
from station_desk.counter.intake import (
    AcceptSilent,
    Decline,
    Receive,
    TakeCompletion,
    TakeOn,
    accept_silent,
    decline,
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
from station_desk.counter.repeats import receive_asking
from station_desk.main.act_verbs import read_application, tell_case
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said
from station_desk.store.desk_store import Done

Turn = Callable[[Desk, str], Done[Moved]]


class PagesNotUnderstood(RuleError):
    code = "case.pages_not_understood"


class AnswerNotUnderstood(RuleError):
    code = "case.answer_not_understood"


def receive_verb(options: Options, said: Said) -> int:
    """Takes an application in without accepting it."""
    form = read_application(options.form, options.item, options.ticket, options.again)
    return _turn(options, said, lambda desk, command: receive_asking(desk, Receive(form), command))


def complete_verb(options: Options, said: Said) -> int:
    """Takes in what a notice asked for: the whole form, or what of it came."""
    if not options.form:
        answers = dict(_answer(text) for text in options.answer)
        came = TakeMissing(
            options.case, tuple(options.paper), answers, tuple(options.mended), options.everything
        )
        return _turn(options, said, lambda desk, command: take_missing(desk, came, command))
    form = read_application(options.form, "-", "")
    wish = TakeCompletion(options.case, dict(form.answers), dict(form.materials))
    return _turn(options, said, lambda desk, command: take_completion(desk, wish, command))


def take_on_verb(options: Options, said: Said) -> int:
    """Accepts a received application."""
    return _turn(options, said, lambda desk, command: take_on(desk, TakeOn(options.case), command))


def decline_verb(options: Options, said: Said) -> int:
    """Refuses to accept a received application."""
    wish = Decline(options.case, options.reason, options.basis, options.body)
    return _turn(options, said, lambda desk, command: decline(desk, wish, command))


def silence_verb(options: Options, said: Said) -> int:
    """Accepts by silence what lies unanswered for too long."""
    with desk_of(options) as desk:
        wish = AcceptSilent(desk.clock().date().isoformat())
        answer = accept_silent(desk, wish, command_id(options)).answer
        said.tell(answer, "cli.silence", count=len(answer.numbers), numbers=" ".join(answer.numbers) or "-")
    return 0


def suspend_verb(options: Options, said: Said) -> int:
    """Suspends a case."""
    wish = Suspend(options.case, options.reason, options.basis, options.approver, options.until)
    return _turn(options, said, lambda desk, command: suspend(desk, wish, command))


def continue_verb(options: Options, said: Said) -> int:
    """Lets a suspended case continue."""
    return _turn(options, said, lambda desk, command: carry_on(desk, Continue(options.case), command))


def extend_verb(options: Options, said: Said) -> int:
    """Extends the promised limit."""
    wish = Extend(options.case, options.limit, options.reason, options.approver, options.basis)
    return _turn(options, said, lambda desk, command: extend(desk, wish, command))


def withdraw_verb(options: Options, said: Said) -> int:
    """Takes an application back at the wish of the applicant."""
    wish = Withdraw(options.case, options.reason)
    return _turn(options, said, lambda desk, command: withdraw(desk, wish, command))


def forward_verb(options: Options, said: Said) -> int:
    """Sends the papers to the office of the present step."""
    papers = tuple(_paper(text) for text in options.paper)
    wish = Forward(options.case, options.body, papers, options.signature, options.until)
    return _turn(options, said, lambda desk, command: forward(desk, wish, command))


def return_verb(options: Options, said: Said) -> int:
    """Takes the papers back."""
    wish = TakeBack(options.case, options.opinion, options.signature)
    return _turn(options, said, lambda desk, command: take_back(desk, wish, command))


def follow_up_verb(options: Options, said: Said) -> int:
    """Says what came of something accepted on trust."""
    wish = FollowUpDone(options.case, options.material, options.outcome)
    return _turn(options, said, lambda desk, command: follow_up(desk, wish, command))


def _turn(options: Options, said: Said, turn: Turn) -> int:
    with desk_of(options) as desk:
        return tell_case(desk, said, turn(desk, command_id(options)).answer)


def _answer(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise AnswerNotUnderstood(answer=text)
    return key, value


def _paper(text: str) -> PaperSent:
    name, _, pages = text.rpartition("=")
    if not name or not pages.isdecimal():
        raise PagesNotUnderstood(paper=text)
    return PaperSent(name, int(pages))
