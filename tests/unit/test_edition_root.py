"""Whose signatures count: a first list by hand, later ones signed by two keys of the list before."""

import pytest

from station_desk.catalogue.edition import trouble
from station_desk.catalogue.edition.keys import SigningKey, key_text, new_key, read_key
from station_desk.catalogue.edition.root import (
    ROOT,
    RootList,
    fingerprint,
    read_root,
    require_successor,
    root_text,
    signed_root,
)
from station_desk.core.paths import FORMS

A, B, C, D, E = (new_key() for _ in range(5))
SEED = read_root((FORMS / ROOT).read_text("utf-8"))


def written(version: int, *keys: SigningKey, threshold: int = 2) -> str:
    blocks = (
        f'[[key]]\nid = "{k.id}"\nname = "key {n}"\npublic = "{k.public}"\n' for n, k in enumerate(keys)
    )
    return f"# by hand\nversion = {version}\nthreshold = {threshold}\n" + "\n".join(blocks)


def signed_by(text: str, *keys: SigningKey) -> RootList:
    for key in keys:
        text = signed_root(text, key)
    return read_root(text)


FIRST = read_root(written(1, A, B, C))


def test_what_we_ship_names_no_key_and_asks_for_two() -> None:
    assert (SEED.version, SEED.threshold, SEED.key) == (0, 2, ())


def test_the_first_list_is_taken_by_hand() -> None:
    require_successor(SEED, FIRST)


def test_the_fingerprint_covers_the_meaning_and_not_comments_or_signatures() -> None:
    text = written(1, A, B, C)
    assert fingerprint(root_text(FIRST)) == fingerprint(root_text(signed_by(text.replace("by hand", "x"), D)))
    others = [written(2, A, B, C), written(1, A, B, C, threshold=3), written(1, A, B, D), written(1, A, C, B)]
    others.append(text.replace("key 1", "key 9"))
    prints = {fingerprint(root_text(read_root(other))) for other in (text, *others)}
    assert len(prints) == 6
    assert all([len(group) for group in one.split()] == [4] * 6 for one in prints)


def test_a_later_list_needs_two_keys_of_the_one_before() -> None:
    later = written(2, A, D, E)
    require_successor(FIRST, signed_by(later, B, C))
    require_successor(FIRST, signed_by(later, D, A, B))


def test_a_list_that_was_skipped_must_be_set_first() -> None:
    second = signed_by(written(2, C, D, E), A, B)
    third = signed_by(written(3, D, E, A), C, D)
    with pytest.raises(trouble.RootTooFewKeys):
        require_successor(FIRST, third)
    require_successor(FIRST, second)
    require_successor(second, third)


@pytest.mark.parametrize("signers", [(), (A,), (D, E), (A, D, E)])
def test_fewer_than_two_old_keys_set_no_new_list(signers: tuple[SigningKey, ...]) -> None:
    with pytest.raises(trouble.RootTooFewKeys):
        require_successor(FIRST, signed_by(written(2, C, D, E), *signers))


@pytest.mark.parametrize("version", [1, 3])
def test_an_older_or_equal_list_is_refused(version: int) -> None:
    with pytest.raises(trouble.RootNotNewer):
        require_successor(read_root(written(3, A, B, C)), signed_by(written(version, A, B, D), A, B))


def test_a_list_changed_after_signing_is_refused() -> None:
    text = signed_root(signed_root(written(2, A, B, D), A), B)
    with pytest.raises(trouble.SignatureBad):
        require_successor(FIRST, read_root(text.replace("version = 2", "version = 5")))


def test_a_list_signed_twice_by_one_key_is_refused() -> None:
    text = signed_root(written(2, A, B, D), A)
    with pytest.raises(trouble.SignatureTwice):
        signed_root(text, A)
    block = text[text.index("[[signature]]") :]
    with pytest.raises(trouble.SignatureTwice):
        require_successor(FIRST, read_root(f"{text}\n{block}"))


def test_a_list_without_keys_takes_nobodys_place() -> None:
    for old in (SEED, FIRST):
        with pytest.raises(trouble.NoRoot):
            require_successor(old, SEED)


BROKEN = {
    "no toml": "version",
    "no version": "threshold = 2",
    "unknown key": 'version = 0\nthreshold = 2\nshoe = "42"',
    "version 0 with keys": written(0, A, B, C),
    "version below 0": "version = -1\nthreshold = 2",
    "keys forgotten": "version = 1\nthreshold = 2",
    "one is enough": written(1, A, B, C, threshold=1),
    "more than there are": written(1, A, B, C, threshold=4),
    "one key for two": written(1, A, A),
    "id of another": written(1, A, B, C).replace(A.id, D.id),
    "no public key": written(1, A, B, C).replace(A.public, "00"),
    "capitals": written(1, A, B, C).replace(A.public, A.public.upper()),
    "no name": written(1, A, B, C).replace('"key 0"', '" "'),
    "deep": "version = " + "[" * 100_000,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_list_that_is_not_sound_is_refused(name: str) -> None:
    with pytest.raises(trouble.RootNotUnderstood):
        read_root(BROKEN[name])


def test_a_key_comes_back_out_of_its_file() -> None:
    assert read_key(key_text(A)) == A
    assert read_key(key_text(A).replace("\n", "\r\n")) == A


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[",
        key_text(A).replace(A.private, "00"),
        key_text(A).replace(A.private, B.private),
        key_text(A).replace(A.id, B.id),
        key_text(A) + "more = 1\n",
    ],
)
def test_a_key_file_that_does_not_fit_together_is_refused_and_never_quoted(text: str) -> None:
    with pytest.raises(trouble.KeyNotUnderstood) as refused:
        read_key(text)
    assert A.private not in f"{refused.value} {refused.value.values}"
    assert refused.value.__cause__ is None


def test_no_private_key_lies_among_the_published_files() -> None:
    for file in FORMS.rglob("*.toml"):
        assert "private" not in file.read_text("utf-8"), file
