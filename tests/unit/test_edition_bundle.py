"""An edition is used only when two of three keys signed these very files, and it is newer than the last."""

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest

from station_desk.catalogue.edition import trouble
from station_desk.catalogue.edition.bundle import (
    Circumstances,
    make,
    opened,
    published_files,
    sign,
    verify,
    verify_ahead,
)
from station_desk.catalogue.edition.keys import SigningKey, new_key, signed
from station_desk.catalogue.edition.parcel import pack, unpack
from station_desk.catalogue.edition.root import RootKey, RootList
from station_desk.catalogue.item import Edition, Words
from station_desk.core.errors import RuleError
from station_desk.core.paths import FORMS, RESOURCES
from station_desk.core.texts import LANGUAGES, Texts

A, B, C, STRANGER = new_key(), new_key(), new_key(), new_key()
ROOT = RootList(1, 2, tuple(RootKey(key.id, f"key {n}", key.public) for n, key in enumerate((A, B, C), 1)))
TODAY = date(2026, 11, 20)
HERE = Circumstances("2026.11", TODAY, "0.3.0")
EDITION = Edition(
    "2026.11.1", Words("区政务局", "區政務局", "district"), Words("本区", "本區", "the district"),
    date(2026, 11, 15), date(2027, 11, 14), "0.2.0",
)  # fmt: skip
FILES = {"edition.toml": b"number", "items/x/SA-001.toml": "低保".encode(), "calendar/2026.toml": b"year"}


def bundle(*keys: SigningKey, edition: Edition = EDITION, files: Mapping[str, bytes] = FILES) -> bytes:
    made = make(edition, files)
    for key in keys:
        made = sign(made, key)
    return made


GOOD = bundle(A, B)


def changed(raw: bytes, **parts: bytes | None) -> bytes:
    """The bundle packed anew with other contents; None takes a file away."""
    return pack({name: content for name, content in {**unpack(raw), **parts}.items() if content is not None})


def resigned(text: bytes) -> bytes:
    """A bundle with another text, rightly signed by two."""
    signatures = b"".join(
        f'[[signature]]\nkey = "{s.key}"\nvalue = "{s.value}"\n'.encode()
        for s in (signed(A, "edition", text), signed(B, "edition", text))
    )
    return changed(GOOD, **{"signed.toml": text, "signatures.toml": signatures})


def text_with(old: str, new: str) -> bytes:
    text = opened(GOOD).text.decode()
    assert old in text
    return text.replace(old, new, 1).encode()


def test_a_bundle_says_what_was_published_and_by_whom() -> None:
    verified = verify(GOOD, ROOT, HERE)
    said = verified.bundle.edition
    assert (said.number, said.publisher, said.area, said.effective, said.expires, said.min_client) == (
        EDITION.number, EDITION.publisher, EDITION.area, EDITION.effective, EDITION.expires,
        EDITION.min_client,
    )  # fmt: skip
    assert verified.bundle.files == FILES
    assert [key.name for key in verified.signers] == sorted(
        ["key 1", "key 2"], key=lambda name: {"key 1": A.id, "key 2": B.id}[name]
    )
    assert not verified.expired


def test_the_same_files_and_the_same_keys_make_the_same_bytes_in_any_order() -> None:
    assert {bundle(*keys) for keys in permutations((A, B, C))} == {bundle(A, B, C)}
    assert make(EDITION, FILES) == make(EDITION, dict(reversed(FILES.items())))


@pytest.mark.parametrize("keys", [(A, B), (A, C), (B, C), (C, A), (A, B, C)])
def test_any_two_of_three_are_enough(keys: tuple[SigningKey, ...]) -> None:
    assert {key.id for key in verify(bundle(*keys), ROOT, HERE).signers} == {key.id for key in keys}


def test_a_key_that_the_list_does_not_name_neither_helps_nor_harms() -> None:
    assert len(verify(bundle(A, STRANGER, B), ROOT, HERE).signers) == 2
    with pytest.raises(trouble.TooFewKeys):
        verify(bundle(A, STRANGER), ROOT, HERE)


