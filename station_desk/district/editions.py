"""The editions that were brought to the district: kept with their signatures, put in force, withdrawn.

Signed is elsewhere: no key that signs ever lies here. An edition that was put in force never leaves, so that
it stays plain what held on which day; it can only be withdrawn.
"""

import base64
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, update

from station_desk.catalogue.edition.bundle import Bundle, authentic, joined, opened
from station_desk.catalogue.edition.keys import is_signed_by
from station_desk.catalogue.edition.number import is_newer, rank
from station_desk.catalogue.edition.root import RootList, signers
from station_desk.catalogue.edition.trouble import EditionOlder
from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError
from station_desk.district import tables as t
from station_desk.district.district import District
from station_desk.protocol.editions import PIECE

PART = PIECE
MOST_OPEN = 20
"""Editions that wait to be put in force; whoever brings more discards some first."""


class EditionNotThere(RuleError):
    code = "edition.not_there"


class EditionsTooMany(RuleError):
    code = "edition.too_many_open"


class AlreadyReleased(RuleError):
    code = "edition.already_released"


class NotReleased(RuleError):
    code = "edition.not_released"


class DayNotPossible(RuleError):
    code = "edition.day_not_possible"


class ReasonNeeded(RuleError):
    code = "edition.reason_needed"


@dataclass(frozen=True, slots=True)
class Kept:
    """An edition that is here; `day` and what follows it are empty until they come."""

    digest: str
    number: str
    effective: str
    expires: str
    size: int
    uploaded_at: str
    uploaded_by: str
    day: str
    released_at: str
    released_by: str
    withdrawn_at: str
    withdrawn_by: str
    reason: str

    def in_force_on(self, today: date) -> bool:
        """Whether it was put in force and its day has come."""
        return bool(self.day) and not self.withdrawn_at and self.day <= today.isoformat()


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with one key: good, bad, lacking, or stranger (signed by a key that is not named)."""

    key: str
    name: str
    how: str


def put(district: District, root: RootList, bundle: bytes, by: str) -> Kept:
    """Keeps an edition; one that is here already gets the signatures that it lacked.

    Raises what `opened` raises, SignatureBad and SignatureTwice, EditionsTooMany.
    """
    known = opened(bundle)
    if root.key:
        signers(root, "edition", known.text, known.signatures)
    digest = hashlib.sha256(known.text).hexdigest()
    edition, now = known.edition, stamp(district.clock())
    row = {
        "digest": digest, "number": edition.number, "effective": edition.effective.isoformat(),
        "expires": edition.expires.isoformat(), "size": len(bundle), "uploaded_at": now, "uploaded_by": by,
        "day": "", "released_at": "", "released_by": "", "withdrawn_at": "", "withdrawn_by": "", "reason": "",
    }  # fmt: skip

    def kept(connection: Connection) -> None:
        held = file_of(connection, digest)
        whole = joined(bundle, held) if held else bundle
        if not held:
            _require_room(kept_editions(connection))
            connection.execute(insert(t.edition).values(row))
        connection.execute(delete(t.edition_part).where(t.edition_part.c.digest == digest))
        connection.execute(insert(t.edition_part), _parts(digest, whole))
        connection.execute(update(t.edition).where(t.edition.c.digest == digest).values(size=len(whole)))

    district.write(kept)
    return one(district, digest)


def all_kept(district: District) -> list[Kept]:
    """All of them, the newest number first."""
    return district.read(kept_editions)


def one(district: District, digest: str) -> Kept:
    """The edition of that digest. Raises EditionNotThere."""
    found = next((kept for kept in all_kept(district) if kept.digest == digest), None)
    if found is None:
        raise EditionNotThere
    return found


def bundle_of(district: District, digest: str) -> bytes:
    """Its file, with all signatures that came. Raises EditionNotThere."""
    bundle = district.read(lambda connection: file_of(connection, digest))
    if not bundle:
        raise EditionNotThere
    return bundle


def standings(root: RootList, bundle: Bundle) -> list[Standing]:
    """Every key of the list and every signature of another one."""
    by_key = {signature.key: signature for signature in bundle.signatures}
    found = []
    for key in root.key:
        signature = by_key.pop(key.id, None)
        good = signature is not None and is_signed_by(key.public, "edition", bundle.text, signature)
        how = "good" if good else "bad" if signature else "lacking"
        found.append(Standing(key.id, key.name, how))
    return [*found, *(Standing(key, "", "stranger") for key in sorted(by_key))]


def in_force(kept: Iterable[Kept], today: date) -> Kept | None:
    """The newest one whose day has come."""
    return max((k for k in kept if k.in_force_on(today)), key=lambda k: rank(k.number), default=None)


def release(district: District, root: RootList, digest: str, day: date, by: str) -> None:
    """Puts an edition in force from a day on, when enough of the keys signed it.

    Raises EditionNotThere, AlreadyReleased, what `authentic` raises, EditionOlder, DayNotPossible.
    """
    authentic(opened(bundle_of(district, digest)), root)
    today = district.clock().date()

    def released(connection: Connection) -> None:
        held = kept_editions(connection)
        mine = _released_not_yet(held, digest)
        newest = max((k.number for k in held if k.released_at), key=rank, default="")
        if not is_newer(mine.number, newest):
            # Counters that have the newer one would refuse it.
            raise EditionOlder(number=mine.number, newest=newest)
        first = max(mine.effective, today.isoformat())
        if not first <= day.isoformat() <= mine.expires:
            raise DayNotPossible(number=mine.number, first=first, last=mine.expires)
        values = {"day": day.isoformat(), "released_at": stamp(district.clock()), "released_by": by}
        connection.execute(update(t.edition).where(t.edition.c.digest == digest).values(values))

    district.write(released)


def withdraw(district: District, digest: str, reason: str, by: str) -> None:
    """Takes an edition out of force; the one before it holds again. Raises EditionNotThere, NotReleased,
    ReasonNeeded.
    """
    if not reason:
        raise ReasonNeeded

    def withdrawn(connection: Connection) -> None:
        mine = _of(kept_editions(connection), digest)
        if not mine.released_at or mine.withdrawn_at:
            raise NotReleased(number=mine.number)
        values = {"withdrawn_at": stamp(district.clock()), "withdrawn_by": by, "reason": reason}
        connection.execute(update(t.edition).where(t.edition.c.digest == digest).values(values))

    district.write(withdrawn)


def discard(district: District, digest: str) -> None:
    """Throws away an edition that was never put in force. Raises EditionNotThere, AlreadyReleased."""

    def discarded(connection: Connection) -> None:
        _released_not_yet(kept_editions(connection), digest)
        for table in (t.edition_part, t.edition):
            connection.execute(delete(table).where(table.c.digest == digest))

    district.write(discarded)


def kept_editions(connection: Connection) -> list[Kept]:
    """The same within a transaction."""
    rows = [Kept(**row) for row in connection.execute(t.edition.select()).mappings().all()]
    return sorted(rows, key=lambda kept: (rank(kept.number), kept.uploaded_at), reverse=True)


def _of(held: Sequence[Kept], digest: str) -> Kept:
    found = next((kept for kept in held if kept.digest == digest), None)
    if found is None:
        raise EditionNotThere
    return found


def _released_not_yet(held: Sequence[Kept], digest: str) -> Kept:
    mine = _of(held, digest)
    if mine.released_at:
        raise AlreadyReleased(number=mine.number)
    return mine


def _require_room(held: Sequence[Kept]) -> None:
    if sum(not kept.released_at for kept in held) >= MOST_OPEN:
        raise EditionsTooMany(most=MOST_OPEN)


def file_of(connection: Connection, digest: str) -> bytes:
    """The file of an edition within a transaction; empty where there is none of that digest."""
    p = t.edition_part.c
    parts = t.edition_part.select().where(p.digest == digest).order_by(p.place)
    return b"".join(base64.b64decode(row["body"]) for row in connection.execute(parts).mappings().all())


def _parts(digest: str, bundle: bytes) -> list[dict[str, object]]:
    cuts = range(0, len(bundle), PART)
    return [
        {"digest": digest, "place": n, "body": base64.b64encode(bundle[at : at + PART]).decode()}
        for n, at in enumerate(cuts)
    ]
