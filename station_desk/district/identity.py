"""The district's own keys: one to open what stations seal for it, one to sign what it answers in a file.

They lie in its database, and go with its backups: a district without them could open no file that is on its
way, and no desk would believe its answers.
"""

from dataclasses import dataclass, field

from sqlalchemy import Connection

from station_desk.district import tables as t
from station_desk.district.database import Database
from station_desk.district.schema import EPOCH
from station_desk.protocol.courier import new_seal_key, public_seal_key
from station_desk.protocol.messages import DistrictKeys
from station_desk.protocol.signing import new_key, public_key_of

SEAL, SIGN = "seal_key", "sign_key"


@dataclass(frozen=True, slots=True)
class Identity:
    """The private keys (hex) of the district."""

    seal: str = field(repr=False)
    sign: str = field(repr=False)

    @property
    def public(self) -> DistrictKeys:
        """What everybody may know of them."""
        return DistrictKeys(public_seal_key(self.seal), public_key_of(self.sign))


def identity_of(database: Database) -> Identity:
    """The keys of the district, made at its first opening."""
    known = database.read(_keys)
    if not known.keys() >= {SEAL, SIGN}:
        known = database.write(_made)
    return Identity(known[SEAL], known[SIGN])


def _keys(connection: Connection) -> dict[str, str]:
    rows = connection.execute(t.about.select().where(t.about.c.name.in_((SEAL, SIGN)))).all()
    return {row.name: row.value for row in rows}


def _made(connection: Connection) -> dict[str, str]:
    # Two servers that start together must not make two: the epoch is there since the tables are.
    connection.execute(t.about.select().where(t.about.c.name == EPOCH).with_for_update()).all()
    known = _keys(connection)
    for name, key in ((SEAL, new_seal_key()), (SIGN, new_key())):
        if name not in known:
            connection.execute(t.about.insert().values(name=name, value=key))
            known[name] = key
    return known
