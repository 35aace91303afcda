"""Addresses that many pages need: the files of a table, the choice of a station."""

from collections.abc import Mapping, Sequence

from station_desk.district import tables as t
from station_desk.district.desk.asked import ROOT, Asked
from station_desk.district.desk.blocks import Choice
from station_desk.district.desk.table_files import FILES


def files_of(asked: Asked, page: str, **params: str) -> Sequence[tuple[str, str]]:
    """Where the table lies as files, for those who may take it along."""
    if not asked.may("export"):
        return ()
    query = asked.href("", **params).removeprefix(f"{ROOT}/")
    return [(f"{ROOT}/{page}/{name}{query}", name.partition(".")[2].upper()) for name in FILES]


def station_names(asked: Asked) -> dict[str, str]:
    """Every station by its code."""
    rows = asked.district.rows(t.station.select().order_by(t.station.c.station))
    return {row["station"]: row["name"] for row in rows}


def station_choices(asked: Asked, names: Mapping[str, str]) -> Sequence[Choice]:
    """All stations, or one of them."""
    return [
        Choice("", asked.say("desk.all_stations")),
        *(Choice(code, f"{code} {names[code]}") for code in names),
    ]
