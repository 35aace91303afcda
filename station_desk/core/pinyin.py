"""How Chinese characters are read: the syllables of one by itself, and the library for whole words.

The library takes 47,000 phrases in with its first word, which is a quarter of a second for everybody, as one
thread reads them in one go, and forty megabytes. No character by itself needs a phrase: those come straight
from the table of characters.
"""

import atexit
import gc
import json
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

LIBRARY = "pypinyin"
TABLE = "pinyin_dict.json"


@lru_cache(maxsize=20_000)
def first_letter(character: str) -> str:
    """The first letter of a character's usual reading, as the library says it; none for other signs."""
    return unicodedata.normalize("NFD", _readings().get(str(ord(character)), ""))[:1]


@lru_cache(maxsize=20_000)
def syllables(character: str) -> tuple[str, ...]:
    """The readings of a character without tones, the usual one first, as the library says them; v for ü."""
    said = _readings().get(str(ord(character)), "")
    return tuple(dict.fromkeys(_plain(one) for one in said.split(",") if one))


def _plain(syllable: str) -> str:
    apart = unicodedata.normalize("NFD", syllable).replace("u\N{COMBINING DIAERESIS}", "v")
    return "".join(letter for letter in apart if not unicodedata.combining(letter))


@cache
def read_phrases() -> None:
    """Reads the library with all its phrases, before somebody imports from it."""
    # Its two hundred thousand lists stay for good: the collector would stop everybody to walk through them.
    gc.disable()
    try:
        __import__(LIBRARY)
    finally:
        gc.freeze()
        # At the end everything is looked through: a library that counts its own would say that it leaked.
        atexit.register(gc.unfreeze)
        gc.enable()


@cache
def _readings() -> Mapping[str, str]:
    """By the number of a character its readings, the usual one first."""
    spec = find_spec(LIBRARY)
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError(LIBRARY)
    found: Mapping[str, str] = json.loads((Path(spec.origin).parent / TABLE).read_bytes())
    return found
