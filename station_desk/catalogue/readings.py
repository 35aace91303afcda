"""How Chinese names may be read aloud, for finding them by pinyin."""

from collections.abc import Iterable

from station_desk.catalogue.item_index import Cells, letters
from station_desk.core.pinyin import syllables

USUAL = 4
"""So many readings of a character are taken: no phrase reads it in a rarer way."""


def readings_of(names: Iterable[str]) -> dict[str, Cells]:
    """For each name its readings, letter by letter.

    A character is read in each of its usual ways, whatever its word asks for (调解: tiao jie): people type
    either, and the phrases that tell which is which would hold everybody up. What is no Chinese character is
    read as it stands.
    """
    return {name: tuple(map(_cell, letters(name))) for name in names}


def _cell(letter: str) -> tuple[str, ...]:
    said = () if letter.isascii() else syllables(letter)[:USUAL]
    return _typed(said) if said else (letter,)


def _typed(readings: Iterable[str]) -> tuple[str, ...]:
    """The syllables as they are typed: 绿 is lv for who learnt typing, lu for who did not."""
    return tuple(
        dict.fromkeys(typed for said in readings for typed in (said, said.replace("v", "u")) if typed)
    )
