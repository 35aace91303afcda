"""The district's tables made new, or brought up to date; a database of a newer program is left alone."""

import uuid
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from station_desk.core import paths
from station_desk.core.errors import TroubleError
from station_desk.district import tables as t
from station_desk.district.database import Database, DatabaseMissing

MIGRATIONS = paths.DB / "district"
EPOCH = "epoch"
KEYS = "keys"
"""The fact that changes whenever a counter gets a key or loses one."""

ONE_AT_A_TIME = 0x5D15_7A1C
"""The PostgreSQL advisory lock under which two servers that start together do not both make the tables."""
ALEMBIC_VERSION = (
    "CREATE TABLE alembic_version "
    "(version_num VARCHAR(32) NOT NULL, CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num))"
)


class NewerDatabase(TroubleError):
    code = "district.newer_database"


def bring_up_to_date(database: Database) -> None:
    """Makes the tables of an empty database, migrates older ones.

    A new database gets an epoch of its own, by which stations see that it is not the one they knew.
    Raises NewerDatabase for the tables of a newer program.
    """
    newest = versions()[-1]
    found = database.read(_version)
    if found == newest:
        return
    if found is not None:
        require_known(found)
    database.write(_made if found is None else _migrated)


def require_made(database: Database) -> None:
    """Raises DatabaseMissing when the database holds no district."""
    if database.read(_version) is None:
        raise DatabaseMissing(address=database.url.render_as_string(hide_password=True))


def versions() -> list[str]:
    """The versions of the schema by their migrations, oldest first."""
    return sorted(file.name[:4] for file in _migration_files())


def require_known(found: str) -> None:
    """Raises NewerDatabase for the version of a schema that only a newer program knows."""
    if found not in versions():
        raise NewerDatabase(found=found, known=versions()[-1])


def is_made(connection: Connection) -> bool:
    """Whether the database holds a district."""
    return _version(connection) is not None


def version(connection: Connection) -> str:
    """Of which version the tables of a district are."""
    return str(connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def migrate(connection: Connection, to: str = "head") -> None:
    """Runs the migrations that the database of `connection` lacks, inside its transaction."""
    # Alembic takes a second to import: only when there is something to migrate.
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    command.upgrade(config, to)


def _migration_files() -> list[Path]:
    return list((MIGRATIONS / "versions").glob("[0-9]*.py"))


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table("alembic_version"):
        return None
    return version(connection)


def _made(connection: Connection) -> None:
    """All tables as they are now, which the tests hold equal to what the migrations make."""
    _alone(connection)
    if _version(connection) is not None:
        return
    t.metadata.create_all(connection)
    connection.execute(text(ALEMBIC_VERSION))
    connection.execute(text("INSERT INTO alembic_version VALUES (:newest)"), {"newest": versions()[-1]})
    for name in (EPOCH, KEYS):
        connection.execute(t.about.insert().values(name=name, value=uuid.uuid4().hex))


def _migrated(connection: Connection) -> None:
    _alone(connection)
    migrate(connection)


def _alone(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
