"""`callbacks [list]` and `callbacks answer CASE`: whom the head has to call after a bad rating."""

from station_desk.core.texts import Texts
from station_desk.counter.call_backs import (
    AnswerCallBack,
    CallBackRow,
    answer_call_back,
    call_backs,
    grade_words,
    urgency_words,
    waiting_call_backs,
    waiting_words,
)
from station_desk.main.open_desk import Options, command_id, desk_of
from station_desk.main.said import Said


def callbacks_verb(options: Options, said: Said) -> int:
    """The list, or the answer to one of it."""
    with desk_of(options) as desk:
        if options.what == "answer":
            wish = AnswerCallBack(options.which, options.done, options.on)
            answer = answer_call_back(desk, wish, command_id(options)).answer
            said.tell(answer, "callback.noted", number=answer.number, day=answer.done_on)
            return 0
        for row in call_backs(desk):
            said.either(row, _line(row, said.texts))
        said.progress(waiting_words(waiting_call_backs(desk), said.texts) or said.texts("callback.none"))
    return 0


def _line(row: CallBackRow, say: Texts) -> str:
    urgency = urgency_words(row, say)
    if row.done:
        return say("callback.line_done", number=row.number, urgency=urgency, done=row.done)
    return say("callback.line", number=row.number, urgency=urgency, grade=grade_words(row, say))
