"""What a card reader says, a line of JSON each: read strictly, because its program is not ours.

Only what the form needs is taken out of a card. A photo, a fingerprint and everything else is let go of here.
"""

from datetime import date
from typing import Literal

import msgspec

from station_desk.core.identifiers import check_citizen_id, normal
from station_desk.core.visible import is_visible
from station_desk.counter.application import LONGEST_ADDRESS, LONGEST_NAME
from station_desk.residents.names import normal_name

PROTOCOL = 1
LONGEST_LINE = 256 * 1024
"""Bytes of one line: a photo that a reader sends along fits, and is not kept."""

Trouble = Literal["no_reader", "unreadable", "other"]


class Misbehaved(Exception):
    """The reader said something that no reader may say; it is stopped."""


class Hello(msgspec.Struct, frozen=True, tag="hello", tag_field="is"):
    """The first line: which protocol the reader speaks, and its name."""

    protocol: int
    name: str = ""


class CardPresent(msgspec.Struct, frozen=True, tag="card", tag_field="is"):
    """A card lies on the reader and is being read."""


class CardData(msgspec.Struct, frozen=True, tag="data", tag_field="is"):
    """What the card says."""

    id_number: str
    name: str = ""
    address: str = ""


class CardRemoved(msgspec.Struct, frozen=True, tag="removed", tag_field="is"):
    """The card was taken away."""


class ReaderError(msgspec.Struct, frozen=True, tag="error", tag_field="is"):
    """The reader cannot read. Its own words are not shown: they are not ours."""

    code: str = "other"


class Pong(msgspec.Struct, frozen=True, tag="pong", tag_field="is"):
    """The answer to a ping."""


Message = Hello | CardPresent | CardData | CardRemoved | ReaderError | Pong
_READER: msgspec.json.Decoder[Message] = msgspec.json.Decoder(Message)


def read_message(line: bytes) -> Message:
    """One line of a reader. Raises Misbehaved."""
    if len(line) > LONGEST_LINE:
        raise Misbehaved("too long")
    try:
        message = _READER.decode(line)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        # What it said may hold personal data: it goes into no message of ours.
        raise Misbehaved("not understood") from error
    if isinstance(message, Hello) and message.protocol != PROTOCOL:
        raise Misbehaved("another protocol")
    return message


def trouble_of(error: ReaderError) -> Trouble:
    """The trouble as we know it."""
    match error.code:
        case "no_reader" | "unreadable":
            return error.code
        case _:
            return "other"


def card_facts(card: CardData, today: date) -> dict[str, str] | None:
    """What of a card goes into a form, by part of the applicant; None when its number cannot be right.

    A name or an address that no card can have is left out: the clerk types it.
    """
    number = normal(card.id_number[:40])
    if any(fault.blocks for fault in check_citizen_id(number, today)):
        return None
    name, address = normal_name(card.name[: 4 * LONGEST_NAME]), card.address[: 4 * LONGEST_ADDRESS].strip()
    facts = {"id_number": number}
    if name and len(name) <= LONGEST_NAME and is_visible(name):
        facts["name"] = name
    if address and len(address) <= LONGEST_ADDRESS and is_visible(address):
        facts["address"] = address
    return facts
