"""What the one action of the request says: what it will do, or what is missing and where to go first."""

from collections.abc import Callable, Sequence
from typing import Literal, NamedTuple

from station_desk.core.texts import Texts
from station_desk.counter.application import Fault

NAMED = 3
"""So many missing things are named beside the button."""


class ActionWords(NamedTuple):
    """The words on the button, the same where there is little room, how it looks, and the sentence beside it,
    at its length and where there is little room.
    """

    button: str
    short: str
    kind: Literal["primary", "soft"]
    beside: str
    beside_short: str


def action_words(blocking: Sequence[Fault], name_of: Callable[[str], str], say: Texts) -> ActionWords:
    """The words for a request with these faults left; `name_of` tells what a place is called."""
    if not blocking:
        whole = say("ui.request.accept")
        return ActionWords(whole, whole, "primary", say("ui.request.complete"), "")
    key = "ui.request.first_sure" if blocking[0].code == "unconfirmed" else "ui.request.first"
    names = say("ui.list").join(name_of(fault.field) for fault in blocking[:NAMED])
    more = len(blocking) > NAMED
    return ActionWords(
        say(key, name=name_of(blocking[0].field), count=len(blocking)),
        say("ui.request.to_go", count=len(blocking)),
        "soft",
        say("ui.request.missing_more" if more else "ui.request.missing", names=names),
        say("ui.request.missing", names=name_of(blocking[0].field)),
    )
