"""How the desk stands with its district, in one value that the window shows at every moment.

"Acknowledged" is what the district said it holds when it was last asked; everything after that waits.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from station_desk.protocol.messages import Mark
from station_desk.store.desk_store import DeskStore
from station_desk.store.keys import DEVICE_KEY
from station_desk.store.log import DeskLog

HASH_AT = (
    "SELECT hash FROM events WHERE writer = ?1 AND seq = ?2"
    " UNION ALL SELECT hash FROM events_aside WHERE writer = ?1 AND seq = ?2"
)
How = Literal["alone", "unenrolled", "synced", "waiting", "offline", "refused"]


@dataclass(frozen=True, slots=True)
class SyncState:
    """So many `events` and `dossiers` wait for the district.

    `since` is the last good sync or, offline, the first failure. `reason` is the sentence of the last
    trouble, empty when there is none.
    """

    how: How
    events: int
    dossiers: int
    since: str
    reason: str


def sync_state(store: DeskStore) -> SyncState:
    """What waits and why, from the desk's own files: asks no network."""
    about = store.about()
    log = DeskLog(store)
    noted = shared_marks(store)
    events = dossiers = 0
    for writer, ours in log.heads().items():
        known = noted.get(writer)
        events += ours.head.seq - (known.head.seq if known else 0)
        dossiers += ours.dossiers - (known.dossiers if known else 0)
    if not about.get("district_url"):
        return SyncState("alone", events, dossiers, "", "")
    trouble = about.get("sync_trouble", "")
    if not is_enrolled(about):
        return SyncState("unenrolled", events, dossiers, "", trouble)
    since = about.get("sync_trouble_since", "") if trouble else about.get("synced_at", "")
    how: How = "synced" if not events and not dossiers else "waiting"
    if trouble:
        how = "refused" if about.get("sync_refused") == "yes" else "offline"
    return SyncState(how, events, dossiers, since, trouble)


def is_enrolled(about: Mapping[str, str]) -> bool:
    """Whether the district knows this counter: an address alone is no enrolment."""
    return all(about.get(name) for name in ("district_url", "device", DEVICE_KEY))


def acknowledged(store: DeskStore) -> tuple[frozenset[str], frozenset[str]]:
    """The numbers of cases whose every event the district holds, and of those it holds with the dossier."""
    noted = shared_marks(store)
    last = store.read(
        "SELECT subject, writer, max(seq) FROM events WHERE kind LIKE 'case.%' GROUP BY subject, writer"
    )
    known = {subject for subject, writer, seq in last if writer in noted and seq <= noted[writer].head.seq}
    kept = store.read("SELECT case_number, writer, max(number) FROM dossiers GROUP BY case_number, writer")
    whole = {number for number, writer, n in kept if writer in noted and n <= noted[writer].dossiers}
    return frozenset(known), frozenset(known & whole)


def shared_marks(store: DeskStore) -> dict[str, Mark]:
    """The district's marks that lie on our own logs: where it holds another, it holds nothing of ours."""
    shared = {}
    for writer, mark in DeskLog(store).noted_marks().items():
        ours = store.read(HASH_AT, (writer, mark.head.seq))
        if ours == [(mark.head.hash,)]:
            shared[writer] = mark
    return shared
