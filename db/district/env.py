"""Alembic's way in: migrates the connection it is handed (see `station_desk/district/schema.py`)."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)
context.run_migrations()
