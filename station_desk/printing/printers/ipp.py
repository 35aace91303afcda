"""The messages of the Internet Printing Protocol that we send and read (RFC 8010), as bytes.

CUPS speaks it to every program of its machine, and so do most printers in the network.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum

VERSION = b"\x02\x00"
OPERATION_GROUP, JOB_GROUP, END = 0x01, 0x02, 0x03
FIRST_VALUE_TAG = 0x10

INTEGER, BOOLEAN, ENUM = 0x21, 0x22, 0x23
NAME, KEYWORD, URI, CHARSET, LANGUAGE, MIME = 0x42, 0x44, 0x45, 0x47, 0x48, 0x49
TEXTS = frozenset({0x41, NAME, KEYWORD, URI, 0x46, CHARSET, LANGUAGE, MIME})


class Operation(IntEnum):
    """What is asked; the last is CUPS's own."""

    CREATE_JOB = 0x0005
    SEND_DOCUMENT = 0x0006
    CANCEL_JOB = 0x0008
    GET_JOB = 0x0009
    GET_JOBS = 0x000A
    GET_PRINTER = 0x000B
    GET_PRINTERS = 0x4002


class Status(IntEnum):
    """The answers that we tell apart; all below 0x0100 are a success."""

    NOT_POSSIBLE = 0x0404
    NOT_FOUND = 0x0406


class JobState(IntEnum):
    """Where a job stands (RFC 8011, 5.3.7)."""

    PENDING = 3
    HELD = 4
    PROCESSING = 5
    STOPPED = 6
    CANCELED = 7
    ABORTED = 8
    COMPLETED = 9


PRINTER_STOPPED = 5
FIRST_FAILURE = 0x0100

Value = int | str | bool | bytes


class IppNotUnderstood(ValueError):
    """What came is no answer of a printer."""


@dataclass(frozen=True, slots=True)
class Attribute:
    """A named value with the tag of its kind; several values of one name stand together."""

    tag: int
    name: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a printer answered: a status, and the attributes of each group behind it."""

    status: int
    groups: tuple[tuple[int, Mapping[str, tuple[Value, ...]]], ...]

    @property
    def failed(self) -> bool:
        """Whether what was asked was not done."""
        return self.status >= FIRST_FAILURE

    def texts(self, name: str) -> list[str]:
        """The values of a name that are words, in all groups."""
        return [
            str(value) for _, group in self.groups for value in group.get(name, ()) if isinstance(value, str)
        ]

    def number(self, name: str, otherwise: int = 0) -> int:
        """The first number of a name."""
        found = (v for _, group in self.groups for v in group.get(name, ()) if isinstance(v, int))
        return next(found, otherwise)


def question(
    operation: Operation, target: str, asked: Sequence[Attribute], job: Sequence[Attribute] = ()
) -> bytes:
    """A question to the printer at `target`; what a document says of itself follows after its end."""
    head = [
        Attribute(CHARSET, "attributes-charset", ("utf-8",)),
        Attribute(LANGUAGE, "attributes-natural-language", ("en",)),
    ]
    if target:
        head.append(Attribute(URI, "printer-uri", (target,)))
    groups = bytes([OPERATION_GROUP]) + b"".join(map(_encoded, (*head, *asked)))
    if job:
        groups += bytes([JOB_GROUP]) + b"".join(map(_encoded, job))
    return VERSION + operation.to_bytes(2, "big") + (1).to_bytes(4, "big") + groups + bytes([END])


def read_answer(raw: bytes) -> Answer:
    """The answer in a message. Raises IppNotUnderstood."""
    try:
        return Answer(int.from_bytes(raw[2:4], "big"), tuple(_groups(raw)))
    except (IndexError, UnicodeDecodeError) as error:
        raise IppNotUnderstood(str(error)) from error


def _groups(raw: bytes) -> list[tuple[int, Mapping[str, tuple[Value, ...]]]]:
    groups: list[tuple[int, dict[str, tuple[Value, ...]]]] = []
    at, name = 8, ""
    while (tag := raw[at]) != END:
        at += 1
        if tag < FIRST_VALUE_TAG:
            groups.append((tag, {}))
            continue
        if not groups:
            raise IppNotUnderstood("a value outside of all groups")
        new_name, at = _piece(raw, at)
        value, at = _piece(raw, at)
        name = new_name.decode() or name
        kept = groups[-1][1]
        kept[name] = (*(kept.get(name, ()) if not new_name else ()), _value(tag, value))
    return [(tag, group) for tag, group in groups]


def _piece(raw: bytes, at: int) -> tuple[bytes, int]:
    start = at + 2
    end = start + int.from_bytes(raw[at:start], "big")
    if end > len(raw):
        raise IppNotUnderstood("cut short")
    return raw[start:end], end


def _value(tag: int, raw: bytes) -> Value:
    match tag:
        case 0x21 | 0x23:
            return int.from_bytes(raw, "big", signed=True)
        case 0x22:
            return raw == b"\x01"
        case _ if tag in TEXTS:
            return raw.decode()
        case _:
            return raw


def _encoded(attribute: Attribute) -> bytes:
    name = attribute.name.encode()
    made = b""
    for place, value in enumerate(attribute.values):
        raw = _raw(value)
        said = b"" if place else name
        made += (
            bytes([attribute.tag]) + len(said).to_bytes(2, "big") + said + len(raw).to_bytes(2, "big") + raw
        )
    return made


def _raw(value: Value) -> bytes:
    match value:
        case bool():
            return bytes([value])
        case int():
            return value.to_bytes(4, "big", signed=True)
        case str():
            return value.encode()
        case bytes():
            return value
