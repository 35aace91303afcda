"""The accounts in the encrypted profile: what the log makes of them, their hashes, wrong tries, presence."""

from typing import Any, Literal

import msgspec

from station_desk.cases import staff as rules
from station_desk.cases.event import Event, Secret
from station_desk.cases.staff import Member
from station_desk.cases.tries import Tries
from station_desk.core.uptime import Uptime
from station_desk.store.rows import Row, inserting
from station_desk.store.tables import staff

Way = Literal["password", "pin"]
COLUMNS = ", ".join(Member.__struct_fields__)
PUT_MEMBER = inserting(staff, "INSERT OR REPLACE")
PUT_HASH = "INSERT OR REPLACE INTO staff_secrets (id, way, hash) VALUES (?, ?, ?)"
COUNT_TRY = (
    "INSERT INTO staff_tries (id, way, wrong, boot, since) VALUES (?, ?, 1, ?, ?) ON CONFLICT (id, way)"
    " DO UPDATE SET wrong = wrong + 1, boot = excluded.boot, since = excluded.since"
)


def project(connection: Any, event: Event, secret: Secret | None) -> None:
    """Writes what an event makes of an account into its table."""
    name = event.subject.removeprefix(rules.STAFF)
    found = _members(connection, "WHERE id = ?", (name,))
    member = rules.apply(found[0] if found else None, event, secret.text if secret else None)
    connection.execute(PUT_MEMBER, member_row(member))


def member_row(member: Member) -> Row:
    """The values of `staff` in the order of its columns."""
    row = msgspec.structs.astuple(member)
    return tuple(int(value) if isinstance(value, bool) else value for value in row)


def members(connection: Any) -> list[Member]:
    """All accounts, in the order in which they were added."""
    return _members(connection, "ORDER BY added_at, id", ())


def has_accounts(connection: Any) -> bool:
    """Whether the station has accounts: somebody must be signed in before anything is done."""
    return connection.execute("SELECT 1 FROM staff LIMIT 1").fetchone() is not None


def hash_of(connection: Any, member: str, way: Way) -> str:
    """What a password or PIN hashes to; empty where there is none."""
    row = connection.execute(
        "SELECT hash FROM staff_secrets WHERE id = ? AND way = ?", (member, way)
    ).fetchone()
    return str(row[0]) if row else ""


def put_hash(connection: Any, member: str, way: Way, hashed: str) -> None:
    """Keeps a new one in the place of the old one."""
    connection.execute(PUT_HASH, (member, way, hashed))


def forget_hashes(connection: Any, member: str, *ways: Way) -> None:
    """Takes hashes away: they are overwritten on the disk (secure_delete)."""
    connection.executemany(
        "DELETE FROM staff_secrets WHERE id = ? AND way = ?", [(member, way) for way in ways]
    )


def tries_of(connection: Any, member: str, way: Way) -> Tries:
    """The tries since the last right one."""
    row = connection.execute(
        "SELECT wrong, boot, since FROM staff_tries WHERE id = ? AND way = ?", (member, way)
    ).fetchone()
    return Tries(*row) if row else Tries()


def count_try(connection: Any, member: str, way: Way, now: Uptime) -> None:
    """One more try, which counts as wrong until it turns out right."""
    connection.execute(COUNT_TRY, (member, way, now.boot, now.seconds))


def forget_tries(connection: Any, member: str, *ways: Way) -> None:
    """The counting begins anew."""
    connection.executemany(
        "DELETE FROM staff_tries WHERE id = ? AND way = ?", [(member, way) for way in ways]
    )


def begin_presence(connection: Any, member: str, way: Way, at: str) -> None:
    """Somebody signed in; whoever was there before is not any more."""
    connection.execute("UPDATE staff_presence SET till = ? WHERE till = ''", (at,))
    connection.execute(
        "INSERT INTO staff_presence (id, way, since, till) VALUES (?, ?, ?, '')", (member, way, at)
    )


def end_presence(connection: Any, at: str) -> None:
    """Nobody is signed in any more."""
    connection.execute("UPDATE staff_presence SET till = ? WHERE till = ''", (at,))


def present_since(connection: Any) -> dict[str, str]:
    """Who is signed in, and since when."""
    return dict(connection.execute("SELECT id, since FROM staff_presence WHERE till = ''").fetchall())


def _members(connection: Any, where: str, values: tuple[str, ...]) -> list[Member]:
    rows = connection.execute(f"SELECT {COLUMNS} FROM staff {where}", values).fetchall()
    return [_member(row) for row in rows]


def _member(row: Row) -> Member:
    told = dict(zip(Member.__struct_fields__, row, strict=True))
    return msgspec.convert({**told, "is_disabled": bool(told["is_disabled"])}, Member)
