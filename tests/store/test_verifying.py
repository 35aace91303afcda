"""Whatever is edited, taken out, moved or cut off is named; what is untouched never is."""

import shutil
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest
from msgspec import structs

from station_desk.cases.event import Event, Head, hash_of
from station_desk.core.errors import IntegrityError
from station_desk.counter.accept import accept
from station_desk.counter.advance import Advance, advance
from station_desk.counter.application import Application
from station_desk.counter.backing_up import back_up
from station_desk.counter.checks import HeadNotUnderstood, check_against_paper, check_deeply, head_code
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, deliver, finish
from station_desk.counter.papers.print_paper import print_receipt
from station_desk.counter.queue import CallNext, TakeTicket, call_next, take_ticket
from station_desk.store.backups.kept import place_of
from station_desk.store.desk_store import open_store
from station_desk.store.driver import connect
from station_desk.store.profile import Profile
from station_desk.store.unit import EVENT_COLUMNS
from station_desk.store.vault.opening import read_key
from station_desk.store.verify import Finding, verify_deep, verify_fast

Fresh = Callable[[], str]


def quiet(_done: int, _total: int) -> None:
    pass


@pytest.fixture
def worked(desk: Desk, fresh: Fresh, pension: Application) -> Path:
    """The folder of a counter that has worked: a case to its end, one in progress, a queue; closed."""
    numbers = [accept(desk, pension, fresh()).answer.number for _ in range(3)]
    for _ in range(2):
        take_ticket(desk, TakeTicket("LS-008"), fresh())
    call_next(desk, CallNext(), fresh())
    for number in numbers:
        print_receipt(desk, number, fresh())
    while desk.store.case(numbers[0]).stage in {step.id for step in desk.store.case(numbers[0]).steps}:
        advance(desk, Advance(numbers[0]), fresh())
    finish(desk, Finish(numbers[0], "granted", "已参保"), fresh())
    deliver(desk, Deliver(numbers[0], "counter", "王秀兰"), fresh())
    desk.store.close()
    return desk.store.profile.folder


