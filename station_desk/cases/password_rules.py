"""Which passwords and PINs are refused: too short, too easily guessed by whoever stands at the counter."""

from collections.abc import Iterator
from itertools import pairwise

from station_desk.core.errors import RuleError
from station_desk.core.visible import is_visible

SHORTEST_PASSWORD, SHORTEST_PIN, LONGEST = 8, 6, 200
LONGEST_PIN = 12
ROWS = (
    "1234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb", "abcdefghijklmnopqrstuvwxyz",
)  # fmt: skip
COMMON = (
    "password", "passw0rd", "p@ssword", "p@ssw0rd", "admin", "welcome", "letmein", "iloveyou", "station",
)  # fmt: skip
LONGEST_PATTERN = 4
SHORTEST_PART = 3
"""A name or code shorter than this may stand in a password by chance."""


class PasswordTooShort(RuleError):
    """`least`: so many characters at least, `most` at most."""

    code = "staff.password_too_short"


class PasswordTooEasy(RuleError):
    code = "staff.password_too_easy"


class PasswordTellsWho(RuleError):
    code = "staff.password_tells_who"


class PinNotWellFormed(RuleError):
    code = "staff.pin_not_well_formed"


class PinTooEasy(RuleError):
    code = "staff.pin_too_easy"


def require_good_password(password: str, known: tuple[str, ...]) -> None:
    """Raises PasswordTooShort, PasswordTooEasy, PasswordTellsWho.

    `known` is what everybody knows of the person: the name in its spellings, the station and its code.
    """
    if not SHORTEST_PASSWORD <= len(password) <= LONGEST or not is_visible(password):
        raise PasswordTooShort(least=SHORTEST_PASSWORD, most=LONGEST)
    folded = password.casefold()
    if _repeats(folded) or _is_in_a_row(folded) or any(_is_mostly(word, folded) for word in COMMON):
        raise PasswordTooEasy
    if any(_tells(part.casefold(), folded) for part in known):
        raise PasswordTellsWho


def require_good_pin(pin: str) -> None:
    """Raises PinNotWellFormed, PinTooEasy."""
    if not (pin.isascii() and pin.isdecimal() and SHORTEST_PIN <= len(pin) <= LONGEST_PIN):
        raise PinNotWellFormed(least=SHORTEST_PIN, most=LONGEST_PIN)
    if _repeats(pin) or _is_in_a_row(pin):
        raise PinTooEasy


def _repeats(text: str) -> bool:
    """The same few characters over and over: 111111, abababab, 20242024."""
    for size in range(1, LONGEST_PATTERN + 1):
        if len(text) >= 2 * size and (text[:size] * (len(text) // size + 1))[: len(text)] == text:
            return True
    return len(set(text)) <= 2


def _is_in_a_row(text: str) -> bool:
    """Characters as they follow each other in the alphabet, among the digits or on the keyboard."""
    return any(text in whole for row in ROWS for whole in _both(row * 2)) or any(
        all(ord(after) - ord(before) == step for before, after in pairwise(text)) for step in (1, -1)
    )


def _both(row: str) -> Iterator[str]:
    yield row
    yield row[::-1]


def _is_mostly(word: str, text: str) -> bool:
    """A common word with little before or behind it: Password1, admin123."""
    rest = text.replace(word, "", 1)
    return rest != text and (not rest or len(rest) <= SHORTEST_PART or rest.isdecimal() or _is_in_a_row(rest))


def _tells(part: str, text: str) -> bool:
    plain = "".join(part.split())
    least = SHORTEST_PART if plain.isascii() else 2
    return len(plain) >= least and plain in text
