"""What a counter tells of itself when it asks for the marks: how far its logs go, what waits since when.

Set against the marks of now that is always the truth about what is still missing, whatever was sent since.
"""

from collections.abc import Mapping

import msgspec
from sqlalchemy import Connection, insert, update

from station_desk.district import tables as t
from station_desk.district.enrolment import Device
from station_desk.protocol.messages import Mark, Marks, Standing


def note_standing(connection: Connection, device: Device, marks: Marks, standing: Standing | None) -> None:
    """Keeps what the counter told; a counter that tells nothing was at least here.

    What it told last time is complete by now, or never was: the time of the last complete one is kept.
    """
    h = t.heard.c
    of_counter = (h.station == device.station, h.counter == device.counter)
    before = connection.execute(t.heard.select().where(*of_counter)).mappings().first()
    if standing is None and before is not None and before["heads"]:
        # The first word of a sync, before it learns that we hear more.
        return
    values = {
        "told_at": marks.time,
        "heads": msgspec.json.encode(standing.heads).decode() if standing else "",
        "oldest": standing.oldest if standing else "",
    }
    if before is None:
        whose = {"station": device.station, "counter": device.counter, "complete_at": ""}
        connection.execute(insert(t.heard).values({**values, **whose}))
        return
    if before["heads"] and not any(pending(before["heads"], marks.marks)):
        values["complete_at"] = before["told_at"]
    connection.execute(update(t.heard).where(*of_counter).values(values))


def pending(heads: str, held: Mapping[str, Mark]) -> tuple[int, int]:
    """How many events and dossiers of what a counter told are not here."""
    told = msgspec.json.decode(heads, type=dict[str, Mark]) if heads else {}
    events = dossiers = 0
    for writer, mark in told.items():
        here = held.get(writer, Mark())
        events += max(0, mark.head.seq - here.head.seq)
        dossiers += max(0, mark.dossiers - here.dossiers)
    return events, dossiers
