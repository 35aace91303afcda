"""Drafts in the encrypted profile: what is typed at the counter, until it is accepted or thrown away.

A draft is named by the command that will accept it. So the acceptance takes it away in its own commit, and a
late writing of a draft never brings back what is accepted already.
"""

from station_desk.store.desk_store import DeskStore

KEEP = (
    "INSERT OR REPLACE INTO drafts (id, ticket, changed_at, body) SELECT ?, ?, ?, ?"
    " WHERE NOT EXISTS (SELECT 1 FROM commands WHERE id = ?)"
)


def keep_draft(store: DeskStore, name: str, ticket: str, at: str, body: bytes) -> None:
    """Writes a draft in the place of its earlier state, unless its command was done meanwhile."""
    with store.writing() as unit:
        unit.connection.execute(KEEP, (name, ticket, at, body, name))


def drop_draft(store: DeskStore, name: str) -> None:
    """Takes a draft away; what it held is overwritten on the disk (secure_delete)."""
    with store.writing() as unit:
        unit.connection.execute("DELETE FROM drafts WHERE id = ?", (name,))


def drop_older(store: DeskStore, at: str) -> None:
    """Takes the drafts away that nobody touched since a moment (a stamp)."""
    if store.read("SELECT 1 FROM drafts WHERE changed_at < ? LIMIT 1", (at,)):
        with store.writing() as unit:
            unit.connection.execute("DELETE FROM drafts WHERE changed_at < ?", (at,))


def draft_bodies(store: DeskStore) -> list[bytes]:
    """All drafts, the one that was worked on last first."""
    return [bytes(body) for (body,) in store.read("SELECT body FROM drafts ORDER BY changed_at DESC, id")]
