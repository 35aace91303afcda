"""Accounts: who works at the counter, how each proves it, wrong tries, and who was signed in when."""

from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

STAFF = """
CREATE TABLE staff (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    role TEXT NOT NULL,
    is_disabled INTEGER NOT NULL,
    added_at TEXT NOT NULL,
    added_by TEXT NOT NULL,
    changed_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT, WITHOUT ROWID
"""
STAFF_SECRETS = """
CREATE TABLE staff_secrets (
    id TEXT NOT NULL,
    way TEXT NOT NULL,
    hash TEXT NOT NULL,
    PRIMARY KEY (id, way)
) STRICT, WITHOUT ROWID
"""
STAFF_TRIES = """
CREATE TABLE staff_tries (
    id TEXT NOT NULL,
    way TEXT NOT NULL,
    wrong INTEGER NOT NULL,
    boot TEXT NOT NULL,
    since REAL NOT NULL,
    PRIMARY KEY (id, way)
) STRICT, WITHOUT ROWID
"""
STAFF_PRESENCE = """
CREATE TABLE staff_presence (
    place INTEGER NOT NULL,
    id TEXT NOT NULL,
    way TEXT NOT NULL,
    since TEXT NOT NULL,
    till TEXT NOT NULL,
    PRIMARY KEY (place)
) STRICT
"""


def upgrade() -> None:
    """Adds the tables; they begin empty: whoever sits here may do everything, as before."""
    for table in (STAFF, STAFF_SECRETS, STAFF_TRIES, STAFF_PRESENCE):
        op.execute(table)
    op.execute("CREATE INDEX staff_presence_open ON staff_presence (id) WHERE till = ''")
