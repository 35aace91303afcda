"""A backup of the district is sealed for its paper: nothing plain in it, no other key, no changed byte."""

import io
from contextlib import closing
from pathlib import Path
from random import Random

import pytest

from station_desk.core.errors import DeskError
from station_desk.district.backup import back_up, check
from station_desk.district.backup_key import HasBackupKey, NoBackupKey, new_backup_key
from station_desk.district.backup_seal import (
    MAGIC,
    PIECE,
    TAG,
    BackupDamaged,
    KeyNeeded,
    KeyOfAnother,
    Opening,
    Sealing,
    by_key,
    by_recovery_key,
    private_key_of,
    public_half,
)
from station_desk.district.district import open_district
from station_desk.district.restore import restore
from station_desk.store.vault.recovery_key import SECRET_BYTES, written

KEY = written(b"\x07" * SECRET_BYTES)
PUBLIC = public_half(private_key_of(KEY))


def seal(plain: bytes) -> bytes:
    out = io.BytesIO()
    sealing = Sealing(out, PUBLIC)
    for start in range(0, len(plain), 10_007):
        sealing.write(plain[start : start + 10_007])
    sealing.end()
    assert Opening(io.BytesIO(out.getvalue()), by_key(sealing.key)).readall() == plain
    return out.getvalue()


def opened(raw: bytes, key: str = KEY) -> bytes:
    return Opening(io.BytesIO(raw), by_recovery_key(key)).readall()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE])
def test_what_was_sealed_comes_back(size: int) -> None:
    plain = Random(size).randbytes(size)
    assert opened(seal(plain)) == plain


def test_every_cut_every_swap_and_every_changed_byte_is_found() -> None:
    raw, random = seal(b"A" * PIECE + b"B" * PIECE + b"C" * 99), Random(3)
    first = raw.index(b"\n", len(MAGIC)) + 1
    piece = PIECE + TAG
    ends = (first, first + piece, first + 2 * piece)
    broken = [raw[:end] for end in (0, 1, len(MAGIC), first - 1, *ends, len(raw) - 1)]
    broken += [raw + b"x", raw + raw[first:], raw[:first] + raw[first + piece :]]
    broken.append(raw[:first] + raw[ends[1] : ends[2]] + raw[first : ends[1]] + raw[ends[2] :])
    for _ in range(100):
        flipped = bytearray(raw)
        flipped[random.randrange(len(raw))] ^= 1 << random.randrange(8)
        broken.append(bytes(flipped))
    for one in broken:
        with pytest.raises(DeskError, match=r"backup_damaged|of_another|backup_newer"):
            opened(one)


def test_only_the_paper_of_that_day_opens_it() -> None:
    raw = seal(b"x")
    with pytest.raises(KeyNeeded):
        opened(raw, "")
    with pytest.raises(KeyOfAnother):
        opened(raw, written(b"\x08" * SECRET_BYTES))
    assert opened(raw, KEY.lower().replace("-", " ")) == b"x"
    # The cover may name another key; that changes what all pieces are bound to.
    other = public_half(private_key_of(written(b"\x08" * SECRET_BYTES)))
    with pytest.raises(BackupDamaged):
        opened(raw.replace(PUBLIC.encode(), other.encode()), written(b"\x08" * SECRET_BYTES))


def test_nothing_plain_lies_in_a_backup_and_it_comes_back(tmp_path: Path) -> None:
    place = str(tmp_path / "d.db")
    with closing(open_district(place, name="很好认的区名")) as district:
        with pytest.raises(NoBackupKey):
            back_up(district, tmp_path / "one.backup")
        key = new_backup_key(district)
        with pytest.raises(HasBackupKey):
            new_backup_key(district)
        back_up(district, tmp_path / "one.backup")
        later = new_backup_key(district, another=True)
        back_up(district, tmp_path / "two.backup")
        assert key.written.encode() not in Path(place).read_bytes()
    raw = (tmp_path / "one.backup").read_bytes()
    assert raw.startswith(MAGIC)
    assert b"\x1f\x8b\x08" not in raw[:400], "no packed file stands in it"
    assert "很好认的区名".encode() not in raw
    assert check(tmp_path / "two.backup", by_recovery_key(later.written)).heading.what
    with pytest.raises(KeyOfAnother):
        restore(tmp_path / "two.backup", str(tmp_path / "e.db"), by_recovery_key(key.written))
    restore(tmp_path / "one.backup", str(tmp_path / "e.db"), by_recovery_key(key.written))
    with closing(open_district(str(tmp_path / "e.db"))) as restored:
        assert restored.name == "很好认的区名"
        back_up(restored, tmp_path / "three.backup")
    check(tmp_path / "three.backup", by_recovery_key(key.written))
