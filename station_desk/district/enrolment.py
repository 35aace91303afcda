"""How a counter PC comes to be known: a one-time code from the district, then its own key for ever after."""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, bindparam, insert, select, update

from station_desk.cases.number import STATION
from station_desk.cases.station_told import StationToldPublic
from station_desk.core.clock import moment, stamp
from station_desk.core.errors import RuleError
from station_desk.core.visible import is_visible
from station_desk.district import tables as t
from station_desk.district.database import Database
from station_desk.district.district import District
from station_desk.district.keys import note_keys_changed
from station_desk.district.refused import Refused
from station_desk.district.station_said import enrolled_again
from station_desk.protocol import signing
from station_desk.protocol.messages import Enrol, Enrolled, Rotate
from station_desk.protocol.signing import is_public_key
from station_desk.protocol.writers import writer_of

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Crockford's base 32: no I, L, O, U, so that a code read aloud or copied by hand stays the same."""

CODE_LENGTH = 10
VALID_FOR = timedelta(hours=24)
MOST_TRIES = 5
REVOKED, REPLACED = "sync.revoked", "sync.replaced"
_MISREAD = str.maketrans("OIL", "011", "- ")
_COUNTER = re.compile(r"[0-9]{2}")
_LONGEST = {"station_name": 100, "phone": 40, "address": 200, "code": 40}


class StationNotWellFormed(RuleError):
    code = "district.station_not_well_formed"


class NoSuchDevice(RuleError):
    code = "district.no_such_device"


@dataclass(frozen=True, slots=True)
class Device:
    """A counter PC that the district knows.

    `retired` is empty, or the code of the sentence that says why the PC may send no more.
    """

    station: str
    counter: str
    id: str
    public_key: str
    retired: str
    reason: str


THE_DEVICE = select(
    *(t.device.c[name] for name in ("station", "counter", "device", "public_key", "retired", "reason"))
).where(t.device.c.station == bindparam("of_station"), t.device.c.device == bindparam("of_device"))


def new_enrol_code(district: District, station: str) -> str:
    """A fresh code of ten characters with which one counter PC of the station may enrol within a day.

    Raises StationNotWellFormed unless the station code has six capital letters or digits.
    """
    if not STATION.fullmatch(station):
        raise StationNotWellFormed(station=station)
    code = "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))
    row = {
        "station": station,
        "digest": _digest(station, code),
        "made_at": stamp(district.clock()),
        "tries": 0,
        "used_at": "",
    }
    district.write(lambda connection: connection.execute(insert(t.enrol_code).values(row)))
    return code


def cancel_codes(district: District, station: str) -> None:
    """No code that the station got and has not used leads to anything any more."""
    c = t.enrol_code.c
    unused = update(t.enrol_code).where(c.station == station, c.used_at == "").values(tries=MOST_TRIES)
    district.write(lambda connection: connection.execute(unused))


def enrol(district: District, asked: Enrol) -> Enrolled:
    """Makes the PC known if its code is right. Raises Refused: malformed, or the one refusal for all else.

    A counter that enrols again has a new key from then on; the old one is retired.
    """
    _require_well_formed(asked)
    # The used-up try must be kept, so the refusal comes after the commit.
    device = district.write(lambda connection: _enrolled(connection, district, asked))
    if device is None:
        raise Refused(403, "sync.enrol_refused")
    return Enrolled(device, district.name, district.public_url, district.identity.public)


def revoke(district: District, station: str, counter: str, reason: str) -> None:
    """Takes nothing from the PC of the counter any more, where `reason` is shown. Raises NoSuchDevice."""
    at = stamp(district.clock())
    retired = district.write(lambda c: _retire(c, station, counter, REVOKED, reason, at))
    if not retired:
        raise NoSuchDevice(station=station, counter=counter)


def rotate(district: District, device: Device, asked: Rotate) -> Enrolled:
    """The PC goes on with a new key; the one before is retired and still proves what it signed.

    Raises Refused for a key that is none or not in its hands, and for a PC that may send no more.
    """
    try:
        signing.require_new_key(asked.public_key, device.id, asked.proof)
    except signing.SignatureRefused as error:
        raise Refused(400, "sync.message_refused", "proof") from error
    # Named after its key, so that who asks again finds what was made.
    new = f"{writer_of(device.station, device.counter)}.{asked.public_key[:12]}"
    district.write(lambda connection: _rotated(connection, district, device, new, asked.public_key))
    return Enrolled(new, district.name, district.public_url, district.identity.public)


