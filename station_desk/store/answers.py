"""The answers that are kept for repeated commands, and what the log and a sum of all say of them.

The log tells of many at a time. Of the newest it does not tell yet, and of those that made no event never:
these are in the sum, which is written by the very commit that keeps an answer.
"""

from collections.abc import Iterator
from contextlib import suppress
from typing import Any

import msgspec

from station_desk.cases.event import Fact
from station_desk.cases.kept_answers import EACH, KEPT, AnswersKeptPublic, Sum, digest_of, subject_of
from station_desk.store.backups.new_writer import BRANCHED
from station_desk.store.unit import Unit
from station_desk.store.verifying.finding import Finding

ROWS = (
    "SELECT id, answer, at FROM commands WHERE id IN"
    " (SELECT command FROM events WHERE writer = ? AND seq BETWEEN ? AND ?) ORDER BY id"
)
BEFORE = "SELECT coalesce(max(seq), 0) FROM events WHERE subject = ?"
TOLD = (
    "SELECT writer, seq, public FROM events"
    " WHERE subject >= 'answers:' AND subject < 'answers;' AND kind = ? ORDER BY writer, seq"
)
SUM = "answers_sum"
ALL = "SELECT id, answer, at FROM commands"
INSERT = "INSERT INTO commands (id, asked, answer, at) VALUES (?, ?, ?, ?)"


def keep(unit: Unit, command: str, asked: str, answer: str, at: str) -> None:
    """Keeps the answer to a command for whoever asks again, and adds it to the sum."""
    noted = unit.about(SUM)
    # A sum that cannot be read stays as it is: a deep check names it.
    with suppress(msgspec.DecodeError, ValueError):
        # A profile of before has no sum yet: the first answer adds up those that are there.
        before = msgspec.json.decode(noted, type=Sum) if noted else _sum_of(unit.connection)
        unit.set_about(SUM, msgspec.json.encode(before.with_answer(command, answer, at)).decode())
    unit.connection.execute(INSERT, (command, asked, answer, at))


def tell_if_due(unit: Unit, began: int, at: str) -> None:
    """After so many events, or where the act asked for it, the log tells of the answers since it did so last.

    `began` is where the log stood before this unit.
    """
    if unit.head.seq // EACH == began // EACH and not unit.tells_answers:
        return
    subject = subject_of(unit.writer)
    (before,) = unit.connection.execute(BEFORE, (subject,)).fetchone()
    public = told_of(unit, unit.writer, before + 1, unit.head.seq)
    unit.record(Fact(subject, unit.subject_revision(subject) + 1, KEPT, at, unit.writer, public))


def told_of(unit: Unit, writer: str, first: int, last: int) -> AnswersKeptPublic:
    """What a log says of the answers to the commands of these events."""
    return AnswersKeptPublic(first, last, digest_of(_rows(unit.connection, writer, first, last)))


def check_answers(connection: Any) -> Iterator[Finding]:
    """Answers that are not those that the log tells of.

    What a log told after the counter went on under another name is of answers that stayed behind.
    """
    about = dict(connection.execute("SELECT key, value FROM about").fetchall())
    for writer, seq, public in connection.execute(TOLD, (KEPT,)).fetchall():
        left_at = about.get(BRANCHED + writer)
        if left_at is not None and seq > int(left_at):
            continue
        try:
            told = msgspec.json.decode(public, type=AnswersKeptPublic)
        except msgspec.DecodeError:
            yield Finding("answers", f"{writer} {seq}", "?")
            continue
        if digest_of(_rows(connection, writer, told.first, told.last)) != told.digest:
            yield Finding("answers", f"{writer} {seq}", f"{told.first}–{told.last}")
    if noted := about.get(SUM, ""):
        found = _sum_of(connection)
        if msgspec.json.encode(found).decode() != noted:
            yield Finding("answers_sum", about["writer"], f"{found.count} / {noted[:40]}")


def _sum_of(connection: Any) -> Sum:
    made = Sum()
    for row in connection.execute(ALL):
        made = made.with_answer(*row)
    return made


def _rows(connection: Any, writer: str, first: int, last: int) -> Iterator[tuple[str, str, str]]:
    yield from connection.execute(ROWS, (writer, first, last))
