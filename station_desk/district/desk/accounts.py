"""The accounts of the district desk: made on the server, set up by a one-time link, proved by two things.

An account is never deleted, so that the record goes on telling who it was.
"""

import hashlib
import secrets
import unicodedata
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from station_desk.cases.password_rules import require_good_password
from station_desk.core.clock import moment, stamp
from station_desk.core.errors import RuleError
from station_desk.core.visible import is_visible
from station_desk.counter.staff.hashing import Hashing
from station_desk.district import tables as t
from station_desk.district.desk.acts import note
from station_desk.district.desk.roles import ROLES, Role
from station_desk.district.desk.sessions import end_all
from station_desk.district.desk.totp import matching_step, new_secret
from station_desk.district.district import District

LINK_LASTS = timedelta(hours=48)
LONGEST_NAME = 40
SERVER = "server"
"""Who acts when a verb is run on the server itself."""


class StaffNameNotWellFormed(RuleError):
    code = "district.staff_name_not_well_formed"


class StaffExists(RuleError):
    code = "district.staff_exists"


class NoSuchStaff(RuleError):
    code = "district.no_such_staff"


class RoleUnknown(RuleError):
    code = "district.role_unknown"


class LinkNotOpen(RuleError):
    code = "district.link_not_open"


class PasswordsDiffer(RuleError):
    code = "district.passwords_differ"


class CodeWrong(RuleError):
    code = "district.code_wrong"


@dataclass(frozen=True, slots=True)
class Account:
    """Who may sign in; `state` is open (not set up yet), active or disabled."""

    name: str
    role: str
    state: str
    made_at: str


def add_staff(district: District, name: str, role: str) -> str:
    """A new account; answers the token of its set-up link.

    Raises StaffNameNotWellFormed, RoleUnknown, StaffExists.
    """
    name, known, token = well_formed(name), _role(role), secrets.token_urlsafe(16)

    def added(connection: Connection) -> None:
        if _row(connection, name) is not None:
            raise StaffExists(name=name)
        values = {
            "staff": name, "role": known, "hashed": "", "secret": new_secret(), "step": 0, "wrong": 0,
            "wrong_at": "", "made_at": stamp(district.clock()), "disabled_at": "", **_link(district, token),
        }  # fmt: skip
        connection.execute(insert(t.staff).values(values))
        note(connection, district.clock(), SERVER, "staff_added", f"{name} {known}")

    district.write(added)
    return token


def new_link(district: District, name: str) -> str:
    """A new set-up link; the old password, codes, passkeys and sessions end at once. Raises NoSuchStaff."""
    token = secrets.token_urlsafe(16)
    values = {"hashed": "", "secret": new_secret(), "step": 0, "wrong": 0, "disabled_at": ""}
    _change(district, name, {**values, **_link(district, token)}, "staff_link")
    return token


def change_role(district: District, name: str, role: str) -> None:
    """Another role, which holds from the next page on. Raises NoSuchStaff, RoleUnknown."""
    _change(district, name, {"role": _role(role)}, "staff_role")


def disable(district: District, name: str) -> None:
    """Nobody signs in by this account any more, and who is signed in is put out. Raises NoSuchStaff."""
    _change(district, name, {"disabled_at": stamp(district.clock()), "setup": ""}, "staff_disabled")


def accounts(district: District) -> list[Account]:
    """All of them, by name."""
    rows = district.rows(t.staff.select().order_by(t.staff.c.staff))
    return [Account(row["staff"], row["role"], _state(row), row["made_at"]) for row in rows]


def open_link(connection: Connection, district: District, token: str) -> RowMapping | None:
    """The account that waits to be set up by this link."""
    row = connection.execute(t.staff.select().where(t.staff.c.setup == digest_of(token))).mappings().first()
    if row is None or row["disabled_at"] or district.clock() >= moment(row["setup_until"]):
        return None
    return row


def set_up(district: District, hashing: Hashing, token: str, passwords: tuple[str, str], code: str) -> None:
    """Gives the account its password, once its owner has shown a code of the app.

    Raises LinkNotOpen, PasswordsDiffer, what `require_good_password` raises, CodeWrong.
    """
    row = district.read(lambda connection: open_link(connection, district, token))
    if row is None:
        raise LinkNotOpen
    password = unicodedata.normalize("NFC", passwords[0])
    if password != unicodedata.normalize("NFC", passwords[1]):
        raise PasswordsDiffer
    require_good_password(password, (row["staff"], district.name))
    step = matching_step(row["secret"], code, district.clock(), row["step"])
    if step is None:
        raise CodeWrong
    hashed = hashing.hash(password)

    def done(connection: Connection) -> None:
        s = t.staff.c
        values = {"hashed": hashed, "step": step, "setup": "", "setup_until": "", "wrong": 0, "wrong_at": ""}
        asked = update(t.staff).where(s.staff == row["staff"], s.setup == digest_of(token)).values(values)
        if not connection.execute(asked).rowcount:
            raise LinkNotOpen
        note(connection, district.clock(), row["staff"], "set_up")

    district.write(done)


def digest_of(token: str) -> str:
    """What is kept of a token of 128 random bits or more."""
    return hashlib.sha256(token.encode()).hexdigest()


def well_formed(name: str) -> str:
    """The name as it is kept. Raises StaffNameNotWellFormed."""
    plain = unicodedata.normalize("NFC", name).strip().casefold()
    if not 0 < len(plain) <= LONGEST_NAME or not is_visible(plain) or plain == SERVER:
        raise StaffNameNotWellFormed(most=LONGEST_NAME)
    return plain


def _change(district: District, name: str, values: dict[str, object], act: str) -> None:
    name = well_formed(name)

    def changed(connection: Connection) -> None:
        if not connection.execute(update(t.staff).where(t.staff.c.staff == name).values(values)).rowcount:
            raise NoSuchStaff(name=name)
        if "role" not in values:
            end_all(connection, name)
        if "hashed" in values:
            # Whoever lost the phone may have lost the passkeys with it.
            connection.execute(delete(t.staff_passkey).where(t.staff_passkey.c.staff == name))
        note(connection, district.clock(), SERVER, act, f"{name} {values.get('role', '')}".strip())

    district.write(changed)


def _row(connection: Connection, name: str) -> RowMapping | None:
    return connection.execute(select(t.staff).where(t.staff.c.staff == name)).mappings().first()


def _role(role: str) -> Role:
    known = next((one for one in ROLES if one == role), None)
    if known is None:
        raise RoleUnknown(role=role, roles=", ".join(ROLES))
    return known


def _link(district: District, token: str) -> dict[str, str]:
    return {"setup": digest_of(token), "setup_until": stamp(district.clock() + LINK_LASTS)}


def _state(row: RowMapping) -> str:
    if row["disabled_at"]:
        return "disabled"
    return "active" if row["hashed"] else "open"
