"""The keys by which this counter proves receipts: its own of now and before, and those the district told."""

from typing import Literal

import msgspec

from station_desk.protocol.messages import CounterKey
from station_desk.protocol.signing import public_key_of
from station_desk.store.desk_store import DeskStore
from station_desk.store.rows import inserting
from station_desk.store.tables import counter_keys
from station_desk.store.unit import PUT_ABOUT, Unit

DISTRICT_SIGN = "district_sign_key"
"""The district's public key by which its answers are proved."""
OWN_KEY = "own_key"
"""The private key that a counter gets when it is set up: with it it signs until the district knows it."""

DEVICE_KEY, KEYS_MARK = "device_key", "keys_mark"
Source = Literal["district", "own"]
PUT_KEY = inserting(counter_keys, "INSERT OR REPLACE")
COLUMNS = "station, counter, public_key, since, until, retired, reason"


class DeskKeys:
    """Satisfies `sync.keys.KeyBook` out of the desk's database."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def signing_key(self) -> str:
        """The private key (hex) with which this counter signs receipts now."""
        about = self._store.about()
        return about.get(DEVICE_KEY) or about[OWN_KEY]

    def own(self) -> CounterKey:
        """The public half of the key with which this counter signs now."""
        about = self._store.about()
        key = about.get(DEVICE_KEY) or about[OWN_KEY]
        return CounterKey(about["station"], about["counter"], public_key_of(key))

    def of_station(self, station: str) -> list[CounterKey]:
        """All keys of a station that are known here, retired ones too.

        Of a key that the district has told, the district's word counts, not our own memory of it.
        """
        own, present = self._rows("own", station), self.own()
        told = self._rows("district", station)
        known = {key.public_key for key in told}
        mine = [*own, *([present] if present.station == station else [])]
        return [*told, *(key for key in mine if key.public_key not in known)]

    def mark(self) -> str:
        """By what the district called the keys when they were learnt; empty at first."""
        return self._store.about().get(KEYS_MARK, "")

    def keep(self, mark: str, keys: tuple[CounterKey, ...]) -> None:
        """Keeps these keys in place of those that the district told before."""
        with self._store.writing() as unit:
            unit.connection.execute("DELETE FROM counter_keys WHERE source = 'district'")
            for key in keys:
                _put(unit, "district", key)
            unit.connection.execute(PUT_ABOUT, (KEYS_MARK, mark))

    def remember_own(self, used: CounterKey) -> None:
        """Keeps a key that this counter uses no more, so that what it signed stays proved."""
        with self._store.writing() as unit:
            _put(unit, "own", used)

    def _rows(self, source: Source, station: str) -> list[CounterKey]:
        rows = self._store.read(
            f"SELECT {COLUMNS} FROM counter_keys WHERE source = ? AND station = ? ORDER BY public_key, since",
            (source, station),
        )
        return [CounterKey(*row) for row in rows]


def _put(unit: Unit, source: Source, key: CounterKey) -> None:
    unit.connection.execute(PUT_KEY, (source, *msgspec.structs.astuple(key)))
