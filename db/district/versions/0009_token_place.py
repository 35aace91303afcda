"""To which station a resident's token leads, so that a look-up asks one machine; the sums of the grades."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tables of their own, which servers of before do not know; the places are filled at the next opening.

    What a server of before rates meanwhile is not in the sums: let none run on beside the new ones.
    """
    op.create_table(
        "token_place",
        sa.Column("short", sa.BigInteger(), nullable=False, autoincrement=False),
        sa.Column("station", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("short", "station", "number"),
    )
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
