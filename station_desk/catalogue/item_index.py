"""Finds items by what people type: a name in any of our scripts, a code, a shortened name, pinyin.

What is typed in simplified or in traditional characters finds the same items, as far as the names of the
catalogue show which character stands for which. Signs and blanks do not count: SA001, sa-001 and ＳＡ－００１
are one code.
"""

import re
import unicodedata
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import IntEnum
from typing import NamedTuple

from station_desk.catalogue.item import Catalogue, Item, Words

Cells = tuple[tuple[str, ...], ...]
"""How a text may be read: for each of its letters (see `letters`) the syllables it may stand for."""

BREAK = "\n"
SPOKEN = 4
"""So many letters at least are a shortened name that is spelt; fewer fit too much."""
LONGEST = 80
"""So many letters of what is asked are looked at; no name is longer."""
NOUGHTS = re.compile(r"(?<=[a-z])0+(?=[0-9])")
"""SA-001 is found as sa1 too."""
APART = 2
"""So many characters at least are a shortened name (低保); a single one is only looked for as it is."""


class How(IntEnum):
    """How well an item fits, the best first."""

    EXACT = 0
    PREFIX = 1
    INSIDE = 2
    SHORTENED = 3
    """The characters in their order with others between them: 低保 for 最低生活保障."""
    INITIALS = 4
    PINYIN = 5
    """Whole syllables, the last one perhaps not yet typed to its end."""
    MIXED = 6
    """Each character by its syllable or by the beginning of it: zuidsh."""
    SPOKEN_SHORT = 7
    """A shortened name by its whole syllables: dibao."""


class Hit(NamedTuple):
    """An item that was found, by its code."""

    code: str
    how: How


class ItemIndex:
    """All items of a catalogue, ready to be searched. Without readings nothing is found by pinyin."""

    def __init__(self, catalogue: Catalogue, readings: Mapping[str, Cells]) -> None:
        self._codes = sorted(catalogue.items)
        items = [catalogue.items[code] for code in self._codes]
        self._simplified = _simplified(_words_of(catalogue))
        self._names = [self._fold(item.name.hans) for item in items]
        self._texts = _Texts([self._said(item) for item in items])
        self._readings = _Readings([readings.get(item.name.hans, ()) for item in items])

    def find(self, asked: str) -> tuple[Hit, ...]:
        """The items that fit, the best first, equals in the order of their codes.

        Nothing asked is every item; words apart are first taken as one, then each by itself.
        """
        words = [word for word in map(self._fold, asked.strip()[:LONGEST].split()) if word]
        if not words:
            return tuple(Hit(code, How.INSIDE) for code in self._codes) if not asked.strip() else ()
        found = self._fitting("".join(words))
        if len(words) > 1:
            for place, how in self._fitting_each(words).items():
                found.setdefault(place, how)
        ranked = sorted(found.items(), key=lambda hit: (hit[1], hit[0]))
        return tuple(Hit(self._codes[place], how) for place, how in ranked)

    def _fitting_each(self, words: list[str]) -> dict[int, How]:
        """The items that every one of the words fits, as badly as the worst of them."""
        each = [self._fitting(word) for word in words]
        everywhere = set(each[0]).intersection(*each[1:])
        return {place: max(How.INSIDE, *(found[place] for found in each)) for place in everywhere}

    def _fitting(self, word: str) -> dict[int, How]:
        found = self._texts.containing(word)
        ways = self._readings.starting_with(word) if word.isascii() else self._shortened(word)
        for place, how in ways:
            if how < found.get(place, len(How)):
                found[place] = how
        return found

    def _shortened(self, word: str) -> Iterator[tuple[int, How]]:
        if len(word) < APART:
            return
        for place, name in enumerate(self._names):
            if _in_order(word, name):
                yield place, How.SHORTENED

    def _said(self, item: Item) -> tuple[str, ...]:
        code = self._fold(item.code)
        names = map(self._fold, (item.name.hans, item.name.hant, item.name.en))
        return tuple(dict.fromkeys((code, NOUGHTS.sub("", code), *names)))

    def _fold(self, text: str) -> str:
        return letters(text).translate(self._simplified)


def letters(text: str) -> str:
    """The letters, characters and digits of a text, in lower case and of full width no more."""
    return "".join(letter for letter in unicodedata.normalize("NFKC", text).lower() if letter.isalnum())


