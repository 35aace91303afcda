"""Whom the head of the station has to call back after a bad rating, and the answer that goes up again.

The list says the case, grade, reasons and last day, never who rated. It is the head's alone: the clerk who
served sees neither it nor the answer. Whom to call stands in the case, whose opening is logged as ever.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import msgspec

from station_desk.cases.called_back import (
    ANSWERED,
    SUBJECT,
    CallBackAnsweredPublic,
    read_day,
    read_done,
    subject_of,
)
from station_desk.cases.event import Fact
from station_desk.cases.rating import GRADES, REASONS
from station_desk.cases.rights import may
from station_desk.cases.staff import NOBODY
from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError
from station_desk.core.texts import Say
from station_desk.counter.desk import Desk
from station_desk.protocol.messages import CallBack
from station_desk.store.call_backs import DeskCallBacks
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit

SOON = timedelta(days=3)
LATELY = 20
"""So many answers are shown below what is open."""

Urgency = Literal["ok", "soon", "overdue", "sending", "answered"]
"""In time, due within three days, too late; answered and not yet with the district, answered."""


class NoSuchCallBack(RuleError):
    code = "callback.unknown"


class AnsweredBefore(RuleError):
    code = "callback.answered"


class AnswerCallBack(msgspec.Struct, frozen=True):
    """What was done about the bad rating of a case, and on which day (ISO; empty: today)."""

    number: str
    done: str
    done_on: str = ""


class CallBackAnswered(msgspec.Struct, frozen=True):
    """The answer that is in the log now."""

    number: str
    done_on: str
    done: str


@dataclass(frozen=True, slots=True)
class CallBackRow:
    """A call-back as the head sees it; of one that was answered `grade` and the like may be gone here."""

    number: str
    urgency: Urgency
    grade: str = ""
    reasons: tuple[str, ...] = ()
    rated_on: str = ""
    mend_by: str = ""
    done_on: str = ""
    done: str = ""


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many call-backs wait for the head, how many of them too long, and the day of the first."""

    open: int = 0
    overdue: int = 0
    first: str = ""


NOBODY_WAITS = Waiting()


def call_backs(desk: Desk) -> tuple[CallBackRow, ...]:
    """What is open, the most urgent first, then what was answered lately. Raises SignInFirst, NotAllowed."""
    desk.require("call_back")
    answers = _answers(desk)
    today = desk.clock().date()
    told = DeskCallBacks(desk.store).told().open
    rows = [_row(one, answers.get(one.number), today) for one in told]
    waits = [row for row in rows if row.urgency != "sending"]
    on_its_way = [row for row in rows if row.urgency == "sending"]
    known = {row.number for row in rows}
    done = sorted((a for a in answers.values() if a.number not in known), key=_done_on, reverse=True)
    return (
        *waits,
        *on_its_way,
        *(CallBackRow(a.number, "answered", rated_on=a.rated_at[:10], done_on=a.done_on, done=a.done)
          for a in done[:LATELY]),
    )  # fmt: skip


def waiting_call_backs(desk: Desk) -> Waiting:
    """What a page may say in one line; nothing to whoever is not the head."""
    if desk.acting == NOBODY or not may(desk.role, "call_back"):
        return NOBODY_WAITS
    listed = DeskCallBacks(desk.store).told()
    answers, today = _answers(desk), desk.clock().date().isoformat()
    waits = [one for one in listed.open if not _answers_it(one, answers.get(one.number))]
    beyond = listed.count - len(listed.open)
    return Waiting(
        len(waits) + max(beyond, 0), sum(one.mend_by < today for one in waits),
        waits[0].mend_by if waits else "",
    )  # fmt: skip


def waiting_words(waits: Waiting, say: Say) -> str:
    """The same as a sentence; empty where nobody waits."""
    if not waits.open:
        return ""
    key = "callback.overdue" if waits.overdue else "callback.waiting"
    return say(key, count=waits.open, late=waits.overdue, first=waits.first)


def answer_call_back(desk: Desk, wish: AnswerCallBack, command: str) -> Done[CallBackAnswered]:
    """Writes into the log what was done; the next sync tells the district.

    Raises NoSuchCallBack, AnsweredBefore, NotSaidWhatWasDone, SaidTooLong, SaysWhoItWas, DayNotFit.
    """

    def act(unit: Unit) -> CallBackAnswered:
        number = wish.number.strip()
        open_one = next((one for one in DeskCallBacks(desk.store).told().open if one.number == number), None)
        before = _newest(unit, number)
        if before and (open_one is None or _answers_it(open_one, before)):
            raise AnsweredBefore(number=number, day=before.done_on)
        if open_one is None:
            raise NoSuchCallBack(number=number[:40])
        done = read_done(wish.done)
        day = read_day(wish.done_on, open_one.rated_at, desk.clock().date())
        subject = subject_of(number)
        public = CallBackAnsweredPublic(number, open_one.rated_at, day, done)
        at = stamp(desk.clock())
        unit.record(Fact(subject, unit.subject_revision(subject) + 1, ANSWERED, at, desk.actor, public))
        return CallBackAnswered(number, day, done)

    return desk.once(Command(command, wish), CallBackAnswered, act)


def grade_words(row: CallBackRow, say: Say) -> str:
    """The grade with its reasons; one that a newer district has stands as it came."""
    grade = say(f"rate.grade.{row.grade}") if row.grade in GRADES else row.grade
    reasons = [say(f"rate.reason.{one}") if one in REASONS else one for one in row.reasons]
    return say("callback.grade", grade=grade, reasons=say("ui.list").join(reasons)) if reasons else grade


def urgency_words(row: CallBackRow, say: Say) -> str:
    """How urgent a call-back is, or that it was answered."""
    return say(f"callback.urgency.{row.urgency}", by=row.mend_by, on=row.done_on)


def _row(one: CallBack, answer: CallBackAnsweredPublic | None, today: date) -> CallBackRow:
    row = CallBackRow(one.number, _urgency(one.mend_by, today), one.grade, one.reasons, one.rated_at[:10],
                      one.mend_by)  # fmt: skip
    if answer and _answers_it(one, answer):
        return replace(row, urgency="sending", done_on=answer.done_on, done=answer.done)
    return row


def _urgency(mend_by: str, today: date) -> Urgency:
    if mend_by < today.isoformat():
        return "overdue"
    return "soon" if mend_by <= (today + SOON).isoformat() else "ok"


def _answers(desk: Desk) -> dict[str, CallBackAnsweredPublic]:
    """What was answered at this counter, by case."""
    told = [msgspec.json.decode(one, type=CallBackAnsweredPublic) for one in desk.store.newest(SUBJECT)]
    return {one.number: one for one in told}


def _done_on(answer: CallBackAnsweredPublic) -> str:
    return answer.done_on


def _newest(unit: Unit, number: str) -> CallBackAnsweredPublic | None:
    told = unit.newest(subject_of(number))
    return msgspec.json.decode(told[-1], type=CallBackAnsweredPublic) if told else None


def _answers_it(one: CallBack, answer: CallBackAnsweredPublic | None) -> bool:
    return answer is not None and answer.rated_at == one.rated_at
