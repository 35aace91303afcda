"""The desk's database in bad luck: damaged, newer, full, read-only, killed, tampered with, opened twice."""

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from station_desk.cases.event import Head
from station_desk.core.clock import now
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.counter.set_up import CounterNotWellFormed, NameNeeded, SetUp, StationCodeNotWellFormed
from station_desk.main.open_desk import open_desk, set_up_desk
from station_desk.protocol.messages import CounterKey
from station_desk.protocol.signing import public_key_of
from station_desk.store import schema
from station_desk.store.desk_store import open_store
from station_desk.store.driver import connect
from station_desk.store.first_look import first_look
from station_desk.store.keys import DeskKeys
from station_desk.store.migrate import upgrade
from station_desk.store.profile import Profile
from station_desk.store.schema import schema_sql
from station_desk.store.trouble import (
    Damaged,
    DiskFull,
    KeyMissing,
    NewerProfile,
    NoProfile,
    ProfileExists,
    Quarantined,
)
from station_desk.store.vault.changes import make_key
from station_desk.store.vault.opening import read_key
from station_desk.store.verify import verify_deep, verify_fast

Fresh = Callable[[], str]


def folder_of(desk: Desk) -> Path:
    return desk.store.profile.folder


def closed(desk: Desk) -> Path:
    desk.store.close()
    return desk.store.profile.database


def quiet(done: int, total: int) -> None:
    assert 0 <= done <= total


def test_the_file_says_nothing_of_the_people_in_it(desk: Desk, fresh: Fresh, pension: Application) -> None:
    accept(desk, pension, fresh())
    closed(desk)
    for file in folder_of(desk).rglob("*"):
        raw = file.read_bytes() if file.is_file() else b""
        for text in ("王秀兰", "11010519491231002X", "13912345678", "SQLite format"):
            assert text.encode() not in raw
            assert text.encode("utf-16-le") not in raw


def test_the_key_is_for_its_owner_only(desk: Desk) -> None:
    assert stat.S_IMODE(desk.store.profile.key_file.stat().st_mode) == 0o600


def test_every_connection_is_durable_and_careful(desk: Desk) -> None:
    asked = (
        "journal_mode",
        "synchronous",
        "foreign_keys",
        "secure_delete",
        "trusted_schema",
        "cell_size_check",
    )
    assert [desk.store.read(f"PRAGMA {name}")[0][0] for name in asked] == ["wal", 2, 1, 1, 0, 1]


