"""Who answered a call-back and when the resident was called; what each station says of itself."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Columns with a default and a table of its own: servers of before go on without them."""
    for name in ("mended_by", "called_on"):
        op.add_column("rating", sa.Column(name, sa.Text(), nullable=False, server_default=sa.text("''")))
    op.create_index(
        "rating_mended", "rating", ["mended_at", "station"],
        sqlite_where=sa.text("mended_at <> ''"), postgresql_where=sa.text("mended_at <> ''"),
    )  # fmt: skip
    op.create_table(
        "station_told",
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("station", "told_at", "counter", "body")),
        sa.PrimaryKeyConstraint("station"),
    )
