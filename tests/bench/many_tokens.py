"""A district with so many cases that residents may look up, made quickly, and kept for the next time.

Only what a look-up reads: the cases with their pages, the places of their tokens, one station. The indexes
that are in no order of arrival are made at the end. PostgreSQL makes the rows itself; those for SQLite are
made here.
"""

import signal
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import msgspec
import psycopg
from sqlalchemy import Connection, insert, select, text

from installer.dev import find_initdb
from station_desk.cases.trace import Trace, trace_of
from station_desk.district import tables as t
from station_desk.district.database import Database
from station_desk.district.district import open_district
from station_desk.district.places import short_of
from station_desk.district.traces import Station
from tests.conftest import POSTGRES_PATIENCE_S, _make_cluster, _start_postgres, private_postgres

STATION = "QSQ001"
MARK = "bench_rows"
"""The fact that so many cases were made: a database without it was broken off."""

AT_ONCE = 100_000
NUMBER, HASHED = "@number@", "@hashed@"
Model = tuple[Trace, Station]
Address = Callable[[int], str]
"""The address of a district with so many cases, made where it is not there yet."""

POSTGRES = f"""
ALTER TABLE trace DROP CONSTRAINT trace_pkey;
ALTER TABLE token_place DROP CONSTRAINT token_place_pkey;
INSERT INTO trace SELECT :station, 'N' || lpad(n::text, 8, '0'), hashed, :state, :revision, :updated_at,
    replace(replace(:body, '{NUMBER}', 'N' || lpad(n::text, 8, '0')), '{HASHED}', hashed)
    FROM (SELECT n, encode(sha256(convert_to(lpad(n::text, 22, '0'), 'UTF8')), 'hex') AS hashed
        FROM generate_series(0, :rows - 1) n) each;
INSERT INTO token_place
    SELECT CAST(CAST('x' || substr(trace, 1, 16) AS bit(64)) AS bigint), station, number FROM trace;
ALTER TABLE trace ADD CONSTRAINT trace_pkey PRIMARY KEY (station, number);
ALTER TABLE token_place ADD CONSTRAINT token_place_pkey PRIMARY KEY (short, station, number)
"""


def token(number: int) -> str:
    """The token of a case by its number."""
    return f"{number:022d}"


@contextmanager
def districts(engine: str, keep: Path | None, model: Model) -> Iterator[Address]:
    """Databases below `keep`, where they are found again, or in a folder that is taken away."""
    if engine == "postgresql":
        with _kept_postgres(keep / "postgres") if keep else private_postgres() as server:
            yield lambda rows: _filled(_database_of(server, rows), rows, model)
        return
    with tempfile.TemporaryDirectory() as other:
        folder = keep or Path(other)
        folder.mkdir(parents=True, exist_ok=True)
        yield lambda rows: _filled(f"sqlite:///{folder / f'tracking-{rows}.db'}", rows, model)


@contextmanager
def _kept_postgres(place: Path) -> Iterator[str]:
    """As `private_postgres`, in a folder that stays."""
    initdb = find_initdb()
    assert initdb
    place.mkdir(parents=True, exist_ok=True)
    if not (place / "data").exists():
        _make_cluster(initdb, place, "kept")
    server, port = _start_postgres(initdb.with_name("postgres"), place, "kept")
    try:
        yield f"postgresql+psycopg://desk:kept@127.0.0.1:{port}/postgres"
    finally:
        server.send_signal(signal.SIGINT)
        server.wait(POSTGRES_PATIENCE_S)


def _database_of(server: str, rows: int) -> str:
    name = f"tracking_{rows}"
    with psycopg.connect(server.replace("+psycopg", ""), autocommit=True) as admin:
        if not admin.execute("SELECT 1 FROM pg_database WHERE datname = %s", (name,)).fetchone():
            admin.execute(f"CREATE DATABASE {name}".encode())
    return f"{server.rpartition('/')[0]}/{name}"


def _filled(address: str, rows: int, model: Model) -> str:
    with closing(open_district(address)) as district:
        made = select(t.about.c.value).where(t.about.c.name == MARK)
        if district.database.read(lambda connection: connection.execute(made).scalar()) == f"{rows}":
            return address
        assert not district.rows(select(t.station)), f"{address} was broken off or is another's; take it away"
        fill = _fill_sqlite if district.database.is_sqlite else _fill_postgres
        fill(district.database, rows, model)
        mark = insert(t.about).values(name=MARK, value=f"{rows}")
        district.write(lambda connection: connection.execute(mark))
    return address


def _put_station(connection: Connection, station: Station) -> None:
    connection.execute(insert(t.station).values(station=STATION, **msgspec.structs.asdict(station)))


def _row_of(trace: Trace) -> dict[str, Any]:
    """What the rows have in common; `body` has marks where they differ."""
    body = msgspec.json.encode(msgspec.structs.replace(trace, number=NUMBER, trace=HASHED)).decode()
    names = ("state", "revision", "updated_at")
    return {"station": STATION, **{name: getattr(trace, name) for name in names}, "body": body}


def _fill_postgres(database: Database, rows: int, model: Model) -> None:
    values = {**_row_of(model[0]), "rows": rows}

    def fill(connection: Connection) -> None:
        connection.execute(text("SET LOCAL statement_timeout = 0"))
        connection.execute(text("SET LOCAL maintenance_work_mem = '1GB'"))
        _put_station(connection, model[1])
        for statement in POSTGRES.split(";"):
            named = {name: value for name, value in values.items() if f":{name}" in statement}
            connection.execute(text(statement), named)

    database.write_once(fill)
    url = database.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM ANALYZE")


def _fill_sqlite(database: Database, rows: int, model: Model) -> None:
    common = _row_of(model[0])
    database.write(partial(_put_station, station=model[1]))
    for start in range(0, rows, AT_ONCE):
        numbers = range(start, min(start + AT_ONCE, rows))
        database.write(partial(_put_some, common=common, numbers=numbers))
    database.write(_put_places)


def _put_some(connection: Connection, common: dict[str, Any], numbers: range) -> None:
    body, rest = common["body"], (common["state"], common["revision"], common["updated_at"])
    rows = []
    for n in numbers:
        number, hashed = f"N{n:08d}", trace_of(token(n))
        page = body.replace(NUMBER, number).replace(HASHED, hashed)
        rows.append((STATION, number, hashed, *rest, page))
    connection.exec_driver_sql("INSERT INTO trace VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def _put_places(connection: Connection) -> None:
    """In the order of their key: thrown in as they come they would take ten times as long."""
    driver: Any = connection.connection.driver_connection
    driver.create_function("short_of", 1, short_of)
    connection.exec_driver_sql(
        "INSERT INTO token_place SELECT short_of(trace), station, number FROM trace ORDER BY 1"
    )
