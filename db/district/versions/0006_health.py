"""How each counter stands with the district."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def upgrade() -> None:
    """A table of its own: servers of before know nothing of it and go on."""
    op.create_table(
        "health",
        *(_text(name) for name in ("station", "device", "counter", "heard_at", "complete_at")),
        _number("events"), _number("dossiers"), _text("oldest_at"), _number("clock_ahead"),
        _number("protocol"), _text("program"), _text("edition"),
        sa.PrimaryKeyConstraint("station", "device"),
    )  # fmt: skip
