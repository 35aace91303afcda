"""The recovery key on paper: whatever is mistyped is found, and the group is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_desk.store.vault.recovery_key import (
    ALPHABET,
    GROUPS,
    SECRET_BYTES,
    groups_of,
    looks_like_one,
    secret_of,
    written,
)
from station_desk.store.vault.trouble import GroupsMissing, GroupWrong

SECRETS = st.binary(min_size=SECRET_BYTES, max_size=SECRET_BYTES)
GROUP = st.integers(0, GROUPS - 1)


@given(SECRETS)
def test_what_is_printed_is_read_back(secret: bytes) -> None:
    assert secret_of(written(secret)) == secret
    assert secret_of("".join(groups_of(secret))) == secret
    assert secret_of("\n".join(groups_of(secret)).lower()) == secret
    assert looks_like_one(written(secret))


def test_what_people_type_instead_is_understood() -> None:
    secret = bytes(range(SECRET_BYTES))
    text = written(secret)
    meant = text.replace("0", "o").replace("1", "l")
    full_width = "".join(chr(ord(sign) + 0xFEE0) if sign.isalnum() else "　" for sign in text)
    for typed in (meant, text.replace("-", " — "), text.replace("-", "，"), f"  {text}\n", full_width):
        assert secret_of(typed) == secret


@given(SECRETS, GROUP, st.integers(0, 4), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_found_and_its_group_named(
    secret: bytes, group: int, place: int, sign: str
) -> None:
    groups = list(groups_of(secret))
    if groups[group][place] == sign:
        return
    groups[group] = groups[group][:place] + sign + groups[group][place + 1 :]
    with pytest.raises(GroupWrong) as caught:
        secret_of("-".join(groups))
    assert caught.value.values == {"place": group + 1, "group": groups[group]}


@given(SECRETS, GROUP, st.integers(0, 3))
def test_two_changed_places_are_found(secret: bytes, group: int, place: int) -> None:
    groups = list(groups_of(secret))
    old = groups[group]
    groups[group] = old[:place] + old[place + 1] + old[place] + old[place + 2 :]
    if groups[group] == old:
        return
    with pytest.raises(GroupWrong) as caught:
        secret_of("-".join(groups))
    assert caught.value.values["place"] == group + 1


@given(SECRETS, GROUP, GROUP)
def test_changed_groups_are_found(secret: bytes, one: int, other: int) -> None:
    groups = list(groups_of(secret))
    groups[one], groups[other] = groups[other], groups[one]
    if one == other:
        return
    with pytest.raises(GroupWrong):
        secret_of("-".join(groups))


def test_missing_groups_are_counted_and_odd_signs_named() -> None:
    groups = groups_of(bytes(SECRET_BYTES))
    with pytest.raises(GroupsMissing) as caught:
        secret_of("-".join(groups[:-1]))
    assert caught.value.values == {"found": GROUPS - 1, "needed": GROUPS}
    for odd in ("0000", "0000U", "000000", "王0000"):
        with pytest.raises(GroupWrong):
            secret_of("-".join((odd, *groups[1:])))
    with pytest.raises(GroupsMissing):
        secret_of("")
    assert not looks_like_one("a passphrase of somebody")
