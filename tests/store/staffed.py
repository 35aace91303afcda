"""A station with accounts: its head, a clerk and an auditor, with hashes that are quick to make."""

from dataclasses import dataclass, replace
from uuid import uuid4

from station_desk.cases.staff import NOBODY, Acting, Role
from station_desk.core.uptime import Uptime
from station_desk.counter.desk import Desk
from station_desk.counter.staff.accounts import AddMember, Hands, add_member
from station_desk.counter.staff.hashing import Argon

HEAD, CLERK, AUDITOR = "陈立新", "王小梅", "周审"
PASSWORDS = {HEAD: "river-lamp-oak", CLERK: "three-old-boats", AUDITOR: "quiet-blue-door"}
ROLES: dict[str, Role] = {HEAD: "head", CLERK: "clerk", AUDITOR: "auditor"}
PIN = "493817"


@dataclass
class Running:
    """How long the PC has been running, until a test moves it."""

    boot: str = "one"
    seconds: float = 5000.0

    def __call__(self) -> Uptime:
        return Uptime(self.boot, self.seconds)


QUICK = Argon(8, 1, 1)
HANDS = Hands(QUICK, Running())


def staffed(desk: Desk, *names: str) -> Desk:
    """The desk with accounts for these names (all three without any), nobody signed in."""
    for name in names or (HEAD, CLERK, AUDITOR):
        acting = None if name == HEAD else Acting(HEAD, "head")
        wish = AddMember(name, ROLES[name])
        add_member(replace(desk, acting=acting), wish, PASSWORDS[name], uuid4().hex, HANDS)
    return replace(desk, acting=NOBODY)


def acting_as(desk: Desk, name: str) -> Desk:
    """The desk with somebody signed in."""
    return replace(desk, acting=Acting(name, ROLES[name]))
