"""What the events of a ticket say. Public, all of it: no name, no note, nothing that a resident told.

Fields may be added with a default; none is ever renamed, because old logs are read for years.
"""

import msgspec

from station_desk.cases.parts import Priority, TicketState
from station_desk.catalogue.item import Words


class Service(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item of a visit, asked for `quantity` times; `cases` came of it.

    `title` is None where naming it would tell too much. `left` says that it was left undone.
    """

    item: str
    category: str
    title: Words | None = None
    quantity: int = 1
    cases: tuple[str, ...] = ()
    left: bool = False


class Turn(msgspec.Struct, frozen=True, omit_defaults=True):
    """A call by the rule of the queue: among which item types (all when empty).

    `others` says that somebody without priority waited for this call, so that it counts against the share.
    """

    among: tuple[str, ...] = ()
    others: bool = False


class TicketTakenPublic(msgspec.Struct, frozen=True, omit_defaults=True):
    """`number` is what is called; the subject of the event adds the day and is unique for ever.

    `services` are all items of the visit, the first one included; empty in logs from before there were
    several.
    """

    number: str
    day: str
    item: str
    category: str
    title: Words | None
    priority: Priority
    agent: bool = False
    services: tuple[Service, ...] = ()


class TicketMovedPublic(msgspec.Struct, frozen=True, omit_defaults=True):
    """The ticket entered `state` at `counter`; `case` names what came of it.

    Left out means unchanged: `services` (what is asked for now), `place` (in the queue) and `bound` (the only
    counter that calls it, empty for any). `until` and `reason` are those of a parked ticket, `turn` is there
    for a call by the rule, `as_of` says from when the state holds when that is not the moment of writing, and
    `undoes` which revision was a mistake.
    """

    state: TicketState
    counter: str
    case: str = ""
    services: tuple[Service, ...] = ()
    place: str = ""
    bound: str | None = None
    until: str = ""
    reason: str = ""
    turn: Turn | None = None
    as_of: str = ""
    undoes: int = 0
