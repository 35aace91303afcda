"""Whose log is whose: the log of a counter PC is named after its station and counter, `QSQ001.02`.

A PC that goes on after a restore or a copy writes under a name of its own, `QSQ001.02~ab12`: still a log
of that counter.
"""

import re
from dataclasses import dataclass

_WRITER = re.compile(r"([A-Z0-9]{6})\.([0-9]{2})(?:~[A-Za-z0-9]{1,16})?")


@dataclass(frozen=True, slots=True)
class Owner:
    """The counter that a log belongs to."""

    station: str
    counter: str


def writer_of(station: str, counter: str) -> str:
    """The name of the first log of a counter."""
    return f"{station}.{counter}"


def owner_of(writer: str) -> Owner | None:
    """The counter whose log is called `writer`; None when no counter's log can be called so."""
    found = _WRITER.fullmatch(writer)
    return Owner(found[1], found[2]) if found else None