def test_an_expired_edition_stays_usable_and_says_so() -> None:
    last = replace(HERE, today=EDITION.expires)
    assert not verify(GOOD, ROOT, last).expired
    assert verify(GOOD, ROOT, replace(HERE, today=EDITION.expires + timedelta(1))).expired


def test_an_edition_may_be_looked_at_before_its_day() -> None:
    early = replace(HERE, today=EDITION.effective - timedelta(1))
    assert verify_ahead(GOOD, ROOT, early).bundle.edition.number == EDITION.number
    assert not verify(GOOD, ROOT, replace(HERE, today=EDITION.effective)).expired


def test_a_damaged_edition_may_come_again_but_an_older_one_may_not() -> None:
    had = replace(HERE, newest=EDITION.number)
    with pytest.raises(trouble.EditionOlder):
        verify(GOOD, ROOT, had)
    assert verify(GOOD, ROOT, replace(had, mends=EDITION.number)).bundle.edition == opened(GOOD).edition
    with pytest.raises(trouble.EditionOlder):
        verify(GOOD, ROOT, Circumstances("2026.12", TODAY, "0.3.0", "2026.12"))


def twice(raw: bytes) -> bytes:
    signatures = unpack(raw)["signatures.toml"]
    return changed(raw, **{"signatures.toml": signatures + signatures})


def with_signature(of: SigningKey, claimed: SigningKey) -> bytes:
    """A second signature by one key that claims to be of another."""
    value = signed(of, "edition", opened(GOOD).text).value
    block = f'[[signature]]\nkey = "{claimed.id}"\nvalue = "{value}"\n'
    return changed(bundle(A), **{"signatures.toml": unpack(bundle(A))["signatures.toml"] + block.encode()})


def for_a_root_list() -> bytes:
    """Signatures that the same keys gave to the same text as a root list."""
    text = opened(GOOD).text
    blocks = "".join(
        f'[[signature]]\nkey = "{s.key}"\nvalue = "{s.value}"\n'
        for s in (signed(A, "root", text), signed(B, "root", text))
    )
    return changed(GOOD, **{"signatures.toml": blocks.encode()})


