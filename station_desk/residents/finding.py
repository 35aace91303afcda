"""By which words a case and its applicant are found again, and which of them a clerk asks for.

A number is cut into every four and every five characters in a row, a name into its characters and pairs: so
any end or middle that a person says is a few whole words, and no question ever has to look at all cases.
"""

import re
import unicodedata
from dataclasses import dataclass

GRAM = 4
"""Numbers are found by four characters or more; fewer digits ask for the serial of a case."""
LONG_GRAM = 5
"""More characters are asked for by these: where a day is part of it, words of four fit cases by the thousand
that stand for something else.
"""
LONGEST = 20
"""Of a word in Latin letters, so many characters are told apart."""
MOST_TYPED = 80
_RUNS = re.compile(r"[0-9a-z]+|[^\x00-\x7f]+")
_NOT_SAID = re.compile(r"[^0-9a-z]")
_UNSAID = frozenset({"Cc", "Cf", "Cs"})


@dataclass(frozen=True, slots=True)
class Asked:
    """What was typed: `words` must all be there; `numbers` and `names` must stand as a whole in one of the
    texts, `whole` is the name that would fit best.
    """

    words: tuple[str, ...]
    numbers: tuple[str, ...]
    names: tuple[str, ...]
    whole: str


def plain(text: str) -> str:
    """Letters and digits alone, in one form: no width, no case, no dots or dashes. Rare characters stay."""
    if text.isascii():
        return _NOT_SAID.sub("", text.lower())
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "".join(character for character in folded if _said(character))


def findable(number: str, name: str, initials: str, id_number: str, phone: str) -> frozenset[str]:
    """The words by which a case is found. Order and number of times do not matter."""
    found = {f"#{gram}" for text in (number, id_number, phone) for gram in _grams(plain(text), GRAM)}
    found |= long_grams(number, id_number, phone)
    serial = number.split("-")[-2] if "-" in number else ""
    if serial.isdigit() and int(serial) < 1000:
        found.add(f"#{int(serial)}")
    return frozenset(found | _name_words(name) | _initial_words(initials))


def long_grams(number: str, id_number: str, phone: str) -> frozenset[str]:
    """Of the words by which a case is found, those of five characters in a row."""
    return frozenset(
        f"#{gram}" for text in (number, id_number, phone) for gram in _grams(plain(text), LONG_GRAM)
    )


def asked_for(text: str) -> Asked:
    """What a clerk means by what was typed; without words when it is too little to look for."""
    numbers: list[str] = []
    words: list[str] = []
    names: list[str] = []
    for word in unicodedata.normalize("NFKC", text[:MOST_TYPED]).casefold().split():
        for run in _runs(word):
            if not run.isascii():
                names.append(run)
                words += _pairs(run) if len(run) > 1 else [run]
            elif any(character.isdigit() for character in run):
                numbers.append(run)
            else:
                words.append(run[:LONGEST])
    said = "".join(numbers)
    words += [f"#{gram}" for gram in _told_apart_by(said)]
    if said and len(said) < GRAM:
        # A letter among less than four characters fits nothing; the word is kept so that nothing is found.
        words.append(f"#{int(said)}" if said.isdigit() else f"#{said}")
    return Asked(tuple(words), (said,) if len(said) > GRAM else (), tuple(names), f"={plain(text)}")


def _runs(word: str) -> list[str]:
    """A number with its dashes taken out; else the parts between dots and dashes, by their script."""
    whole = plain(word)
    if whole.isascii() and any(character.isdigit() for character in whole):
        return [whole]
    return _RUNS.findall("".join(character if _said(character) else " " for character in word))


def _name_words(name: str) -> set[str]:
    """Single characters, pairs, the whole; of Latin words every beginning."""
    whole = plain(name)
    found = {f"={whole}"} if whole else set()
    for run in _RUNS.findall(whole):
        found |= set() if run.isascii() else {*run, *_pairs(run)}
    for word in unicodedata.normalize("NFKC", name).casefold().split():
        for run in (run for run in _runs(word) if run.isascii()):
            found |= {run[:length] for length in range(1, min(len(run), LONGEST) + 1)}
    return found


def _initial_words(initials: str) -> set[str]:
    """Every beginning, and the given name alone, after a surname of one character or two."""
    cut = initials[:LONGEST]
    found = {cut[:length] for length in range(1, len(cut) + 1)}
    return found | {cut[start:] for start in (1, 2) if len(cut) - start >= 2}


def _pairs(text: str) -> list[str]:
    return [text[place : place + 2] for place in range(len(text) - 1)]


def _grams(text: str, length: int) -> list[str]:
    return [text[place : place + length] for place in range(len(text) - length + 1)]


def _told_apart_by(said: str) -> list[str]:
    """Every other one and the last: few lists to compare, and hardly a stranger among what stands in all."""
    grams = _grams(said, LONG_GRAM if len(said) > GRAM else GRAM)
    return [*dict.fromkeys((*grams[::2], *grams[-1:]))]


def _said(character: str) -> bool:
    """Not a space, dot, dash or mark; characters too new for our tables count as letters."""
    category = unicodedata.category(character)
    return category[0] not in "PZSM" and category not in _UNSAID
