"""What the district keeps stays as it was written, shows when it was changed, and survives new programs."""

import itertools
import re
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, delete, insert, inspect, select, text, update
from starlette.testclient import TestClient

from station_desk.core.paths import DB
from station_desk.district import schema
from station_desk.district import tables as t
from station_desk.district.app import make_app
from station_desk.district.database import AddressNotUnderstood, DatabaseUnreachable, open_database
from station_desk.district.district import District, open_district
from station_desk.district.dump import dump, dump_with_contents
from station_desk.district.enrolment import NoSuchDevice, StationNotWellFormed, new_enrol_code, revoke
from station_desk.district.traces import fold_again
from station_desk.district.verify import Problem, verify
from tests.conftest import ExpectLog
from tests.district.conftest import NAME, Reached
from tests.district.station import APPLICANT, CounterPC, enrolled

W = "QSQ001.02"


@pytest.fixture
def full(reached: Reached, pc: CounterPC) -> Reached:
    """A district that holds a delivered case, an open one and one of another station."""
    other = CounterPC("QSQ002", "01")
    pc.deliver_all()
    pc.accept()
    other.finish(other.accept())
    for each in (pc, other):
        reached.sender(each.station, each.counter).push(each.events, each.finished)
    return reached


def test_a_district_without_fault_verifies(full: Reached) -> None:
    assert verify(full.district) == []


