"""What each counter did with the editions that were offered to it."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A column with a default: servers of before go on without it."""
    op.add_column("health", sa.Column("editions", sa.Text(), nullable=False, server_default=sa.text("''")))
