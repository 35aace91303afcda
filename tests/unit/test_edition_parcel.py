"""Many files in one: always the same bytes, opened by any program, and hostile archives get nowhere."""

import io
import random
import struct
import tracemalloc
import zipfile
from collections.abc import Callable

import pytest

from station_desk.catalogue.edition.parcel import LARGEST, MOST_FILES, pack, unpack
from station_desk.catalogue.edition.trouble import (
    BundlePacked,
    BundleTooLarge,
    BundleTruncated,
    NameTwice,
    NameUnsafe,
    NotABundle,
)
from station_desk.core.errors import RuleError

FILES = {"a.toml": b"one", "b/c.toml": "二".encode() * 40, "b/d.toml": b""}
Writing = Callable[[zipfile.ZipFile], object]


def zipped(write: Writing, method: int = zipfile.ZIP_STORED) -> bytes:
    """What an ordinary program makes."""
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w", method) as archive:
        write(archive)
    return into.getvalue()


def named(*names: str) -> bytes:
    """An archive whose entries have these names, written past all checks."""
    body, directory = b"", b""
    for name in names:
        raw = name.encode()
        shared = struct.pack("<4H3I2H", 0, 0, 0, 0x21, 0, 0, 0, len(raw), 0)
        directory += struct.pack("<4s2H", b"PK\x01\x02", 788, 20) + shared
        directory += struct.pack("<3H2I", 0, 0, 0, 0o100644 << 16, len(body)) + raw
        body += struct.pack("<4sH", b"PK\x03\x04", 20) + shared + raw
    count = len(names)
    return (
        body
        + directory
        + struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(body), 0)
    )


def test_the_same_files_are_the_same_bytes_in_whatever_order_they_come() -> None:
    assert pack(FILES) == pack(dict(reversed(FILES.items())))
    assert unpack(pack(FILES)) == FILES


def test_any_program_opens_it_and_finds_sorted_stored_undated_files() -> None:
    with zipfile.ZipFile(io.BytesIO(pack(FILES))) as archive:
        assert archive.testzip() is None
        assert [(info.filename, archive.read(info)) for info in archive.infolist()] == sorted(FILES.items())
        assert {info.compress_type for info in archive.infolist()} == {zipfile.ZIP_STORED}
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert {info.external_attr >> 16 for info in archive.infolist()} == {0o100644}


def test_our_own_hand_made_archive_is_accepted_so_that_the_refusals_below_are_for_their_names() -> None:
    assert unpack(named("a.toml", "b/c.toml")) == {"a.toml": b"", "b/c.toml": b""}


@pytest.mark.parametrize(
    "name",
    [
        "/etc/passwd", "../x.toml", "a/../../x.toml", "a/./x.toml", "..", ".hidden", "a/.x", "C:/x.toml",
        "C:x.toml", "a\\..\\x.toml", "//server/x", "a//b", "a/", "", "a\0b", "a b", "事项.toml", "x" * 201,
    ],
)  # fmt: skip
def test_no_name_leads_out_of_the_folder_or_surprises_a_file_system(name: str) -> None:
    with pytest.raises(NameUnsafe):
        unpack(named(name))
    with pytest.raises(NameUnsafe):
        pack({name: b""})


@pytest.mark.parametrize("names", [("a.toml", "a.toml"), ("A.toml", "a.toml")])
def test_no_name_is_there_twice_not_even_in_other_letters(names: tuple[str, ...]) -> None:
    with pytest.raises(NameTwice):
        unpack(named(*names))


def test_no_file_is_also_a_folder() -> None:
    with pytest.raises(NameUnsafe):
        unpack(named("a", "a/b"))
    with pytest.raises(NameUnsafe):
        pack({"A/b": b"", "a": b""})


def test_a_bomb_is_refused_before_anything_is_unpacked() -> None:
    bomb = zipped(lambda archive: archive.writestr("a.toml", bytes(60 * 1024 * 1024)), zipfile.ZIP_DEFLATED)
    assert len(bomb) < LARGEST
    tracemalloc.start()
    with pytest.raises(BundlePacked):
        unpack(bomb)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1024 * 1024


def test_what_is_too_large_is_refused_by_its_size() -> None:
    with pytest.raises(BundleTooLarge):
        unpack(bytes(LARGEST + 1))
    with pytest.raises(BundleTooLarge):
        pack({"a.toml": bytes(LARGEST)})
    edge = pack({"a.toml": bytes(LARGEST - len(pack({"a.toml": b""})))})
    assert len(edge) == LARGEST
    assert list(unpack(edge)) == ["a.toml"]


def test_ten_megabytes_of_empty_entries_are_refused_at_the_limit() -> None:
    with pytest.raises(NotABundle):
        unpack(named(*(f"f{n}" for n in range(MOST_FILES + 1))))


def _dated(archive: zipfile.ZipFile) -> None:
    archive.writestr(zipfile.ZipInfo("a.toml", (2026, 11, 20, 9, 0, 0)), b"x")


def _link(archive: zipfile.ZipFile) -> None:
    info = zipfile.ZipInfo("a.toml")
    info.external_attr = 0o120777 << 16
    archive.writestr(info, "/etc/passwd")


def _unsorted(archive: zipfile.ZipFile) -> None:
    for name in ("b.toml", "a.toml"):
        archive.writestr(zipfile.ZipInfo(name), b"x")


REPACKED: dict[str, Writing] = {
    "dated": _dated,
    "link": _link,
    "unsorted": _unsorted,
    "empty": lambda _: None,
}


@pytest.mark.parametrize("kind", REPACKED)
def test_what_another_program_packed_is_refused(kind: str) -> None:
    with pytest.raises(NotABundle):
        unpack(zipped(REPACKED[kind]))


def test_an_overlapping_or_hidden_entry_has_no_place() -> None:
    good = pack(FILES)
    directory = good.index(b"PK\x01\x02")
    hidden = good[:directory] + b"hidden" + good[directory:]
    with pytest.raises(NotABundle):
        unpack(hidden)


@pytest.mark.parametrize("raw", [b"", b"PK", b"hello", b"\xef\xbb\xbfPK\x03\x04", b"MZ" + pack(FILES)])
def test_what_is_no_archive_is_said_to_be_none(raw: bytes) -> None:
    with pytest.raises(NotABundle):
        unpack(raw)


def test_a_cut_or_lengthened_archive_is_refused_at_every_byte() -> None:
    good = pack(FILES)
    for length in range(4, len(good)):
        with pytest.raises(BundleTruncated):
            unpack(good[:length])
    with pytest.raises(BundleTruncated):
        unpack(good + b"\0")


def test_no_flipped_bit_passes_and_none_is_a_crash() -> None:
    good = pack(FILES)
    for place in range(len(good) * 8):
        raw = bytearray(good)
        raw[place // 8] ^= 1 << place % 8
        with pytest.raises(RuleError):
            unpack(bytes(raw))


def test_random_bytes_after_a_good_beginning_are_refused_with_a_sentence() -> None:
    chance = random.Random(20261120)
    good = pack(FILES)
    for _ in range(2000):
        raw = bytearray(good)
        for _ in range(chance.randrange(1, 12)):
            raw[chance.randrange(len(raw))] = chance.randrange(256)
        if bytes(raw) != good:
            with pytest.raises(RuleError):
                unpack(bytes(raw))
