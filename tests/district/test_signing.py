"""A signature holds for one request of one key and for nothing that differs from it by a single character."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from hypothesis import given
from hypothesis import strategies as st

from station_desk.protocol import signing
from station_desk.protocol.writers import Owner, owner_of, writer_of

KEY = "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60"
PUBLIC = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
DEVICE = "QSQ001.02.0123456789ab"
BODY = b'{"version":1,"writers":["QSQ001.02"]}'


def test_the_key_of_rfc_8032_has_its_public_key() -> None:
    assert signing.public_key_of(KEY) == PUBLIC
    assert signing.is_public_key(PUBLIC)
    assert not signing.is_public_key(PUBLIC.upper())
    assert signing.new_key() != signing.new_key()


def test_what_was_signed_is_verified_and_names_its_device() -> None:
    headers = signing.sign(KEY, "POST", "/v1/hello", BODY, DEVICE)
    signing.verify(PUBLIC, "POST", "/v1/hello", headers, BODY)
    assert signing.signer_of(headers) == DEVICE


def test_the_signature_is_over_the_base_of_rfc_9421() -> None:
    headers = signing.sign(KEY, "POST", "/v1/hello", BODY, DEVICE)
    digest = f"sha-256=:{base64.b64encode(hashlib.sha256(BODY).digest()).decode()}:"
    base = (
        '"@method": POST\n"@path": /v1/hello\n'
        f'"content-digest": {digest}\n'
        f'"@signature-params": {headers["signature-input"].removeprefix("sig1=")}'
    )
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(PUBLIC))
    key.verify(_bytes(headers["signature"]), base.encode())
    assert headers["content-digest"] == digest


def test_two_requests_never_have_the_same_signature() -> None:
    signatures = {signing.sign(KEY, "POST", "/v1/push", BODY, DEVICE)["signature"] for _ in range(20)}
    assert len(signatures) == 20


def test_every_changed_character_of_every_header_is_refused() -> None:
    headers = signing.sign(KEY, "POST", "/v1/push", BODY, DEVICE)
    tried = 0
    for name, value in headers.items():
        for at, character in enumerate(value):
            for other in {"A", "a", "0", " ", ";", chr(ord(character) ^ 1)} - {character}:
                _refused("POST", "/v1/push", {**headers, name: value[:at] + other + value[at + 1 :]}, BODY)
                tried += 1
        for odd in (
            value + " ",
            " " + value,
            f"{value}, {value}",
            value[:-1],
            "",
            value.replace("sig1", "sig2") + "x",
        ):
            _refused("POST", "/v1/push", {**headers, name: odd}, BODY)
        _refused("POST", "/v1/push", {other: text for other, text in headers.items() if other != name}, BODY)
    assert tried > 1000


def test_another_spelling_of_the_same_signature_is_refused() -> None:
    headers = signing.sign(KEY, "POST", "/v1/push", BODY, DEVICE)
    written = headers["signature"]
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    last = alphabet.index(written[-4])  # Only two of its six bits belong to the signature.
    for other in range(last & ~15, (last & ~15) + 16):
        spelled = written[:-4] + alphabet[other] + written[-3:]
        assert _bytes(spelled) == _bytes(written)
        if spelled != written:
            _refused("POST", "/v1/push", {**headers, "signature": spelled}, BODY)


def test_every_flipped_bit_of_the_body_is_refused() -> None:
    headers = signing.sign(KEY, "POST", "/v1/push", BODY, DEVICE)
    for bit in range(len(BODY) * 8):
        changed = bytearray(BODY)
        changed[bit // 8] ^= 1 << bit % 8
        _refused("POST", "/v1/push", headers, bytes(changed))


@pytest.mark.parametrize(
    ("method", "path"), [("PUT", "/v1/push"), ("POST", "/v1/hello"), ("POST", "/v1/push/")]
)
def test_a_signature_serves_no_other_door(method: str, path: str) -> None:
    _refused(method, path, signing.sign(KEY, "POST", "/v1/push", BODY, DEVICE), BODY)


def test_another_key_does_not_verify() -> None:
    headers = signing.sign(signing.new_key(), "POST", "/v1/push", BODY, DEVICE)
    _refused("POST", "/v1/push", headers, BODY)


@given(st.text(max_size=200))
def test_no_text_is_a_signature_by_chance(text: str) -> None:
    headers = signing.sign(KEY, "POST", "/v1/push", BODY, DEVICE)
    for name in signing.HEADERS:
        _refused("POST", "/v1/push", {**headers, name: text}, BODY)


@pytest.mark.parametrize(
    ("writer", "owner"),
    [
        ("QSQ001.02", Owner("QSQ001", "02")),
        ("QSQ001.02~ab12", Owner("QSQ001", "02")),
        ("QSQ001.02~", None),
        ("QSQ001.2", None),
        ("qsq001.02", None),
        ("QSQ001.02\n", None),
        ("QSQ001.02~ab12~cd34", None),
        ("QSQ001.02/../03", None),
        ("QSQ001.٠٢", None),
        ("", None),
    ],
)
def test_a_log_names_its_counter(writer: str, owner: Owner | None) -> None:
    assert owner_of(writer) == owner
    assert owner is None or owner_of(writer_of(owner.station, owner.counter)) == owner


def _bytes(signature: str) -> bytes:
    return base64.b64decode(signature.removeprefix("sig1=:").removesuffix(":"))


def _refused(method: str, path: str, headers: dict[str, str], body: bytes) -> None:
    with pytest.raises(signing.SignatureRefused):
        signing.verify(PUBLIC, method, path, headers, body)