def _rotated(connection: Connection, district: District, device: Device, new: str, key: str) -> None:
    connection.execute(select(t.station).where(t.station.c.station == device.station).with_for_update()).all()
    known = find_device(connection, new)
    if known and (known.public_key, known.retired) == (key, ""):
        return
    now = find_device(connection, device.id)
    if known or now is None or now.retired:
        raise Refused(401, "sync.replaced")
    at = stamp(district.clock())
    _retire(connection, device.station, device.counter, REPLACED, "", at)
    _put_device(connection, device.station, device.counter, new, key, at)


def find_device(connection: Connection, device: str) -> Device | None:
    """The PC of that id, retired ones too."""
    row = connection.execute(THE_DEVICE, _of(device)).first()
    return None if row is None else Device(*row)


def glance_at_device(database: Database, device: str) -> Device | None:
    """The same by the quickest way: every request asks first who sends it."""
    return next((Device(*row) for row in database.glance(THE_DEVICE, _of(device))), None)


def _of(device: str) -> dict[str, str]:
    return {"of_station": device.partition(".")[0], "of_device": device}


def _enrolled(connection: Connection, district: District, asked: Enrol) -> str | None:
    if not _use_code(connection, district, asked.station, _normal(asked.code)):
        return None
    at = stamp(district.clock())
    _remember_station(connection, asked)
    _retire(connection, asked.station, asked.counter, REPLACED, "", at)
    device = f"{writer_of(asked.station, asked.counter)}.{secrets.token_hex(6)}"
    _put_device(connection, asked.station, asked.counter, device, asked.public_key, at)
    return device


def _put_device(connection: Connection, station: str, counter: str, device: str, key: str, at: str) -> None:
    connection.execute(
        insert(t.device).values(
            station=station, device=device, counter=counter, public_key=key,
            enrolled_at=at, retired="", reason="", retired_at="",
        )
    )  # fmt: skip
    note_keys_changed(connection)


def _use_code(connection: Connection, district: District, station: str, code: str) -> bool:
    """Whether the code is one of the station's open ones; it is used up, or a try of each of them is."""
    c = t.enrol_code.c
    rows = connection.execute(
        select(c.digest, c.made_at).where(c.station == station, c.used_at == "", c.tries < MOST_TRIES)
        .with_for_update()
    ).all()  # fmt: skip
    now = district.clock()
    still_valid = [row.digest for row in rows if now - moment(row.made_at) < VALID_FOR]
    if not still_valid:
        return False
    digest = _digest(station, code)
    right = digest in still_valid
    of_station = update(t.enrol_code).where(c.station == station)
    if right:
        connection.execute(of_station.where(c.digest == digest).values(used_at=stamp(now)))
    else:
        connection.execute(of_station.where(c.digest.in_(still_valid)).values(tries=c.tries + 1))
    return right


def _remember_station(connection: Connection, asked: Enrol) -> None:
    told = {"name": asked.station_name, "phone": asked.phone, "address": asked.address}
    known = update(t.station).where(t.station.c.station == asked.station)
    if not connection.execute(known.values(told)).rowcount:
        connection.execute(insert(t.station).values({**told, "station": asked.station}))
    own = StationToldPublic(asked.station_name, asked.phone, "", asked.address)
    enrolled_again(connection, asked.station, own)


def _retire(connection: Connection, station: str, counter: str, code: str, reason: str, at: str) -> bool:
    d = t.device.c
    done = connection.execute(
        update(t.device).where(d.station == station, d.counter == counter, d.retired == "")
        .values(retired=code, reason=reason, retired_at=at)
    )  # fmt: skip
    note_keys_changed(connection)
    return done.rowcount > 0


def _digest(station: str, code: str) -> str:
    """What is kept of a code. Slow on purpose: fifty bits could else be tried out from a stolen database."""
    return hashlib.scrypt(code.encode(), salt=station.encode(), n=2**12, r=8, p=1).hex()


def _normal(code: str) -> str:
    return code.upper().translate(_MISREAD)


def _require_well_formed(asked: Enrol) -> None:
    well_formed = (
        STATION.fullmatch(asked.station)
        and _COUNTER.fullmatch(asked.counter)
        and is_public_key(asked.public_key)
        and asked.station_name.strip()
        and all(len(getattr(asked, name)) <= most for name, most in _LONGEST.items())
        and all(is_visible(text) for text in (asked.station_name, asked.phone, asked.address, asked.code))
    )
    if not well_formed:
        raise Refused(400, "sync.message_refused", "enrol")
