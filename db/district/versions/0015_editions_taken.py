"""What each counter did with the editions offered to it; what the district says of a station."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column with a default and a table of its own: servers of before go on without them."""
    op.add_column("health", sa.Column("editions", sa.Text(), nullable=False, server_default=sa.text("''")))
    op.create_table(
        "station_said",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("station", "body", "said_at", "staff")),
        sa.PrimaryKeyConstraint("station"),
    )
