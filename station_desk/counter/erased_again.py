"""After a restore: what was erased since the backup is erased again, before anybody looks.

Of cases that had not ended in the backup all that is private goes at once as well. They stay open without it,
since their end is not known here: the first opening after it writes their erasure down.
"""

import json
from collections.abc import Collection
from functools import partial

from station_desk.cases.case import FINAL_STATES
from station_desk.cases.data_rights import ERASED, ErasedPublic
from station_desk.cases.event import Fact
from station_desk.core.clock import stamp
from station_desk.counter.desk import Desk
from station_desk.store.backups.kept import places
from station_desk.store.backups.new_writer import RESTORED_AT
from station_desk.store.erase import WAITING, erase_in, lay_bare_in, settle, wait_in
from station_desk.store.erased_list import Erasure, digest_of, listed
from station_desk.store.unit import Unit

LOOKED = "erased_again_for"
"""For which restore the list was gone through."""
ACTOR = "restore"


def erase_again(desk: Desk) -> tuple[str, ...]:
    """The cases that were erased again now; mostly there was no restore, and nothing is read."""
    about = desk.store.about()
    restored = about.get(RESTORED_AT, "")
    waiting: list[str] = json.loads(about.get(WAITING) or "[]")
    if about.get(LOOKED, "") == restored and not waiting:
        return ()
    folder = desk.store.profile.folder
    known = listed([folder, *places(folder, about)])
    numbers = waiting
    if about.get(LOOKED, "") != restored:
        numbers = [number for (number,) in desk.store.read("SELECT number FROM cases")] if known else []
    meant = {number: known[digest] for number in numbers if (digest := digest_of(number)) in known}
    with desk.store.writing() as unit:
        unit.set_about(WAITING, json.dumps([number for number in waiting if number not in meant]))
        left = [number for number, why in meant.items() if not _erased(desk, unit, number, why, waiting)]
        unit.set_about(LOOKED, restored)
    settle(desk.store)
    return tuple(number for number in meant if number not in left)


def _erased(desk: Desk, unit: Unit, number: str, why: Erasure, waiting: Collection[str]) -> bool:
    """Whether the case is erased; False while it is still open: then nothing private is left of before."""
    # Only after a restore: no opening loads it for nothing.
    from station_desk.counter.retention import knows_of

    case = unit.case(number)
    if case.erased_at:
        return True
    if case.state not in FINAL_STATES:
        if number in waiting:
            wait_in(unit, number)
        else:
            lay_bare_in(unit, case, partial(knows_of, case))
        return False
    revision = unit.subject_revision(number) + 1
    public = ErasedPublic(why.ground, why.record)
    fact = Fact(number, revision, ERASED, stamp(desk.clock()), ACTOR, public)
    erase_in(unit, fact, partial(knows_of, case))
    return True
