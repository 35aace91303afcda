"""What a bad rating sets going at the station: the head gets it to call back, and what he did comes up again.

Down goes what is open, never who rated or in which words; up comes an event of the counter's log, so it is
sent once, also after a month without network or on a stick. The first answer to a rating counts.
"""

import hashlib
from collections.abc import Iterable

import msgspec
from sqlalchemy import Connection, func, select, update

from station_desk.cases.called_back import ANSWERED, MOST_DONE, CallBackAnsweredPublic
from station_desk.cases.event import Event
from station_desk.district import tables as t
from station_desk.protocol.messages import MOST_CALL_BACKS, VERSION, CallBack, CallBacks

BY_STATION, BY_DISTRICT = "station", "district"


def call_backs_of(connection: Connection, station: str) -> CallBacks:
    """The open call-backs of a station; its mark is made of what it says."""
    r = t.rating.c
    waits = (r.station == station, r.mend_by != "", r.mended_at == "")
    rows = connection.execute(
        select(r.number, r.grade, r.reasons, r.rated_at, r.mend_by)
        .where(*waits).order_by(r.mend_by, r.number).limit(MOST_CALL_BACKS)
    ).all()  # fmt: skip
    count = len(rows)
    if count == MOST_CALL_BACKS:
        count = connection.execute(select(func.count()).select_from(t.rating).where(*waits)).scalar_one()
    listed = tuple(
        CallBack(row.number, row.grade, msgspec.json.decode(row.reasons, type=tuple[str, ...]), row.rated_at,
                 row.mend_by)
        for row in rows
    )  # fmt: skip
    mark = hashlib.sha256(msgspec.json.encode((count, listed))).hexdigest()[:16]
    return CallBacks(VERSION, mark, count, listed)


def note_answers(connection: Connection, station: str, events: Iterable[Event]) -> None:
    """Closes the ratings that these events of the station's logs answer, unless somebody did before."""
    r = t.rating.c
    for event in events:
        if event.kind != ANSWERED:
            continue
        said = msgspec.json.decode(event.public, type=CallBackAnsweredPublic)
        answered = {
            "mended_at": event.at, "outcome": said.done[:MOST_DONE], "mended_by": BY_STATION,
            "called_on": said.done_on[:10],
        }  # fmt: skip
        # The rating is named by its moment too: a restored district may have been given another one since.
        rating = (r.station == station, r.number == said.number, r.rated_at == said.rated_at)
        connection.execute(
            update(t.rating).where(*rating, r.mend_by != "", r.mended_at == "").values(answered)
        )
