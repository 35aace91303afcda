"""The keys of all counters, told to every counter, so that each proves the receipts of all while offline."""

import uuid

from sqlalchemy import Connection, select, update

from station_desk.district import tables as t
from station_desk.district.district import District
from station_desk.district.schema import KEYS
from station_desk.protocol.messages import VERSION, AskKeys, CounterKey, CounterKeys

PAGE = 1000


def answer_keys(district: District, asked: AskKeys) -> CounterKeys:
    """The next page of the keys of all counters, retired ones too."""
    d = t.device.c
    rows = district.rows(
        select(
            d.device, d.station, d.counter, d.public_key, d.enrolled_at, d.retired_at, d.retired, d.reason
        ).where(d.device > asked.after).order_by(d.device).limit(PAGE)
    )  # fmt: skip
    keys = tuple(
        CounterKey(
            row["station"], row["counter"], row["public_key"], row["enrolled_at"], row["retired_at"],
            row["retired"], row["reason"],
        )
        for row in rows
    )  # fmt: skip
    return CounterKeys(VERSION, keys, rows[-1]["device"] if len(rows) == PAGE else "")


def keys_mark(connection: Connection) -> str:
    """What `hello` calls the present keys."""
    return str(connection.execute(select(t.about.c.value).where(t.about.c.name == KEYS)).scalar_one())


def note_keys_changed(connection: Connection) -> None:
    """Makes every counter ask for the keys at its next sync."""
    connection.execute(update(t.about).where(t.about.c.name == KEYS).values(value=uuid.uuid4().hex))
