"""Names of people: kept as they are written, found by their characters or their pinyin initials."""

import unicodedata

from station_desk.core.pinyin import first_letter

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
            letters.append(first_letter(character))
        elif character.isalnum() and not (before.isascii() and before.isalnum()):
            letters.append(character)
        before = character
    return "".join(letters).lower()


SURNAMES = {
    "单": "shan", "解": "xie", "仇": "qiu", "查": "zha", "曾": "zeng", "尉": "wei", "盖": "ge", "朴": "piao",
    "任": "ren", "区": "ou", "乐": "yue", "缪": "miao", "翟": "zhai", "覃": "qin", "洗": "xian", "员": "yun",
    "折": "she", "黑": "he", "秘": "bi", "种": "chong", "能": "nai", "繁": "po", "逄": "pang", "宓": "mi",
}  # fmt: skip
"""Characters that are read in another way when they are a surname."""
