"""What the log says when somebody looks at what is known of a resident: who, which cases, why, by which way.

Written before anything is shown. Public parts hold case numbers and codes, never a name; the actor and the
time stand in the event itself. `CASE` events have the subject `opened:` and the number of the case.
"""

from typing import Literal, get_args

import msgspec

Why = Literal["application"]
Reason = Literal["contact", "identity", "transcribe", "asked", "dispute", "other"]
"""Reaching the resident; whether it is he; copying into another system; his wish; a complaint; others."""
REASONS: tuple[Reason, ...] = get_args(Reason)
Way = Literal["window", "command"]
What = Literal["case", "contents", "paper"]

KNOWN, READ, UNMASKED, EXPORTED = (
    "resident.opened", "access.read", "access.unmasked", "access.exported"
)  # fmt: skip
ACCESS_KINDS = (KNOWN, READ, UNMASKED, EXPORTED)
SUBJECT = "opened:"


class ResidentOpenedPublic(msgspec.Struct, frozen=True):
    """Earlier cases were opened for an application."""

    why: Why
    item: str
    ticket: str
    cases: tuple[str, ...]


class AccessReadPublic(msgspec.Struct, frozen=True):
    """A sensitive case was looked at, masked; or a paper of it that says things in full."""

    case: str
    what: What
    way: Way
    paper: str = ""


class AccessUnmaskedPublic(msgspec.Struct, frozen=True):
    """Fields of a case were shown unmasked; the words to the reason are in the private part."""

    case: str
    fields: tuple[str, ...]
    reason: Reason
    way: Way


class AccessUnmaskedPrivate(msgspec.Struct, frozen=True):
    words: str = ""


class AccessExportedPublic(msgspec.Struct, frozen=True):
    """Everything known of a resident was written into a file for him."""

    cases: tuple[str, ...]


class AccessExportedPrivate(msgspec.Struct, frozen=True):
    """On whose wish."""

    words: str = ""


def subject_of(case: str) -> str:
    """The subject of what is written down about looks at a case."""
    return SUBJECT + case
