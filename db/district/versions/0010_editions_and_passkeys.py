"""Editions that are put in force from the district desk, decisions about logs, passkeys of the officials."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

PASSKEY = ("passkey", "staff", "name", "public_key", "counted", "made_at", "used_at")
EDITION = (
    "digest", "number", "effective", "expires", "size", "uploaded_at", "uploaded_by", "day", "released_at",
    "released_by", "withdrawn_at", "withdrawn_by", "reason",
)  # fmt: skip
NUMBERS = {"counted", "size", "place"}


def _columns(*names: str) -> list[sa.Column[str] | sa.Column[int]]:
    """Whole numbers or texts, never empty of either."""
    return [
        sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)
        if name in NUMBERS
        else sa.Column(name, sa.Text(), nullable=False)
        for name in names
    ]


def upgrade() -> None:
    """Tables of their own: servers of before know nothing of them and go on."""
    decision = _columns("station", "writer", "counter", "decided", "decided_at", "staff", "reason")
    op.create_table("log_decision", *decision, sa.PrimaryKeyConstraint("station", "writer"))
    op.create_table("staff_passkey", *_columns(*PASSKEY), sa.PrimaryKeyConstraint("passkey"))
    op.create_table("passkey_ask", *_columns("digest", "staff", "until"), sa.PrimaryKeyConstraint("digest"))
    op.create_table("edition", *_columns(*EDITION), sa.PrimaryKeyConstraint("digest"))
    parts = _columns("digest", "place", "body")
    op.create_table("edition_part", *parts, sa.PrimaryKeyConstraint("digest", "place"))
