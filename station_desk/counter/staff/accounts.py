"""The accounts as their head keeps them: added, given a new password, disabled; never deleted."""

import secrets
from dataclasses import dataclass, replace

import msgspec

from station_desk.cases.event import Fact
from station_desk.cases.password_rules import require_good_password, require_good_pin
from station_desk.cases.rights import may
from station_desk.cases.staff import (
    ADDED,
    CHANGED,
    STAFF,
    Acting,
    AddedPrivate,
    AddedPublic,
    Changed,
    ChangedPublic,
    Member,
    NoSuchAccount,
    Role,
)
from station_desk.cases.tries import is_locked, seconds_left
from station_desk.core.clock import stamp
from station_desk.core.errors import RuleError
from station_desk.core.uptime import UptimeOf, uptime
from station_desk.core.visible import is_visible
from station_desk.counter.desk import Desk, Station
from station_desk.counter.staff.hashing import Hashing, hashing_here
from station_desk.counter.staff.signing_in import found, is_only_head, sign_in
from station_desk.residents.names import initials, normal_name
from station_desk.store import staff as kept
from station_desk.store.desk_store import Command, Done
from station_desk.store.unit import Unit
from station_desk.store.vault.typed import EnvelopeOpened

LONGEST_NAME = 50
BY_ENVELOPE = "envelope {made}"
"""Who acts in the log where the recovery envelope did; `made` is its day."""
ID_BYTES = 6


class OnlyTheHead(RuleError):
    code = "staff.only_the_head"


class NameNotWellFormed(RuleError):
    code = "staff.name_not_well_formed"


class NameTaken(RuleError):
    code = "staff.name_taken"


class FirstIsHead(RuleError):
    code = "staff.first_is_head"


class LastHead(RuleError):
    code = "staff.last_head"


class AlreadyDisabled(RuleError):
    code = "staff.already_disabled"


class AddMember(msgspec.Struct, frozen=True):
    """A new account. The password goes beside it: what was asked is kept by its hash."""

    name: str
    role: Role


class ChangeMember(msgspec.Struct, frozen=True):
    """Something is done with an account."""

    name: str
    what: Changed


class Account(msgspec.Struct, frozen=True):
    """An account as the head sees it. `since`: signed in here now; `wait`: seconds after wrong tries."""

    name: str
    role: Role
    is_disabled: bool
    added_at: str
    added_by: str
    since: str = ""
    has_pin: bool = False
    wrong: int = 0
    wait: int = 0
    is_locked: bool = False
    pin_is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Hands:
    """What passwords are hashed and waits are measured with."""

    hashing: Hashing
    since_start: UptimeOf


def hands_here() -> Hands:
    """Those of this PC."""
    return Hands(hashing_here(), uptime)


def accounts(desk: Desk, since_start: UptimeOf = uptime) -> list[Account]:
    """All accounts of the station, disabled ones too, in the order in which they were added."""
    now = since_start()
    with desk.store.reading() as unit:
        since = kept.present_since(unit.connection)
        found_ = []
        for one in kept.members(unit.connection):
            tries = kept.tries_of(unit.connection, one.id, "password")
            pins = kept.tries_of(unit.connection, one.id, "pin")
            found_.append(
                Account(
                    one.name, one.role, one.is_disabled, one.added_at, one.added_by, since.get(one.id, ""),
                    bool(kept.hash_of(unit.connection, one.id, "pin")), tries.wrong,
                    round(seconds_left(tries, now)), is_locked(tries) and not is_only_head(unit, one),
                    is_locked(pins),
                )
            )  # fmt: skip
        return found_


def has_accounts(desk: Desk) -> bool:
    """Whether somebody must sign in before anything is done."""
    with desk.store.reading() as unit:
        return kept.has_accounts(unit.connection)


def add_member(
    desk: Desk, wish: AddMember, password: str, command: str, hands: Hands | None = None
) -> Done[Account]:
    """A new account; the first one is the head's, and may be added by whoever sits here.

    Raises NameNotWellFormed, NameTaken, FirstIsHead, OnlyTheHead, and the rules of passwords.
    """
    name = require_name(wish.name)
    require_good_password(password, known_of(name, desk.station))
    hashed = (hands or hands_here()).hashing.hash(password)

    def act(unit: Unit) -> Account:
        _require_head(desk, unit, wish.role)
        if found(unit, name):
            raise NameTaken(name=name)
        at, member = stamp(desk.clock()), secrets.token_hex(ID_BYTES)
        unit.record(
            Fact(STAFF + member, 1, ADDED, at, desk.actor, AddedPublic(wish.role), AddedPrivate(name))
        )
        kept.put_hash(unit.connection, member, "password", hashed)
        return Account(name, wish.role, is_disabled=False, added_at=at, added_by=desk.actor)

    return desk.store.once(Command(command, wish), Account, act)


def disable_member(desk: Desk, name: str, command: str) -> Done[Account]:
    """Ends an account: who it was stays in every case. Raises LastHead, OnlyTheHead, NoSuchAccount."""

    def act(unit: Unit) -> Account:
        _require_head(desk, unit)
        member = _named(unit, name)
        if member.is_disabled:
            raise AlreadyDisabled(name=member.name)
        if is_only_head(unit, member):
            raise LastHead(name=member.name)
        kept.forget_hashes(unit.connection, member.id, "password", "pin")
        kept.forget_tries(unit.connection, member.id, "password", "pin")
        return _changed(desk, unit, member, "disabled")

    return desk.store.once(Command(command, ChangeMember(name, "disabled")), Account, act)


