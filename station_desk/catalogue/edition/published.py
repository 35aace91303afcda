"""Everything an edition says, read once and kept compiled, so that the desk opens at once.

A compiled edition is a copy for speed, never the truth: it carries the SHA-256 of itself, the name of what it
was made from, and the shape of our types. When one of them differs it is made anew from what it came from.
"""

import hashlib
from pathlib import Path

import msgspec

from station_desk import __version__
from station_desk.catalogue.calendar import CalendarYear, read_years
from station_desk.catalogue.item import Catalogue, Certificates, Edition
from station_desk.catalogue.read import read_catalogue, read_certificates, read_edition

MARK = b"station-desk compiled 1\n"
_HASH = hashlib.sha256().digest_size


class PublishedForms(msgspec.Struct, frozen=True):
    """All that lies in a folder `forms/`; the years of the calendar as they are written, not yet counted."""

    edition: Edition
    catalogue: Catalogue
    certificates: Certificates
    years: tuple[CalendarYear, ...]


def read_published(forms: Path) -> PublishedForms:
    """What the folder `forms/` says. Raises BrokenForm on the first fault."""
    return PublishedForms(
        read_edition(forms), read_catalogue(forms), read_certificates(forms), read_years(forms)
    )


def compiled(forms: PublishedForms, source: str) -> bytes:
    """What is kept of the forms; `source` names what they were read from (a digest, sizes and times)."""
    body = msgspec.msgpack.encode(forms)
    return MARK + _name(source) + hashlib.sha256(body).digest() + body


def read_compiled(kept: bytes, source: str) -> PublishedForms | None:
    """The forms as they were kept; None when they are damaged, of another source or of another program."""
    begins = len(MARK) + 2 * _HASH
    body = memoryview(kept)[begins:]
    if kept[:begins] != MARK + _name(source) + hashlib.sha256(body).digest():
        return None
    return msgspec.msgpack.decode(body, type=PublishedForms)


def shape() -> str:
    """The names, types and defaults of everything in PublishedForms, and the version of the program."""
    return f"{__version__}\n{msgspec.inspect.type_info(PublishedForms)!r}"


def _name(source: str) -> bytes:
    return hashlib.sha256(f"{shape()}\n{source}".encode()).digest()
