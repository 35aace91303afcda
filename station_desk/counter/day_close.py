"""Closes the day: printed = stored = acknowledged, and every gap by its number (日结)."""

from datetime import date, timedelta

from station_desk.cases.day_close import CaseKept, DayClose, PaperKept, close_day
from station_desk.cases.number import read_number
from station_desk.counter.desk import Desk
from station_desk.counter.sync_state import acknowledged
from station_desk.store.desk_store import DeskStore
from station_desk.store.tables import STILL_HOLDS

CASES = (
    "SELECT number, state, accepted_at, dossier, clerk FROM cases"
    " WHERE (number > ? AND number < ?) OR (finished_at <> '' AND finished_at >= ? AND finished_at < ?)"
    " ORDER BY number"
)
WANTED = f"(papers.state = 'confirmed' OR {STILL_HOLDS})"
"""A voided certificate that never came out of the printer is no gap."""

PAPERS_OF_THE_DAY = (
    "SELECT case_number, paper, copy, state FROM papers WHERE case_number > ? AND case_number < ?"
    f" AND {WANTED}"
)
PAPERS_OF_ENDED = (
    "SELECT case_number, paper, copy, papers.state FROM papers JOIN cases c ON c.number = case_number"
    " WHERE c.finished_at <> '' AND c.finished_at >= ? AND c.finished_at < ?"
    " AND NOT (c.number > ? AND c.number < ?)"
    f" AND {WANTED}"
)


def close_of(desk: Desk, day: date) -> DayClose:
    """The reckoning of a day of this counter, from the desk's own files: asks no network."""
    # The numbers of this counter, with all its marks: what other counters handed over is not of its day.
    ours = f"{desk.station.code}-{day:%y%m%d}-{desk.station.counter}"
    numbers = (ours, f"{ours}~")
    ended = (day.isoformat(), (day + timedelta(days=1)).isoformat())
    known, whole = acknowledged(desk.store)
    cases = [
        CaseKept(
            number,
            bool(accepted),
            state == "voided",
            bool(dossier),
            number in known,
            number in whole,
            state == "transferred",
            clerk,
        )
        for number, state, accepted, dossier, clerk in desk.store.read(CASES, (*numbers, *ended))
    ]
    papers = [
        PaperKept(*row)
        for row in (
            *desk.store.read(PAPERS_OF_THE_DAY, numbers),
            *desk.store.read(PAPERS_OF_ENDED, (*ended, *numbers)),
        )
    ]
    return close_day(
        day.isoformat(), _issued(desk.store, day), _stored(cases, day), cases, papers,
        alone=not desk.store.about().get("district_url"),
    )  # fmt: skip


def _issued(store: DeskStore, day: date) -> dict[str, int]:
    """How many case numbers each mark of this counter gave out on the day."""
    prefix = f"case:{day.isoformat()}:"
    rows = store.read(
        "SELECT name, value FROM serials WHERE name > ? AND name < ?", (prefix, prefix[:-1] + ";")
    )
    return {name.removeprefix(prefix): value for name, value in rows}


def _stored(cases: list[CaseKept], day: date) -> dict[str, frozenset[int]]:
    serials: dict[str, set[int]] = {}
    for case in cases:
        number = read_number(case.number)
        if number.day == day:
            serials.setdefault(number.counter, set()).add(number.serial)
    return {mark: frozenset(known) for mark, known in serials.items()}
