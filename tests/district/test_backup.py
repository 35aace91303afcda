"""A backup during load is one moment of the district; restored anywhere it is a piece of its history."""

import gzip
import itertools
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from station_desk.cases.event import Event
from station_desk.core.errors import DeskError
from station_desk.district import schema
from station_desk.district import tables as t
from station_desk.district.app import make_app
from station_desk.district.backup import Backup, BackupNotWritten, BackupTaken, back_up, check
from station_desk.district.backup_file import FORMAT, WHAT, Heading, Writer
from station_desk.district.backup_key import keep_backup_key
from station_desk.district.backup_seal import Opening, by_recovery_key, private_key_of, public_half
from station_desk.district.database import open_database
from station_desk.district.district import District, open_district
from station_desk.district.dump import dump, dump_with_contents
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.restore import NotEmpty, restore
from station_desk.district.rows import event_of, events
from station_desk.district.verify import verify
from station_desk.store.vault.recovery_key import SECRET_BYTES, written
from tests.district.conftest import Reached
from tests.district.station import CounterPC, Sender, enrolled

KEY = written(bytes(range(SECRET_BYTES)))
"""What stands on the paper of the tests' districts."""

PAPER = by_recovery_key(KEY)


def sealed(district: District, file: Path) -> Backup:
    """A backup, sealed for the paper of the tests."""
    district.write(lambda connection: keep_backup_key(connection, public_half(private_key_of(KEY))))
    return back_up(district, file)


def inside(file: Path) -> bytes:
    """The lines of a sealed backup."""
    with file.open("rb") as raw:
        return gzip.decompress(Opening(raw, PAPER).readall())


