"""Everything the district holds as JSON lines in one fixed order, to compare, to count, to hand over."""

from collections.abc import Iterator
from typing import Any

import msgspec
from sqlalchemy import select

from station_desk.district import tables as t
from station_desk.district.district import District
from station_desk.district.rows import dossier_of, event_of, events, in_order

Line = dict[str, Any]


def dump(district: District) -> Iterator[Line]:
    """One line for each event and dossier, by writer and number, without any private part."""
    for line in dump_with_contents(district):
        if line["what"] == "dossier":
            line["parts"] = [{"seq": part["seq"]} for part in line["parts"]]
        yield line


def dump_with_contents(district: District) -> Iterator[Line]:
    """One line for each event and dossier, the private parts of finished cases in full."""
    e, d = t.event.c, t.dossier.c
    for station, writer in sorted(
        (row["station"], row["writer"])
        for row in district.rows(select(t.writer.c.station, t.writer.c.writer))
    ):
        of_log = events().where(e.station == station, e.writer == writer)
        for row in in_order(district.rows, of_log, e.seq):
            yield {"what": "event", **msgspec.structs.asdict(event_of(row))}
        finished = t.dossier.select().where(d.station == station, d.writer == writer)
        for row in in_order(district.rows, finished, d.number):
            yield {"what": "dossier", **msgspec.to_builtins(dossier_of(row))}
