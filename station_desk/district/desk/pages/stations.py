"""Which counters keep in touch: the last complete sync, the oldest case that waits, how much is missing."""

import collections
from collections.abc import Mapping, Sequence

from station_desk.district.desk.asked import Asked, Deed, PageOf
from station_desk.district.desk.blocks import Block, Cell, Field, Figure, Figures, Form, Mark, Table
from station_desk.district.desk.health import Counter, InTouch, counters
from station_desk.district.desk.links import files_of, station_choices, station_names
from station_desk.district.desk.pages.station import about, said
from station_desk.district.desk.pages.station import station as station_itself
from station_desk.district.page import shown

MARKS: Mapping[InTouch, Mark] = {
    "complete": "ok", "behind": "warn", "silent": "bad", "never": "warn", "retired": "",
}  # fmt: skip
HEAD = ("station", "counter", "health", "complete", "told", "oldest", "events", "dossiers", "unread")


def stations(asked: Asked) -> Sequence[Block]:
    """Every counter, of one station or of all."""
    say, station = asked.say, asked.one("station")
    names = station_names(asked)
    found = counters(asked, station)
    live = [one for one in found if one.in_touch != "retired"]
    table = Table(
        say("desk.stations.title"), [say(f"desk.stations.{name}") for name in HEAD],
        [_row(asked, one, names) for one in found], say("desk.stations.empty"),
        files=files_of(asked, "stations", station=station), remark=say("desk.stations.remark"),
    )  # fmt: skip
    find = Form(
        say("desk.stations.find"), say("desk.show"),
        (Field("station", say("desk.station"), station, choices=station_choices(asked, names)),),
        asked.href("stations"),
    )  # fmt: skip
    one = station_itself(asked, station) if station else []
    return [_figures(asked, live, len(names)), find, *one, table]


def _figures(asked: Asked, live: Sequence[Counter], stations: int) -> Figures:
    say, many = asked.say, collections.Counter(one.in_touch for one in live)
    waits = sum(one.events for one in live)
    trouble = many["silent"] + many["never"]
    return Figures(
        (
            Figure(say("desk.stations.stations"), f"{stations}"),
            Figure(say("desk.stations.counters"), f"{len(live)}"),
            Figure(say("desk.stations.all_here"), f"{many['complete']}", "ok"),
            Figure(say("desk.stations.out_of_touch"), f"{trouble}", "bad" if trouble else ""),
            Figure(say("desk.stations.waits"), f"{waits}", "warn" if waits else ""),
        )
    )


def _row(asked: Asked, one: Counter, names: Mapping[str, str]) -> tuple[Cell, ...]:
    none = asked.say("desk.none")
    return (
        Cell(
            f"{one.station} {names.get(one.station, '')}".strip(), asked.href("caseload", station=one.station)
        ),
        Cell(one.counter),
        Cell(asked.say(f"desk.health.{one.in_touch}"), mark=MARKS[one.in_touch]),
        Cell(shown(one.complete_at) or none),
        Cell(shown(one.heard_at) or none),
        Cell(shown(one.oldest_at) or none),
        Cell(f"{one.events}", number=True),
        Cell(f"{one.dossiers}", number=True),
        Cell(f"{one.unread}", number=True),
    )


STATIONS = PageOf(
    "stations", "see", stations, {"say_station": Deed("stations", about, said)},
)  # fmt: skip