@pytest.fixture
def elsewhere(reached: Reached, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """The address of an empty database of the other kind: a backup goes from each to each."""
    if reached.district.database.is_sqlite:
        yield str(request.getfixturevalue("fresh_postgres"))
    else:
        yield f"sqlite:///{tmp_path / 'elsewhere.db'}"


@contextmanager
def load(reached: Reached, pcs: list[CounterPC]) -> Iterator[list[Sender]]:
    """Counters that push one case after the other until the `with` ends."""
    senders = [reached.sender(pc.station, pc.counter) for pc in pcs]
    enough = threading.Event()

    def push(pc: CounterPC, sender: Sender) -> None:
        while not enough.is_set():
            before = len(pc.events), len(pc.finished)
            pc.deliver_all()
            sender.push(pc.events[before[0] :], pc.finished[before[1] :])

    threads = [threading.Thread(target=push, args=pair) for pair in zip(pcs, senders, strict=True)]
    for thread in threads:
        thread.start()
    try:
        yield senders
    finally:
        enough.set()
        for thread in threads:
            thread.join()


def lines(district: District, what: str) -> list[dict[str, object]]:
    return [line for line in dump_with_contents(district) if line["what"] == what]


def prove_prefix(address: str, pcs: list[CounterPC], senders: list[Sender]) -> int:
    """The restored district is a piece of the history, and becomes the whole by what counters send again."""
    with closing(open_district(address)) as district:
        assert verify(district) == []
        held = [event_of(row) for row in district.rows(events().order_by(t.event.c.writer, t.event.c.seq))]
        for pc in pcs:
            of_pc = [event for event in held if event.writer == pc.writer]
            assert of_pc == pc.events[: len(of_pc)]
        http = TestClient(make_app(district))
        for pc, sender in zip(pcs, senders, strict=True):
            again = Sender(http, sender.key, sender.device)
            mark = again.hello(pc.writer).marks.get(pc.writer)
            seq, number = (mark.head.seq, mark.dossiers) if mark else (0, 0)
            for at in range(seq, len(pc.events), 50):
                again.push(pc.events[at : at + 50])
            for at in range(number, len(pc.finished), 20):
                again.push(dossiers=pc.finished[at : at + 20])
            assert again.hello().marks == pc.heads()
        assert verify(district) == []
        return len(held)


def in_load(reached: Reached, tmp_path: Path, elsewhere: Iterator[str], count: int) -> None:
    pcs = [CounterPC(counter="01"), CounterPC(counter="02"), CounterPC(station="QSQ002", counter="01")]
    with load(reached, pcs) as senders:
        while any(not pc.finished for pc in pcs):
            threading.Event().wait(0.01)
        files = [tmp_path / f"{number}.backup" for number in range(count)]
        made = [sealed(reached.district, file) for file in files]
    assert [check(file, PAPER) for file in files] == made
    sizes = [backup.rows["event"] for backup in made]
    assert sizes == sorted(sizes)
    for file, address in zip(files, elsewhere, strict=False):
        restore(file, address, PAPER)
        prove_prefix(address, pcs, senders)


def test_a_backup_during_load_is_a_piece_of_history(reached: Reached, tmp_path: Path, elsewhere: str) -> None:
    in_load(reached, tmp_path, iter([elsewhere]), 1)


@pytest.mark.long
def test_twenty_backups_during_load_are_pieces_of_history(reached: Reached, tmp_path: Path) -> None:
    places = (f"sqlite:///{tmp_path / f'{number}.db'}" for number in itertools.count())
    in_load(reached, tmp_path, places, 20)


@pytest.fixture
def kept(reached: Reached, pc: CounterPC, tmp_path: Path) -> Path:
    """The backup of a district with some cases."""
    sender = reached.sender()
    for _ in range(3):
        pc.deliver_all()
    pc.accept()
    sender.push(pc.events, pc.finished)
    sealed(reached.district, tmp_path / "kept.backup")
    return tmp_path / "kept.backup"


def test_restored_it_is_the_same_but_for_its_epoch(
    reached: Reached, pc: CounterPC, kept: Path, elsewhere: str
) -> None:
    assert kept.stat().st_mode & 0o077 == 0
    backup = restore(kept, elsewhere, PAPER)
    assert backup.marks == {pc.writer: len(pc.events)}
    with closing(open_district(elsewhere)) as restored:
        assert list(dump(restored)) == list(dump(reached.district))
        assert lines(restored, "dossier") == lines(reached.district, "dossier")
        assert restored.epoch != reached.district.epoch
        assert (restored.name, restored.identity) == (reached.district.name, reached.district.identity)
        # Who used an open code since is not known, so none is open any more.
        code = restored.rows(t.enrol_code.select().where(t.enrol_code.c.used_at == ""))
        assert [row["tries"] for row in code] == [5] * len(code)
        backup_again = sealed(restored, kept.with_name("again.backup"))
        assert backup_again.rows == backup.rows


def test_nothing_is_overwritten(reached: Reached, kept: Path, tmp_path: Path, elsewhere: str) -> None:
    before = kept.read_bytes()
    with pytest.raises(BackupTaken):
        sealed(reached.district, kept)
    with pytest.raises(BackupNotWritten):
        sealed(reached.district, tmp_path / "nowhere" / "x.backup")
    restore(kept, elsewhere, PAPER)
    with pytest.raises(NotEmpty):
        restore(kept, elsewhere, PAPER)
    assert kept.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A backup that was carried away from its district."""
    place, pc = tmp_path_factory.mktemp("copied"), CounterPC()
    for _ in range(3):
        pc.deliver_all()
    with closing(open_district(str(place / "d.db"))) as district:
        sender = enrolled(TestClient(make_app(district)), new_enrol_code(district, "QSQ001"))
        sender.push(pc.events, pc.finished)
        sealed(district, place / "whole.backup")
    return place / "whole.backup"


def test_a_damaged_backup_is_told_and_never_restored(copied: Path, tmp_path: Path) -> None:
    whole, good, kept, elsewhere = (
        copied.read_bytes(),
        check(copied, PAPER),
        tmp_path / "b",
        str(tmp_path / "e.db"),
    )
    random = Random(7)
    for _ in range(60):
        place = random.randrange(len(whole))
        flipped = bytearray(whole)
        flipped[place] ^= 1 << random.randrange(8)
        kept.write_bytes(flipped)
        assert told(kept) in (good, "district.backup_damaged")
    for cut in (0, 1, 5, len(whole) // 2, len(whole) - 9, len(whole) - 1):
        kept.write_bytes(whole[:cut])
        with pytest.raises(DeskError, match="backup_damaged"):
            restore(kept, elsewhere, PAPER)
    kept.write_bytes(whole)
    restore(kept, elsewhere, PAPER)


def test_a_changed_name_of_a_column_is_told(copied: Path, tmp_path: Path) -> None:
    text = inside(copied)
    for name in (b'"writer"', b'"seq"', b'"event"'):
        (tmp_path / "changed").write_bytes(gzip.compress(text.replace(name, b"[" + name[1:], 1)))
        assert told(tmp_path / "changed") == "district.backup_damaged"
        (tmp_path / "changed").write_bytes(gzip.compress(text.replace(name, b'"x' + name[1:])))
        assert told(tmp_path / "changed") == "district.backup_damaged"


def told(file: Path) -> Backup | str:
    """What is found; a flag of the packing may be flipped without any harm to what is in it."""
    try:
        return check(file, PAPER)
    except DeskError as error:
        return error.code


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: lines[:-1],
        lambda lines: lines[:2] + lines[3:],
        lambda lines: [*lines, lines[-1]],
        lambda lines: [lines[0].replace(b"station-desk", b"another-desk"), *lines[1:]],
        lambda _lines: [b"hello"],
    ],
    ids=["no_end", "lost_row", "more", "another", "none"],
)
def test_what_was_put_together_otherwise_is_no_backup(copied: Path, tmp_path: Path, change: object) -> None:
    assert callable(change)
    changed = change(inside(copied).splitlines())
    kept = tmp_path / "changed.backup"
    kept.write_bytes(gzip.compress(b"\n".join(changed) + b"\n"))
    with pytest.raises(DeskError, match="backup_damaged"):
        check(kept, PAPER)


def heading(version: str, form: int = FORMAT) -> Heading:
    return Heading(WHAT, form, version, "e" * 32, "2026-11-20T12:00:00+08:00")


def test_a_backup_of_a_newer_program_is_left_alone(tmp_path: Path, new_url: str) -> None:
    for name, said, code in (
        ("form", heading("0001", FORMAT + 1), "backup_newer"),
        ("schema", heading("9999"), "newer_database"),
    ):
        with (tmp_path / name).open("wb") as file:
            Writer(file, said).end()
        with pytest.raises(DeskError, match=code):
            restore(tmp_path / name, new_url)
    with closing(open_database(new_url)) as database:
        assert not database.read(schema.is_made)


def test_a_restore_that_fails_leaves_the_database_empty(tmp_path: Path, new_url: str) -> None:
    file = tmp_path / "twice.backup"
    with file.open("wb") as out:
        writer = Writer(out, heading("0001"))
        writer.table("about", ("name", "value"), [("epoch", "a"), ("epoch", "b")])
        writer.end()
    with pytest.raises(DeskError, match="backup_damaged"):
        restore(file, new_url)
    with closing(open_database(new_url)) as database:
        assert not database.read(schema.is_made)


def test_a_backup_of_an_older_program_is_brought_up_to_date(
    tmp_path: Path, new_url: str, pc: CounterPC
) -> None:
    old = str(tmp_path / "old.db")
    pc.deliver_all()
    with closing(open_district(old)) as district:
        sender = enrolled(TestClient(make_app(district)), new_enrol_code(district, "QSQ001"))
        sender.push(pc.events, pc.finished)
        sealed(district, tmp_path / "new.backup")
        rows = district.rows(t.event.select())
        amounts = [tuple(row.values()) for row in district.rows(t.tally.select()) if row["what"] != "dossier"]
    file = tmp_path / "old.backup"
    columns = [column.name for column in t.event.columns]
    with file.open("wb") as out:
        writer = Writer(out, heading("0001"))
        writer.table("about", ("name", "value"), [("epoch", "a" * 32)])
        marks = [(pc.station, pc.writer, pc.counter, pc.head.seq, pc.head.hash, 0)]
        writer.table("writer", ("station", "writer", "counter", "seq", "hash", "dossiers"), marks)
        writer.table("event", columns, [tuple(row[name] for name in columns) for row in rows])
        writer.table("tally", ("station", "what", "amount"), amounts)
        writer.end()
    restore(file, new_url)
    with closing(open_district(new_url)) as district:
        assert district.read(schema.version) == schema.versions()[-1]
        events = [line for line in dump(district) if line.pop("what") == "event"]
        assert [Event(**line) for line in events] == pc.events
        # What older programs did not count is counted at the first opening.
        assert verify(district) == []


def test_a_log_that_does_not_end_where_its_mark_says_is_no_backup(reached: Reached, kept: Path) -> None:
    reached.district.write(lambda c: c.execute(update(t.writer).values(seq=t.writer.c.seq + 1)))
    with pytest.raises(DeskError, match="backup_damaged"):
        sealed(reached.district, kept.with_name("broken.backup"))
    assert not kept.with_name("broken.backup").exists()
