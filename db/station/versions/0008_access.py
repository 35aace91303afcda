"""An index of the looks at residents' data, of corrections and erasures: the head reads them by day."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

KINDS = (
    "'resident.opened', 'access.read', 'access.unmasked', 'access.exported', 'case.corrected', 'case.erased',"
    " 'data.destroyed'"
)


def upgrade() -> None:
    """Only such events are in it: what is accepted at the counter writes no page more."""
    op.execute(f"CREATE INDEX events_access ON events (at, place) WHERE kind IN ({KINDS})")
