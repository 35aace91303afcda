"""Counters that were restored or copied: what is different in their logs, and what shall become of each."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select

from station_desk.district import tables as t
from station_desk.district.desk.asked import Asked, Done
from station_desk.district.desk.blocks import Block, Cell, Choice, Facts, Field, Form, Mark, Table, Words
from station_desk.district.desk.pages.devices import words_of
from station_desk.district.enrolment import revoke
from station_desk.district.page import shown
from station_desk.district.parted_logs import (
    GO_ON,
    STOPPED,
    Log,
    Parted,
    WhyNeeded,
    decide,
    parted,
    shared_cases,
)

LONGEST_REASON = 200
REVOKE = "revoke"
CHOICES = ("choose", GO_ON, STOPPED, REVOKE)


def copies(asked: Asked, names: Mapping[str, str]) -> Table:
    """Every counter with several logs; each leads to what is different in them."""
    say = asked.say
    rows = [_row(asked, one, names) for one in parted(asked.district)]
    head = (
        say("desk.station"), say("desk.stations.counter"), say("desk.settle.logs"), say("desk.copies.seems"),
        say("desk.devices.state"),
    )  # fmt: skip
    return Table(
        say("desk.settle.copies"), head, rows, say("desk.settle.copies_empty"),
        remark=say("desk.settle.copies_remark"),
    )  # fmt: skip


def wanted(asked: Asked) -> Parted | None:
    """The counter that the address names, if it has several logs."""
    station, counter = asked.one("station"), asked.one("counter")
    return next(iter(parted(asked.district, station, counter)), None) if station and counter else None


def of_counter(asked: Asked, one: Parted, names: Mapping[str, str]) -> Sequence[Block]:
    """What is different in the logs of one counter, and the form to decide."""
    say = asked.say
    seems, mark = _seems(asked, one)
    told = say("desk.copies.copy_means" if one.both_grow else "desk.copies.restored_means")
    links = [(asked.href("settle"), say("desk.copies.back"))]
    cases = shared_cases(asked.district, one)
    both = Table(
        say("desk.copies.shared"), (say("desk.late.number"),), [(Cell(number),) for number in cases],
        say("desk.copies.shared_empty"),
    )  # fmt: skip
    return [
        Words([told, say("desk.copies.find_it")], mark, title=seems, links=links), _facts(asked, one, names),
        _logs(asked, one), both, _form(asked, one),
    ]  # fmt: skip


def about_log(form: Mapping[str, str]) -> str:
    """For the record."""
    told = (form.get(name, "") for name in ("station", "counter", "log", "how", "reason"))
    return " ".join(part for part in told if part)


def log_decided(asked: Asked, form: Mapping[str, str]) -> Done:
    """Lets all go on, stops one log, or revokes the key that both PCs hold."""
    station, counter, how = form.get("station", ""), form.get("counter", ""), form.get("how", "")
    reason = " ".join(form.get("reason", "").split())[:LONGEST_REASON]
    if how == REVOKE and reason:
        revoke(asked.district, station, counter, reason)
    elif how in (GO_ON, STOPPED):
        which = (station, counter, form.get("log", ""))
        decide(asked.district, which, how, reason, asked.session.staff)
    else:
        raise WhyNeeded
    return Done("decided", about={"station": station, "counter": counter})


def _row(asked: Asked, one: Parted, names: Mapping[str, str]) -> tuple[Cell, ...]:
    seems, mark = _seems(asked, one)
    logs = ", ".join(f"{log.writer} ({log.seq})" for log in one.logs)
    state = "open" if one.is_open else "still" if one.still_both else "decided"
    how: Mark = "ok" if state == "decided" else "warn"
    href = asked.href("settle", station=one.station, counter=one.counter)
    return (
        Cell(f"{one.station} {names.get(one.station, '')}".strip(), href), Cell(one.counter), Cell(logs),
        Cell(seems, mark=mark), Cell(asked.say(f"desk.copies.{state}"), mark=how),
    )  # fmt: skip


def _seems(asked: Asked, one: Parted) -> tuple[str, Mark]:
    return (
        (asked.say("desk.copies.copy"), "bad") if one.both_grow else (asked.say("desk.copies.restored"), "")
    )


def _facts(asked: Asked, one: Parted, names: Mapping[str, str]) -> Facts:
    say, d, h = asked.say, t.device.c, t.health.c
    rows = asked.district.rows(
        select(d.public_key, d.enrolled_at, d.retired, h.heard_at, h.program)
        .join_from(t.device, t.health, (h.station == d.station) & (h.device == d.device), isouter=True)
        .where(d.station == one.station, d.counter == one.counter).order_by(d.enrolled_at)
    )  # fmt: skip
    facts = [
        (say("desk.station"), f"{one.station} {names.get(one.station, '')}".strip()),
        (say("desk.stations.counter"), one.counter),
    ]
    for row in rows:
        state = say("desk.copies.key_out" if row["retired"] else "desk.copies.key_in_use")
        facts.append((f"{say('desk.devices.words')} · {state}", words_of(row["public_key"], say)))
        if row["heard_at"]:
            facts.append((say("desk.stations.told"), f"{shown(row['heard_at'])} · {row['program']}"))
    return Facts(say("desk.copies.counter", counter=one.counter), facts)


def _logs(asked: Asked, one: Parted) -> Table:
    say = asked.say
    head = ("log", "events", "cases", "first", "last", "decision")
    rows = [
        (
            Cell(log.writer), Cell(f"{log.seq}", number=True), Cell(f"{log.cases}", number=True),
            Cell(shown(log.first_at)), Cell(shown(log.last_at)), _decision(asked, log),
        )
        for log in one.logs
    ]  # fmt: skip
    return Table(say("desk.copies.logs"), [say(f"desk.copies.{name}") for name in head], rows, "")


def _decision(asked: Asked, log: Log) -> Cell:
    if not log.decided:
        return Cell(asked.say("desk.copies.open"), mark="warn")
    told = asked.say(f"desk.copies.is_{log.decided}")
    return Cell(f"{told}\n{log.staff}, {shown(log.decided_at)}\n{log.reason}")


def _form(asked: Asked, one: Parted) -> Form:
    say = asked.say
    how = [Choice(name, say(f"desk.copies.do_{name}")) for name in CHOICES]
    logs = [Choice(log.writer, log.writer) for log in reversed(one.logs)]
    fields = (
        Field("how", say("desk.settle.decision"), "choose", choices=how),
        Field("log", say("desk.copies.which"), choices=logs, hint=say("desk.copies.which_hint")),
        Field("reason", say("desk.devices.reason"), hint=say("desk.devices.reason_hint")),
    )
    hidden = (("station", one.station), ("counter", one.counter))
    action = asked.href("settle", station=one.station, counter=one.counter)
    return Form(
        say("desk.copies.decide"), say("desk.settle.send"), fields, action, "decide_log", hidden, danger=True
    )
