"""The seals of the pages, reckoned beside SQLCipher: the same pages are broken, and a whole file is whole."""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from typing import Any

import pytest

from station_desk.core.clock import now
from station_desk.counter.set_up import SetUp
from station_desk.main.open_desk import set_up_desk
from station_desk.store.driver import connect_reading
from station_desk.store.profile import Profile
from station_desk.store.vault.opening import read_key
from station_desk.store.verifying.seals import PAGE, Seals, all_seals_hold, broken_seals


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> Profile:
    """A closed profile: no log lies beside its database."""
    folder = tmp_path_factory.mktemp("seals") / "profile"
    set_up_desk(folder, SetUp("QSQ001", "青石桥社区公共服务站", "2", "陈立新"), "en", now).store.close()
    return Profile(folder)


@pytest.fixture
def connection(profile: Profile) -> Iterator[Any]:
    opened = connect_reading(profile.database, read_key(profile))
    opened.execute("SELECT count(*) FROM about").fetchone()
    yield opened
    opened.close()


def copied(profile: Profile, target: Path, place: int, bit: int = 0) -> Path:
    """The database elsewhere, with one bit of the byte at `place` turned."""
    content = bytearray(profile.database.read_bytes())
    content[place] ^= 1 << bit
    target.write_bytes(content)
    return target


def named_by_sqlcipher(database: Path, key: str) -> list[int]:
    opened = connect_reading(database, key)
    found = [said for (said,) in opened.execute("PRAGMA cipher_integrity_check").fetchall()]
    opened.close()
    return [int(said.rpartition(" ")[2]) for said in found]


def test_all_seals_of_a_good_file_hold(profile: Profile, connection: Any) -> None:
    """Were a setting of SQLCipher another one, this would be slow again at every start, and nobody told."""
    assert all_seals_hold(connection, profile.database, read_key(profile))


@pytest.mark.long
def test_a_turned_bit_is_told_by_the_processes(profile: Profile, connection: Any, tmp_path: Path) -> None:
    copy = copied(profile, tmp_path / "copy.db", profile.database.stat().st_size - PAGE)
    assert not all_seals_hold(connection, copy, read_key(profile))


def test_the_same_pages_are_broken_as_sqlcipher_says(
    profile: Profile, connection: Any, tmp_path: Path
) -> None:
    """Anywhere: what is kept, what it was mixed with, the seal; the first page and the last."""
    key, size, dice = read_key(profile), profile.database.stat().st_size, Random(13)
    seals = Seals.of(connection, key)
    edges = [16, PAGE - 49, PAGE - 48, PAGE - 33, PAGE - 32, PAGE - 1, PAGE, size - 1]
    for place in [*edges, *(dice.randrange(16, size) for _ in range(40))]:
        copy = copied(profile, tmp_path / "copy.db", place, dice.randrange(8))
        broken = broken_seals(copy, seals, 1, size // PAGE)
        assert broken == [place // PAGE + 1], place
        assert broken == named_by_sqlcipher(copy, key), place


def test_a_turned_bit_of_the_salt_is_seen_while_the_file_is_open(
    profile: Profile, connection: Any, tmp_path: Path
) -> None:
    """SQLCipher itself reads the salt when it opens the file, and sees no more of it."""
    copy = copied(profile, tmp_path / "copy.db", 3)
    assert broken_seals(copy, Seals.of(connection, read_key(profile)), 1, copy.stat().st_size // PAGE) == [1]


def test_a_file_that_was_cut_off_holds_no_seals(profile: Profile, connection: Any, tmp_path: Path) -> None:
    copy, key = tmp_path / "copy.db", read_key(profile)
    copy.write_bytes(profile.database.read_bytes()[:-100])
    assert not all_seals_hold(connection, copy, key)
    pages = profile.database.stat().st_size // PAGE
    assert broken_seals(copy, Seals.of(connection, key), 1, pages + 3) == list(range(pages, pages + 4))
