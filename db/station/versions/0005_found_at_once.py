"""Finding and listing at any number of cases: words of names and numbers, kept counts, an index per list.

What is there already is filled in afterwards in small steps (`station_desk/store/backfill.py`), so that it
can be interrupted and goes on; the note `to_fill` in `about` says that there is something to do.
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

OPEN = "state IN ('received', 'noticed', 'processing', 'supplement', 'suspended')"
STATEMENTS = (
    "DROP TABLE case_words",
    "DROP INDEX cases_initials",
    "DROP INDEX cases_open",
    "DROP INDEX cases_done",
    f"""
    CREATE INDEX cases_open ON cases (promised, number, state, category, clerk)
    WHERE {OPEN}
    """,
    """
    CREATE INDEX cases_done ON cases (finished_at, number, state, category, clerk) WHERE finished_at <> ''
    """,
    """
    CREATE INDEX cases_done_number ON cases (number, state, category, clerk) WHERE finished_at <> ''
    """,
    """
    CREATE INDEX cases_done_category ON cases (category, finished_at, number, state, clerk)
    WHERE finished_at <> ''
    """,
    """
    CREATE INDEX cases_done_clerk ON cases (clerk, finished_at, number, state, category)
    WHERE finished_at <> ''
    """,
    """
    CREATE INDEX cases_done_state ON cases (state, finished_at, number, category, clerk)
    WHERE finished_at <> '' AND state <> 'delivered'
    """,
    """
    CREATE INDEX cases_transferred ON cases (place) WHERE state = 'transferred'
    """,
    """
    CREATE VIRTUAL TABLE case_words USING fts5(
        words, tokenize = "ascii tokenchars '#='", content = '', detail = none, columnsize = 0
    )
    """,
    """
    CREATE TABLE case_counts (
        state TEXT NOT NULL,
        category TEXT NOT NULL,
        clerk TEXT NOT NULL,
        cases INTEGER NOT NULL,
        PRIMARY KEY (state, category, clerk)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE case_days (
        day TEXT NOT NULL,
        cases INTEGER NOT NULL,
        PRIMARY KEY (day)
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO about (\"key\", value) SELECT 'to_fill', '0' FROM cases LIMIT 1",
)


def upgrade() -> None:
    """Writes every statement as it stands."""
    for statement in STATEMENTS:
        op.execute(statement)
