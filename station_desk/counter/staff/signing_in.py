"""Signing in by password, unlocking by PIN: each try is counted on the disk before it is checked."""

import math
from typing import NamedTuple

from station_desk.cases.staff import Acting, Member
from station_desk.cases.tries import FREE, Tries, is_locked, seconds_left, wait_after
from station_desk.core.clock import stamp
from station_desk.core.errors import AuthError
from station_desk.core.uptime import UptimeOf, uptime
from station_desk.counter.desk import Desk
from station_desk.counter.staff.hashing import Hashing, hashing_here
from station_desk.residents.names import normal_name
from station_desk.store import staff as kept
from station_desk.store.staff import Way
from station_desk.store.unit import Unit


class NotRight(AuthError):
    """Name or password; which of them is not said. `left` tries before a wait."""

    code = "staff.not_right"


class WaitFirst(AuthError):
    """`minutes` to wait after wrong tries."""

    code = "staff.wait_first"


class PasswordLocked(AuthError):
    code = "staff.password_locked"


class PinLocked(AuthError):
    code = "staff.pin_locked"


class NoPin(AuthError):
    code = "staff.no_pin"


class _Tried(NamedTuple):
    """A try that is counted and not checked yet."""

    member: Member
    hashed: str
    tries: Tries
    locks: bool


def sign_in(
    desk: Desk, name: str, password: str, hashing: Hashing | None = None, since_start: UptimeOf = uptime
) -> Acting:
    """Who signs in by name and password. Raises NotRight, WaitFirst, PasswordLocked, disk trouble."""
    return _proved(desk, name, "password", password, hashing or hashing_here(), since_start)


def unlock(
    desk: Desk, acting: Acting, secret: str, hashing: Hashing | None = None, since_start: UptimeOf = uptime
) -> Acting:
    """Whoever is signed in comes back by PIN, or by password. Raises as `sign_in` does, NoPin, PinLocked."""
    way: Way = "pin" if secret.isdecimal() and _has_pin(desk, acting.name) else "password"
    return _proved(desk, acting.name, way, secret, hashing or hashing_here(), since_start)


def unlock_by_pin(
    desk: Desk, acting: Acting, pin: str, hashing: Hashing | None = None, since_start: UptimeOf = uptime
) -> Acting:
    """By PIN and nothing else. Raises NotRight, WaitFirst, PinLocked, NoPin, disk trouble."""
    return _proved(desk, acting.name, "pin", pin, hashing or hashing_here(), since_start)


def come(desk: Desk, acting: Acting, way: Way = "password") -> None:
    """Notes that somebody sits at this counter from now on, in the place of whoever was there."""
    with desk.store.writing() as unit:
        if member := found(unit, acting.name):
            kept.begin_presence(unit.connection, member.id, way, stamp(desk.clock()))


def go(desk: Desk) -> None:
    """Nobody is signed in at this counter any more."""
    with desk.store.writing() as unit:
        kept.end_presence(unit.connection, stamp(desk.clock()))


def found(unit: Unit, name: str) -> Member | None:
    """The account of a name, however it is spaced."""
    wanted = normal_name(name).casefold()
    return next((one for one in kept.members(unit.connection) if one.name.casefold() == wanted), None)


def _proved(desk: Desk, name: str, way: Way, secret: str, hashing: Hashing, since_start: UptimeOf) -> Acting:
    with desk.store.writing() as unit:
        tried = _count(unit, name, way, since_start)
    if tried is None:
        # As slow as for a name that is known: nobody learns names by the time an answer takes.
        hashing.hash(secret)
        raise NotRight(left=FREE)
    if not hashing.fits(tried.hashed, secret):
        raise _no(tried, way)
    # A hash is made outside the unit: nothing else waits for it.
    anew = hashing.hash(secret) if hashing.is_weak(tried.hashed) else ""
    with desk.store.writing() as unit:
        _begin(unit, tried.member, way, anew)
    return Acting(tried.member.name, tried.member.role)


def _count(unit: Unit, name: str, way: Way, since_start: UptimeOf) -> _Tried | None:
    """Counts a try. Raises WaitFirst, PasswordLocked, PinLocked, NoPin: those are not counted."""
    member = found(unit, name)
    if member is None or member.is_disabled:
        return None
    hashed = kept.hash_of(unit.connection, member.id, way)
    if not hashed:
        raise NoPin(name=member.name)
    tries, now = kept.tries_of(unit.connection, member.id, way), since_start()
    locks = way == "pin" or not is_only_head(unit, member)
    if is_locked(tries) and locks:
        raise _lock(way)
    if left := seconds_left(tries, now):
        raise WaitFirst(minutes=math.ceil(left / 60))
    kept.count_try(unit.connection, member.id, way, now)
    return _Tried(member, hashed, kept.tries_of(unit.connection, member.id, way), locks)


def _no(tried: _Tried, way: Way) -> AuthError:
    wrong = tried.tries.wrong
    if is_locked(tried.tries) and tried.locks:
        return _lock(way)
    if wait := wait_after(wrong):
        return WaitFirst(minutes=math.ceil(wait / 60))
    return NotRight(left=FREE - wrong)


def _lock(way: Way) -> AuthError:
    return PinLocked() if way == "pin" else PasswordLocked()


def _begin(unit: Unit, member: Member, way: Way, anew: str) -> None:
    # The password proves more than the PIN: it makes an end of wrong PINs too.
    kept.forget_tries(unit.connection, member.id, *(("password", "pin") if way == "password" else (way,)))
    if anew:
        kept.put_hash(unit.connection, member.id, way, anew)


def is_only_head(unit: Unit, member: Member) -> bool:
    """Nobody could lift the lock of the only head: his waits go on doubling instead, up to a day."""
    heads = [one for one in kept.members(unit.connection) if one.role == "head" and not one.is_disabled]
    return [one.id for one in heads] == [member.id]


def _has_pin(desk: Desk, name: str) -> bool:
    with desk.store.reading() as unit:
        member = found(unit, name)
        return bool(member and kept.hash_of(unit.connection, member.id, "pin"))
