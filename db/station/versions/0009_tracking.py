"""The address on a receipt is found at once: an index of the tracking tokens, which stand in the cases."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the index. The token is cut out of the case as it is kept: no column repeats it."""
    op.execute(
        """
        CREATE INDEX cases_token ON cases (substr(body, instr(body, CAST('"token":"' AS BLOB)) + 9, 22))
        """
    )
