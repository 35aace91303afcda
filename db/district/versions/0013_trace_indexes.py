"""Two indexes of `trace` that nothing asks any more: every case of every push was written into both."""

from alembic import op

revision = "0013"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Tokens are looked up in `token_place` since 0009; a server of before finds them, but slowly."""
    op.drop_index("trace_token", "trace")
    op.drop_index("trace_state", "trace")
