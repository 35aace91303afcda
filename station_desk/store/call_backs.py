"""The call-backs as the district last told them, kept beside what else it told: a copy, never the truth.

A handful of lines without a name in them; a backup that is restored brings an old mark back, and the next
sync the list of now.
"""

import msgspec

from station_desk.protocol.messages import VERSION, CallBacks
from station_desk.store.desk_store import DeskStore

TOLD = "call_backs"
NONE_TOLD = CallBacks(VERSION, "")


class DeskCallBacks:
    """Satisfies `sync.call_backs.CallBackBook` out of the desk's database."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    def mark(self) -> str:
        """By what the district called the list that is known here; empty at first."""
        return self.told().mark

    def told(self) -> CallBacks:
        """The list as the district last told it; empty where it cannot be read any more: it comes again."""
        rows = self._store.read("SELECT value FROM about WHERE key = ?", (TOLD,))
        try:
            return msgspec.json.decode(rows[0][0], type=CallBacks) if rows else NONE_TOLD
        except (msgspec.MsgspecError, UnicodeDecodeError):
            return NONE_TOLD

    def keep(self, listed: CallBacks) -> None:
        """Keeps this list in place of the one before."""
        self._store.set_about({TOLD: msgspec.json.encode(listed).decode()})
