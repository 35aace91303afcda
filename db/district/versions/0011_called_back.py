"""Who answered a call-back, the station or the district, and on which day the resident was called."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns with a default: servers of before write their rows without them."""
    for name in ("mended_by", "called_on"):
        op.add_column("rating", sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''")))
    op.create_index(
        "rating_mended", "rating", ["mended_at", "station"],
        sqlite_where=sa.text("mended_at <> ''"), postgresql_where=sa.text("mended_at <> ''"),
    )  # fmt: skip