PLANTED = {
    "changed_event": (
        update(t.event).where(t.event.c.writer == W, t.event.c.seq == 2).values(actor="nobody"),
        [Problem("chain_broken", f"{W}:2")],
    ),
    "lost_event": (
        delete(t.event).where(t.event.c.writer == W, t.event.c.seq == 3),
        [
            Problem("chain_broken", f"{W}:4"),
            Problem("trace_differs", "QSQ001/{case}"),
            Problem("tally_differs", "QSQ001/case.resumed"),
        ],
    ),
    "lost_end": (
        delete(t.event).where(t.event.c.writer == W, t.event.c.seq == 8),
        [
            Problem("mark_differs", f"{W}:7"),
            Problem("trace_differs", "QSQ001/{last}"),
            Problem("tally_differs", "QSQ001/case.accepted"),
            Problem("count_differs", "QSQ001/{last}"),
        ],
    ),
    "moved_mark": (
        update(t.writer).where(t.writer.c.writer == W).values(seq=5),
        [Problem("mark_differs", f"{W}:8")],
    ),
    "lost_mark": (
        delete(t.writer).where(t.writer.c.writer == "QSQ002.01"),
        [
            Problem("not_of_this_counter", "QSQ002.01"),
            Problem("mark_differs", "QSQ002.01:4"),
            Problem("dossier_missing", "QSQ002.01:1"),
        ],
    ),
    "lost_dossier": (
        delete(t.dossier).where(t.dossier.c.writer == W, t.dossier.c.number == 1),
        [Problem("dossier_missing", f"{W}:1"), Problem("tally_differs", "QSQ001/dossier")],
    ),
    "changed_dossier": (
        update(t.dossier).where(t.dossier.c.writer == "QSQ002.01").values(
            parts='[{"seq":1,"text":"{}","salt":"00"}]'
        ),
        [Problem("dossier_not_promised", "QSQ002.01:1")],
    ),
    "changed_trace": (
        update(t.trace).where(t.trace.c.station == "QSQ002").values(
            body=text("replace(body, 'finished', 'voided')")
        ),
        [Problem("trace_differs", "QSQ002/{other}")],
    ),
    "changed_tally": (
        update(t.tally).where(t.tally.c.station == "QSQ002", t.tally.c.what == "dossier").values(amount=7),
        [Problem("tally_differs", "QSQ002/dossier")],
    ),
    "changed_count": (
        update(t.caseload).where(t.caseload.c.station == "QSQ002").values(due="2026-12-01"),
        [Problem("count_differs", "QSQ002/{other}")],
    ),
    "changed_day": (
        update(t.daily).where(t.daily.c.station == "QSQ002", t.daily.c.state == "finished").values(amount=9),
        [Problem("count_differs", "QSQ002/2026-11-20/LS-008/finished")],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PLANTED)
def test_every_change_behind_our_back_is_found(full: Reached, pc: CounterPC, name: str) -> None:
    statement, expected = PLANTED[name]
    full.district.write(lambda connection: connection.execute(statement))
    numbers = {
        "case": pc.events[0].subject,
        "last": pc.events[-1].subject,
        "other": "QSQ002-261120-01-0000-0",
    }
    assert verify(full.district) == [Problem(p.fault, p.where.format(**numbers)) for p in expected]


def test_a_dump_is_the_same_each_time_and_full_only_when_asked(full: Reached) -> None:
    lines = list(dump(full.district))
    assert lines == list(dump(full.district))
    assert [line["what"] for line in lines] == ["event"] * 8 + ["dossier"] * 2 + ["event"] * 4 + ["dossier"]
    contents = [str(line) for line in dump_with_contents(full.district)]
    assert [APPLICANT.name in str(line) for line in lines] == [False] * len(lines)
    assert sum(APPLICANT.name in line for line in contents) == 3


def test_what_waited_is_read_by_a_program_that_can(new_url: str, pc: CounterPC) -> None:
    case = pc.accept()
    pc.advance(case, "visit", "review")
    with closing(open_district(new_url)) as district:
        Reached(district, TestClient(make_app(district))).sender().push(pc.events)
        # What an older program would have left behind.
        district.write(_as_an_older_program_left_it)
        assert {problem.fault for problem in verify(district)} == {"waits_without_need"}
        epoch = district.epoch
    with closing(open_district(new_url)) as district:
        assert verify(district) == []
        page = TestClient(make_app(district)).get(f"/t/{case.token}")
        assert "现在：街道审核" in page.text
        assert district.epoch == epoch


def test_a_new_database_has_an_epoch_of_its_own_and_remembers_its_name(new_url: str, tmp_path: Path) -> None:
    with (
        closing(open_district(new_url, name=NAME)) as first,
        closing(open_district(str(tmp_path / "other.db"))) as second,
    ):
        assert first.epoch != second.epoch
        assert second.name == ""
    with closing(open_district(new_url, public_url="https://district.example/")) as again:
        assert (again.epoch, again.name, again.public_url) == (first.epoch, NAME, "https://district.example")


def test_the_migrations_make_what_the_program_expects(new_url: str) -> None:
    with closing(open_database(new_url)) as database:
        database.write(schema.migrate)
        difference = database.read(
            lambda connection: compare_metadata(MigrationContext.configure(connection), t.metadata)
        )
        assert difference == []
        schema.bring_up_to_date(database)


def test_migrated_made_new_and_the_snapshot_are_one_schema(tmp_path: Path) -> None:
    with (
        closing(open_database(str(tmp_path / "migrated.db"))) as migrated,
        closing(open_database(str(tmp_path / "new.db"))) as new,
    ):
        migrated.write(schema.migrate)
        schema.bring_up_to_date(new)
        snapshot = (DB / "district" / "schema.sql").read_text("utf-8")
        assert _shape(migrated.read(_schema_sql)) == _shape(new.read(_schema_sql)) == _shape(snapshot)


def test_a_database_of_a_newer_program_is_left_alone(new_url: str) -> None:
    with closing(open_district(new_url)) as district:
        district.write(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    with pytest.raises(schema.NewerDatabase) as refused:
        open_district(new_url)
    assert refused.value.values["found"] == "9999"


def test_the_tables_are_there_on_a_real_server(new_url: str) -> None:
    with closing(open_district(new_url)) as district:
        names = district.read(lambda connection: set(inspect(connection).get_table_names()))
    assert names == {*t.metadata.tables, "alembic_version"}


def test_sqlite_is_opened_to_last(tmp_path: Path) -> None:
    with closing(open_district(f"sqlite:///{tmp_path / 'd.db'}")) as district:
        asked = (
            "journal_mode",
            "synchronous",
            "foreign_keys",
            "secure_delete",
            "trusted_schema",
            "busy_timeout",
        )
        found = district.write(lambda c: [c.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in asked])
    assert found == ["wal", 2, 1, 1, 0, 10000]


def test_two_programs_on_one_file_take_turns(tmp_path: Path) -> None:
    address, turns = str(tmp_path / "d.db"), 100
    name = t.about.c.name == "turns"

    def take_a_turn(connection: Connection) -> None:
        taken = connection.execute(select(t.about.c.value).where(name)).scalar_one()
        connection.execute(update(t.about).where(name).values(value=str(int(taken) + 1)))

    def take_turns(program: District) -> None:
        for _ in range(turns):
            program.write(take_a_turn)

    with closing(open_district(address)) as one, closing(open_district(address)) as other:
        one.write(lambda connection: connection.execute(insert(t.about).values(name="turns", value="0")))
        with ThreadPoolExecutor(2) as pool:
            for done in [pool.submit(take_turns, program) for program in (one, other)]:
                done.result()
        assert one.rows(select(t.about.c.value).where(name))[0]["value"] == str(2 * turns)


def test_a_unit_that_lost_a_race_is_done_again(fresh_postgres: str) -> None:
    met = threading.Barrier(2)

    def cross(program: District, first: str, second: str) -> int:
        tries = itertools.count(1)

        def unit(connection: Connection) -> int:
            tried = next(tries)
            _append(connection, first)
            if tried == 1:
                met.wait(30)
            _append(connection, second)
            return tried

        return program.write(unit)

    with closing(open_district(fresh_postgres)) as district, ThreadPoolExecutor(2) as pool:
        rows = [{"name": "left", "value": ""}, {"name": "right", "value": ""}]
        district.write(lambda connection: connection.execute(insert(t.about), rows))
        runs = [pool.submit(cross, district, *way) for way in (("left", "right"), ("right", "left"))]
        # The loser may lose more than once on a busy machine.
        first, second = sorted(run.result() for run in runs)
        assert first == 1 < second
        found = {row["name"]: row["value"] for row in district.rows(t.about.select())}
        assert (found["left"], found["right"]) == ("xx", "xx")


def test_readers_cannot_write(new_url: str) -> None:
    with closing(open_district(new_url)) as district:
        with pytest.raises(Exception, match=r"read-?only"):
            district.read(lambda connection: connection.execute(delete(t.about)))
        assert district.read(lambda c: c.execute(t.about.select()).all()) != []


@pytest.mark.parametrize("address", ["mysql://localhost/x", "nonsense://", "postgresql://"])
def test_an_address_that_is_none_of_ours_is_named(address: str) -> None:
    with pytest.raises((AddressNotUnderstood, DatabaseUnreachable)):
        open_district(address)


@pytest.mark.parametrize(
    "address", ["postgresql://desk:secret@127.0.0.1:1/district", "sqlite:////nowhere/at/all/district.db"]
)
def test_a_database_that_is_not_there_is_named_without_its_password(address: str) -> None:
    with pytest.raises(DatabaseUnreachable) as unreachable:
        open_district(address)
    assert "secret" not in str(unreachable.value)


def test_a_code_needs_a_station_and_a_revocation_a_device(reached: Reached) -> None:
    with pytest.raises(StationNotWellFormed):
        new_enrol_code(reached.district, "青石桥")
    with pytest.raises(NoSuchDevice):
        revoke(reached.district, "QSQ001", "02", "lost")


def test_no_code_can_be_read_out_of_the_database(reached: Reached) -> None:
    code = new_enrol_code(reached.district, "QSQ001")
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{10}", code)
    rows = reached.district.rows(t.enrol_code.select())
    assert [code in str(row) for row in rows] == [False]


def test_a_bug_shows_no_traceback(full: Reached, pc: CounterPC) -> None:
    http = TestClient(make_app(full.district), raise_server_exceptions=False)
    case = pc.accept()
    enrolled(http, new_enrol_code(full.district, "QSQ001")).push(pc.events)
    full.district.write(lambda connection: connection.execute(update(t.trace).values(body="{")))
    answer = http.get(f"/t/{case.token}")
    assert answer.status_code == 500
    assert "系统暂时有问题" in answer.text
    assert "Traceback" not in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_database_that_is_gone_is_said_and_healed(tmp_path: Path, expected_log: ExpectLog) -> None:
    with closing(open_district(str(tmp_path / "d.db"))) as district:
        http = TestClient(make_app(district))
        sender = enrolled(http, new_enrol_code(district, "QSQ001"))
        district.write(lambda connection: connection.execute(text("ALTER TABLE writer RENAME TO hidden")))
        with expected_log("station_desk.district", "the database does not answer"):
            answer = sender.try_push()
        assert (answer.status_code, answer.json()["code"]) == (503, "sync.district_in_trouble")
        district.write(lambda connection: connection.execute(text("ALTER TABLE hidden RENAME TO writer")))
        assert sender.try_push().status_code == 200


def test_opening_does_not_import_alembic_and_the_server_needs_no_qt(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from station_desk.main.district import Served\n"
        f"with Served({str(tmp_path / 'd.db')!r}): pass\n"
        "print(sorted({'alembic', 'PySide6', 'reportlab', 'httpx2'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program], capture_output=True, text=True, check=False
    )
    assert (done.stdout, done.stderr, done.returncode) == ("[]\n", "", 0)


def _as_an_older_program_left_it(connection: Connection) -> None:
    connection.execute(update(t.event).where(t.event.c.kind == "case.advanced").values(waiting=True))
    subjects = connection.execute(select(t.event.c.subject)).scalars()
    fold_again(connection, "QSQ001", subjects)


def _append(connection: Connection, name: str) -> None:
    connection.execute(update(t.about).where(t.about.c.name == name).values(value=t.about.c.value + "x"))


def _schema_sql(connection: Connection) -> str:
    rows = connection.execute(
        text("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type DESC, name")
    )
    return "".join(f"{sql};\n" for sql in rows.scalars())


def _shape(sql: str) -> list[str]:
    """The statements without the spaces between their words."""
    return ["".join(statement.split()) for statement in sql.split(";")]
