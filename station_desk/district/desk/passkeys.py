"""The passkeys of the officials: kept by their public halves, used in place of password and one-time code."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from ipaddress import ip_address

from sqlalchemy import Connection, RowMapping, delete, insert, select, update
from starlette.requests import Request

from station_desk.core.clock import stamp
from station_desk.core.errors import AuthError, RuleError
from station_desk.core.visible import is_visible
from station_desk.district import tables as t
from station_desk.district.desk.acts import note
from station_desk.district.desk.passkey_proof import (
    VALID_FOR,
    PasskeyRefused,
    Proof,
    Site,
    heard,
    is_ours,
    new_challenge,
    proved_new,
    proved_use,
    require_signed,
    told,
)
from station_desk.district.desk.sessions import begin
from station_desk.district.desk.totp import matching_step
from station_desk.district.district import District

MOST = 5
LONGEST_NAME = 40
LONGEST_USER = 64
STOPPED = 2**32
"""More than any authenticator counts."""

USE, MAKE = "use", "make"


class PasskeyCopied(AuthError):
    """`name`: that of a passkey that counts backwards, so that there are two of it."""

    code = "district.passkey_copied"


class PasskeysTooMany(RuleError):
    code = "district.passkeys_too_many"


class PasskeyNameNeeded(RuleError):
    code = "district.passkey_name_needed"


class CodeNeeded(RuleError):
    code = "district.passkey_code_wrong"


class NoSuchPasskey(RuleError):
    code = "district.no_such_passkey"


@dataclass(frozen=True, slots=True)
class Passkey:
    """A passkey as its owner sees it; `used_at` is empty until it was used."""

    passkey: str
    name: str
    made_at: str
    used_at: str
    stopped: bool = False
    """It counted backwards once: there is a copy of it."""


def site_of(request: Request, public_url: str) -> Site | None:
    """For which host passkeys are made: that of the public address, else the one that was asked.

    None where both are numbers instead of names: browsers make no passkeys for those.
    """
    asked = public_url.partition("://")[2].partition("/")[0], request.headers.get("host", "")
    for where in asked:
        host = where.rsplit(":", 1)[0] if where.rpartition(":")[2].isdecimal() else where
        if host and not _is_number(host):
            here = {f"http://{where}"} if host == "localhost" else set()
            return Site(host, frozenset({f"https://{where}", *here}))
    return None


def _is_number(host: str) -> bool:
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True


def challenge(district: District, purpose: str) -> str:
    """A fresh challenge."""
    return new_challenge(district.identity.sign, purpose, district.clock())


def passkeys_of(district: District, staff: str) -> Sequence[Passkey]:
    """Those of one account, the oldest first."""
    p = t.staff_passkey.c
    rows = district.rows(t.staff_passkey.select().where(p.staff == staff).order_by(p.made_at, p.passkey))
    return [
        Passkey(row["passkey"], row["name"], row["made_at"], row["used_at"], row["counted"] >= STOPPED)
        for row in rows
    ]


def add_passkey(district: District, staff: str, form: Mapping[str, str], site: Site | None) -> None:
    """Keeps a new passkey, once its owner has shown a one-time code too.

    Raises PasskeyNameNeeded, CodeNeeded, PasskeysTooMany, PasskeyRefused.
    """
    name = " ".join(form.get("name", "").split())[:LONGEST_NAME]
    if not name or not is_visible(name):
        raise PasskeyNameNeeded
    if site is None:
        raise PasskeyRefused
    proof, passkey, public_key = proved_new(form, site)
    _require_ours(district, f"{MAKE} {staff}", proof)
    row = {
        "passkey": passkey, "staff": staff, "name": name, "public_key": public_key, "counted": proof.counted,
        "made_at": stamp(district.clock()), "used_at": "",
    }  # fmt: skip

    def added(connection: Connection) -> None:
        _use_code(connection, district, staff, form.get("code", ""))
        _use_up(connection, district, proof.challenge, staff)
        known = connection.execute(select(t.staff_passkey.c.passkey, t.staff_passkey.c.staff)).all()
        if sum(one.staff == staff for one in known) >= MOST:
            raise PasskeysTooMany(most=MOST)
        if not passkey or passkey in [one.passkey for one in known]:
            raise PasskeyRefused
        connection.execute(insert(t.staff_passkey).values(row))

    district.write(added)


def remove_passkey(district: District, staff: str, passkey: str) -> None:
    """It opens nothing any more. Raises NoSuchPasskey."""
    p = t.staff_passkey.c
    gone = delete(t.staff_passkey).where(p.staff == staff, p.passkey == passkey)
    if not district.write(lambda connection: connection.execute(gone).rowcount):
        raise NoSuchPasskey


def sign_in_by_passkey(district: District, form: Mapping[str, str], site: Site | None) -> str:
    """The token of a new session. Raises PasskeyRefused whatever was wrong; the record tells of it."""
    try:
        row, proof = _shown(district, form, site)
        token = district.write(lambda connection: _begun(connection, district, row, proof))
    except PasskeyCopied as error:
        copied = error
        district.write(lambda connection: _stop(connection, district, copied))
        raise
    except PasskeyRefused:
        district.write(lambda connection: note(connection, district.clock(), "", "passkey_refused"))
        raise
    return token


def _shown(district: District, form: Mapping[str, str], site: Site | None) -> tuple[RowMapping, Proof]:
    """The passkey that proved itself. Raises PasskeyRefused."""
    if site is None:
        raise PasskeyRefused
    proof = proved_use(form, site)
    _require_ours(district, USE, proof)
    row = _row(district, told(heard(form.get("passkey", ""))))
    require_signed(row["public_key"], form)
    # Whose it is the authenticator knows too: the browser chose it without a name typed in.
    if heard(form.get("user", "")) != row["staff"].encode()[:LONGEST_USER]:
        raise PasskeyRefused
    return row, proof


def _stop(connection: Connection, district: District, copied: PasskeyCopied) -> None:
    """Nobody knows which of the two is the right one: neither opens anything any more."""
    p, staff, passkey = t.staff_passkey.c, copied.values["staff"], copied.values["passkey"]
    connection.execute(update(t.staff_passkey).where(p.passkey == passkey).values(counted=STOPPED))
    note(connection, district.clock(), f"{staff}", "passkey_copied", f"{copied.values['name']}")


def _row(district: District, passkey: str) -> RowMapping:
    rows = district.rows(t.staff_passkey.select().where(t.staff_passkey.c.passkey == passkey))
    if not rows:
        raise PasskeyRefused
    return rows[0]


def _begun(connection: Connection, district: District, row: RowMapping, proof: Proof) -> str:
    s, p, now, staff = t.staff.c, t.staff_passkey.c, district.clock(), row["staff"]
    who = connection.execute(t.staff.select().where(s.staff == staff).with_for_update()).mappings().first()
    if who is None or who["disabled_at"] or not who["hashed"]:
        raise PasskeyRefused
    _use_up(connection, district, proof.challenge, staff)
    # An authenticator that counts must have counted on: else there are two of it.
    moved = update(t.staff_passkey).where(p.passkey == row["passkey"])
    if proof.counted or row["counted"]:
        moved = moved.where(p.counted < proof.counted)
    if not connection.execute(moved.values(counted=proof.counted, used_at=stamp(now))).rowcount:
        raise PasskeyCopied(staff=staff, passkey=row["passkey"], name=row["name"])
    note(connection, now, staff, "passkey_signed_in", row["name"])
    return begin(connection, now, staff)


def _require_ours(district: District, purpose: str, proof: Proof) -> None:
    if not is_ours(district.identity.sign, purpose, proof.challenge, district.clock()):
        raise PasskeyRefused


def _use_up(connection: Connection, district: District, challenge: str, staff: str) -> None:
    """A challenge is good once."""
    a, now = t.passkey_ask.c, district.clock()
    connection.execute(delete(t.passkey_ask).where(a.until < stamp(now)))
    digest = hashlib.sha256(challenge.encode()).hexdigest()
    if connection.execute(select(a.digest).where(a.digest == digest)).first():
        raise PasskeyRefused
    values = {"digest": digest, "staff": staff, "until": stamp(now + 2 * VALID_FOR)}
    connection.execute(insert(t.passkey_ask).values(values))


def _use_code(connection: Connection, district: District, staff: str, code: str) -> None:
    s = t.staff.c
    who = connection.execute(t.staff.select().where(s.staff == staff).with_for_update()).mappings().one()
    step = matching_step(who["secret"], code, district.clock(), who["step"])
    if step is None:
        raise CodeNeeded
    connection.execute(update(t.staff).where(s.staff == staff).values(step=step))
