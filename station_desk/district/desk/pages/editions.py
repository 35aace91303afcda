"""Which edition of the catalogue is published here, and with which one each counter says that it works."""

from collections.abc import Mapping, Sequence

from station_desk.district.desk.asked import Asked, PageOf
from station_desk.district.desk.blocks import Block, Cell, Facts, Figure, Figures, Table
from station_desk.district.desk.health import Counter, counters
from station_desk.district.desk.links import files_of, station_names
from station_desk.district.page import shown


def editions(asked: Asked) -> Sequence[Block]:
    """The published one, then every counter that is in use."""
    say, published = asked.say, asked.forms()
    number = published.edition.number
    used = [one for one in counters(asked) if one.in_touch != "retired"]
    same = sum(one.edition == number for one in used)
    other = sum(bool(one.edition) and one.edition != number for one in used)
    facts = (
        (say("desk.editions.number"), number),
        (say("desk.editions.publisher"), published.edition.publisher.in_language(asked.wishes.language)),
        (say("desk.editions.effective"), f"{published.edition.effective}"),
        (say("desk.editions.items"), f"{len(published.catalogue.items)}"),
        (say("desk.editions.digest"), published.catalogue.digest),
    )
    figures = Figures(
        (
            Figure(say("desk.editions.same"), f"{same}", "ok"),
            Figure(say("desk.editions.other"), f"{other}", "warn" if other else "ok"),
            Figure(say("desk.editions.unknown"), f"{len(used) - same - other}"),
        )
    )
    columns = [say(f"desk.editions.{one}") for one in ("edition", "program", "at", "state")]
    names = station_names(asked)
    table = Table(
        say("desk.editions.title"), (say("desk.station"), say("desk.stations.counter"), *columns),
        [_row(asked, one, number, names) for one in used], say("desk.stations.empty"),
        files=files_of(asked, "editions"), remark=say("desk.editions.remark"),
    )  # fmt: skip
    return [figures, Facts(say("desk.editions.published"), facts), table]


def _row(asked: Asked, one: Counter, number: str, names: Mapping[str, str]) -> tuple[Cell, ...]:
    say, none = asked.say, asked.say("desk.none")
    if not one.edition:
        state = Cell(say("desk.editions.not_told"))
    elif one.edition == number:
        state = Cell(say("desk.editions.is_same"), mark="ok")
    else:
        state = Cell(say("desk.editions.is_other"), mark="warn")
    return (
        Cell(f"{one.station} {names.get(one.station, '')}".strip()), Cell(one.counter),
        Cell(one.edition or none), Cell(one.program or none), Cell(shown(one.heard_at) or none), state,
    )  # fmt: skip


EDITIONS = PageOf("editions", "editions", editions, {})
