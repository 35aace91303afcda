"""Sums of the caseload by day and by month, so that no page reads more the longer the district works."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0012"
branch_labels = None
depends_on = None

KEYS = {
    "day_sum": ("station", "category", "state", "day"),
    "month_sum": ("station", "month", "category", "state"),
    "item_month": ("station", "category", "month", "item", "state"),
}


def upgrade() -> None:
    """Tables of their own, filled at the next opening. Servers of before add nothing: let none run on."""
    for table, key in KEYS.items():
        op.create_table(
            table,
            *(sa.Column(name, sa.Text(), nullable=False) for name in key),
            sa.Column("amount", sa.BigInteger(), nullable=False),
            sa.PrimaryKeyConstraint(*key),
        )
