"""The tables of the desk as SQLAlchemy knows them: the log, and what the screens read, made from the log.

The schema itself is written by the migrations in `db/station/`; a test compares the two. Each table and index
touched by an acceptance is a page more to encrypt and to sync while the clerk waits.
"""

from sqlalchemy import (
    CheckConstraint,
    Column,
    Float,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    PrimaryKeyConstraint,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData()


OPEN = "state IN ('received', 'noticed', 'processing', 'supplement', 'suspended')"
"""Cases that somebody still works on; with these very words SQLite takes the partial index."""
DONE = "finished_at <> ''"
"""Cases that came to their end, with the same use."""
TRACKED_BY = """substr(body, instr(body, CAST('"token":"' AS BLOB)) + 9, 22)"""
"""The tracking token of a case, cut out of how it is kept; again with these very words there is an index."""

STILL_HOLDS = (
    "NOT EXISTS (SELECT 1 FROM seals WHERE seals.case_number = papers.case_number"
    " AND seals.paper = papers.paper AND seals.state = 'voided')"
)
"""Of `papers`: what is no voided certificate."""
LIVE = "state IN ('waiting', 'called', 'serving', 'held', 'parked')"
"""Tickets that are still to be served today; in these very words SQLite takes the partial index."""


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


ACCESS = (
    "kind IN ('resident.opened', 'access.read', 'access.unmasked', 'access.exported', 'case.corrected',"
    " 'case.erased', 'data.destroyed')"
)
"""Events that tell who looked at or changed what is known of residents; with these words SQLite takes the
partial index."""

about = Table("about", metadata, Column("key", Text, primary_key=True), _text("value"))
"""The station, the counter and what the district told them, by name."""

writers = Table("writers", metadata, Column("writer", Text, primary_key=True), _number("seq"), _text("hash"))
"""The logs of this PC with the end of each."""

events = Table(
    "events", metadata,
    Column("place", Integer, primary_key=True), _text("writer"), _number("seq"), _text("prev"), _text("hash"),
    _text("subject"), _number("revision"), _text("kind"), _text("at"), _text("actor"), _text("command"),
    _text("public"), _text("commitment"), Column("private", Text), Column("salt", Text),
    UniqueConstraint("writer", "seq", name="events_in_order"),
    UniqueConstraint("subject", "revision", name="events_of_subject"),
    CheckConstraint("(private IS NULL) = (salt IS NULL)", name="events_private_with_salt"),
    Index("events_access", "at", "place", sqlite_where=text(ACCESS)),
)  # fmt: skip

events_aside = Table(
    "events_aside", metadata,
    _text("writer"), _number("seq"), _text("prev"), _text("hash"), _text("subject"), _number("revision"),
    _text("kind"), _text("at"), _text("actor"), _text("command"), _text("public"), _text("commitment"),
    Column("private", Text), Column("salt", Text),
    PrimaryKeyConstraint("writer", "seq"),
)  # fmt: skip
"""Events that the district gave back after a restore and that work since then has overtaken: part of the
chain of their log and of what happened, but not of what the screens show."""

commands = Table(
    "commands", metadata, Column("id", Text, primary_key=True), _text("asked"), _text("answer"), _text("at")
)
"""Each command with what it asked and answered: repeating it changes nothing and answers the same."""

serials = Table("serials", metadata, Column("name", Text, primary_key=True), _number("value"))

tickets = Table(
    "tickets", metadata,
    Column("id", Text, primary_key=True), _text("number"), _text("day"), _text("item"), _text("category"),
    _text("state"), _number("rank"), _text("taken_at"), _text("since"), _text("priority"), _text("counter"),
    _text("case_number"), _text("place"), _text("bound"), _text("until"), _number("recalls"),
    _number("revision"), Column("body", LargeBinary, nullable=False),
    Index("tickets_of_day", "day", "state", "rank", "place", "id"),
    Index("tickets_live", "day", sqlite_where=text(LIVE)),
)  # fmt: skip

calls = Table(
    "calls", metadata,
    Column("place", Integer, primary_key=True), _text("ticket"), _number("revision"), _text("number"),
    _text("category"), _text("day"), _text("counter"), _text("at"), _number("recall"), _number("rank"),
    _number("others"), _text("among"), _number("undone"),
    UniqueConstraint("ticket", "revision", name="calls_of_ticket"),
    Index("calls_of_day", "day", "counter", "place"),
)  # fmt: skip
"""Every call of a number, in the order of calling: for the screen of the hall and for the fair share."""

cases = Table(
    "cases", metadata,
    Column("place", Integer, primary_key=True), Column("number", Text, nullable=False, unique=True),
    _text("item"), _text("category"), _text("sensitivity"), _text("state"), _text("stage"), _text("promised"),
    _text("accepted_at"), _text("finished_at"), _text("counter"), _text("clerk"), _text("name"),
    _text("initials"), _text("id_number"), _text("phone"), _number("dossier"), _number("revision"),
    Column("body", LargeBinary, nullable=False),
    Index("cases_open", "promised", "number", "state", "category", "clerk", sqlite_where=text(OPEN)),
    Index("cases_done", "finished_at", "number", "state", "category", "clerk", sqlite_where=text(DONE)),
    Index("cases_done_number", "number", "state", "category", "clerk", sqlite_where=text(DONE)),
    Index("cases_done_category", "category", "finished_at", "number", "state", "clerk",
          sqlite_where=text(DONE)),
    Index("cases_done_clerk", "clerk", "finished_at", "number", "state", "category", sqlite_where=text(DONE)),
    Index("cases_done_state", "state", "finished_at", "number", "category", "clerk",
          sqlite_where=text(f"{DONE} AND state <> 'delivered'")),
    Index("cases_transferred", "place", sqlite_where=text("state = 'transferred'")),
    Index("cases_id_number", "id_number"),
    Index("cases_phone", "phone"),
    Index("cases_token", text(TRACKED_BY)),
)  # fmt: skip
"""An index that carries what a list is filtered by answers without a look at the cases themselves. Those of
finished cases cost nothing while a case is accepted."""

case_counts = Table(
    "case_counts", metadata,
    _text("state"), _text("category"), _text("clerk"), _number("cases"),
    PrimaryKeyConstraint("state", "category", "clerk"),
)  # fmt: skip
"""How many cases there are, kept with each change: a count of a million is never counted."""

case_days = Table("case_days", metadata, Column("day", Text, primary_key=True), _number("cases"))
"""How many cases came to their end on each day: whoever drags through years of history lands by them."""

papers = Table(
    "papers", metadata,
    _text("case_number"), _text("paper"), _number("copy"), _text("state"), _text("intended_at"),
    _text("sent_at"), _text("confirmed_at"),
    PrimaryKeyConstraint("case_number", "paper", "copy"),
    Index("papers_open", "state", sqlite_where=text("state <> 'confirmed'")),
)  # fmt: skip

dossiers = Table(
    "dossiers", metadata,
    _text("writer"), _number("number"), _text("case_number"), _number("upto"),
    PrimaryKeyConstraint("writer", "number"),
)  # fmt: skip

seals = Table(
    "seals", metadata,
    Column("number", Text, primary_key=True), _number("year"), _text("counter"), _number("serial"),
    _text("case_number"), _text("paper"), _text("state"), Column("body", LargeBinary, nullable=False),
    Index("seals_of_case", "case_number", "paper"),
)  # fmt: skip
"""The seal register (公章用印登记): a line for each certificate that was sealed, voided ones too."""

marks = Table(
    "marks",
    metadata,
    Column("writer", Text, primary_key=True),
    _number("seq"),
    _text("hash"),
    _number("dossiers"),
)
"""What the district said it holds when it was last asked: for the screen, never for deciding what to send."""

counter_keys = Table(
    "counter_keys", metadata,
    _text("source"), _text("station"), _text("counter"), _text("public_key"), _text("since"), _text("until"),
    _text("retired"), _text("reason"),
    PrimaryKeyConstraint("source", "station", "public_key", "since"),
)  # fmt: skip
"""The keys by which receipts are proved: those the district told, and those this counter has used up."""

drafts = Table(
    "drafts", metadata,
    Column("id", Text, primary_key=True), _text("ticket"), _text("changed_at"),
    Column("body", LargeBinary, nullable=False),
)  # fmt: skip
"""What is typed and not accepted yet, by the command that will accept it: never in the log, gone with it."""

staff = Table(
    "staff", metadata,
    Column("id", Text, primary_key=True), _text("name"), _text("role"), _number("is_disabled"),
    _text("added_at"), _text("added_by"), _text("changed_at"),
)  # fmt: skip
"""The accounts of the station, made from the log; none is ever deleted."""

staff_secrets = Table(
    "staff_secrets", metadata,
    _text("id"), _text("way"), _text("hash"),
    PrimaryKeyConstraint("id", "way"),
)  # fmt: skip
"""What a password or a PIN hashes to (argon2id): on this PC alone, never in the log."""

staff_tries = Table(
    "staff_tries", metadata,
    _text("id"), _text("way"), _number("wrong"), _text("boot"), Column("since", Float, nullable=False),
    PrimaryKeyConstraint("id", "way"),
)  # fmt: skip
"""Tries that were not right, counted before they were checked."""

staff_presence = Table(
    "staff_presence", metadata,
    Column("place", Integer, primary_key=True), _text("id"), _text("way"), _text("since"), _text("till"),
    Index("staff_presence_open", "id", sqlite_where=text("till = ''")),
)  # fmt: skip
"""Who was signed in at this counter, from when to when: hours of work, so they stay on this PC."""
