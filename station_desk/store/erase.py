"""Takes the private parts of cases away, with their salts and everything that was made of them: for good.

In one unit with the record of it. What SQLite frees is overwritten (`secure_delete`), what it wrote before
goes with the write-ahead log, which `settle` cuts off; the files of the profile go last, noted until they are
gone, so that a power cut in between only delays it.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec

from station_desk.cases.case import Case
from station_desk.cases.data_rights import ERASED, ErasedPublic, erased
from station_desk.cases.event import Fact
from station_desk.store.backups.kept import places
from station_desk.store.case_tables import put_case
from station_desk.store.desk_store import DeskStore
from station_desk.store.erased_list import Erasure, digest_of, enter
from station_desk.store.rows import seal_rows
from station_desk.store.set_aside import forget_aside, forget_log
from station_desk.store.trouble import disk_trouble
from station_desk.store.unit import PUT_SEAL, Unit

PENDING = "to_erase"
"""The cases whose files are still to be taken away, by number."""
LEFT = "erase_left"
"""The files that were put aside and could not be opened when somebody was erased last."""
WAITING = "to_erase_when_ended"
"""The cases that were erased elsewhere and are open here: laid bare, and erased when they have ended."""
TOLD = (
    "SELECT at, public FROM events WHERE subject = ?1 AND kind = ?2"
    " UNION ALL SELECT at, public FROM events_aside WHERE subject = ?1 AND kind = ?2"
)
FOLDERS = ("papers", "handover")
TRIES = 50


def erase_in(unit: Unit, fact: Fact, is_of_it: Callable[[bytes], bool]) -> None:
    """Records that a case is erased, and erases it. `is_of_it` says which drafts know of the same person."""
    unit.record(fact)
    forget_in(unit, fact.subject)
    _forget_drafts(unit, is_of_it)


def forget_in(unit: Unit, number: str) -> None:
    """Takes the private parts of an erased case away; its files are noted, and go with `settle`."""
    forget_log(unit.connection, number)
    pending = [*_pending(unit.about(PENDING)), number]
    unit.set_about(PENDING, msgspec.json.encode(pending).decode())


def lay_bare_in(unit: Unit, case: Case, is_of_it: Callable[[bytes], bool]) -> None:
    """Takes away all that an open case says privately; it stays open, and is erased when it has ended.

    So it is with a case that was open in a backup and erased after it: it has ended elsewhere.
    """
    forget_in(unit, case.number)
    _forget_drafts(unit, is_of_it)
    bare = erased(case, "")
    put_case(unit.connection, case, bare)
    if case.certificates:
        unit.connection.executemany(PUT_SEAL, seal_rows(bare))
    unit.touched_cases.add(case.number)
    wait_in(unit, case.number)


def wait_in(unit: Unit, number: str) -> None:
    """Notes a case that is to be erased as soon as it has ended."""
    waiting = {*_pending(unit.about(WAITING)), number}
    unit.set_about(WAITING, msgspec.json.encode(sorted(waiting)).decode())


def settle(store: DeskStore) -> bool:
    """Takes away the files of what was erased and cuts off the write-ahead log; whether all is gone.

    False while another program still reads: the next opening goes on.
    """
    about = store.about()
    pending = _pending(about.get(PENDING, ""))
    if not pending:
        return True
    folder = store.profile.folder
    with disk_trouble(folder):
        enter([folder, *places(folder, about)], _erasures(store, pending))
    for name in FOLDERS:
        for number in pending:
            for file in (folder / name).glob(f"{number}-*"):
                _wipe(file)
    # Copies made before a migration hold what they held then.
    for copy in folder.glob("desk.before-*.db*"):
        _wipe(copy)
    left = forget_aside(store.profile, pending)
    if not _cut_off(store):
        return False
    with store.writing() as unit:
        unit.forget_about(PENDING)
        unit.set_about(LEFT, msgspec.json.encode(left).decode())
    return _cut_off(store)


def left_aside(store: DeskStore) -> tuple[str, ...]:
    """The files put aside that may still say something of who was erased last."""
    return tuple(_pending(store.about().get(LEFT, "")))


def _forget_drafts(unit: Unit, is_of_it: Callable[[bytes], bool]) -> None:
    drafts = unit.connection.execute("SELECT id, body FROM drafts").fetchall()
    gone = [(name,) for name, body in drafts if is_of_it(bytes(body))]
    unit.connection.executemany("DELETE FROM drafts WHERE id = ?", gone)


def _erasures(store: DeskStore, numbers: list[str]) -> dict[str, Erasure]:
    """What the list says of these cases, as the log tells it."""
    found = {}
    for number in numbers:
        for at, public in store.read(TOLD, (number, ERASED)):
            told = msgspec.json.decode(public, type=ErasedPublic)
            one = Erasure(digest_of(number), told.ground, told.record, at)
            found[one.case] = one
    return found


def _cut_off(store: DeskStore) -> bool:
    return any(store.read("PRAGMA wal_checkpoint(TRUNCATE)")[0][0] == 0 for _ in range(TRIES))


def _wipe(file: Path) -> None:
    """Overwritten first: what is only unlinked lies on the disk until something else needs the room."""
    with suppress(FileNotFoundError):
        size = file.stat().st_size
        with file.open("r+b") as opened:
            opened.write(b"\0" * size)
            opened.flush()
        file.unlink()


def _pending(text: str) -> list[str]:
    return [str(number) for number in json.loads(text)] if text else []
