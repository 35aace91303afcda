"""What a scanner read: one of the codes that we print or a resident brings, or nothing of ours.

Also tells whether a text that is still coming may become one, so that nothing else is held back from a field.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from station_desk.cases.number import NumberMistyped, NumberNotWellFormed, check_character, read_number
from station_desk.core.identifiers import check_citizen_id
from station_desk.protocol.certificate_code import LENGTH as CERTIFICATE_LENGTH
from station_desk.protocol.certificate_code import looks_like_certificate
from station_desk.protocol.receipt_code import LENGTH, looks_like_code

Kind = Literal["case", "bundle", "ticket", "proof", "tracking", "guide", "resident", "certificate"]
SYMBOLOGY = re.compile(r"\][A-Za-z][0-9A-Za-z]")
"""What a scanner may be set to say first: which symbology it read (ISO/IEC 15424), `]C0` for Code128."""

LONGEST = 2 * LENGTH
_BUNDLE = re.compile(r"([A-Z0-9]{6})-([0-9]{6})-([0-9]{2}[A-Z]?)-(B[0-9]{3})-([A-Z0-9])")
_TICKET = re.compile(r"T([0-9]{6})-([A-Z][0-9]{3,4})")
_ADDRESS = re.compile(r"https?://[^\s/]+(?:/[^\s/]+)*?/(t|guide)/([A-Za-z0-9._-]{1,64})")
_GUIDE = re.compile(r"https?://[^\s/]+(?:/[^\s/]+)*?/guide/?")
_PLAIN_ADDRESS = re.compile(r"[\x21-\x7e]*")


@dataclass(frozen=True, slots=True)
class Scan:
    """What was read, as we would have printed it. `whole` is False when its check says that it is damaged."""

    kind: Kind
    value: str
    whole: bool = True


def read_scan(text: str, today: date) -> Scan | None:
    """What a scan names; None when it is nothing of ours. Capitals do not matter, except in an address."""
    read = _tidy(text)
    capital = read.upper()
    if len(read) > LONGEST:
        return None
    if looks_like_code(capital):
        return Scan("proof", capital)
    if looks_like_certificate(capital):
        return Scan("certificate", capital)
    return _address(read) or _ticket(capital) or _number(capital) or _resident(capital, today)


def may_become_scan(text: str) -> bool:
    """Whether a text that is still coming can be the beginning of something that `read_scan` knows.

    As printed, capitals and all: small letters are what people type.
    """
    if text[:1].isspace():
        # A scanner begins with no blank; a clerk ticks a box with it.
        return False
    read = _tidy(text)
    if text.startswith("]") and len(text) < 3:
        return text == "]" or (text[1].isascii() and text[1].isalpha())
    if not read or len(read) > LONGEST:
        return not read
    return _BEGINNINGS.fullmatch(read) is not None or _may_become_address(read)


def _tidy(text: str) -> str:
    """Half-width, without the symbology and without what is no character."""
    plain = "".join(c for c in unicodedata.normalize("NFKC", text) if c.isprintable()).strip()
    return plain[3:] if SYMBOLOGY.match(plain) else plain


def _address(read: str) -> Scan | None:
    # A scanner with the capitals locked turns them round.
    turned = read.swapcase() if read.startswith("HTTP") else read
    if found := _ADDRESS.fullmatch(turned):
        return Scan("tracking" if found[1] == "t" else "guide", found[2])
    return Scan("guide", "") if _GUIDE.fullmatch(turned) else None


def _ticket(read: str) -> Scan | None:
    return Scan("ticket", read) if _TICKET.fullmatch(read) else None


def _number(read: str) -> Scan | None:
    if found := _BUNDLE.fullmatch(read):
        body = "".join(found.groups()[:-1])
        return Scan("bundle", read, whole=check_character(body) == found[5])
    try:
        return Scan("case", str(read_number(read)))
    except NumberMistyped:
        return Scan("case", read, whole=False)
    except NumberNotWellFormed:
        return None


def _resident(read: str, today: date) -> Scan | None:
    if not re.fullmatch(r"[0-9]{17}[0-9X]", read, re.ASCII):
        return None
    faults = [fault for fault in check_citizen_id(read, today) if fault.blocks]
    if any(fault.code not in ("check_digit", "future") for fault in faults):
        return None
    return Scan("resident", read, whole=not faults)


def _may_become_address(read: str) -> bool:
    schemes = ("http://", "https://")
    return (read.startswith(schemes) and bool(_PLAIN_ADDRESS.fullmatch(read))) or any(
        scheme.startswith(read) for scheme in schemes
    )


# One letter a place: what stands there in each form that a code can have. Of a day only a possible one.
_PLACES = {
    "a": "[0-9A-Z]", "l": "[A-Z]", "n": "[0-9]", "x": "[0-9Xx]",
    "c": "[12]", "y": "[089]", "m": "[01]", "d": "[0-3]",
}  # fmt: skip
_DAY = "nnmndn"
_SHAPES = (
    *(
        f"aaaaaa{dash}{_DAY}{dash}nn{letter}{dash}{'n' * digits}{dash}a"
        for dash in ("", "-") for letter in ("", "l") for digits in (4, 5, 6)
    ),
    *(f"aaaaaa-{_DAY}-nn{letter}-Bnnn-a" for letter in ("", "l")),
    f"T{_DAY}-lnnnn",
    "SDn" + "a" * (LENGTH - 3),
    "SCn" + "a" * (CERTIFICATE_LENGTH - 3),
    "nnnnnncynnmndnnnnx",
)  # fmt: skip


def _beginning(shape: str) -> str:
    places = [_PLACES.get(place, re.escape(place)) for place in shape]
    return "(?:".join(places) + ")?" * (len(places) - 1)


_BEGINNINGS = re.compile("|".join(_beginning(shape) for shape in _SHAPES), re.ASCII)
