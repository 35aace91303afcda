"""Tells what people see in a text from what hides in it: controls, halves of characters, codes of nobody."""

import unicodedata

HIDDEN = frozenset({"Cc", "Cf", "Co", "Cs", "Zl", "Zp"})
"""Controls, steering marks, private codes, halves of pairs, line and paragraph separators (Unicode)."""

HAN_TO_COME = range(0x20000, 0x40000)
"""Two planes hold Han characters only. New ones come every few years, sooner than to Python's own tables, and
a resident may be named with one today."""

NEVER = frozenset({0xFFFE, 0xFFFF})
"""The last two codes of each plane are no characters and never will be."""


def is_visible(text: str, but: str = "") -> bool:
    """Whether nothing hides in the text, leaving aside the characters that are named."""
    return all(character in but or _is_seen(character) for character in text)


def _is_seen(character: str) -> bool:
    category = unicodedata.category(character)
    if category == "Cn":
        return ord(character) in HAN_TO_COME and ord(character) & 0xFFFF not in NEVER
    return category not in HIDDEN
