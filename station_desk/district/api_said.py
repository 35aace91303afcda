"""What the doors of the stations say of themselves: shapes of messages, every refusal by its status."""

from collections.abc import Mapping
from typing import Any

from station_desk.district.doors import JSON, Answer, Said
from station_desk.protocol.editions import AskEditions, AskPiece, Editions, Piece
from station_desk.protocol.messages import (
    AskCallBacks,
    AskKeys,
    AskTaken,
    CallBacks,
    CounterKeys,
    Enrol,
    Enrolled,
    Hello,
    Marks,
    Pull,
    Pulled,
    Push,
    RefusalOf,
    Rotate,
    Taken,
)
from station_desk.protocol.station_said import AskStation, StationByDistrict


def _refused(means: str) -> Answer:
    return Answer(means, JSON, RefusalOf)


_ANY: Mapping[int, Answer] = {
    400: _refused("this is no such message, or something in it cannot be"),
    405: _refused("these doors take POST alone"),
    413: _refused("the message is too big, or holds too much at once"),
    415: _refused("the message is no JSON, or packed in another way than gzip"),
    500: _refused("a mistake of the server; nothing was stored"),
    503: _refused("the database does not answer; nothing was stored"),
}
_SIGNED: Mapping[int, Answer] = {
    **_ANY,
    401: _refused("no counter that is enrolled here signed this, or it was revoked"),
    426: _refused("the district speaks another version of the protocol"),
}
_OWN: Mapping[int, Answer] = {**_SIGNED, 403: _refused("the log belongs to another counter")}


def _said(
    what: str, takes: Any, answer: Answer, others: Mapping[int, Answer], *, signed: bool = True
) -> Said:
    return Said(what, {200: answer, **others}, takes=takes, signed=signed)


ENROL = _said(
    "A counter PC makes its key known, with the one-time code of the district.",
    Enrol,
    Answer("the PC is known from now on", JSON, Enrolled),
    {**_ANY, 403: _refused("the code is not one of those that are open for this station")},
    signed=False,
)
HELLO = _said(
    "What the district holds now of all logs of this counter.",
    Hello,
    Answer("how far each log is here", JSON, Marks),
    _OWN,
)
PUSH = _said(
    "The next events of a log and the dossiers of finished cases; all of it is stored, or nothing.",
    Push,
    Answer("stored: what the district holds now", JSON, Marks),
    {**_OWN, 409: _refused("something before it is missing, or another thing is known under its number")},
)
PULL = _said(
    "The end of one of its own logs, for a counter that was restored from a backup.",
    Pull,
    Answer("the next events, or the next dossiers", JSON, Pulled),
    _OWN,
)
TAKEN = _said(
    "Which of the cases that this counter handed over another one has taken over.",
    AskTaken,
    Answer("the cases that another counter has now", JSON, Taken),
    _SIGNED,
)
ROTATE = _said(
    "A counter PC goes on with another key, which the one before signs for.",
    Rotate,
    Answer("the PC is known by its new key", JSON, Enrolled),
    _SIGNED,
)
KEYS = _said(
    "The public keys of all counters of the district, page by page.",
    AskKeys,
    Answer("a page of keys", JSON, CounterKeys),
    _SIGNED,
)
CALL_BACKS = _said(
    "Whom the station of this counter has to call back after a bad rating; never who rated.",
    AskCallBacks,
    Answer("the open call-backs, the most urgent first", JSON, CallBacks),
    _SIGNED,
)
EDITIONS = _said(
    "Which editions were put in force or taken back; the counter tells what became of those of before.",
    AskEditions,
    Answer("the one in force and those after it", JSON, Editions),
    _SIGNED,
)
EDITION = _said(
    "The next piece of the file of an edition that was put in force.",
    AskPiece,
    Answer("the piece", JSON, Piece),
    _SIGNED,
)
STATION = _said(
    "What the district says of the station of this counter: it holds over what the station says itself.",
    AskStation,
    Answer("what it says; what is empty is left to the station", JSON, StationByDistrict),
    _SIGNED,
)
ROTATE = _said(
    "The PC goes on with another key: signed by the one before, proved by the new one.",
    Rotate,
    Answer("the PC is known by its new key", JSON, Enrolled),
    {**_SIGNED, 403: _refused("the new key does not prove itself, or is another's")},
)
