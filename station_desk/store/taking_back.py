"""Takes back from the district what this PC wrote between a backup and its restore.

What follows the tables as they are makes its case or ticket again; what was overtaken by work since then is
kept aside, as a part of its log. Private parts come back only of cases that had ended: of others the district
never had them.
"""

from collections.abc import Sequence
from typing import Any

from station_desk.cases.changes import changes_a_case
from station_desk.cases.data_rights import ERASED
from station_desk.cases.dossier import dossier_of
from station_desk.cases.event import Event, Head, Secret, commit, follows, head_of
from station_desk.core.errors import DeskError, IntegrityError
from station_desk.protocol.messages import Dossier
from station_desk.store import rows, tables
from station_desk.store.backups.new_writer import DOSSIERS_OF, RESTORED_AT, branch_off
from station_desk.store.counted import raise_serials
from station_desk.store.desk_store import DeskStore
from station_desk.store.driver import sqlcipher
from station_desk.store.erase import forget_in, lay_bare_in
from station_desk.store.unit import INSERT_EVENT, PUT_ABOUT, PUT_DOSSIER, Unit

PUT_ASIDE = rows.inserting(tables.events_aside)
BACK_AT, BACK_EVENTS, BACK_ASIDE, BACK_BARE = "back_at", "back_events", "back_aside", "back_bare"
"""When the district gave something back; how many events, of how many subjects they lie aside, and the cases
that came back without their contents."""

KEEP_DOSSIER = PUT_DOSSIER.replace("INSERT", "INSERT OR IGNORE")


class NotOurs(IntegrityError):
    code = "sync.not_ours"


def take_back(
    store: DeskStore, writer: str, events: Sequence[Event], dossiers: Sequence[Dossier], at: str
) -> None:
    """Writes the end of a log as the district holds it, all or nothing. Raises NotOurs.

    The log that is written now is first given another name: it would else go on where the lost end stood.
    """
    parts = {part.seq: Secret(part.text, part.salt) for one in dossiers for part in one.parts}
    with store.writing() as unit:
        _require_following(unit, writer, events)
        if unit.about("writer") == writer:
            branch_off(unit.connection, at[:10], at, unit.about(RESTORED_AT) or at)
        late = _lift_late_dossiers(unit, writer)
        before = _subjects_aside(unit, writer)
        aside, bare, erased = set(), set(), _erased(unit, events)
        for event in events:
            secret = None if event.subject in erased else parts.get(event.seq)
            if secret and commit(secret) != event.commitment:
                raise NotOurs(detail=f"{writer}:{event.seq}")
            # What follows an event that lies aside is of that history, whatever else has its number here.
            if event.subject in before or event.subject in aside or not _taken(unit, event, secret):
                aside.add(event.subject)
                unit.connection.execute(PUT_ASIDE, rows.event_row(event, secret))
            elif event.commitment and not secret and event.subject not in erased:
                bare.add(event.subject)
        for number in sorted(erased):
            _erase_here(unit, number)
        _end(unit, writer, events, dossiers, late)
        unit.connection.executemany("DELETE FROM drafts WHERE id = ?", [(one.command,) for one in events])
        facts = {BACK_AT: at, BACK_EVENTS: str(len(events)), BACK_ASIDE: " ".join(sorted(aside)),
                 BACK_BARE: " ".join(sorted(bare))}  # fmt: skip
        unit.connection.executemany(PUT_ABOUT, list(facts.items()))


def _erase_here(unit: Unit, number: str) -> None:
    """Takes the private parts away, also where work has overtaken the case and its erasure lies aside."""
    forget_in(unit, number)
    case = unit.known_case(number)
    if case and not case.erased_at:
        lay_bare_in(unit, case, lambda _draft: False)


def _erased(unit: Unit, events: Sequence[Event]) -> set[str]:
    """Cases of which nothing private may come back: erased in what comes back, or here since."""
    subjects = {event.subject for event in events if changes_a_case(event.kind)}
    here = {name for name in subjects if (case := unit.known_case(name)) and case.erased_at}
    return here | {event.subject for event in events if event.kind == ERASED}


def _require_following(unit: Unit, writer: str, events: Sequence[Event]) -> None:
    row = unit.connection.execute("SELECT seq, hash FROM writers WHERE writer = ?", (writer,)).fetchone()
    head = Head(*row) if row else Head()
    for event in events:
        if event.writer != writer or not follows(event, head):
            raise NotOurs(detail=f"{writer}:{event.seq}")
        head = head_of(event)


def _subjects_aside(unit: Unit, writer: str) -> set[str]:
    found = unit.connection.execute("SELECT DISTINCT subject FROM events_aside WHERE writer = ?", (writer,))
    return {subject for (subject,) in found.fetchall()}


def _taken(unit: Unit, event: Event, secret: Secret | None) -> bool:
    """Whether the event could take its place among those that the screens show."""
    if event.revision != unit.subject_revision(event.subject) + 1:
        return False
    unit.connection.execute("SAVEPOINT back")
    try:
        unit.connection.execute(INSERT_EVENT, rows.event_row(event, secret))
        unit.project(event, secret)
    except (ValueError, LookupError, DeskError, sqlcipher.IntegrityError):
        unit.connection.execute("ROLLBACK TO back")
        return False
    finally:
        unit.connection.execute("RELEASE back")
    return True


def _lift_late_dossiers(unit: Unit, writer: str) -> list[tuple[Any, ...]]:
    """Takes out the dossiers that were added to the old log since the restore: they come after the lost."""
    counted = unit.about(DOSSIERS_OF + writer) or "0"
    late = unit.connection.execute(
        "SELECT case_number, upto FROM dossiers WHERE writer = ? AND number > ? ORDER BY number",
        (writer, int(counted)),
    ).fetchall()
    unit.connection.execute("DELETE FROM dossiers WHERE writer = ? AND number > ?", (writer, int(counted)))
    return list(late)


def _end(
    unit: Unit, writer: str, events: Sequence[Event], dossiers: Sequence[Dossier], late: list[tuple[Any, ...]]
) -> None:
    """The ends of the log and of its row of dossiers, and the numbers it gave out."""
    if events:
        end = head_of(events[-1])
        unit.connection.execute(
            "INSERT INTO writers (writer, seq, hash) VALUES (?, ?, ?)"
            " ON CONFLICT (writer) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
            (writer, end.seq, end.hash),
        )
    for dossier in dossiers:
        upto = max((part.seq for part in dossier.parts), default=0)
        # Those of cases that came back whole are there already.
        unit.connection.execute(KEEP_DOSSIER, (writer, dossier.number, dossier.case, upto))
    for event in events:
        # The district may have the end of a case and not yet its dossier; where work has overtaken the case
        # its number would stay a hole, and nothing of the log would arrive any more.
        if number := dossier_of(event):
            unit.connection.execute(KEEP_DOSSIER, (writer, number, event.subject, event.seq))
    asked = "SELECT coalesce(max(number), 0) FROM dossiers WHERE writer = ?"
    last = int(unit.connection.execute(asked, (writer,)).fetchone()[0])
    for number, (case, upto) in enumerate(late, last + 1):
        unit.connection.execute(PUT_DOSSIER, (writer, number, case, upto))
    unit.connection.execute(PUT_ABOUT, (DOSSIERS_OF + writer, str(last)))
    raise_serials(unit.connection, {f"dossier:{writer}": last + len(late)}, events)
