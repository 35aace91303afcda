"""Lists of cases by how they stand with the district: narrowed to it, or what it does not hold at the top."""

from dataclasses import replace

from station_desk.counter.case_sync import Standing, unsettled
from station_desk.counter.desk import Desk
from station_desk.store.case_pages import Wanted

MOST_FIRST = 5_000
"""So many stand before all others at most; a counter that was offline for months has more."""

FIRST = ("refused", "waiting", "on_its_way", "alone", "acknowledged")
"""What needs somebody comes first."""


def held_list(desk: Desk, wanted: Wanted) -> Wanted:
    """The list with what it asks about the district worked out: which cases, and which stand at the top."""
    if wanted.held == "acknowledged":
        wanted = replace(wanted, settled=True)
    if wanted.held == "unsettled":
        wanted = replace(wanted, unsettled=True)
    if not wanted.held_first and wanted.held not in ("waiting", "refused"):
        return wanted
    if not desk.store.about().get("district_url"):
        # Alone all cases stand the same: none is refused, and none of a million need be looked at to know it.
        return replace(wanted, among=()) if wanted.held == "refused" else wanted
    late = unsettled(desk.store)
    if wanted.held in ("waiting", "refused"):
        refused = wanted.held == "refused"
        among = tuple(number for number, one in late.items() if (one.how == "refused") == refused)
        wanted = replace(wanted, among=among)
    if wanted.held_first:
        first = sorted(late, key=lambda number: _rank(number, late))[:MOST_FIRST]
        wanted = replace(wanted, first=tuple(first))
    return wanted


def _rank(number: str, late: dict[str, Standing]) -> tuple[int, str]:
    return FIRST.index(late[number].how), number
