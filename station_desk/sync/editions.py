"""Brings the editions down that the district put in force, and says what became of each.

A file comes piece by piece; what came before the line was cut is not asked for again.
"""

from typing import Protocol

from station_desk.catalogue.edition.number import NUMBER
from station_desk.protocol.editions import (
    DIGEST,
    MOST_OFFERED,
    PIECE,
    AskEditions,
    AskPiece,
    Editions,
    Offered,
    Piece,
    Took,
)
from station_desk.sync.client import Wire
from station_desk.sync.trouble import NotTheDistrict


class EditionBook(Protocol):
    """The editions of this PC."""

    def mark(self) -> str:
        """By what the district called the list that was worked off here; empty when it is to be asked."""
        ...

    def arrived(self, one: Offered) -> int:
        """How much of its file is here: all of it when it is installed, too big or not wanted."""
        ...

    def add(self, one: Offered, start: int, body: bytes) -> None:
        """Puts the next piece of its file to what is here."""
        ...

    def take(self, one: Offered) -> Took:
        """Takes it in when it may be used here, else says why not; keeps since when it holds."""
        ...

    def settle(self, told: Editions, took: tuple[Took, ...]) -> None:
        """All of the list was worked off, and the district knows."""
        ...


def learn_editions(book: EditionBook, wire: Wire, mark: str) -> None:
    """Works off what is offered when the district has another list; `mark` is its word in `hello`.

    An older district tells no mark, and is not asked. Raises what `Wire` and the disk raise: what is whole by
    then is kept, the rest comes with the next sync.
    """
    if not mark or mark == book.mark():
        return
    told = wire.editions(AskEditions(wire.version))
    took = tuple(_took(book, wire, one) for one in told.offered[:MOST_OFFERED] if _is_sane(one))
    wire.editions(AskEditions(wire.version, took))
    book.settle(told, took)


def _took(book: EditionBook, wire: Wire, one: Offered) -> Took:
    while (start := book.arrived(one)) < one.size:
        piece = wire.edition_piece(AskPiece(wire.version, one.digest, start))
        if not _fits(piece, one, start):
            # Another signature came meanwhile, or something answers nonsense: the next sync asks anew.
            raise NotTheDistrict(server=wire.server, got=f"{one.number} {start}")
        book.add(one, start, piece.body)
    return book.take(one)


def _is_sane(one: Offered) -> bool:
    """Both become names of files here."""
    return bool(DIGEST.fullmatch(one.digest) and NUMBER.fullmatch(one.number))


def _fits(piece: Piece, one: Offered, start: int) -> bool:
    length = min(PIECE, one.size - start)
    return (piece.digest, piece.size, piece.start, len(piece.body)) == (one.digest, one.size, start, length)
