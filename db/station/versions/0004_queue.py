"""The queue: where a ticket stands, who may call it, and every call as the screen of the hall reads it."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

TICKETS = """
CREATE TABLE tickets (
    id TEXT NOT NULL,
    number TEXT NOT NULL,
    day TEXT NOT NULL,
    item TEXT NOT NULL,
    category TEXT NOT NULL,
    state TEXT NOT NULL,
    rank INTEGER NOT NULL,
    taken_at TEXT NOT NULL,
    since TEXT NOT NULL,
    priority TEXT NOT NULL,
    counter TEXT NOT NULL,
    case_number TEXT NOT NULL,
    place TEXT NOT NULL,
    bound TEXT NOT NULL,
    until TEXT NOT NULL,
    recalls INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (id)
) STRICT
"""
CALLS = """
CREATE TABLE calls (
    place INTEGER NOT NULL,
    ticket TEXT NOT NULL,
    revision INTEGER NOT NULL,
    number TEXT NOT NULL,
    category TEXT NOT NULL,
    day TEXT NOT NULL,
    counter TEXT NOT NULL,
    at TEXT NOT NULL,
    recall INTEGER NOT NULL,
    rank INTEGER NOT NULL,
    others INTEGER NOT NULL,
    among TEXT NOT NULL,
    undone INTEGER NOT NULL,
    PRIMARY KEY (place),
    CONSTRAINT calls_of_ticket UNIQUE (ticket, revision)
) STRICT
"""


def upgrade() -> None:
    """Gives each ticket its place, and lists the calls that the log knows."""
    op.execute("ALTER TABLE tickets RENAME TO tickets_before")
    op.execute("DROP INDEX tickets_open")
    op.execute("DROP INDEX tickets_of_day")
    op.execute(TICKETS)
    op.execute("CREATE INDEX tickets_of_day ON tickets (day, state, rank, place, id)")
    op.execute(
        "CREATE INDEX tickets_live ON tickets (day)"
        " WHERE state IN ('waiting', 'called', 'serving', 'held', 'parked')"
    )
    op.execute(CALLS)
    op.execute("CREATE INDEX calls_of_day ON calls (day, counter, place)")
    # A ticket called again without any other state between: each call after the first is a recall.
    op.execute(
        """
        WITH moves AS (
            SELECT place, subject, revision, at, public ->> 'state' AS state, public ->> 'counter' AS counter
            FROM events WHERE kind = 'ticket.moved'
        ),
        runs AS (
            SELECT *, sum(state <> 'called') OVER (PARTITION BY subject ORDER BY revision) AS run FROM moves
        )
        INSERT INTO calls (ticket, revision, number, category, day, counter, at, recall, rank, others, among,
            undone)
        SELECT runs.subject, runs.revision, number, category, day, runs.counter, runs.at,
            row_number() OVER (PARTITION BY runs.subject, run ORDER BY runs.revision) - 1, rank, 0, '', 0
        FROM runs JOIN tickets_before ON id = runs.subject WHERE runs.state = 'called' ORDER BY runs.place
        """
    )
    op.execute(
        """
        INSERT INTO tickets
        SELECT id, number, day, item, category, state, rank, taken_at, since, priority, counter, case_number,
            stands, '', '',
            coalesce((SELECT recall FROM calls WHERE ticket = id ORDER BY calls.place DESC LIMIT 1), 0),
            tickets_before.revision, body
        FROM tickets_before JOIN
            (SELECT subject, printf('%012d', seq) AS stands FROM events WHERE kind = 'ticket.taken')
            ON subject = id
        """
    )
    op.execute("DROP TABLE tickets_before")
    _tell_bodies()


def _tell_bodies() -> None:
    """What a ticket did not say of itself before: its place, its one item, where each of its states was."""
    link = op.get_bind()
    moves = "SELECT coalesce(public ->> 'counter', '') FROM events WHERE subject = :id ORDER BY revision"
    kept = link.execute(sa.text("SELECT id, place, recalls, body FROM tickets")).all()
    for name, place, recalls, body in kept:
        ticket = json.loads(body)
        counters = link.execute(sa.text(moves), {"id": name}).scalars().all()
        for period, counter in zip(ticket["periods"], counters, strict=False):
            period |= {"category": ticket["category"], "counter": counter}
        one = {"item": ticket["item"], "category": ticket["category"], "title": ticket["title"]}
        ticket |= {"place": place, "recalls": recalls, "services": [one]}
        text = json.dumps(ticket, ensure_ascii=False, separators=(",", ":")).encode()
        link.execute(sa.text("UPDATE tickets SET body = :body WHERE id = :id"), {"body": text, "id": name})