LATER = replace(HERE, newest="2026.12")
REFUSED: dict[str, tuple[Callable[[], bytes], RootList, Circumstances, type[RuleError]]] = {
    "signature by another key": (lambda: with_signature(STRANGER, B), ROOT, HERE, trouble.SignatureBad),
    "signature copied under another name": (lambda: with_signature(A, B), ROOT, HERE, trouble.SignatureBad),
    "signature of no length": (
        lambda: changed(GOOD, **{"signatures.toml": f'[[signature]]\nkey="{A.id}"\nvalue=""'.encode()}),
        ROOT, HERE, trouble.SignatureBad,
    ),
    "signature for a root list": (for_a_root_list, ROOT, HERE, trouble.SignatureBad),
    "text changed after signing": (
        lambda: changed(GOOD, **{"signed.toml": text_with("2026.11.1", "2026.11.2")}),
        ROOT, HERE, trouble.SignatureBad,
    ),
    "one key": (lambda: bundle(A), ROOT, HERE, trouble.TooFewKeys),
    "no key": (bundle, ROOT, HERE, trouble.TooFewKeys),
    "the same key twice": (lambda: twice(bundle(A)), ROOT, HERE, trouble.SignatureTwice),
    "no list of keys": (lambda: GOOD, RootList(0, 2), HERE, trouble.NoRoot),
    "equal number": (lambda: GOOD, ROOT, replace(HERE, newest="2026.11.1"), trouble.EditionOlder),
    "older number": (lambda: GOOD, ROOT, LATER, trouble.EditionOlder),
    "not yet effective": (
        lambda: GOOD, ROOT, replace(HERE, today=date(2026, 11, 14)), trouble.NotYetEffective,
    ),
    "program too old": (lambda: GOOD, ROOT, replace(HERE, client="0.1.9"), trouble.ClientTooOld),
    "swapped file": (
        lambda: changed(GOOD, **{"forms/calendar/2026.toml": b"yaer"}), ROOT, HERE, trouble.FileSwapped,
    ),
    "two files exchanged": (
        lambda: changed(GOOD, **{"forms/calendar/2026.toml": b"number", "forms/edition.toml": b"year"}),
        ROOT, HERE, trouble.FileSwapped,
    ),
    "missing file": (
        lambda: changed(GOOD, **{"forms/calendar/2026.toml": None}), ROOT, HERE, trouble.FileMissing,
    ),
    "missing text": (lambda: changed(GOOD, **{"signed.toml": None}), ROOT, HERE, trouble.FileMissing),
    "missing signatures": (
        lambda: changed(GOOD, **{"signatures.toml": None}), ROOT, HERE, trouble.FileMissing,
    ),
    "extra file": (lambda: changed(GOOD, **{"forms/items/new.toml": b""}), ROOT, HERE, trouble.FileExtra),
    "extra file beside": (lambda: changed(GOOD, **{"readme.txt": b""}), ROOT, HERE, trouble.FileExtra),
    "truncated": (lambda: GOOD[:-100], ROOT, HERE, trouble.BundleTruncated),
    "no archive": (lambda: b"PDF", ROOT, HERE, trouble.NotABundle),
    "format of the future": (
        lambda: resigned(text_with("format = 1", "format = 2")), ROOT, HERE, trouble.TextNotUnderstood,
    ),
    "unknown key in the text": (
        lambda: resigned(text_with("format = 1", "format = 1\nshoes = 42")),
        ROOT, HERE, trouble.TextNotUnderstood,
    ),
    "number of no shape": (
        lambda: resigned(text_with("2026.11.1", "2026/11")), ROOT, HERE, trouble.TextNotUnderstood,
    ),
    "text of no encoding": (lambda: resigned(b"\xff\xfe"), ROOT, HERE, trouble.TextNotUnderstood),
    "deep text": (lambda: resigned(b"a = " + b"[" * 100_000), ROOT, HERE, trouble.TextNotUnderstood),
}  # fmt: skip


@pytest.mark.parametrize("fault", REFUSED)
def test_each_fault_is_refused_with_a_sentence_in_every_language(fault: str) -> None:
    made, root, here, error = REFUSED[fault]
    with pytest.raises(error) as refused:
        verify(made(), root, here)
    said = [Texts(RESOURCES / "i18n", language).error(refused.value) for language in LANGUAGES]
    assert len(set(said)) == len(LANGUAGES)
    assert all(re.search("[。.]$", sentence) and len(sentence) > 20 for sentence in said)


def test_no_flipped_bit_anywhere_is_accepted() -> None:
    for place in range(len(GOOD)):
        raw = bytearray(GOOD)
        raw[place] ^= 1 << place % 8
        with pytest.raises(RuleError):
            verify(bytes(raw), ROOT, HERE)


def test_every_letter_of_the_text_is_under_the_signatures() -> None:
    text = opened(GOOD).text
    for place in range(len(text)):
        other = bytearray(text)
        other[place] ^= 1
        with pytest.raises(RuleError):
            verify(changed(GOOD, **{"signed.toml": bytes(other)}), ROOT, HERE)


def test_a_key_signs_once_and_never_what_was_swapped() -> None:
    with pytest.raises(trouble.SignatureTwice):
        sign(GOOD, A)
    with pytest.raises(trouble.FileSwapped):
        sign(changed(bundle(A), **{"forms/edition.toml": b"other"}), B)


def test_all_published_files_are_in_an_edition_and_the_list_of_keys_is_not() -> None:
    files = published_files(FORMS)
    on_disk = {file.relative_to(FORMS).as_posix() for file in FORMS.rglob("*.toml")}
    assert on_disk - files.keys() == {"editions/root.toml"}


def test_line_ends_of_another_system_change_no_byte(tmp_path: Path) -> None:
    (tmp_path / "a.toml").write_bytes(b"x = 1\r\ny = 2\r\n")
    assert published_files(tmp_path) == {"a.toml": b"x = 1\ny = 2\n"}
