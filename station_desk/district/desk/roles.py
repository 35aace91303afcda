"""Who may do what at the district desk: one table, and what it does not name is denied."""

from collections.abc import Mapping
from typing import Literal, get_args

Role = Literal["viewer", "manager", "publisher", "admin"]
ROLES: tuple[Role, ...] = get_args(Role)

Right = Literal[
    "see",  # stations, caseload, what is late
    "export",  # lists as files
    "ratings",  # what residents said, and the calls that are due
    "mend",  # notes that a resident was called back
    "stations",  # says what a station is called, where it is, when it is open
    "devices",  # the PCs and codes of the stations
    "enrol",  # makes codes, revokes PCs
    "settle",  # what waits for a decision
    "editions",  # what is published
    "publish",  # brings editions
    "audit",  # who did what
]

RIGHTS: Mapping[Right, frozenset[Role]] = {
    "see": frozenset({"viewer", "manager", "publisher", "admin"}),
    "export": frozenset({"manager", "admin"}),
    "ratings": frozenset({"manager", "admin"}),
    "mend": frozenset({"manager", "admin"}),
    "stations": frozenset({"manager", "admin"}),
    "devices": frozenset({"manager", "admin"}),
    "enrol": frozenset({"manager", "admin"}),
    "settle": frozenset({"manager", "admin"}),
    "editions": frozenset({"viewer", "manager", "publisher", "admin"}),
    "publish": frozenset({"publisher", "admin"}),
    "audit": frozenset({"admin"}),
}


def may(role: str, right: Right) -> bool:
    """Whether the table says so."""
    return role in RIGHTS.get(right, frozenset())
