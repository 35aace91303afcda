"""What is offered to the counters of the editions: the one in force, those to come, those taken back since.

They fetch it by themselves, hold it against the keys of the catalogue, and say what became of it.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from datetime import date

import msgspec
from sqlalchemy import Connection, select, update

from station_desk.catalogue.edition.number import NUMBER, is_newer
from station_desk.core.visible import is_visible
from station_desk.district import tables as t
from station_desk.district.district import District
from station_desk.district.editions import Kept, file_of, in_force, kept_editions
from station_desk.district.enrolment import Device
from station_desk.district.refused import Refused
from station_desk.protocol.editions import (
    DIGEST,
    LONGEST_VALUE,
    MOST_OFFERED,
    PIECE,
    AskEditions,
    AskPiece,
    Editions,
    EditionsOnStick,
    Offered,
    Piece,
    Took,
)
from station_desk.protocol.messages import VERSION

MOST_VALUES = 8


def editions_mark(connection: Connection, today: date) -> str:
    """Another one than before says that another list is offered; empty where nothing is."""
    facts = [(k.digest, k.day, k.size, k.withdrawn_at) for k in _offered(kept_editions(connection), today)]
    return hashlib.sha256(msgspec.json.encode(facts)).hexdigest()[:16] if facts else ""


def answer_editions(district: District, device: Device, asked: AskEditions) -> Editions:
    """What is offered now; notes what the counter did with what was offered before."""
    if asked.took:
        took = sane(asked.took)
        district.write(lambda connection: _note(connection, device, took))
    return district.read(lambda connection: _told(connection, district.clock().date()))


def answer_piece(district: District, asked: AskPiece) -> Piece:
    """A piece of the file of an edition that was put in force. Raises Refused for any other."""

    def answer(connection: Connection) -> Piece:
        e, p = t.edition.c, t.edition_part.c
        ours = DIGEST.fullmatch(asked.digest) and asked.start >= 0 and asked.start % PIECE == 0
        kept = select(e.size).where(e.digest == asked.digest, e.released_at != "")
        size = connection.execute(kept).scalar() if ours else None
        if size is None or asked.start >= size:
            raise Refused(400, "sync.message_refused", "edition")
        part = select(p.body).where(p.digest == asked.digest, p.place == asked.start // PIECE)
        body = base64.b64decode(connection.execute(part).scalar_one())
        return Piece(VERSION, asked.digest, size, asked.start, body)

    return district.read(answer)


def on_stick(connection: Connection, device: Device, today: date) -> EditionsOnStick | None:
    """The same for the answer to a file: with what the counter did not say it has; None where nothing is."""
    told = _told(connection, today)
    if not told.offered:
        return None
    h = t.health.c
    row = connection.execute(
        select(h.edition, h.editions).where(h.station == device.station, h.device == device.id)
    ).first()
    has = row.edition if row and NUMBER.fullmatch(row.edition) else ""
    kept = {one.number for one in took_of(row.editions) if not one.refused} if row else set()
    files = {
        one.digest: file_of(connection, one.digest)
        for one in told.offered
        if not one.withdrawn and one.number not in kept and is_newer(one.number, has)
    }
    return EditionsOnStick(told, files)


def took_of(kept: str) -> tuple[Took, ...]:
    """What a counter said became of the editions, as it is kept; nothing where it said nothing."""
    try:
        return msgspec.json.decode(kept, type=tuple[Took, ...]) if kept else ()
    except msgspec.MsgspecError:
        return ()


def sane(took: Sequence[Took]) -> tuple[Took, ...]:
    """What of it a desk can mean: short and to be seen."""
    return tuple(
        Took(one.number, _word(one.refused), {_word(n): _word(v) for n, v in _few(one.values)})
        for one in took[:MOST_OFFERED]
        if NUMBER.fullmatch(one.number)
    )


def _few(values: dict[str, str]) -> Iterable[tuple[str, str]]:
    return list(values.items())[:MOST_VALUES]


def _word(text: str) -> str:
    return text[:LONGEST_VALUE] if is_visible(text) else ""


def _note(connection: Connection, device: Device, took: tuple[Took, ...]) -> None:
    h = t.health.c
    kept = msgspec.json.encode(took).decode()
    known = update(t.health).where(h.station == device.station, h.device == device.id)
    connection.execute(known.values(editions=kept))


def _told(connection: Connection, today: date) -> Editions:
    offered = tuple(
        Offered(
            one.digest, one.number, one.day, one.size,
            hashlib.sha256(file_of(connection, one.digest)).hexdigest(), bool(one.withdrawn_at),
        )
        for one in _offered(kept_editions(connection), today)
    )  # fmt: skip
    return Editions(VERSION, editions_mark(connection, today), offered)


def _offered(kept: Sequence[Kept], today: date) -> list[Kept]:
    """From the one in force on, the oldest first; counters that have an older one need no other."""
    holding = in_force(kept, today)
    released = [one for one in reversed(kept) if one.released_at]
    if holding:
        released = [one for one in released if one == holding or is_newer(one.number, holding.number)]
    return released[-MOST_OFFERED:]
