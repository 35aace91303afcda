"""Six words for a public key, to be compared by telephone: counter and district make them of the key alone.

A word is two syllables, each an initial and a final that are told apart by ear; 64 first and 32 second ones
make 2048 words, so that six of them stand for 66 bits of the key's digest. How a syllable is written (a
character, or its letters) is said by the texts; it sounds alike everywhere.
"""

import hashlib
from typing import NamedTuple

WORDS = 6
INITIALS = ("b", "p", "m", "d", "t", "l", "g", "k", "h", "c", "s", "zh")
FINALS = ("a", "u", "ai", "ao", "an")
SYLLABLES = (*(initial + final for initial in INITIALS for final in FINALS), "wa", "wu", "ya", "yu")
FIRST_BITS, SECOND_BITS = 6, 5
DOMAIN = b"station-desk key words 1\n"
"""Another way to make them would begin another text, so that old and new words are never compared."""


class KeyWord(NamedTuple):
    """One word by its two syllables."""

    first: str
    second: str


def word_of(number: int) -> KeyWord:
    """The word of a number below 2048."""
    first, second = divmod(number, 1 << SECOND_BITS)
    return KeyWord(SYLLABLES[first], SYLLABLES[second])


def key_words(public_key: str) -> tuple[KeyWord, ...]:
    """The six words of an Ed25519 public key in lower-case hex."""
    digest = int.from_bytes(hashlib.sha256(DOMAIN + public_key.encode("ascii")).digest())
    bits = FIRST_BITS + SECOND_BITS
    whole = hashlib.sha256().digest_size * 8
    return tuple(word_of(digest >> whole - bits * place & (1 << bits) - 1) for place in range(1, WORDS + 1))
