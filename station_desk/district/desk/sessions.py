"""Who is signed in: kept on the server, ended by idleness, length or signing out; the token changes often.

Of the token in the cookie the server keeps only what it hashes to.
"""

import hashlib
import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, delete, insert, update

from station_desk.core.clock import moment, stamp
from station_desk.district import tables as t

IDLE = timedelta(minutes=20)
LONGEST = timedelta(hours=8)
ROTATED_AFTER = timedelta(minutes=15)
GRACE = timedelta(seconds=30)
"""So long an old token still opens pages that were asked for at the same time as the new one was made."""

NOTED_AFTER = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Session:
    """Who asks; `form_key` stands in every form, `token` is set when the cookie must change."""

    staff: str
    role: str
    form_key: str
    token: str = ""


def begin(connection: Connection, now: datetime, staff: str) -> str:
    """A new session; answers its token."""
    _sweep(connection, now)
    return _insert(connection, now, staff, secrets.token_urlsafe(16), now, now + LONGEST)


def find(connection: Connection, now: datetime, token: str) -> Session | None:
    """Whose session it is, if it still holds; its time runs anew, and its token may change."""
    found = _held(connection, now, token)
    return replace(found[0], token=_kept_up(connection, now, found[1])) if found else None


def look(connection: Connection, now: datetime, token: str) -> Session | None:
    """The same, and nothing about it changes."""
    found = _held(connection, now, token)
    return found[0] if found else None


def _held(connection: Connection, now: datetime, token: str) -> tuple[Session, RowMapping] | None:
    s = t.staff_session.c
    row = connection.execute(t.staff_session.select().where(s.digest == _digest(token))).mappings().first()
    if row is None or now >= moment(row["until"]) or now - moment(row["seen_at"]) >= IDLE:
        return None
    who = connection.execute(t.staff.select().where(t.staff.c.staff == row["staff"])).mappings().first()
    if who is None or who["disabled_at"] or not who["hashed"]:
        return None
    return Session(row["staff"], who["role"], row["form_key"]), row


def end(connection: Connection, token: str) -> None:
    """Signs out: every token of the session, the old one of a change too."""
    s = t.staff_session.c
    row = connection.execute(t.staff_session.select().where(s.digest == _digest(token))).mappings().first()
    if row is not None:
        connection.execute(
            delete(t.staff_session).where(s.staff == row["staff"], s.form_key == row["form_key"])
        )


def end_all(connection: Connection, staff: str) -> None:
    """Signs the person out everywhere."""
    connection.execute(delete(t.staff_session).where(t.staff_session.c.staff == staff))


def _kept_up(connection: Connection, now: datetime, row: RowMapping) -> str:
    """Notes that it was used; answers the new token when it is time for one."""
    of_row = update(t.staff_session).where(t.staff_session.c.digest == row["digest"])
    ends = moment(row["until"])
    if now - moment(row["made_at"]) >= ROTATED_AFTER and ends - now > GRACE:
        connection.execute(of_row.values(until=stamp(now + GRACE)))
        return _insert(connection, now, row["staff"], row["form_key"], moment(row["begun_at"]), ends)
    if now - moment(row["seen_at"]) >= NOTED_AFTER:
        connection.execute(of_row.values(seen_at=stamp(now)))
    return ""


def _insert(
    connection: Connection, now: datetime, staff: str, form_key: str, begun: datetime, until: datetime
) -> str:
    token = secrets.token_urlsafe(32)
    connection.execute(
        insert(t.staff_session).values(
            digest=_digest(token), staff=staff, form_key=form_key, begun_at=stamp(begun), made_at=stamp(now),
            seen_at=stamp(now), until=stamp(until),
        )
    )  # fmt: skip
    return token


def _sweep(connection: Connection, now: datetime) -> None:
    connection.execute(delete(t.staff_session).where(t.staff_session.c.until < stamp(now)))


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