def tampered(folder: Path, desk: Desk, *statements: str) -> list[Finding]:
    """What a deep check finds after somebody with the key has changed the database."""
    profile = Profile(folder)
    connection = connect(profile.database, read_key(profile))
    connection.execute("PRAGMA foreign_keys=OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()
    store = open_store(folder, desk.clock)
    try:
        return verify_deep(store, quiet)
    finally:
        store.close()


CHANGES = {
    "an edited event": (
        "UPDATE events SET public = replace(public, 'LS-008', 'LS-009') WHERE seq = 1", "chain",
    ),
    "another actor": ("UPDATE events SET actor = 'x' WHERE seq = 3", "chain"),
    "an edited private part": (
        "UPDATE events SET private = replace(private, '王', '李') WHERE seq = 1", "private",
    ),
    "a private part taken away": ("UPDATE events SET private = NULL, salt = NULL WHERE seq = 1", "case"),
    "a salt that is none": ("UPDATE events SET salt = 'x' WHERE seq = 1", "private"),
    "a deleted event": ("DELETE FROM events WHERE seq = 4", "missing"),
    "a cut-off end": ("DELETE FROM events WHERE seq > (SELECT max(seq) - 2 FROM events)", "head"),
    "a row of a case": ("UPDATE cases SET name = '李'", "case"),
    "a body of a case": (
        "UPDATE cases SET body = CAST(replace(CAST(body AS TEXT), 'LS', 'LT') AS BLOB)", "case",
    ),
    "a deleted case": ("DELETE FROM cases WHERE place = 2", "case"),
    "a ticket": ("UPDATE tickets SET state = 'done' WHERE state = 'waiting'", "ticket"),
    "a call": ("UPDATE calls SET counter = '09'", "call"),
    "a paper": ("UPDATE papers SET state = 'intended' WHERE state = 'confirmed'", "paper"),
    "a deleted paper": ("DELETE FROM papers", "paper"),
    "a dossier": ("DELETE FROM dossiers WHERE number = 1", "dossier"),
    "a count": ("UPDATE case_counts SET cases = cases + 1", "counts"),
    "a day": ("UPDATE case_days SET cases = 7", "counts"),
    "a serial": ("UPDATE serials SET value = value + 1 WHERE name LIKE 'case:%'", "serial"),
    "a serial of tickets": ("UPDATE serials SET value = 1 WHERE name LIKE 'ticket:%'", "serial"),
    "the words": ("DELETE FROM cases WHERE place = 3", "words"),
    "a writer": ("UPDATE writers SET seq = seq - 1", "head"),
    "a writer taken out": ("DELETE FROM writers", "writer"),
}  # fmt: skip


@pytest.mark.parametrize("what", CHANGES)
def test_every_change_is_named(worked: Path, desk: Desk, what: str) -> None:
    statement, code = CHANGES[what]
    assert tampered(worked, desk) == []
    assert code in {finding.code for finding in tampered(worked, desk, statement)}


def test_reordered_events_are_named(worked: Path, desk: Desk) -> None:
    found = tampered(
        worked, desk, "UPDATE events SET seq = -1 WHERE seq = 2", "UPDATE events SET seq = 2 WHERE seq = 3",
        "UPDATE events SET seq = 3 WHERE seq = -1",
    )  # fmt: skip
    assert {"QSQ001.02 2", "QSQ001.02 3"} <= {finding.what for finding in found if finding.code == "chain"}


def test_an_edited_event_that_hashes_to_what_it_says_breaks_the_link_after_it(
    worked: Path, desk: Desk
) -> None:
    """Somebody who knows how events are hashed: the next one still names the hash of before."""
    profile = Profile(worked)
    connection = connect(profile.database, read_key(profile))
    asked = f"SELECT {EVENT_COLUMNS} FROM events WHERE seq = 3"
    event = structs.replace(Event(*connection.execute(asked).fetchone()), actor="x")
    connection.close()
    edit = f"UPDATE events SET actor = 'x', hash = '{hash_of(event)}' WHERE seq = 3"
    found = tampered(worked, desk, edit)
    assert [one.what for one in found if one.code == "chain"] == ["QSQ001.02 4"]


def test_random_edits_are_all_named(worked: Path, desk: Desk, tmp_path: Path) -> None:
    """Any column of any event; each time the rest is untouched and only that event's place is named."""
    random = Random(6)
    columns = ("prev", "hash", "subject", "kind", "at", "actor", "command", "public", "commitment", "private")
    copy = tmp_path / "copy"
    for turn in range(50):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(worked, copy)
        column, place = random.choice(columns), random.randint(1, 12)
        found = tampered(
            copy, desk,
            f"UPDATE events SET {column} = coalesce(substr({column}, 2), 'x') || 'Z', salt = coalesce(salt,"
            f" CASE WHEN '{column}' = 'private' THEN '00' END) WHERE place = {place}",
        )  # fmt: skip
        assert found, (turn, column, place)


@pytest.mark.long
def test_a_flipped_bit_anywhere_is_found_and_never_shown(worked: Path, desk: Desk, tmp_path: Path) -> None:
    random, raw = Random(13), (worked / "desk.db").read_bytes()
    copy = tmp_path / "copy"
    for _ in range(40):
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(worked, copy)
        bit = random.randrange(len(raw) * 8)
        flipped = bytearray(raw)
        flipped[bit // 8] ^= 1 << bit % 8
        (copy / "desk.db").write_bytes(flipped)
        assert _is_noticed(copy, desk), bit


def _is_noticed(folder: Path, desk: Desk) -> bool:
    try:
        store = open_store(folder, desk.clock)
        try:
            return any(finding.code == "pages" for finding in verify_fast(store))
        finally:
            store.close()
    except IntegrityError:
        return True


def cut(folder: Path) -> Any:
    """Takes away the last events and everything that tells of them, as one with the key could."""
    profile = Profile(folder)
    connection = connect(profile.database, read_key(profile))
    seq, end = connection.execute(
        "SELECT seq, hash FROM events ORDER BY seq DESC LIMIT 1 OFFSET 2"
    ).fetchone()
    connection.execute("DELETE FROM events WHERE seq > ?", (seq,))
    connection.execute("UPDATE writers SET seq = ?, hash = ?", (seq, end))
    connection.close()


def test_a_cut_off_end_is_told_by_backup_district_and_paper(worked: Path, desk: Desk) -> None:
    back_up(desk, quiet)
    writer, seq, end = desk.store.read("SELECT writer, seq, hash FROM writers")[0]
    code = head_code(writer, Head(seq, end))
    assert check_against_paper(desk, code) == []
    with desk.store.writing() as unit:
        unit.connection.execute("INSERT INTO marks VALUES (?, ?, ?, 0)", (writer, seq, end))
    desk.store.close()
    cut(worked)
    store = open_store(worked, desk.clock)
    assert {finding.code for finding in verify_fast(store)} == {"short_of_backup", "short_of_district"}
    assert [finding.code for finding in check_against_paper(desk, code)] == ["short_of_paper"]
    shutil.rmtree(place_of(worked))
    assert {finding.code for finding in verify_fast(store)} == {"short_of_district"}
    store.close()
    with pytest.raises(HeadNotUnderstood):
        check_against_paper(desk, "anything")
    assert [f.code for f in check_against_paper(desk, f"{writer} 1 {'0' * 64}")] == ["other_than_paper"]


@pytest.mark.long
def test_in_processes_of_its_own_it_finds_the_same_and_can_be_stopped(worked: Path, desk: Desk) -> None:
    assert check_deeply(desk, quiet) == []
    with desk.store.writing() as unit:
        unit.connection.execute("UPDATE events SET actor = 'x' WHERE seq = 3")
        unit.connection.execute("UPDATE cases SET name = '李' WHERE place = 1")
    found = check_deeply(desk, quiet)
    assert {(one.code, one.what) for one in found} >= {("chain", "QSQ001.02 3")}
    assert sorted(found, key=repr) == sorted(verify_deep(desk.store, quiet), key=repr)

    class Stop(Exception):
        pass

    def stop(_done: int, _total: int) -> None:
        raise Stop

    with pytest.raises(Stop):
        check_deeply(desk, stop)
