"""The log: everything that happens is an event, chained by hashes to the one before it of the same writer.

An event has a public part (stage, times, due dates: pushed as it happens) and may have a private part (form,
materials, names: pushed when the case is finished). The chain hashes the public part and a salted commitment
to the private part, so that destroying the private part and its salt later never breaks the chain.
"""

import hashlib
import secrets

import msgspec

FIRST = "0" * 64
"""What the first event of a writer names as the hash before it."""

HASH_VERSION = 1


class Event(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One line of a writer's log as the district gets it. `seq` starts at 1 and has no gaps.

    `public` is kept as the very text that was hashed; `commitment` is empty when there is no private part.
    It holds nothing but texts and numbers, so the collector of cycles need not look at it (`gc`).
    """

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
    public: str
    commitment: str


class Secret(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The private part of an event with the salt that makes its commitment unguessable."""

    text: str
    salt: str


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """The end of a writer's log: how far it goes and what it hashes to."""

    seq: int = 0
    hash: str = FIRST


class Fact(msgspec.Struct, frozen=True):
    """What an act wants to say, before it has its place in the log."""

    subject: str
    revision: int
    kind: str
    at: str
    actor: str
    public: msgspec.Struct
    private: msgspec.Struct | None = None


def seal(fact: Fact, writer: str, head: Head, command: str) -> tuple[Event, Secret | None]:
    """The fact as the next event of `writer` after `head`, with its private part if it has one."""
    public = msgspec.json.encode(fact.public).decode()
    secret = None
    if fact.private is not None:
        secret = Secret(msgspec.json.encode(fact.private).decode(), secrets.token_hex(16))
    commitment = commit(secret) if secret else ""
    event = Event(
        writer, head.seq + 1, head.hash, "", fact.subject, fact.revision, fact.kind, fact.at, fact.actor,
        command, public, commitment,
    )  # fmt: skip
    return msgspec.structs.replace(event, hash=hash_of(event)), secret


def hash_of(event: Event) -> str:
    """SHA-256 over everything an event says and the hash before it."""
    said = [
        HASH_VERSION, event.writer, event.seq, event.prev, event.subject, event.revision, event.kind,
        event.at, event.actor, event.command, event.public, event.commitment,
    ]  # fmt: skip
    return hashlib.sha256(msgspec.json.encode(said)).hexdigest()


def commit(secret: Secret) -> str:
    """The promise in the chain to the private part: SHA-256 over salt and text."""
    return hashlib.sha256(bytes.fromhex(secret.salt) + secret.text.encode()).hexdigest()


def follows(event: Event, head: Head) -> bool:
    """Whether the event is the next of its writer after `head` and hashes to what it says."""
    return event.seq == head.seq + 1 and event.prev == head.hash and event.hash == hash_of(event)


def head_of(event: Event) -> Head:
    """The end of the log once this event is in it."""
    return Head(event.seq, event.hash)
