"""Keeps what is typed and not accepted yet, so that neither a power cut nor another ticket loses it."""

from datetime import timedelta

import msgspec

from station_desk.cases.known import KnownAnswer, KnownPaper
from station_desk.cases.parts import How
from station_desk.core.clock import stamp
from station_desk.counter.desk import Desk
from station_desk.store.drafts import draft_bodies, drop_draft, drop_older, keep_draft

KEPT_DAYS = 30
"""Least data: who did not come back within a month begins anew."""


class KeptDraft(msgspec.Struct, frozen=True, omit_defaults=True):
    """A request as it was typed. `id` is the command that will accept it.

    `focus` is the place that had the focus (`applicant.name`, `material.hukou`), `cursor` where in it;
    `known` are the answers that came from earlier cases, `papers` what was shown there. `owner` typed it;
    empty where the station has no accounts.
    """

    id: str
    item: str
    ticket: str = ""
    number: str = ""
    with_agent: bool = False
    values: dict[str, str] = {}
    ways: dict[str, How] = {}
    event: str = ""
    together: tuple[str, ...] = ()
    focus: str = ""
    cursor: int = 0
    changed: str = ""
    known: dict[str, KnownAnswer] = {}
    papers: dict[str, KnownPaper] = {}
    on_file: dict[str, str] = {}
    repeat_reason: str = ""
    owner: str = ""


def keep(desk: Desk, draft: KeptDraft) -> str:
    """Writes a draft into the encrypted profile and answers when; it is no event and never leaves this PC."""
    at = stamp(desk.clock())
    owner = desk.acting.name if desk.acting else ""
    body = msgspec.json.encode(msgspec.structs.replace(draft, changed=at, owner=owner))
    keep_draft(desk.store, draft.id, draft.ticket, at, body)
    return at


def drop(desk: Desk, name: str) -> None:
    """Throws a draft away."""
    drop_draft(desk.store, name)


def drafts_at_start(desk: Desk) -> tuple[KeptDraft, ...]:
    """What an earlier run left unfinished; what nobody touched for a month is thrown away first."""
    drop_older(desk.store, stamp(desk.clock() - timedelta(days=KEPT_DAYS)))
    return kept_drafts(desk)


def kept_drafts(desk: Desk) -> tuple[KeptDraft, ...]:
    """What was typed and never accepted, the newest first; what this program cannot read is left alone.

    Where somebody is signed in only what he typed himself, and what nobody owns.
    """
    found = []
    for body in draft_bodies(desk.store):
        try:
            draft = msgspec.json.decode(body, type=KeptDraft)
        except msgspec.DecodeError:
            continue
        if desk.acting is None or draft.owner in ("", desk.acting.name):
            found.append(draft)
    return tuple(found)
