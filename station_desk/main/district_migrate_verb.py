"""`district migrate`: brings the tables up to date; with `--engine citus`, spreads them over machines."""

from contextlib import closing

from station_desk.district.citus import Spread, spread
from station_desk.district.district import open_district
from station_desk.main.open_desk import Options
from station_desk.main.said import Said


def migrate_district(options: Options, said: Said) -> int:
    """Opening a district brings it up to date; spreading comes after it."""
    with closing(open_district(options.db)) as district:
        made = spread(district.database) if options.engine else Spread((), ())
    facts = {"engine": options.engine, "by_station": made.by_station, "copied": made.copied}
    key = "cli.district_spread" if options.engine else "cli.district_migrated"
    said.tell(facts, key, by_station=len(made.by_station), copied=len(made.copied))
    return 0
