"""Signing in: a name, a password and a code at once, so that nobody learns which of them was wrong.

A try is counted before it is checked. After five wrong ones in a row each next one has to wait: a minute,
then twice as long, at most a quarter of an hour, so that nobody can shut an official out by guessing.
"""

import unicodedata
from datetime import datetime

from sqlalchemy import Connection, RowMapping, update

from station_desk.cases.tries import wait_after
from station_desk.core.clock import moment, stamp
from station_desk.core.errors import RuleError
from station_desk.district import tables as t
from station_desk.district.desk.acts import note
from station_desk.district.desk.few import FewAtOnce
from station_desk.district.desk.sessions import begin
from station_desk.district.desk.totp import matching_step
from station_desk.district.district import District

LONGEST_WAIT = 900.0
LONGEST_PASSWORD = 1000


class SignInRefused(RuleError):
    code = "district.sign_in_refused"


def sign_in(district: District, hashing: FewAtOnce, name: str, password: str, code: str) -> str:
    """The token of a new session. Raises SignInRefused, and takes as long, whatever was wrong."""
    plain = unicodedata.normalize("NFC", name).strip().casefold()[:200]
    row = district.write(lambda connection: _counted(connection, district, plain))
    # An account that is not there, not open or has to wait: the same work, so that the time tells nothing.
    nobody = hashing.nobody
    right = hashing.fits(
        row["hashed"] if row else nobody, unicodedata.normalize("NFC", password)[:LONGEST_PASSWORD]
    )
    step = matching_step(row["secret"], code, district.clock(), row["step"]) if row else None
    if row is None or not right or step is None:
        raise SignInRefused
    token = district.write(lambda connection: _begun(connection, district, row["staff"], step))
    if token is None:
        raise SignInRefused
    return token


def _counted(connection: Connection, district: District, name: str) -> RowMapping | None:
    """The account, if it may be tried now; the try is counted as wrong until it is not."""
    s, now = t.staff.c, district.clock()
    row = connection.execute(t.staff.select().where(s.staff == name).with_for_update()).mappings().first()
    if row is None:
        # What was typed is not kept: it may be a password in the wrong field.
        note(connection, now, "", "sign_in_unknown")
        return None
    if row["disabled_at"] or not row["hashed"] or _has_to_wait(row, now):
        note(connection, now, name, "sign_in_held")
        return None
    values = {"wrong": row["wrong"] + 1, "wrong_at": stamp(now)}
    connection.execute(update(t.staff).where(s.staff == name).values(values))
    note(connection, now, name, "sign_in_tried")
    return row


def _begun(connection: Connection, district: District, name: str, step: int) -> str | None:
    s, now = t.staff.c, district.clock()
    # A code is good once: of two tries with the same one, only one gets in.
    used = update(t.staff).where(s.staff == name, s.step < step, s.disabled_at == "")
    if not connection.execute(used.values(step=step, wrong=0, wrong_at="")).rowcount:
        return None
    note(connection, now, name, "signed_in")
    return begin(connection, now, name)


def _has_to_wait(row: RowMapping, now: datetime) -> bool:
    wait = min(wait_after(row["wrong"]), LONGEST_WAIT)
    return bool(row["wrong_at"]) and (now - moment(row["wrong_at"])).total_seconds() < wait
