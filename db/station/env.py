"""Alembic's way in: migrates the connection it is handed (see `station_desk/store/migrate.py`)."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=False)
context.run_migrations()
