"""The one door through which every paper leaves, whatever stands behind it."""

from collections.abc import Callable
from typing import Protocol

Waiting = Callable[[], None]
"""Called again and again while a printer is waited for; it raises to make the waiting end."""


class Printer(Protocol):
    """Takes a finished paper, PDF or the language of thermal printers, under a name of its own.

    When `send` returns the printer has the whole paper, in all its copies; when it raises, the printer has
    nothing that counts: no paper, or one that was broken off and says so by its look.
    """

    def send(self, paper: bytes, name: str, /) -> None: ...


class PrinterFor(Protocol):
    """Which printer takes a kind of paper; `waiting` is called while that one is waited for."""

    def __call__(self, kind: str, waiting: Waiting = ..., /) -> Printer: ...


def nobody_waits() -> None:
    """For printers that are waited for to the end."""


def always(printer: Printer) -> PrinterFor:
    """One printer for every kind of paper."""
    return lambda _kind, _waiting=nobody_waits: printer
