"""How a call is said aloud: which clips follow each other for a ticket and a counter, in each voice.

Numbers of tickets are read digit by digit, as they stand on the slip; the counter is said as a number. What a
clip sounds like lies in `resources/sounds/`, and so do the words it was rendered from.
"""

from collections.abc import Iterator
from typing import Literal

Voice = Literal["cmn", "yue", "en"]
VOICES: tuple[Voice, ...] = ("cmn", "yue", "en")
"""Mandarin, Cantonese, English, by their ISO 639-3 and 639-1 codes."""

CHIME = "chime"
"""Sounds once before each call; it is the same for all voices."""

LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
DIGITS = tuple("0123456789")
FRAMES: dict[Voice, tuple[str, str, str]] = {
    "cmn": ("please", "to", "counter"),
    "yue": ("please", "to", "counter"),
    "en": ("ticket", "to", ""),
}
"""Before the number, before the counter, after it: 请 … 号到 … 号窗口; Ticket … please go to counter …"""

LARGEST_COUNTER = 99


def clips_of(number: str, counter: str, voice: Voice) -> tuple[str, ...]:
    """The names of the clips of a call in their order, without the chime: A012 at 3.

    What no clip knows is left out: a call must never fail for an odd sign.
    """
    before, between, after = FRAMES[voice]
    where = tuple(_counted(counter, voice))
    said = (before, *_spelled(number), *((between, *where, after) if where else ()))
    return tuple(clip for clip in said if clip)


def all_clips(voice: Voice) -> tuple[str, ...]:
    """Every clip that a call in this voice may need."""
    frame = tuple(part for part in FRAMES[voice] if part)
    numbers = (
        tuple(f"number-{n}" for n in (*range(10, 20), *range(20, 100, 10))) if voice == "en" else ("ten",)
    )
    spelled = (*(f"letter-{letter.lower()}" for letter in LETTERS), *(f"digit-{digit}" for digit in DIGITS))
    return (*frame, *spelled, *numbers)


def _spelled(text: str) -> Iterator[str]:
    for sign in text.upper():
        if sign in LETTERS:
            yield f"letter-{sign.lower()}"
        elif sign in DIGITS:
            yield f"digit-{sign}"


def _counted(counter: str, voice: Voice) -> Iterator[str]:
    """12: ten two, or twelve; 20: two ten, or twenty. More than two digits are spelled."""
    digits = counter.lstrip("0") if counter.isascii() and counter.isdigit() else counter
    if not digits.isdigit() or int(digits) > LARGEST_COUNTER:
        yield from _spelled(digits)
        return
    tens, ones = divmod(int(digits), 10)
    if voice == "en" and tens:
        yield f"number-{digits}" if tens == 1 or not ones else f"number-{tens * 10}"
        ones = 0 if tens == 1 else ones
    elif tens:
        yield from (f"digit-{tens}", "ten") if tens > 1 else ("ten",)
    if ones:
        yield f"digit-{ones}"
