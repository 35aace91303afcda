"""Brings the station's call-backs down from the district: the list as it is now, when it is another."""

from typing import Protocol

from station_desk.protocol.messages import AskCallBacks, CallBacks
from station_desk.sync.client import Wire


class CallBackBook(Protocol):
    """The call-backs that this PC knows."""

    def mark(self) -> str:
        """By what the district called the list that is known here; empty at first."""
        ...

    def keep(self, listed: CallBacks) -> None:
        """Keeps this list in place of the one before."""
        ...


def learn_call_backs(book: CallBackBook, wire: Wire, mark: str) -> None:
    """Asks for the list when the district has another than the book; `mark` is its word in `hello`.

    An older district tells no mark, and is not asked. Raises what `Wire` raises; the book is as it was then.
    """
    if mark and mark != book.mark():
        book.keep(wire.call_backs(AskCallBacks(wire.version)))
