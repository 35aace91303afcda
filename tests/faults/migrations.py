"""An older profile is opened by a newer program, and killed while it is brought up to date.

What is left has the old schema or the new one, never a third, and the next opening finishes the work.
"""

import os
import shutil
import signal
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any, Literal

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from station_desk.core import paths
from station_desk.core.clock import now
from station_desk.main.batch import run_batch
from station_desk.main.open_desk import open_desk
from station_desk.store import migrate, schema
from station_desk.store.desk_store import open_store
from station_desk.store.driver import connect, connect_reading, sqlcipher
from station_desk.store.profile import Profile
from station_desk.store.schema import schema_sql
from station_desk.store.vault.opening import read_key
from station_desk.store.verify import verify_deep
from tests.faults.kills import Mutant
from tests.faults.trial import asked, made_counter, named

CASES = 40
FIRST = 1
Found = Literal["old", "new", "third"]


def old_counter(folder: Path) -> Profile:
    """A counter with cases, as the first version kept them."""
    young = made_counter(folder / "young")
    desk = open_desk(young.folder, "en", now)
    run_batch(desk, asked(named("a", CASES)).splitlines(), lambda line: None)
    desk.store.close()
    old = Profile(folder / "old")
    old.folder.mkdir()
    shutil.copyfile(young.key_file, old.key_file)
    connection, source = connect(old.database, read_key(young)), connect(young.database, read_key(young))
    migrate.upgrade(connection, FIRST)
    for table in _tables(connection):
        _carry(source, connection, table)
    connection.execute("DELETE FROM about WHERE key = 'own_key'")
    for one in (source, connection):
        one.close()
    return old


def kill_migrations(old: Profile, kills: int, dice: Random, mutant: Mutant | None = None) -> Counter[str]:
    """Kills so many openings at random moments; how often each schema was found, and what was bad then."""
    key = read_key(old)
    before = _schema(old, key)[1]
    profile = Profile(old.folder.with_name("killed"))
    _fresh(old, profile)
    took = _time_of_a_whole_one(profile)
    found: Counter[str] = Counter()
    for _ in range(kills):
        _fresh(old, profile)
        child = _opening(profile, mutant)
        time.sleep(dice.random() * took * 1.1)
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found[_found(profile, key, before)] += 1
        found["bad afterwards"] += not _opens_well(profile)
    return found


def committing_between() -> None:
    """The planted fault: each step of the way is committed, the version is noted at the end."""

    def stepwise(connection: Any, version: int) -> None:
        engine = create_engine(
            "sqlite://", module=sqlcipher, creator=lambda: connection, poolclass=StaticPool
        )
        config = Config()
        config.set_main_option("script_location", str(paths.DB / "station"))
        with engine.connect() as joined:
            config.attributes["connection"] = joined
            for step in range(1, version + 1):
                joined.exec_driver_sql("BEGIN IMMEDIATE")
                command.upgrade(config, f"{step:04d}")
                joined.exec_driver_sql("COMMIT")
            joined.exec_driver_sql(f"PRAGMA user_version = {version}")

    type(migrate).__setattr__(migrate, "upgrade", stepwise)


def _found(profile: Profile, key: str, before: str) -> Found:
    version, text = _schema(profile, key)
    if (version, text) == (FIRST, before):
        return "old"
    return "new" if (version, text) == (schema.NEWEST, schema.SNAPSHOT.read_text("utf-8")) else "third"


def _schema(profile: Profile, key: str) -> tuple[int, str]:
    connection = connect_reading(profile.database, key)
    try:
        return connection.execute("PRAGMA user_version").fetchone()[0], schema_sql(connection)
    finally:
        connection.close()


def _opens_well(profile: Profile) -> bool:
    try:
        store = open_store(profile.folder, now)
    except Exception:  # noqa: BLE001 - whatever comes is a profile that does not open
        return False
    try:
        cases = store.read("SELECT count(*) FROM cases")[0][0]
        return cases == CASES and verify_deep(store, lambda done, total: None) == []
    finally:
        store.close()


def _time_of_a_whole_one(profile: Profile) -> float:
    began = time.monotonic()
    child = _opening(profile, None)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    return time.monotonic() - began


def _opening(profile: Profile, mutant: Mutant | None) -> int:
    child = os.fork()
    if child == 0:
        code = 70
        try:
            if mutant:
                mutant()
            open_store(profile.folder, now).close()
            code = 0
        finally:
            os._exit(code)
    return child


def _fresh(old: Profile, profile: Profile) -> None:
    shutil.rmtree(profile.folder, ignore_errors=True)
    shutil.copytree(old.folder, profile.folder)


def _tables(connection: Any) -> Sequence[str]:
    rows = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
    return [name for (name,) in rows if not name.startswith(("alembic_", "sqlite_", "case_words"))]


def _carry(source: Any, target: Any, table: str) -> None:
    names = [row[1] for row in target.execute(f"PRAGMA table_info({table})").fetchall()]
    columns = ", ".join(f'"{name}"' for name in names)
    rows = source.execute(f"SELECT {columns} FROM {table}").fetchall()
    target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(names))})", rows)
