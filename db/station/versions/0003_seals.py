"""The seal register: a line for each certificate that was sealed."""

from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the register; it begins empty, as no older program could seal anything."""
    op.execute(
        """
        CREATE TABLE seals (
            number TEXT NOT NULL,
            year INTEGER NOT NULL,
            counter TEXT NOT NULL,
            serial INTEGER NOT NULL,
            case_number TEXT NOT NULL,
            paper TEXT NOT NULL,
            state TEXT NOT NULL,
            body BLOB NOT NULL,
            PRIMARY KEY (number)
        ) STRICT
        """
    )
    op.execute("CREATE INDEX seals_of_case ON seals (case_number, paper)")
