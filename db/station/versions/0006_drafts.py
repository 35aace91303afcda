"""Drafts: what is typed at the counter and not accepted yet, kept so that a dead PC loses none of it."""

from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table; what was in memory before this version was lost with the program."""
    op.execute(
        """
        CREATE TABLE drafts (
            id TEXT NOT NULL,
            ticket TEXT NOT NULL,
            changed_at TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (id)
        ) STRICT, WITHOUT ROWID
        """
    )
