"""How large what a station says may be: asked where an event is made, so that no district refuses it."""

from station_desk.cases.event import Event, Secret
from station_desk.core.errors import RuleError
from station_desk.core.visible import is_visible
from station_desk.protocol.messages import MOST_BYTES, MOST_TEXT

LONGEST_WORD = 200
"""Names of clerks, commands and subjects, in characters."""

MOST_PRIVATE = MOST_BYTES * 3 // 4
"""All private parts of one case together, in bytes: its dossier goes in one message with its frame."""


class SaidTooMuch(RuleError):
    code = "event.said_too_much"


class WordTooLong(RuleError):
    code = "event.word_too_long"


def require_sayable(event: Event, secret: Secret | None, private_before: int) -> None:
    """Raises when the event, or the dossier it will be part of, is more than a district takes.

    `private_before` is the size of the private parts of its subject so far, in bytes.
    """
    for word in (event.command, event.actor, event.subject):
        if len(word) > LONGEST_WORD or not is_visible(word):
            raise WordTooLong(word=word[:20], most=LONGEST_WORD)
    private = secret.text if secret else ""
    for text in (event.public, private):
        if len(text) > MOST_TEXT:
            raise SaidTooMuch(size=len(text), most=MOST_TEXT)
    total = private_before + len(private.encode())
    if total > MOST_PRIVATE:
        raise SaidTooMuch(size=total, most=MOST_PRIVATE)
