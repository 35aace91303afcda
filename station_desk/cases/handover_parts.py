"""What the events say by which a case goes from one counter to another, and how its history is carried.

The counter that takes a case over writes the whole history into its own log: the events as the other counter
wrote them, hashes and all, and their private parts with the salts. So each log stands alone, and whoever has
both can compare them.
"""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from station_desk.cases.event import Event, Secret

TAKEN_OVER = "case.taken_over"
MOST_HANDS = 40
"""So often a case may change hands at most: each take-over carries all that went before."""


class Carried(msgspec.Struct, frozen=True):
    """An event of the case as another counter wrote it; `public` is the very text that was hashed."""

    writer: str
    seq: int
    prev: str
    hash: str
    subject: str
    revision: int
    kind: str
    at: str
    actor: str
    command: str
    public: msgspec.Raw
    commitment: str

    def event(self) -> Event:
        """The event again, letter by letter."""
        facts = {name: getattr(self, name) for name in self.__struct_fields__}
        return Event(**{**facts, "public": bytes(self.public).decode()})


class CarriedSecret(msgspec.Struct, frozen=True):
    """The private part of the event `seq` of `writer`; `text` is the very text that was committed to."""

    writer: str
    seq: int
    salt: str
    text: msgspec.Raw

    def secret(self) -> Secret:
        """The private part again, letter by letter."""
        return Secret(bytes(self.text).decode(), self.salt)


class TransferredPublic(msgspec.Struct, frozen=True):
    """The case leaves the counter `source` for the counter `to` of the same station."""

    source: str
    to: str


class TakenBackPublic(msgspec.Struct, frozen=True):
    """The hand-over of the event with this hash did not come about: the case stays here."""

    handed: str


class TakenOverPublic(msgspec.Struct, frozen=True):
    """The case goes on at `counter`; `carried` is its history up to its hand-over by `source`."""

    source: str
    counter: str
    carried: tuple[Carried, ...]


class TakenOverPrivate(msgspec.Struct, frozen=True):
    """The private parts of the carried events."""

    parts: tuple[CarriedSecret, ...]


def carried(event: Event) -> Carried:
    """The event as another log carries it."""
    facts = {name: getattr(event, name) for name in event.__struct_fields__}
    return Carried(**{**facts, "public": msgspec.Raw(event.public.encode())})


def carried_secret(event: Event, secret: Secret) -> CarriedSecret:
    """The private part of the event as another log carries it."""
    return CarriedSecret(event.writer, event.seq, secret.salt, msgspec.Raw(secret.text.encode()))


def secrets_of(private: str | None) -> Mapping[tuple[str, int], Secret]:
    """The carried private parts by writer and number; none once they were destroyed."""
    if not private:
        return {}
    told = msgspec.json.decode(private, type=TakenOverPrivate)
    return {(part.writer, part.seq): part.secret() for part in told.parts}


def history(event: Event, private: str | None) -> Iterator[tuple[Event, Secret | None]]:
    """Every event that a take-over carries, those of earlier take-overs too, in the order they happened."""
    secrets = secrets_of(private)
    for one in msgspec.json.decode(event.public, type=TakenOverPublic).carried:
        earlier, secret = one.event(), secrets.get((one.writer, one.seq))
        if one.kind == TAKEN_OVER:
            yield from history(earlier, secret.text if secret else None)
        yield earlier, secret


def whole(log: Iterable[tuple[Event, Secret | None]]) -> list[tuple[Event, Secret | None]]:
    """The whole history of a case out of what one log holds of it: what was elsewhere is carried in it."""
    found: list[tuple[Event, Secret | None]] = []
    for event, secret in log:
        if event.kind == TAKEN_OVER:
            found = list(history(event, secret.text if secret else None))
        found.append((event, secret))
    return found


def log_of(writer: str) -> str:
    """The counter's first log: one that goes on after a restore is called `QSQ001.02~ab12`."""
    return writer.partition("~")[0]
