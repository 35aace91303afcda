"""The recovery key as people read and type it: eight groups of five signs, a typing error is found and named.

Crockford's alphabet has no I, L, O and U: whoever types one of the first three means 1, 1 and 0. Of each
group the last sign is a check over the other four and the place of the group, reckoned in the field of 32:
one wrong sign, two changed places and two changed groups are always found.
"""

import re

from station_desk.store.vault.trouble import GroupsMissing, GroupWrong

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
MEANT = str.maketrans("OIL", "011")
GROUPS, DATA_SIGNS = 8, 4
SECRET_BYTES = GROUPS * DATA_SIGNS * 5 // 8
BETWEEN = re.compile(r"[\s\-‐‑–—－·.,，、]+")
_FIELD, _TOP = 0b100101, 0b100000


def groups_of(secret: bytes) -> tuple[str, ...]:
    """The groups that stand on the paper for a secret of 160 bits."""
    number = int.from_bytes(secret)
    signs = [(number >> 5 * place) & 31 for place in reversed(range(GROUPS * DATA_SIGNS))]
    parts = [signs[start : start + DATA_SIGNS] for start in range(0, len(signs), DATA_SIGNS)]
    return tuple(_text([*part, _check(part, place)]) for place, part in enumerate(parts))


def written(secret: bytes) -> str:
    """The recovery key on one line."""
    return "-".join(groups_of(secret))


def secret_of(text: str) -> bytes:
    """The secret that was typed or scanned. Raises GroupsMissing, GroupWrong with its place from 1."""
    groups = typed_groups(text)
    if len(groups) != GROUPS:
        raise GroupsMissing(found=len(groups), needed=GROUPS)
    number = 0
    for place, group in enumerate(groups):
        for value in _values(group, place):
            number = number << 5 | value
    return number.to_bytes(SECRET_BYTES)


def group_fault(group: str, place: int) -> GroupWrong | None:
    """What is wrong with one typed group; `place` counts from 0."""
    try:
        _values(_plain(group), place)
    except GroupWrong as fault:
        return fault
    return None


def looks_like_one(text: str) -> bool:
    """Whether a text is meant as a recovery key: as many signs as one has, all of its alphabet."""
    plain = "".join(typed_groups(text))
    return len(plain) == GROUPS * (DATA_SIGNS + 1) and all(sign in ALPHABET for sign in plain)


def typed_groups(text: str) -> list[str]:
    """The groups of a typed key; without any sign between them they are counted off."""
    groups = [_plain(group) for group in BETWEEN.split(text.strip()) if group]
    if len(groups) == 1:
        size = DATA_SIGNS + 1
        return [groups[0][start : start + size] for start in range(0, len(groups[0]), size)]
    return groups


def _plain(group: str) -> str:
    import unicodedata

    return unicodedata.normalize("NFKC", group).strip().upper().translate(MEANT)


def _values(group: str, place: int) -> list[int]:
    values = [ALPHABET.find(sign) for sign in group]
    whole = len(values) == DATA_SIGNS + 1 and -1 not in values
    if not whole or values[-1] != _check(values[:-1], place):
        raise GroupWrong(place=place + 1, group=group)
    return values[:-1]


def _check(values: list[int], place: int) -> int:
    check = place
    for value in values:
        check = _times_two(check ^ value)
    return check


def _times_two(value: int) -> int:
    """Twice a value in the field of 32 elements (x⁵ + x² + 1)."""
    value <<= 1
    return value ^ _FIELD if value & _TOP else value


def _text(values: list[int]) -> str:
    return "".join(ALPHABET[value] for value in values)
