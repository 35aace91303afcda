"""What is out of the ordinary: what revoked PCs still send, events nobody can read yet, logs that go on."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from station_desk.core.errors import RuleError
from station_desk.district import tables as t
from station_desk.district.desk.asked import Asked, Deed, Done, PageOf
from station_desk.district.desk.blocks import Block, Cell, Choice, Field, Form, Table
from station_desk.district.desk.links import station_names
from station_desk.district.desk.pages.copies import about_log, copies, log_decided, of_counter, wanted
from station_desk.district.page import shown
from station_desk.district.quarantine import Kept, accept, kept, reject

LONGEST_REASON = 200


class DecisionNeeded(RuleError):
    code = "district.decision_needed"


def settle(asked: Asked) -> Sequence[Block]:
    """Three lists, or one counter with several logs; nothing in them is lost by waiting."""
    names = station_names(asked)
    if (one := wanted(asked)) is not None:
        return of_counter(asked, one, names)
    found = kept(asked.district)
    decide = [_decide(asked, found, names)] if found else []
    return [_kept(asked, found, names), *decide, _waiting(asked, names), copies(asked, names)]


def _kept(asked: Asked, found: Sequence[Kept], names: Mapping[str, str]) -> Table:
    say = asked.say
    rows = [
        (
            Cell(f"{one.station} {names.get(one.station, '')}".strip()), Cell(one.counter), Cell(one.name),
            Cell(shown(one.received_at)), Cell(f"{one.events}", number=True),
            Cell(f"{one.dossiers}", number=True),
        )
        for one in found
    ]  # fmt: skip
    columns = ("message", "received", "events", "dossiers")
    head = (
        say("desk.station"), say("desk.stations.counter"), *(say(f"desk.settle.{name}") for name in columns)
    )  # fmt: skip
    return Table(
        say("desk.settle.kept"), head, rows, say("desk.settle.kept_empty"),
        remark=say("desk.settle.kept_remark"),
    )  # fmt: skip


def _decide(asked: Asked, found: Sequence[Kept], names: Mapping[str, str]) -> Form:
    say = asked.say
    counters = sorted({(one.station, one.counter) for one in found})
    which = [
        Choice(f"{station}.{counter}", f"{station} {names.get(station, '')} · {counter}")
        for station, counter in counters
    ]
    how = [Choice(name, say(f"desk.settle.{name}")) for name in ("choose", "accept", "reject")]
    fields = (
        Field("which", say("desk.stations.counter"), choices=which),
        Field("how", say("desk.settle.decision"), "choose", choices=how),
        Field("reason", say("desk.devices.reason"), hint=say("desk.settle.reason_hint"), most=LONGEST_REASON),
    )
    action = asked.href("settle")
    return Form(say("desk.settle.decide"), say("desk.settle.send"), fields, action, "decide", danger=True)


def _decided(asked: Asked, form: Mapping[str, str]) -> Done:
    station, _, counter = form.get("which", "").partition(".")
    match form.get("how"):
        case "accept":
            accept(asked.district, station, counter)
        case "reject":
            reject(asked.district, station, counter, form.get("reason", "").strip()[:LONGEST_REASON])
        case _:
            raise DecisionNeeded
    return Done("decided")


def _about(form: Mapping[str, str]) -> str:
    return " ".join(form.get(name, "") for name in ("which", "how", "reason")).strip()


def _waiting(asked: Asked, names: Mapping[str, str]) -> Table:
    say, e = asked.say, t.event.c
    count, since = func.count().label("count"), func.min(e.received_at).label("since")
    rows = asked.district.rows(
        select(e.station, e.writer, e.kind, count, since)
        .where(e.waiting).group_by(e.station, e.writer, e.kind).order_by(e.station, e.writer, e.kind)
    )  # fmt: skip
    cells = [
        (
            Cell(f"{row['station']} {names.get(row['station'], '')}".strip()), Cell(row["writer"]),
            Cell(row["kind"]), Cell(f"{row['count']}", number=True), Cell(shown(row["since"])),
        )
        for row in rows
    ]  # fmt: skip
    head = (say("desk.station"), *(say(f"desk.settle.{name}") for name in ("log", "kind", "count", "since")))
    return Table(
        say("desk.settle.waiting"), head, cells, say("desk.settle.waiting_empty"),
        remark=say("desk.settle.waiting_remark"),
    )  # fmt: skip


SETTLE = PageOf(
    "settle", "settle", settle,
    {"decide": Deed("settle", _about, _decided), "decide_log": Deed("settle", about_log, log_decided)},
)  # fmt: skip