def test_what_was_acknowledged_is_there_after_opening_again(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    closed(desk)
    again = open_desk(folder_of(desk), "en", now)
    assert again.store.case(number).applicant.name == "王秀兰"
    assert verify_deep(again.store, quiet) == []
    again.store.close()


def test_a_profile_that_is_not_there_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(NoProfile):
        open_store(tmp_path / "nowhere", now)
    assert not (tmp_path / "nowhere").exists()


def test_setting_up_twice_changes_nothing(desk: Desk) -> None:
    before = closed(desk).read_bytes()
    with pytest.raises(ProfileExists):
        set_up_desk(folder_of(desk), SetUp("QSQ001", "x", "2"), "en", now)
    assert desk.store.profile.database.read_bytes() == before


def test_a_set_up_killed_half_way_can_be_done_again(tmp_path: Path) -> None:
    desk = set_up_desk(tmp_path / "p", SetUp("QSQ001", "x", "2"), "en", now)
    closed(desk).rename(tmp_path / "p" / "desk.new")
    set_up_desk(tmp_path / "p", SetUp("QSQ001", "x", "2"), "en", now).store.close()


@pytest.mark.parametrize(
    ("wish", "error"),
    [
        (SetUp("QSQ1", "x", "2"), StationCodeNotWellFormed),
        (SetUp("QSQ001", "x", "0"), CounterNotWellFormed),
        (SetUp("QSQ001", "x", "100"), CounterNotWellFormed),
        (SetUp("QSQ001", "  ", "2"), NameNeeded),
    ],
    ids=["code", "zero", "hundred", "name"],
)
def test_a_station_is_set_up_with_proper_facts_only(
    tmp_path: Path, wish: SetUp, error: type[Exception]
) -> None:
    with pytest.raises(error):
        set_up_desk(tmp_path / "p", wish, "en", now)
    assert not (tmp_path / "p").exists()


def test_a_newer_database_is_refused_untouched(desk: Desk) -> None:
    database = closed(desk)
    connection = connect(database, read_key(desk.store.profile))
    connection.execute("PRAGMA user_version = 999")
    connection.close()
    before = database.read_bytes()
    with pytest.raises(NewerProfile) as caught:
        open_store(folder_of(desk), now)
    assert caught.value.values["found"] == 999
    assert database.read_bytes() == before


def test_a_damaged_database_is_named_and_never_replaced(desk: Desk) -> None:
    database = closed(desk)
    broken = b"\0" * 4096 + database.read_bytes()[4096:]
    database.write_bytes(broken)
    for opening in (
        lambda: open_store(folder_of(desk), now),
        lambda: first_look(folder_of(desk), "2026-11-20"),
    ):
        with pytest.raises(Damaged) as caught:
            opening()
        assert str(database) in str(caught.value.values["path"])
    assert database.read_bytes() == broken


def is_noticed(folder: Path) -> bool:
    """Whether opening it is refused, or the quick look of every start names it."""
    try:
        return verify_fast(open_store(folder, now)) != []
    except (Damaged, Quarantined):
        return True


@pytest.mark.long
def test_a_flipped_bit_anywhere_is_found_before_it_is_used(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    for _ in range(30):
        accept(desk, pension, fresh())
    database = closed(desk)
    good = database.read_bytes()
    for place in range(100, len(good), len(good) // 40):
        database.write_bytes(good[:place] + bytes([good[place] ^ 1]) + good[place + 1 :])
        assert is_noticed(folder_of(desk))
    database.write_bytes(good)
    assert verify_fast(open_store(folder_of(desk), now)) == []


def test_a_missing_or_unreadable_key_never_makes_a_new_database(desk: Desk) -> None:
    database = closed(desk)
    before = database.read_bytes()
    desk.store.profile.key_spare.unlink()
    for content in ("", "{}", '{"key": "xyz"}', '{"key": 7}', '{"version": 2, "wraps": [{"by": "file"}]}'):
        for file in desk.store.profile.key_files:
            file.write_text(content)
        with pytest.raises(KeyMissing):
            open_store(folder_of(desk), now)
    for file in desk.store.profile.key_files:
        file.unlink()
    with pytest.raises(KeyMissing):
        open_store(folder_of(desk), now)
    assert database.read_bytes() == before


def test_another_key_does_not_open_it(desk: Desk) -> None:
    closed(desk)
    desk.store.profile.key_file.write_text(json.dumps({"key": "ab" * 32}))
    with pytest.raises(Damaged):
        open_store(folder_of(desk), now)


def test_the_schema_is_what_the_migrations_make(tmp_path: Path) -> None:
    connection = connect(tmp_path / "migrated.db", "ab" * 32)
    upgrade(connection, schema.NEWEST)
    assert schema_sql(connection) == schema.SNAPSHOT.read_text("utf-8")
    assert connection.execute("PRAGMA user_version").fetchone() == (schema.NEWEST,)
    connection.close()


def test_a_counter_of_before_keeps_its_cases_and_gets_a_key_for_its_receipts(tmp_path: Path) -> None:
    """Made by the first version, whose counters knew a district's key or none."""
    for name, about in (("alone", {}), ("known", {"device_key": "11" * 32})):
        profile = Profile(tmp_path / name)
        key = make_key(profile)
        connection = connect(profile.database, key)
        upgrade(connection, 1)
        values = {**OLD_PROFILE, **about}
        connection.executemany("INSERT INTO about (key, value) VALUES (?, ?)", list(values.items()))
        connection.execute("INSERT INTO writers VALUES ('QSQ001.02', 0, ?)", (Head().hash,))
        connection.close()
        store = open_store(profile.folder, now)
        keys, signing = DeskKeys(store), DeskKeys(store).signing_key()
        assert re.fullmatch("[0-9a-f]{64}", signing)
        assert signing == about.get("device_key", store.about()["own_key"])
        assert keys.of_station("QSQ001") == [CounterKey("QSQ001", "02", public_key_of(signing))]
        assert keys.of_station("QSQ002") == []
        assert (profile.folder / "desk.before-0001.db").exists()
        store.close()
        again = open_store(profile.folder, now)
        assert DeskKeys(again).signing_key() == signing
        again.close()


OLD_PROFILE = {"station": "QSQ001", "name": "x", "counter": "02", "writer": "QSQ001.02"}


def test_a_new_profile_has_the_schema_of_the_snapshot(desk: Desk) -> None:
    with desk.store.writing() as unit:
        assert schema_sql(unit.connection) == schema.SNAPSHOT.read_text("utf-8")


def test_a_full_disk_is_said_and_loses_nothing(desk: Desk, fresh: Fresh, pension: Application) -> None:
    kept = accept(desk, pension, fresh()).answer.number
    with desk.store.writing() as unit:
        pages = unit.connection.execute("PRAGMA page_count").fetchone()[0]
    connections = [desk.store.engine.raw_connection() for _ in range(5)]
    for connection in connections:
        connection.cursor().execute(f"PRAGMA max_page_count = {pages + 2}")
        connection.close()
    for number in [kept, *accepted_until_the_disk_is_full(desk, fresh, pension)]:
        assert desk.store.case(number).number == number
    assert verify_deep(desk.store, quiet) == []


def accepted_until_the_disk_is_full(desk: Desk, fresh: Fresh, pension: Application) -> list[str]:
    numbers: list[str] = []
    for _ in range(200):
        try:
            numbers.append(accept(desk, pension, fresh()).answer.number)
        except DiskFull:
            return numbers
    pytest.fail("200 cases found room on a full disk")


TAMPERINGS = {
    "event text": "UPDATE events SET public = replace(public, 'LS-008', 'LS-009') WHERE seq = 1",
    "event time": "UPDATE events SET at = '2026-11-19T09:30:00+08:00' WHERE seq = 2",
    "event gone": "DELETE FROM events WHERE seq = 2",
    "log cut": "DELETE FROM events WHERE seq = (SELECT max(seq) FROM events)",
    "private text": "UPDATE events SET private = replace(private, '王秀兰', '王秀英') WHERE seq = 1",
    "case state": "UPDATE cases SET state = 'finished'",
    "case name": "UPDATE cases SET name = '李四'",
    "case gone": "DELETE FROM cases",
    "ticket state": "UPDATE tickets SET state = 'done'",
    "counts": "UPDATE case_counts SET cases = cases + 1",
    "head moved": "UPDATE writers SET seq = seq + 1",
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_whatever_is_changed_behind_the_log_is_named(
    desk: Desk, fresh: Fresh, pension: Application, name: str
) -> None:
    accept(desk, pension, fresh())
    take_ticket(desk, TakeTicket("LS-001"), fresh())
    assert verify_deep(desk.store, quiet) == []
    with desk.store.writing() as unit:
        unit.connection.execute(TAMPERINGS[name])
    assert verify_deep(desk.store, quiet) != []


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    profile = str(tmp_path / "file" / "p")
    init = ["--profile", profile, "init", "--station", "QSQ001", "--name", "x", "--counter", "1"]
    code = f"import sys; from station_desk.main.cli import main; sys.exit(main({init!r}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, env=os.environ, check=False
    )
    assert done.returncode == 5
    assert "Traceback" not in done.stderr
