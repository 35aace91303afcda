"""What revoked counter PCs still send, until the district decides about it."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def upgrade() -> None:
    """A table of its own: servers of before know nothing of it and go on."""
    op.create_table(
        "quarantine",
        *(_text(name) for name in ("station", "device", "digest", "counter", "received_at")),
        *(_number(name) for name in ("place", "events", "dossiers")),
        *(_text(name) for name in ("body", "decided", "decided_at", "reason")),
        sa.PrimaryKeyConstraint("station", "device", "digest"),
    )
