"""Which events close a dossier: the private parts of an ended case, which the district is told to expect."""

import msgspec

from station_desk.cases.changes import changes_a_case
from station_desk.cases.event import Event


class _Closing(msgspec.Struct, frozen=True):
    dossier: int = 0


def dossier_of(event: Event) -> int:
    """The number that the event gives a dossier in the row of its own log; 0 for one that closes none.

    The number alone says nothing: a case that goes on in another log may get the very same one there.
    """
    if '"dossier":' not in event.public or not changes_a_case(event.kind):
        return 0
    try:
        return msgspec.json.decode(event.public, type=_Closing).dossier
    except msgspec.MsgspecError:
        return 0
