"""What the district said it holds, against its signed word: the one table that no log can make again."""

from collections.abc import Iterator
from typing import Any

import msgspec

from station_desk.cases.event import Head
from station_desk.protocol.messages import Mark, Marks, SignedWord
from station_desk.store.keys import DISTRICT_SIGN
from station_desk.store.verifying.finding import Finding

WORD = "district_word"
"""The last answer with marks as it came, with the signature of the district."""


def check_word(connection: Any) -> Iterator[Finding]:
    """Names every log whose mark is another than the district has signed.

    Nothing is said where there is no signed word (a file brought it, an old district), or where it was signed
    by a key of before.
    """
    about = dict(connection.execute("SELECT key, value FROM about").fetchall())
    told = _signed(about.get(WORD, ""), about.get(DISTRICT_SIGN, ""))
    if told is None:
        return
    kept = {
        writer: Mark(Head(seq, end), dossiers)
        for writer, seq, end, dossiers in connection.execute(
            "SELECT writer, seq, hash, dossiers FROM marks"
        ).fetchall()
    }
    for writer in sorted({*kept, *told.marks}):
        if kept.get(writer) != told.marks.get(writer):
            yield Finding("marks", writer)


def _signed(text: str, key: str) -> Marks | None:
    # What proves signatures is loaded only where there is one.
    from station_desk.protocol.signing import SignatureRefused, verify_reply

    if not text or not key:
        return None
    try:
        word = msgspec.json.decode(text, type=SignedWord)
        verify_reply(key, word.status, word.headers, word.body.encode(), word.asked)
        return msgspec.json.decode(word.body, type=Marks)
    except (msgspec.DecodeError, SignatureRefused, ValueError):
        return None
