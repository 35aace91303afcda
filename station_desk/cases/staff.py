"""Who acts at a counter, and in which of the three roles of a station (工作人员、站长、查阅人)."""

from dataclasses import dataclass
from typing import Literal, get_args

import msgspec

from station_desk.cases.event import Event
from station_desk.core.errors import RuleError

Role = Literal["clerk", "head", "auditor"]
ROLES: tuple[Role, ...] = get_args(Role)
Changed = Literal["password", "reset", "pin", "lifted", "disabled", "recovered"]
"""What happened to an account. `reset`: the head gave it a new password, to a disabled one as well."""

STAFF = "staff:"
"""Begins the subject of an account; what follows says nothing of the person."""
ADDED, CHANGED = "staff.added", "staff.changed"


class NoSuchAccount(RuleError):
    code = "staff.unknown"


@dataclass(frozen=True, slots=True)
class Acting:
    """The member of staff who is signed in at this counter now."""

    name: str
    role: Role


NOBODY = Acting("", "auditor")
"""The station has accounts and nobody is signed in: nothing may be done, and least is shown."""


def may_act(role: Role) -> bool:
    """Whether the role changes anything at all; the others only look."""
    return role != "auditor"


class AddedPublic(msgspec.Struct, frozen=True):
    """The district learns that there is one more of a role, not who: who acts is told by what he does."""

    role: Role


class AddedPrivate(msgspec.Struct, frozen=True):
    """The name never leaves this PC by the account: private parts go only with finished cases."""

    name: str


class ChangedPublic(msgspec.Struct, frozen=True):
    """Never a password, a PIN or a hash of one."""

    what: Changed


class Member(msgspec.Struct, frozen=True):
    """An account as the log tells it."""

    id: str
    name: str
    role: Role
    is_disabled: bool
    added_at: str
    added_by: str
    changed_at: str


def changes_staff(kind: str) -> bool:
    """Whether an event of this kind is about an account."""
    return kind in (ADDED, CHANGED)


def apply(before: Member | None, event: Event, secret: str | None) -> Member:
    """The account after an event of it. Raises NoSuchAccount for one that was never added."""
    if event.kind == ADDED:
        public = msgspec.json.decode(event.public, type=AddedPublic)
        name = msgspec.json.decode(secret, type=AddedPrivate).name if secret else ""
        return Member(
            event.subject.removeprefix(STAFF), name, public.role, is_disabled=False, added_at=event.at,
            added_by=event.actor, changed_at=event.at,
        )  # fmt: skip
    if before is None:
        raise NoSuchAccount(name=event.subject)
    what = msgspec.json.decode(event.public, type=ChangedPublic).what
    disabled = what == "disabled" or (before.is_disabled and what not in ("reset", "recovered"))
    return msgspec.structs.replace(before, is_disabled=disabled, changed_at=event.at)
