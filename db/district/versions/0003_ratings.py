"""Ratings of finished cases by their residents."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

OPEN = sa.text("mend_by <> '' AND mended_at = ''")


def upgrade() -> None:
    """A table of its own: servers of before know nothing of it and go on."""
    texts = ("grade", "reasons", "words", "rated_at", "mend_by", "mended_at", "outcome")
    op.create_table(
        "rating",
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.PrimaryKeyConstraint("station", "number"),
    )
    op.create_index("rating_open", "rating", ["station", "mend_by"], sqlite_where=OPEN, postgresql_where=OPEN)
