"""Since when a device is retired, and the mark of the keys that stations learn, which both prove receipts."""

import uuid
from datetime import datetime, timedelta, timezone

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

CHINA = timezone(timedelta(hours=8))


def upgrade() -> None:
    """A device was retired when the next of its counter came; the last one, as far as we know, now."""
    op.add_column("device", sa.Column("retired_at", sa.Text(), nullable=False, server_default=sa.text("''")))
    bind = op.get_bind()
    bind.execute(
        sa.text(
            "UPDATE device SET retired_at = coalesce((SELECT min(later.enrolled_at) FROM device AS later"
            " WHERE later.station = device.station AND later.counter = device.counter"
            " AND later.enrolled_at > device.enrolled_at), :now) WHERE retired <> ''"
        ),
        {"now": datetime.now(CHINA).isoformat(timespec="seconds")},
    )
    bind.execute(
        sa.text("INSERT INTO about (name, value) VALUES ('keys', :mark)"), {"mark": uuid.uuid4().hex}
    )
