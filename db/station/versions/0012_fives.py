"""Numbers are found by five characters in a row as well, and the index of words fills its pages better.

The words of the cases that are there are added afterwards in small steps (`store/word_index.py`); the note
`to_fill_fives` in `about` says between which places they are missing. Where `to_fill` stands, all beyond it
will be made by a program that knows them.
"""

from alembic import op

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

STATEMENTS = (
    "INSERT INTO case_words (case_words, rank) VALUES ('pgsz', 4000)",
    """
    INSERT INTO about ("key", value)
    SELECT 'to_fill_fives', '0 ' || coalesce((SELECT value FROM about WHERE "key" = 'to_fill'), max(place))
    FROM cases HAVING max(place) IS NOT NULL
    """,
)


def upgrade() -> None:
    """Writes every statement as it stands."""
    for statement in STATEMENTS:
        op.execute(statement)
