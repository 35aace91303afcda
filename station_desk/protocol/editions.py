"""How editions come down to the counters: what the district offers, a file piece by piece, what became of it.

The district only says which edition holds from which day on. Whether a file may be used is proved at the
counter, by the signatures of the catalogue's own keys, as when it comes on a stick.
"""

import re

import msgspec

PIECE = 192 * 1024
MOST_OFFERED = 20
LONGEST_VALUE = 200
DIGEST = re.compile(r"[0-9a-f]{64}")


class Offered(msgspec.Struct, frozen=True):
    """An edition that holds from `day` on, or was `withdrawn`; `digest` is the SHA-256 of what is signed.

    `size` is that of its file in bytes, `file` its SHA-256.
    """

    digest: str
    number: str
    day: str
    size: int
    file: str
    withdrawn: bool = False


class Took(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a counter did with an edition: kept it, or `refused` it by the sentence of that code."""

    number: str
    refused: str = ""
    values: dict[str, str] = {}


class AskEditions(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Asks what is offered; `took` tells what became of what was offered before."""

    version: int
    took: tuple[Took, ...] = ()


class Editions(msgspec.Struct, frozen=True):
    """The edition in force, those to come and those taken back since, the oldest first."""

    version: int
    mark: str
    offered: tuple[Offered, ...] = ()


class AskPiece(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Asks for the file of an offered edition from `start` on, a multiple of PIECE."""

    version: int
    digest: str
    start: int


class Piece(msgspec.Struct, frozen=True):
    """PIECE bytes of a file of `size` bytes, fewer at its end."""

    version: int
    digest: str
    size: int
    start: int
    body: bytes


class EditionsOnStick(msgspec.Struct, frozen=True):
    """The same for a counter without network; `files` holds those that it did not say it has, by digest."""

    told: Editions
    files: dict[str, bytes] = {}
