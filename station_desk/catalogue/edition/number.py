"""Which of two editions, and which of two programs, is the newer one.

An edition number is year.month, with .n for the n-th correction within that month. Its parts are compared as
numbers, a missing correction counting as 0: 2026.11 < 2026.11.1 < 2026.11.2 < 2026.11.10 < 2026.12.
"""

import re

NUMBER = re.compile(r"20[0-9]{2}\.(0[1-9]|1[0-2])(\.[1-9][0-9]?)?", re.ASCII)
CLIENT = re.compile(r"[0-9]{1,4}\.[0-9]{1,4}\.[0-9]{1,4}", re.ASCII)
_LEADING = re.compile(r"[0-9]+(\.[0-9]+)*", re.ASCII)


def rank(number: str) -> tuple[int, int, int]:
    """The place of an edition in their order; the number must have the shape of `NUMBER`."""
    year, month, correction = (*number.split("."), "0")[:3]
    return int(year), int(month), int(correction)


def is_newer(number: str, than: str) -> bool:
    """Whether an edition comes after another; every edition comes after none (an empty number)."""
    return not than or rank(number) > rank(than)


def client_is_new_enough(ours: str, needed: str) -> bool:
    """Whether this program (`ours`, like 0.2.0 or 0.2.0.dev1) is at least the one that is needed."""
    found = _LEADING.match(ours)
    parts = tuple(int(part) for part in found[0].split(".")) if found else ()
    return parts >= tuple(int(part) for part in needed.split("."))
