"""Seals a key by a passphrase (argon2id) or by the secret of the envelope (HKDF), with AES-256-GCM."""

import os
import secrets
import unicodedata
from typing import Any

from argon2.low_level import Type, hash_secret_raw
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from station_desk.store.vault.recovery_key import secret_of
from station_desk.store.vault.ring import Wrap
from station_desk.store.vault.trouble import PassphraseShort

USUAL = {"memory": 64 * 1024, "passes": 3, "lanes": 4}
SMALL = {"memory": 19 * 1024, "passes": 2, "lanes": 1}
"""For PCs with less than 2 GiB of memory."""

SMALL_BYTES = 2 << 30
LEAST = 10
"""So many characters has a passphrase at least: it meets guessing without anybody counting the tries."""

NONCE = 12


def seal(wrapping: bytes, key: str, about: str) -> str:
    """The key sealed by another key, bound to what it is about."""
    nonce = secrets.token_bytes(NONCE)
    return (nonce + AESGCM(wrapping).encrypt(nonce, bytes.fromhex(key), about.encode())).hex()


def unseal(wrapping: bytes, sealed: str, about: str) -> str | None:
    """The sealed key; None when it was sealed by another one."""
    raw = bytes.fromhex(sealed)
    try:
        return AESGCM(wrapping).decrypt(raw[:NONCE], raw[NONCE:], about.encode()).hex()
    except InvalidTag:
        return None


def by_passphrase(name: str, key: str, passphrase: str) -> Wrap:
    """A wrap of the key for a passphrase. Raises PassphraseShort."""
    require_passphrase(passphrase)
    facts: dict[str, Any] = {"salt": secrets.token_hex(16), **_cost()}
    sealed = seal(_stretched(passphrase, facts), key, f"{name} passphrase")
    return Wrap("passphrase", {**facts, "sealed": sealed})


def by_envelope(name: str, key: str, secret: bytes, made: str) -> Wrap:
    """A wrap of the key for the secret on the paper; `made` is the day."""
    salt = secrets.token_hex(16)
    sealed = seal(_derived(secret, salt), key, f"{name} recovery")
    return Wrap("recovery", {"salt": salt, "sealed": sealed, "made": made, "proved": False})


def opened_by(name: str, wrap: Wrap, text: str) -> str | None:
    """The key by what somebody typed; None when it is the wrong one.

    Raises GroupWrong, GroupsMissing for a mistyped recovery key.
    """
    if wrap.by == "recovery":
        return unseal(_derived(secret_of(text), wrap.facts["salt"]), wrap.facts["sealed"], f"{name} recovery")
    return unseal(_stretched(text, wrap.facts), wrap.facts["sealed"], f"{name} passphrase")


def require_passphrase(passphrase: str) -> None:
    """Raises PassphraseShort for one that is too short."""
    if len(passphrase) < LEAST:
        raise PassphraseShort(least=LEAST)


def _stretched(passphrase: str, facts: dict[str, Any]) -> bytes:
    return hash_secret_raw(
        unicodedata.normalize("NFKC", passphrase).encode(), bytes.fromhex(facts["salt"]),
        time_cost=facts["passes"], memory_cost=facts["memory"], parallelism=facts["lanes"],
        hash_len=32, type=Type.ID,
    )  # fmt: skip


def _derived(secret: bytes, salt: str) -> bytes:
    return HKDF(SHA256(), 32, bytes.fromhex(salt), b"station-desk recovery key").derive(secret)


def _cost() -> dict[str, int]:
    try:
        small = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") < SMALL_BYTES
    except (AttributeError, ValueError, OSError):
        small = False
    return SMALL if small else USUAL
