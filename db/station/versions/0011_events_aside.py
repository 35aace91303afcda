"""Events aside: what the district gives back after a restore and work since then has overtaken."""

from alembic import op

revision = "0011"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table; before this version nothing was given back."""
    op.execute(
        """
        CREATE TABLE events_aside (
            writer TEXT NOT NULL,
            seq INTEGER NOT NULL,
            prev TEXT NOT NULL,
            hash TEXT NOT NULL,
            subject TEXT NOT NULL,
            revision INTEGER NOT NULL,
            kind TEXT NOT NULL,
            at TEXT NOT NULL,
            actor TEXT NOT NULL,
            command TEXT NOT NULL,
            public TEXT NOT NULL,
            commitment TEXT NOT NULL,
            private TEXT,
            salt TEXT,
            PRIMARY KEY (writer, seq)
        ) STRICT, WITHOUT ROWID
        """
    )
