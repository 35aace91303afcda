"""What the district last said of its editions, what became of it here, and what of that a clerk is told."""

from collections.abc import Mapping
from contextlib import suppress
from datetime import date

import msgspec

from station_desk.catalogue.edition.number import is_newer
from station_desk.core.texts import Texts
from station_desk.protocol.editions import Offered, Took
from station_desk.store.editions import InUse

TOLD = "editions_told"


class Learnt(msgspec.Struct, frozen=True):
    """The list that was worked off last, under which circumstances, and what became of it."""

    mark: str = ""
    here: str = ""
    offered: tuple[Offered, ...] = ()
    took: tuple[Took, ...] = ()


def learnt_of(about: Mapping[str, str]) -> Learnt:
    """What came of the list that the district told last; empty where it cannot be read: it comes again."""
    with suppress(msgspec.MsgspecError):
        return msgspec.json.decode(about.get(TOLD, "{}"), type=Learnt)
    return Learnt()


def coming_notices(learnt: Learnt, in_use: InUse, today: date, texts: Texts) -> list[str]:
    """What came since the desk was opened and is not in use yet, what was refused, what was taken back."""
    days = {one.number: one for one in learnt.offered}
    lines = []
    for took in learnt.took:
        one = days.get(took.number)
        if one is None or _is_told(took.number, in_use):
            continue
        if took.refused:
            why = texts(f"errors.{took.refused}", **took.values)
            lines.append(texts("edition.not_taken", number=took.number, why=why))
        elif one.withdrawn:
            if one.number == in_use.forms.edition.number:
                lines.append(texts("edition.taken_back", number=one.number))
        elif is_newer(one.number, in_use.forms.edition.number):
            due = one.day <= today.isoformat()
            lines.append(
                texts("edition.due" if due else "edition.waits", number=one.number, effective=one.day)
            )
    return lines


def _is_told(number: str, in_use: InUse) -> bool:
    """Whether the desk knew of it when it was opened, and says so already."""
    return number in {later.number for later in in_use.waiting} | {one.number for one in in_use.refused}
