"""Names of people: kept as they are written, found by their characters or their pinyin initials."""

import atexit
import gc
import unicodedata
from collections.abc import Callable
from functools import cache, lru_cache

MIDDLE_DOTS = {"\u2022": "\u00b7", "\u30fb": "\u00b7", "\uff0e": "\u00b7"}
"""Bullet, katakana dot and full-width stop all stand for the middle dot of minority names."""


def normal_name(text: str) -> str:
    """A name as it is stored: composed characters, single spaces, one kind of middle dot."""
    dotted = "".join(MIDDLE_DOTS.get(character, character) for character in text)
    return " ".join(unicodedata.normalize("NFC", dotted).split())


def initials(name: str) -> str:
    """The pinyin initials of a name in lower case, surnames read as surnames: 单小红 → sxh, Ann Lee → al."""
    letters = []
    before = " "
    for place, character in enumerate(name):
        if place == 0 and character in SURNAMES:
            letters.append(SURNAMES[character][0])
        elif not character.isascii():
            letters.append(_initial(character))
        elif character.isalnum() and not (before.isascii() and before.isalnum()):
            letters.append(character)
        before = character
    return "".join(letters).lower()


def read_tables() -> None:
    """Reads what the first name needs, some tenths of a second, before somebody waits for it."""
    _reader()


@lru_cache(maxsize=20_000)
def _initial(character: str) -> str:
    return _reader()(character)


@cache
def _reader() -> Callable[[str], str]:
    # Its two hundred thousand lists stay for good: the collector would stop everybody to walk through them.
    gc.disable()
    try:
        # Importing pypinyin costs more than a whole start of the window: only when a name is first stored.
        from pypinyin import Style, lazy_pinyin
    finally:
        gc.freeze()
        # At the end everything is looked through: a library that counts its own would say that it leaked.
        atexit.register(gc.unfreeze)
        gc.enable()
    return lambda char: "".join(lazy_pinyin(char, style=Style.FIRST_LETTER, errors="ignore"))


SURNAMES = {
    "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "曾": "zeng", "尉": "wei", "盖": "ge", "朴": "piao",
    "任": "ren", "区": "ou", "乐": "yue", "缪": "miao", "翟": "zhai", "覃": "qin", "洗": "xian", "员": "yun",
    "折": "she", "黑": "he", "秘": "bi", "种": "chong", "能": "nai", "繁": "po", "逄": "pang", "宓": "mi",
}  # fmt: skip
"""Characters that are read in another way when they are a surname."""