class _Texts:
    """All texts of all items in one, so that a word is looked for in one go."""

    def __init__(self, texts: Iterable[tuple[str, ...]]) -> None:
        self._owners: list[int] = []
        self._starts: list[int] = []
        whole = BREAK
        for owner, said in enumerate(texts):
            for text in said:
                self._owners.append(owner)
                self._starts.append(len(whole))
                whole += text + BREAK
        self._whole = whole

    def containing(self, word: str) -> dict[int, How]:
        whole, starts, found = self._whole, self._starts, dict[int, How]()
        at = whole.find(word)
        while at >= 0:
            place = bisect_right(starts, at) - 1
            owner, how = self._owners[place], How.INSIDE
            if at == starts[place]:
                how = How.EXACT if whole[at + len(word)] == BREAK else How.PREFIX
            if how < found.get(owner, len(How)):
                found[owner] = how
            after = starts[place + 1] if place + 1 < len(starts) else len(whole)
            at = whole.find(word, after)
        return found


class _Readings:
    """How the names of all items may be read, by the first one and two letters of every place to begin at."""

    def __init__(self, names: Iterable[Cells]) -> None:
        self._names = list(names)
        self._firsts = [tuple(_firsts(cell) for cell in cells) for cells in self._names]
        self._places: dict[str, list[tuple[int, int]]] = {}
        for owner, cells in enumerate(self._names):
            for at in range(len(cells)):
                for start in _starts(cells, at):
                    self._places.setdefault(start, []).append((owner, at))

    def starting_with(self, word: str) -> Iterator[tuple[int, How]]:
        """The names that can be read so; the looser ways only where the closer ones find nothing."""
        places = self._places.get(word[:2], [])
        for way in (self._closely, self._mixed, self._shortened):
            if found := list(way(word, places)):
                yield from found
                return

    def _closely(self, word: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, How]]:
        for owner, at in places:
            if _initials_fit(self._firsts[owner], at, word):
                yield owner, How.INITIALS
            elif _syllables_fit(self._names[owner], at, word, whole=True):
                yield owner, How.PINYIN

    def _mixed(self, word: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, How]]:
        for owner, at in places:
            if _syllables_fit(self._names[owner], at, word, whole=False):
                yield owner, How.MIXED

    def _shortened(self, word: str, places: list[tuple[int, int]]) -> Iterator[tuple[int, How]]:
        for owner, at in places if len(word) >= SPOKEN else ():
            if _syllables_in_order(self._names[owner], at, word):
                yield owner, How.SPOKEN_SHORT


def _firsts(cell: tuple[str, ...]) -> str:
    return "".join({syllable[0] for syllable in cell})


def _starts(cells: Cells, at: int) -> set[str]:
    initials = _firsts(cells[at])
    following = _firsts(cells[at + 1]) if at + 1 < len(cells) else ""
    return (
        {*initials}
        | {syllable[:2] for syllable in cells[at]}
        | {initial + after for initial in initials for after in following}
    )


def _initials_fit(firsts: tuple[str, ...], at: int, word: str) -> bool:
    if at + len(word) > len(firsts):
        return False
    return all(map(str.__contains__, firsts[at : at + len(word)], word))


def _syllables_fit(cells: Cells, at: int, word: str, *, whole: bool) -> bool:
    """Whether the characters from `at` on can be read as the word; `whole` asks each syllable to its end,
    but for the last.
    """
    if at == len(cells):
        return False
    for syllable in cells[at]:
        if syllable.startswith(word):
            return True
        shortest = len(syllable) if whole else 1
        for length in range(len(syllable), shortest - 1, -1):
            if word.startswith(syllable[:length]) and _syllables_fit(
                cells, at + 1, word[length:], whole=whole
            ):
                return True
    return False


def _syllables_in_order(cells: Cells, at: int, word: str) -> bool:
    """Whether the word is the syllable at `at` and some of those after it, each to its end."""
    for syllable in cells[at]:
        rest = word.removeprefix(syllable)
        if rest != word and (
            not rest or any(_syllables_in_order(cells, later, rest) for later in range(at + 1, len(cells)))
        ):
            return True
    return False


def _in_order(word: str, name: str) -> bool:
    at = -1
    for letter in word:
        at = name.find(letter, at + 1)
        if at < 0:
            return False
    return True


def _words_of(catalogue: Catalogue) -> Iterator[Words]:
    """Everything that the catalogue says in both scripts."""
    for item in catalogue.items.values():
        yield item.name
        yield from (step.name for step in item.step)
    for category in catalogue.categories.values():
        yield from (category.name, category.short)
    yield from (material.name for material in catalogue.materials.values())
    yield from (event.name for event in catalogue.life_events.values())


def _simplified(words: Iterable[Words]) -> dict[int, str]:
    """For each traditional character the simplified one that most often stands in its place."""
    pairs = Counter(
        (traditional, simple)
        for said in words
        if len(said.hans) == len(said.hant)
        for traditional, simple in zip(said.hant, said.hans, strict=True)
    )
    best: dict[str, str] = {}
    for (traditional, simple), _ in pairs.most_common():
        best.setdefault(traditional, simple)
    return {ord(traditional): simple for traditional, simple in best.items() if traditional != simple}
