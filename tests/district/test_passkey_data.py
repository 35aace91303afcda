"""What authenticators say is read as they write it; whatever differs by a byte is refused, never a crash."""

from random import Random

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import load_der_public_key

from station_desk.district.desk import cbor
from station_desk.district.desk.cbor import DEEPEST, MOST_ENTRIES, NotCbor
from station_desk.district.desk.passkey_data import HEAD, key_of, read_made, read_used
from tests.district.authenticator import Authenticator, Cbor, Key, cose_map, new_key, packed

ED, WEAK = ed25519.Ed25519PrivateKey.generate(), rsa.generate_private_key(65537, 1024)
STRONG, P384 = rsa.generate_private_key(65537, 2048), ec.generate_private_key(ec.SECP384R1())
GOOD: list[Key] = [new_key(), ED, STRONG]
KINDS = ["ES256", "EdDSA", "RS256"]


@pytest.mark.parametrize("key", GOOD, ids=KINDS)
def test_keys_of_every_kind_are_read_as_they_are(key: Key) -> None:
    one = Authenticator(key=key, counted=7)
    new = read_made(one.made())
    assert (new.id, new.said.counted) == (one.id, 7)
    assert load_der_public_key(new.public) == key.public_key()


@pytest.mark.parametrize("key", GOOD, ids=KINDS)
def test_cut_off_or_longer_anywhere_it_is_refused(key: Key) -> None:
    whole = Authenticator(key=key).made()
    used = whole[:32] + b"\x05" + whole[33:HEAD]
    assert read_used(used).counted == 0
    for end in range(len(whole)):
        with pytest.raises(NotCbor):
            read_made(whole[:end])
    for end in range(len(used)):
        with pytest.raises(NotCbor):
            read_used(used[:end])
    for wrong in (whole + b"\0", whole + packed({}), whole[:HEAD]):
        with pytest.raises(NotCbor):
            read_made(wrong)
    for wrong in (whole, used + b"\0", used + packed({})):
        with pytest.raises(NotCbor):
            read_used(wrong)


def test_what_more_is_announced_is_one_map() -> None:
    used = b"h" * 32 + b"\x85" + b"\0\0\0\1"
    assert read_used(used + packed({"credProtect": 2})).counted == 1
    for more in (b"", packed(1), packed("x"), packed({}) + b"\0", b"\xa1\x01"):
        with pytest.raises(NotCbor):
            read_used(used + more)


def changed(key: Key, **swaps: Cbor) -> bytes:
    """A key in which some things are others; `x-3` is the entry -3."""
    said = cose_map(key)
    for name, value in swaps.items():
        said[-int(name[2:]) if name[1] == "_" else int(name[1:])] = value
    return packed(said)


WRONG_KEYS = {
    "another curve": packed(cose_map(P384)), "too weak": packed(cose_map(WEAK)),
    "another algorithm": changed(GOOD[0], x3=-257), "of RSA, says ES256": changed(STRONG, x3=-7),
    "another kind": changed(GOOD[0], x1=3), "not on the curve": changed(GOOD[0], x_3=b"\1" * 32),
    "a short point": changed(GOOD[0], x_2=b"\1" * 31), "an endless point": changed(GOOD[0], x_2=b"\1" * 900),
    "a number for a point": changed(GOOD[0], x_2=5), "a private key": changed(GOOD[0], x_4=b"\1" * 32),
    "even exponent": changed(STRONG, x_2=b"\x02"), "noughts before": changed(STRONG, x_2=b"\0\x01\0\x01"),
    "a short Ed25519": changed(ED, x_2=b"\1" * 31), "X25519": changed(ED, x_1=4), "no key": packed({}),
    "a text": packed("key"), "bytes": packed(b"key"), "a number": packed(1),
}  # fmt: skip


@pytest.mark.parametrize("raw", WRONG_KEYS.values(), ids=WRONG_KEYS.keys())
def test_a_key_that_is_not_one_of_ours_is_refused(raw: bytes) -> None:
    with pytest.raises(NotCbor):
        key_of(cbor.read_whole(raw))
    whole = Authenticator().made()
    with pytest.raises(NotCbor):
        read_made(whole[: HEAD + 18 + len(b"passkey one")] + raw)


NOT_CBOR = (
    "", "18", "1817", "190017", "1a00000017", "1b0000000000000017", "1c", "1f", "5f41004100ff",
    "9f01ff", "bf0101ff", "ff", "c001", "d81c01", "f90000", "fa00000000", "fb0000000000000000",
    "f7", "f800", "e0", "41", "5901", "61ff", "62c328", "a101", "a201010102", "a1810101", "a1f501",
    "81", "8101" * 2, "0001", "bb7fffffffffffffff", "9b7fffffffffffffff", "5b7fffffffffffffff",
    "a1" * 70000, "81" * (DEEPEST + 1) + "01",
    "98" + f"{MOST_ENTRIES + 1:02x}" + "01" * (MOST_ENTRIES + 1),
)  # fmt: skip


@pytest.mark.parametrize("raw", NOT_CBOR, ids=lambda raw: raw[:20] or "nothing")
def test_what_no_authenticator_writes_is_refused(raw: str) -> None:
    with pytest.raises(NotCbor):
        cbor.read_whole(bytes.fromhex(raw))


def test_what_is_written_is_read_back() -> None:
    said: Cbor = {1: -1, -70000: b"x" * 300, "a": {2: "ü", "b": 23}, 24: 65535, 25: 65536, -25: -256}
    assert cbor.read_whole(packed(said)) == said
    assert cbor.read_whole(bytes.fromhex("83f4f5f6")) == [False, True, None]


def test_of_thousands_of_changed_bytes_none_is_a_crash() -> None:
    random = Random(1)
    whole = Authenticator(key=ED).made()
    for _ in range(3000):
        spoilt = bytearray(whole)
        for _ in range(random.randint(1, 6)):
            spoilt[random.randrange(len(spoilt))] = random.randrange(256)
        for read in (read_made, read_used, cbor.read_whole):
            try:
                read(bytes(spoilt))
            except NotCbor:
                continue
