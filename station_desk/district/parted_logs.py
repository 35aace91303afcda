"""Counters with several logs: restored from a backup, or copied. What an official decides about each log.

A log that is stopped grows no further here: what a PC still sends to it is kept apart, as that of a revoked
PC, and the PC is told why. The other logs of the counter go on, though both PCs may hold one key.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, RowMapping, bindparam, func, select

from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError
from station_desk.district import tables as t
from station_desk.district.bulk import put_or
from station_desk.district.district import District
from station_desk.district.enrolment import Device
from station_desk.protocol.messages import Push

GO_ON, STOPPED = "go_on", "stopped"
MOST_CASES = 50


THE_STOPPED = select(t.log_decision.c.writer, t.log_decision.c.reason).where(
    t.log_decision.c.station == bindparam("of_station"), t.log_decision.c.counter == bindparam("of_counter"),
    t.log_decision.c.decided == STOPPED,
)  # fmt: skip


class NoSuchLog(RuleError):
    code = "district.no_such_log"


class WhyNeeded(RuleError):
    code = "district.why_needed"


@dataclass(frozen=True, slots=True)
class Log:
    """A log of a counter: how far it is here, when events of it came first and last, what was decided."""

    station: str
    counter: str
    writer: str
    seq: int
    cases: int
    first_at: str
    last_at: str
    decided: str
    decided_at: str
    staff: str
    reason: str


@dataclass(frozen=True, slots=True)
class Parted:
    """A counter with several logs, the one that began first in front."""

    station: str
    counter: str
    logs: Sequence[Log]

    @property
    def both_grow(self) -> bool:
        """Whether an older log went on after the youngest began: then two PCs are at work."""
        *older, youngest = self.logs
        return any(log.last_at > youngest.first_at for log in older)

    @property
    def is_open(self) -> bool:
        """Whether somebody has to decide: about a log that nobody has decided about yet."""
        return not all(log.decided for log in self.logs)

    @property
    def still_both(self) -> bool:
        """Whether two logs went on after it was decided."""
        return sum(log.last_at > log.decided_at for log in self.logs if log.decided != STOPPED) > 1


def parted(district: District, station: str = "", counter: str = "") -> list[Parted]:
    """All counters with several logs, or the one."""
    return district.read(lambda connection: _parted(connection, station, counter))


def shared_cases(district: District, of: Parted) -> Sequence[str]:
    """The cases that more than one of the logs tells of, at most MOST_CASES of them."""
    e = t.event.c
    asked = (
        select(e.subject).where(e.station == of.station, e.writer.in_([log.writer for log in of.logs]))
        .group_by(e.subject).having(func.count(func.distinct(e.writer)) > 1)
        .order_by(e.subject).limit(MOST_CASES)
    )  # fmt: skip
    return [row["subject"] for row in district.rows(asked)]


def decide(district: District, which: tuple[str, str, str], how: str, reason: str, by: str) -> None:
    """Lets all logs of a counter go on, or stops the named one and lets the others go on.

    Raises NoSuchLog, WhyNeeded.
    """
    station, counter, writer = which
    if not reason:
        raise WhyNeeded
    now = stamp(district.clock())

    def decided(connection: Connection) -> None:
        found = _parted(connection, station, counter)
        logs = found[0].logs if found else ()
        if not logs or (how == STOPPED and writer not in [log.writer for log in logs]):
            raise NoSuchLog(log=writer or counter)
        rows = [
            {
                "station": station, "writer": log.writer, "counter": counter, "decided_at": now, "staff": by,
                "reason": reason, "decided": STOPPED if how == STOPPED and log.writer == writer else GO_ON,
            }
            for log in logs
            if how == GO_ON or log.writer == writer or log.decided != STOPPED
        ]  # fmt: skip
        values = ("decided", "decided_at", "staff", "reason")
        put_or(connection, t.log_decision, rows, lambda new, _old: {name: new[name] for name in values})

    district.write(decided)


def stopped(district: District, device: Device, push: Push) -> str | None:
    """Why a log that the push goes on with is stopped; None when none is."""
    writers = {event.writer for event in push.events} | {dossier.writer for dossier in push.dossiers}
    of = {"of_station": device.station, "of_counter": device.counter}
    found = district.database.glance(THE_STOPPED, of)
    return next((reason for writer, reason in found if writer in writers), None)


def _parted(connection: Connection, station: str, counter: str) -> list[Parted]:
    w, d = t.writer.c, t.log_decision.c
    asked = (
        select(w.station, w.counter, w.writer, w.seq, *(d[name] for name in _DECIDED))
        .join_from(t.writer, t.log_decision, (d.station == w.station) & (d.writer == w.writer), isouter=True)
        .order_by(w.station, w.counter, w.writer)
    )
    asked = asked.where(w.station == station, w.counter == counter) if station else asked
    rows = connection.execute(asked).mappings().all()
    found = []
    for (of, at), logs in groupby(rows, key=lambda row: (row["station"], row["counter"])):
        several = list(logs)
        if len(several) > 1:
            known = [_log(connection, row) for row in several]
            found.append(Parted(of, at, sorted(known, key=lambda log: (log.first_at, log.writer))))
    return found


_DECIDED = ("decided", "decided_at", "staff", "reason")


def _log(connection: Connection, row: RowMapping) -> Log:
    e = t.event.c
    ends = connection.execute(
        select(func.min(e.received_at), func.max(e.received_at), func.count(func.distinct(e.subject))).where(
            e.station == row["station"], e.writer == row["writer"]
        )
    ).one()
    decided = {name: row[name] or "" for name in _DECIDED}
    return Log(
        row["station"], row["counter"], row["writer"], row["seq"], ends[2], ends[0] or "", ends[1] or "",
        **decided,
    )  # fmt: skip
