"""The recovery key for which a district seals its backups: told once, its public half kept here."""

import secrets
from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select

from station_desk.core.errors import RuleError
from station_desk.district import tables as t
from station_desk.district.backup_seal import mark_of, private_key_of, public_half
from station_desk.district.district import District
from station_desk.store.vault.recovery_key import SECRET_BYTES, written

KEY = "backup_key"


class NoBackupKey(RuleError):
    code = "district.backup_key_missing"


class HasBackupKey(RuleError):
    code = "district.backup_key_there"


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """What goes on the paper: the key in groups, and the mark by which it is told apart from others."""

    written: str
    mark: str


def new_backup_key(district: District, *, another: bool = False) -> RecoveryKey:
    """Makes the recovery key; nothing of it but its public half stays here.

    Raises HasBackupKey where there is one, unless `another` is wanted: files of before keep the one before.
    """
    paper = written(secrets.token_bytes(SECRET_BYTES))
    public = public_half(private_key_of(paper))

    def keep(connection: Connection) -> None:
        known = _known(connection)
        if known and not another:
            raise HasBackupKey(key=mark_of(known))
        keep_backup_key(connection, public)

    district.write(keep)
    return RecoveryKey(paper, mark_of(public))


def keep_backup_key(connection: Connection, public: str) -> None:
    """From now on backups are sealed for the key whose public half (hex) this is."""
    a = t.about.c
    connection.execute(delete(t.about).where(a.name == KEY))
    connection.execute(insert(t.about).values(name=KEY, value=public))


def backup_key(connection: Connection) -> str:
    """The public half (hex) for which backups are sealed. Raises NoBackupKey."""
    known = _known(connection)
    if not known:
        raise NoBackupKey
    return known


def _known(connection: Connection) -> str:
    a = t.about.c
    return str(connection.execute(select(a.value).where(a.name == KEY)).scalar() or "")
