"""Ratings of finished cases: taken once, counted by grade, and a bad one open until somebody called back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Literal

import msgspec
from sqlalchemy import Connection, RowMapping, func, insert, select, update

from station_desk.cases.rating import GRADES, MAY_BE_RATED, RATED_WITHIN, Rating
from station_desk.cases.trace import Trace
from station_desk.core.clock import moment, stamp
from station_desk.core.errors import RuleError
from station_desk.district import tables as t
from station_desk.district.bulk import put_or
from station_desk.district.call_backs import BY_DISTRICT
from station_desk.district.district import District
from station_desk.district.traces import find_trace, shown_since

How = Literal["unknown", "too early", "too late", "rated", "open"]


class NoSuchRating(RuleError):
    code = "rating.not_open"


@dataclass(frozen=True, slots=True)
class Rated:
    """A rating as the district keeps it; nothing in it says who worked on the case, or whose it is."""

    station: str
    number: str
    grade: str
    reasons: tuple[str, ...]
    words: str
    rated_at: str
    mend_by: str
    mended_at: str
    outcome: str
    mended_by: str
    called_on: str


def stands(connection: Connection, district: District, token: str) -> tuple[How, Trace | None]:
    """Whether the case of a token may be rated now."""
    found = find_trace(connection, token, shown_since(district.clock()))
    if found is None:
        return "unknown", None
    trace = found[0]
    if trace.state not in MAY_BE_RATED:
        return "too early", trace
    if _rating_of(connection, trace) is not None:
        return "rated", trace
    late = district.clock() - moment(trace.finished_at) > RATED_WITHIN
    return ("too late" if late else "open"), trace


def rate(district: District, token: str, rating: Rating, mend_by: Callable[[date], date]) -> How:
    """Keeps the rating of the case, unless it has one; `open` says that this one was taken.

    `mend_by` tells by when one of today has to be mended; it is asked for a bad one alone.
    """

    def taken(connection: Connection, due: str) -> How:
        how, trace = stands(connection, district, token)
        if how != "open" or trace is None:
            return how
        # Two forms sent at once: the row of the case lets one after the other look again.
        of_case = (t.trace.c.station == trace.station, t.trace.c.number == trace.number)
        connection.execute(select(t.trace.c.number).where(*of_case).with_for_update()).all()
        if _rating_of(connection, trace) is not None:
            return "rated"
        connection.execute(
            insert(t.rating).values(
                station=trace.station, number=trace.number, grade=rating.grade,
                reasons=msgspec.json.encode(rating.reasons).decode(), words=rating.words,
                rated_at=stamp(district.clock()), mend_by=due,
                mended_at="", outcome="", mended_by="", called_on="",
            )
        )  # fmt: skip
        one = {"station": trace.station, "grade": rating.grade, "amount": 1}
        put_or(connection, t.grade_sum, [one], lambda new, old: {"amount": old["amount"] + new["amount"]})
        return "open"

    # Who guesses shall not make the district write, nor wait for whoever does.
    first, _ = district.read(partial(stands, district=district, token=token))
    if first != "open":
        return first
    due = mend_by(district.clock().date()).isoformat() if rating.is_bad else ""
    return district.write(partial(taken, due=due))


def grades(district: District, station: str = "") -> Mapping[str, int]:
    """How many ratings of each grade, of one station or of all."""
    g = t.grade_sum.c
    asked = select(g.grade, func.sum(g.amount)).group_by(g.grade)
    rows = district.read(lambda c: c.execute(asked.where(g.station == station) if station else asked).all())
    counted = {row[0]: int(row[1]) for row in rows}
    return {grade: counted.get(grade, 0) for grade in GRADES}


def open_ratings(district: District, station: str = "") -> tuple[Rated, ...]:
    """The bad ratings that nobody has mended yet, the most urgent first."""
    r = t.rating.c
    asked = (
        select(t.rating).where(r.mend_by != "", r.mended_at == "").order_by(r.mend_by, r.station, r.number)
    )
    rows = district.rows(asked.where(r.station == station) if station else asked)
    return tuple(_rated(row) for row in rows)


def answered_ratings(district: District, station: str = "", most: int = 50) -> tuple[Rated, ...]:
    """The bad ratings that somebody has answered, the last first."""
    r = t.rating.c
    asked = select(t.rating).where(r.mended_at != "").order_by(r.mended_at.desc(), r.station, r.number)
    rows = district.rows((asked.where(r.station == station) if station else asked).limit(most))
    return tuple(_rated(row) for row in rows)


def _rated(row: RowMapping) -> Rated:
    return Rated(**{**row, "reasons": _reasons(row["reasons"])})


def _reasons(stored: str) -> tuple[str, ...]:
    return msgspec.json.decode(stored, type=tuple[str, ...])


def mend(district: District, station: str, number: str, outcome: str) -> None:
    """Notes that the resident was called back, and with what outcome. Raises NoSuchRating."""
    r = t.rating.c
    of_case = (r.station == station, r.number == number, r.mend_by != "", r.mended_at == "")
    now = stamp(district.clock())
    values = {"mended_at": now, "outcome": outcome, "mended_by": BY_DISTRICT, "called_on": now[:10]}
    done = district.write(lambda c: c.execute(update(t.rating).where(*of_case).values(values)).rowcount)
    if not done:
        raise NoSuchRating(number=number)


def _rating_of(connection: Connection, trace: Trace) -> str | None:
    r = t.rating.c
    return connection.execute(
        select(r.grade).where(r.station == trace.station, r.number == trace.number)
    ).scalar()
