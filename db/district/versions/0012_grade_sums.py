"""How often each grade was given at a station, so that nobody counts millions of ratings to show it."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A table of its own. What a server of before takes meanwhile is not in the sums: let none run on."""
    op.create_table(
        "grade_sum",
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("grade", sa.Text(), nullable=False),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("station", "grade"),
    )
    op.execute(
        "INSERT INTO grade_sum (station, grade, amount) "
        "SELECT station, grade, count(*) FROM rating GROUP BY station, grade"
    )
