"""The keys by which receipts of the district are proved, and a key of its own for each counter."""

import secrets

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table of keys; a counter that was set up before gets its own key now."""
    op.execute(
        """
        CREATE TABLE counter_keys (
            source TEXT NOT NULL,
            station TEXT NOT NULL,
            counter TEXT NOT NULL,
            public_key TEXT NOT NULL,
            since TEXT NOT NULL,
            until TEXT NOT NULL,
            retired TEXT NOT NULL,
            reason TEXT NOT NULL,
            PRIMARY KEY (source, station, public_key, since)
        ) STRICT, WITHOUT ROWID
        """
    )
    if op.get_bind().execute(sa.text("SELECT 1 FROM about WHERE \"key\" = 'station'")).first():
        # Any 32 random bytes are an Ed25519 private key.
        own = sa.text("INSERT OR IGNORE INTO about (\"key\", value) VALUES ('own_key', :key)")
        op.get_bind().execute(own, {"key": secrets.token_hex(32)})
