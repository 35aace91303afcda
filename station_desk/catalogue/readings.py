"""How Chinese names may be read aloud, for finding them by pinyin."""

from collections.abc import Iterable
from itertools import groupby

from station_desk.catalogue.item_index import Cells, letters
from station_desk.core.pinyin import read_phrases

USUAL = 2
"""So many readings of a character by itself are taken; further ones are too rare to be typed."""


def readings_of(names: Iterable[str]) -> dict[str, Cells]:
    """For each name its readings, letter by letter.

    A character is read as its word asks for (调解: tiao jie), and as it is usually read alone: people type
    either. What is no Chinese character is read as it stands.
    """
    return {name: tuple(_cells(letters(name))) for name in names}


def _cells(name: str) -> Iterable[tuple[str, ...]]:
    for plain, run in groupby(name, str.isascii):
        if plain:
            yield from ((letter,) for letter in run)
        else:
            yield from _cells_of_characters("".join(run))


def _cells_of_characters(run: str) -> Iterable[tuple[str, ...]]:
    # Importing pypinyin costs more than opening the whole desk: only where readings are made.
    read_phrases()
    from pypinyin import Style, pinyin

    in_words = pinyin(run, style=Style.NORMAL, heteronym=True)
    if len(in_words) != len(run):
        in_words = [[] for _ in run]
    for letter, said in zip(run, in_words, strict=True):
        alone = pinyin(letter, style=Style.NORMAL, heteronym=True)[0][:USUAL]
        yield _typed([*said, *alone])


def _typed(syllables: Iterable[str]) -> tuple[str, ...]:
    """The syllables as they are typed: 绿 is lv for who learnt typing, lu for who did not."""
    return tuple(
        dict.fromkeys(typed for said in syllables for typed in (said, said.replace("v", "u")) if typed)
    )
