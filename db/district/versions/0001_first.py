"""The first tables of the district: stations, devices, the logs of their writers, dossiers, traces."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=False, autoincrement=False)


def upgrade() -> None:
    """Makes the tables; nothing is there before."""
    _who()
    _logs()
    _what_is_made_of_them()


def _who() -> None:
    op.create_table("about", _text("name"), _text("value"), sa.PrimaryKeyConstraint("name"))
    op.create_table(
        "station",
        *(_text(name) for name in ("station", "name", "phone", "address")),
        sa.PrimaryKeyConstraint("station"),
    )
    op.create_table(
        "enrol_code",
        *(_text(name) for name in ("station", "digest", "made_at")),
        sa.Column("tries", sa.Integer(), nullable=False),
        _text("used_at"),
        sa.PrimaryKeyConstraint("station", "digest"),
    )
    columns = ("station", "device", "counter", "public_key", "enrolled_at", "retired", "reason")
    op.create_table(
        "device", *(_text(name) for name in columns), sa.PrimaryKeyConstraint("station", "device")
    )


def _logs() -> None:
    op.create_table(
        "writer",
        *(_text(name) for name in ("station", "writer", "counter")),
        _number("seq"), _text("hash"), _number("dossiers"),
        sa.PrimaryKeyConstraint("station", "writer"),
    )  # fmt: skip
    op.create_table(
        "event",
        _text("station"), _text("writer"), _number("seq"), _text("prev"), _text("hash"), _text("subject"),
        _number("revision"),
        *(_text(name) for name in ("kind", "at", "actor", "command", "public", "commitment", "received_at")),
        sa.Column("waiting", sa.Boolean(), nullable=False, server_default=sa.false()),
        sa.PrimaryKeyConstraint("station", "writer", "seq"),
    )  # fmt: skip
    op.create_index("event_subject", "event", ["station", "subject", "revision"])
    waiting = sa.text("waiting")
    op.create_index(
        "event_waiting", "event", ["station", "writer"], sqlite_where=waiting, postgresql_where=waiting
    )
    op.create_table(
        "dossier",
        _text("station"), _text("writer"), _number("number"), _text("case_number"), _text("parts"),
        _text("received_at"),
        sa.PrimaryKeyConstraint("station", "writer", "number"),
    )  # fmt: skip
    op.create_index("dossier_case", "dossier", ["station", "case_number"])


def _what_is_made_of_them() -> None:
    op.create_table(
        "trace",
        *(_text(name) for name in ("station", "number", "trace", "state")),
        _number("revision"), _text("updated_at"), _text("body"),
        sa.PrimaryKeyConstraint("station", "number"),
    )  # fmt: skip
    op.create_index("trace_token", "trace", ["trace"])
    op.create_index("trace_state", "trace", ["station", "state"])
    op.create_table(
        "tally",
        _text("station"), _text("what"), _number("amount"),
        sa.PrimaryKeyConstraint("station", "what"),
    )  # fmt: skip
