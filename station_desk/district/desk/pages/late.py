"""The cases that are late or soon will be, the most urgent first."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import ColumnElement, RowMapping, func, select

from station_desk.catalogue.calendar import working_calendar
from station_desk.district import tables as t
from station_desk.district.desk.asked import Asked, PageOf
from station_desk.district.desk.blocks import Block, Cell, Field, Figure, Figures, Form, Mark, Table
from station_desk.district.desk.links import files_of, station_choices, station_names
from station_desk.district.desk.words import item_name

NEAR_WORKING_DAYS = 3
MOST_SHOWN = 200
MOST_FILED = 200_000
HEAD = ("number", "item", "state", "due", "left")


def late(asked: Asked) -> Sequence[Block]:
    """Those of one station or of all, restricted cases by their number and item alone."""
    say, station, c = asked.say, asked.one("station"), t.caseload.c
    today, near = asked.today.isoformat(), near_until(asked).isoformat()
    of = [c.due != "", *([c.station == station] if station else [])]
    overdue, soon = _count(asked, *of, c.due < today), _count(asked, *of, c.due >= today, c.due <= near)
    most = MOST_FILED if asked.whole else MOST_SHOWN
    rows = asked.district.rows(
        select(t.caseload).where(*of, c.due <= near).order_by(c.due, c.station, c.number).limit(most)
    )
    names = station_names(asked)
    table = Table(
        say("desk.late.title"),
        (say("desk.late.number"), say("desk.station"), *(say(f"desk.late.{name}") for name in HEAD[1:])),
        [_row(asked, row, names) for row in rows], say("desk.late.empty"),
        files=files_of(asked, "late", station=station),
        remark=say("desk.late.more", shown=most) if overdue + soon > most else "",
    )  # fmt: skip
    find = Form(
        say("desk.stations.find"), say("desk.show"),
        (Field("station", say("desk.station"), station, choices=station_choices(asked, names)),),
        asked.href("late"),
    )  # fmt: skip
    figures = Figures(
        (
            Figure(say("desk.late.overdue"), f"{overdue}", "bad" if overdue else "ok"),
            Figure(say("desk.late.near"), f"{soon}", "warn" if soon else "ok"),
        )
    )
    return [figures, find, table]


def near_until(asked: Asked) -> date:
    """The last day that counts as near: so many working days after today."""
    calendar, day, left = working_calendar(asked.forms().years), asked.today, NEAR_WORKING_DAYS
    while left:
        day += timedelta(days=1)
        left -= calendar.is_working(day)
    return day


def _count(asked: Asked, *wanted: ColumnElement[bool]) -> int:
    question = select(func.count()).select_from(t.caseload).where(*wanted)
    return int(asked.district.read(lambda connection: connection.execute(question).scalar_one()))


def _row(asked: Asked, row: RowMapping, names: Mapping[str, str]) -> tuple[Cell, ...]:
    say = asked.say
    told, mark = _left(asked, row["due"])
    provisional = say("desk.late.provisional") if row["provisional"] else ""
    return (
        Cell(row["number"]),
        Cell(f"{names.get(row['station'], row['station'])} · {row['counter']}"),
        Cell(item_name(asked, row["item"])),
        Cell(say(f"track.state.{row['state']}")),
        Cell(row["due"] + provisional),
        Cell(told, mark=mark),
    )


def _left(asked: Asked, due: str) -> tuple[str, Mark]:
    try:
        days = (date.fromisoformat(due) - asked.today).days
    except ValueError:
        # A counter that wrote no day: shown as it came, and to be looked at.
        return due[:20], "bad"
    if days < 0:
        return asked.say("desk.late.late_by", days=-days), "bad"
    if days == 0:
        return asked.say("desk.late.today"), "warn"
    return asked.say("desk.late.in_days", days=days), "warn"


LATE = PageOf("late", "see", late, {})