def reset_password(
    desk: Desk, name: str, password: str, command: str, hands: Hands | None = None
) -> Done[Account]:
    """The head gives somebody a new password, and a disabled account back. The PIN is gone.

    Raises OnlyTheHead, NoSuchAccount, and the rules of passwords.
    """
    require_good_password(password, known_of(normal_name(name), desk.station))
    hashed = (hands or hands_here()).hashing.hash(password)

    def act(unit: Unit) -> Account:
        _require_head(desk, unit)
        return put_new_password(desk, unit, _named(unit, name), hashed, "reset")

    return desk.store.once(Command(command, ChangeMember(name, "reset")), Account, act)


def lift(desk: Desk, name: str, command: str) -> Done[Account]:
    """The head ends the wait or the lock of somebody who has the password and only mistyped it."""

    def act(unit: Unit) -> Account:
        _require_head(desk, unit)
        member = _named(unit, name)
        kept.forget_tries(unit.connection, member.id, "password", "pin")
        return _changed(desk, unit, member, "lifted")

    return desk.store.once(Command(command, ChangeMember(name, "lifted")), Account, act)


def change_password(
    desk: Desk, acting: Acting, old: str, new: str, command: str, hands: Hands | None = None
) -> Done[Account]:
    """Somebody takes another password. Raises as `sign_in` for the old one, and the rules of passwords."""
    hands = hands or hands_here()
    require_good_password(new, known_of(acting.name, desk.station))
    sign_in(desk, acting.name, old, hands.hashing, hands.since_start)
    hashed = hands.hashing.hash(new)

    def act(unit: Unit) -> Account:
        return put_new_password(desk, unit, _named(unit, acting.name), hashed, "password")

    return desk.store.once(Command(command, ChangeMember(acting.name, "password")), Account, act)


def set_pin(
    desk: Desk, acting: Acting, password: str, pin: str, command: str, hands: Hands | None = None
) -> Done[Account]:
    """A PIN by which its owner comes back to a locked window. Raises as `sign_in`, and the rules of PINs."""
    hands = hands or hands_here()
    require_good_pin(pin)
    sign_in(desk, acting.name, password, hands.hashing, hands.since_start)
    hashed = hands.hashing.hash(pin)

    def act(unit: Unit) -> Account:
        member = _named(unit, acting.name)
        kept.put_hash(unit.connection, member.id, "pin", hashed)
        return _changed(desk, unit, member, "pin")

    return desk.store.once(Command(command, ChangeMember(acting.name, "pin")), Account, act)


def recover_head(
    desk: Desk, proof: EnvelopeOpened, name: str, password: str, command: str, hands: Hands | None = None
) -> Done[Account]:
    """Whoever has the recovery envelope gives a head a new password, and a disabled one the account back.

    The log says so. Raises NoSuchAccount for who is no head, and the rules of passwords.
    """
    require_good_password(password, known_of(normal_name(name), desk.station))
    hashed = (hands or hands_here()).hashing.hash(password)

    def act(unit: Unit) -> Account:
        member = _named(unit, name)
        if member.role != "head":
            raise NoSuchAccount(name=name)
        by_envelope = replace(desk, acting=Acting(BY_ENVELOPE.format(made=proof.made), "head"))
        return put_new_password(by_envelope, unit, member, hashed, "recovered")

    return desk.store.once(Command(command, ChangeMember(name, "recovered")), Account, act)


def put_new_password(desk: Desk, unit: Unit, member: Member, hashed: str, what: Changed) -> Account:
    """Keeps what a new password hashes to; the PIN and the wrong tries of before are gone."""
    kept.put_hash(unit.connection, member.id, "password", hashed)
    if what != "password":
        kept.forget_hashes(unit.connection, member.id, "pin")
    kept.forget_tries(unit.connection, member.id, "password", "pin")
    return _changed(desk, unit, member, what)


def require_name(text: str) -> str:
    """The name of an account as it is kept. Raises NameNotWellFormed."""
    name = normal_name(text)
    if not name or len(name) > LONGEST_NAME or not is_visible(name):
        raise NameNotWellFormed(most=LONGEST_NAME)
    return name


def known_of(name: str, station: Station) -> tuple[str, ...]:
    """What everybody knows of somebody: no password is made of it."""
    letters = initials(name)
    return (name, *name.split(), letters if len(letters) > 2 else "", station.code, station.name)


def _require_head(desk: Desk, unit: Unit, first: Role = "head") -> None:
    if not kept.has_accounts(unit.connection):
        if first != "head":
            raise FirstIsHead
        return
    desk.require_standing(unit)
    if not may(desk.role, "staff"):
        raise OnlyTheHead


def _named(unit: Unit, name: str) -> Member:
    member = found(unit, name)
    if member is None:
        raise NoSuchAccount(name=name)
    return member


def _changed(desk: Desk, unit: Unit, member: Member, what: Changed) -> Account:
    subject, at = STAFF + member.id, stamp(desk.clock())
    revision = unit.subject_revision(subject) + 1
    unit.record(Fact(subject, revision, CHANGED, at, desk.actor, ChangedPublic(what)))
    disabled = next(one for one in kept.members(unit.connection) if one.id == member.id).is_disabled
    return Account(member.name, member.role, disabled, member.added_at, member.added_by)
