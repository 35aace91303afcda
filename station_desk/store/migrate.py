"""Runs the migrations of `db/station/` on an open connection; imported only when there is one to run."""

from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool

from station_desk.core import paths
from station_desk.store.driver import sqlcipher


def upgrade(connection: Any, version: int) -> None:
    """Brings the database of a driver connection to `version`, all steps in one transaction.

    Another program may have done so since we looked: then nothing is left to do.
    """
    engine = create_engine("sqlite://", module=sqlcipher, creator=lambda: connection, poolclass=StaticPool)
    config = Config()
    config.set_main_option("script_location", str(paths.DB / "station"))
    with engine.connect() as joined:
        joined.exec_driver_sql("BEGIN IMMEDIATE")
        if int(joined.exec_driver_sql("PRAGMA user_version").scalar_one()) >= version:
            joined.exec_driver_sql("ROLLBACK")
            return
        config.attributes["connection"] = joined
        command.upgrade(config, f"{version:04d}")
        joined.exec_driver_sql(f"PRAGMA user_version = {version}")
        joined.exec_driver_sql("COMMIT")
