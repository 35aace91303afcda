"""To which station a resident's token leads, so that the look-up of a case asks one machine."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of its own, which servers of before do not know; it is filled at the next opening."""
    op.create_table(
        "token_place",
        sa.Column("short", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("short", "station", "number"),
    )
