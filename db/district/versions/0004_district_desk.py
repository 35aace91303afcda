"""The district desk: who signs in and what was done there, and the counts of cases."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

DUE, OPEN = sa.text("due <> ''"), sa.text("open")


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def upgrade() -> None:
    """Tables of their own, which servers of before do not know; the counts are filled at the next opening."""
    _counts()
    _people()


def _counts() -> None:
    op.create_table(
        "caseload",
        *_texts("station", "number", "counter", "category", "item", "state", "due"), _flag("provisional"),
        *_texts("updated_at", "entered"), _flag("open"),
        sa.PrimaryKeyConstraint("station", "number"),
    )  # fmt: skip
    op.create_index("caseload_due", "caseload", ["due", "station"], sqlite_where=DUE, postgresql_where=DUE)
    columns = ["station", "category", "state"]
    op.create_index("caseload_open", "caseload", columns, sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "daily",
        *_texts("station", "day", "category", "item", "state"), _number("amount"),
        sa.PrimaryKeyConstraint("station", "day", "category", "item", "state"),
    )  # fmt: skip
    op.create_index("daily_day", "daily", ["day", "station"])


def _people() -> None:
    op.create_table(
        "staff",
        *_texts("staff", "role", "hashed", "secret"), _number("step"), *_texts("setup", "setup_until"),
        sa.Column("wrong", sa.Integer(), nullable=False), *_texts("wrong_at", "made_at", "disabled_at"),
        sa.PrimaryKeyConstraint("staff"),
    )  # fmt: skip
    op.create_table(
        "staff_session",
        *_texts("digest", "staff", "form_key", "begun_at", "made_at", "seen_at", "until"),
        sa.PrimaryKeyConstraint("digest"),
    )
    op.create_table(
        "staff_act",
        _number("seq"), *_texts("at", "staff", "act", "subject", "hash"), sa.PrimaryKeyConstraint("seq"),
    )  # fmt: skip
    op.create_index("staff_act_staff", "staff_act", ["staff", "seq"])
