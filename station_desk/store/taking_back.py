"""Takes back from the district what this PC wrote between a backup and its restore.

What follows the tables as they are makes its case or ticket again; what was overtaken by work since then is
kept aside, as a part of its log. Private parts come back only of cases that had ended: of others the district
never had them.
"""

from collections.abc import Mapping, Sequence

from station_desk.cases.changes import changes_a_case
from station_desk.cases.data_rights import ERASED
from station_desk.cases.dossier import dossier_of
from station_desk.cases.event import Event, Head, Secret, commit, follows, head_of
from station_desk.core.errors import DeskError, IntegrityError
from station_desk.protocol.messages import Pulled
from station_desk.store import rows, tables
from station_desk.store.backups.new_writer import RESTORED_AT, branch_off
from station_desk.store.counted import raise_serials
from station_desk.store.desk_store import DeskStore
from station_desk.store.driver import sqlcipher
from station_desk.store.erase import forget_in, lay_bare_in
from station_desk.store.parting import count_dossiers, note_branched
from station_desk.store.twins import settle_twins
from station_desk.store.unit import INSERT_EVENT, PUT_ABOUT, PUT_DOSSIER, Unit

PUT_ASIDE = rows.inserting(tables.events_aside)
BACK_AT, BACK_EVENTS, BACK_ASIDE, BACK_BARE = "back_at", "back_events", "back_aside", "back_bare"
"""When the district gave something back; how many events, of how many subjects they lie aside, and the cases
that came back without their contents."""

KEEP_DOSSIER = PUT_DOSSIER.replace("INSERT", "INSERT OR IGNORE")
Parts = Mapping[tuple[str, int], Secret]


class NotOurs(IntegrityError):
    code = "sync.not_ours"


def take_back(store: DeskStore, lost: Mapping[str, Pulled], held: Mapping[str, int], at: str) -> None:
    """Writes the ends of logs as the district holds them, all or nothing. Raises NotOurs.

    `held` says up to which event the district holds each of our logs. What lies here in another place than
    there takes the place that the district gives it: it is one event. A log that is written now is first
    given another name: it would else go on where the lost end stood.
    """
    parts = _parts(lost)
    aside, bare = set[str](), set[str]()
    with store.writing() as unit:
        for writer, given in sorted(lost.items()):
            _require_following(unit, writer, given.events)
        here = settle_twins(
            unit, [event for _, one in sorted(lost.items()) for event in one.events], held, at
        )
        for writer, given in sorted(lost.items()):
            if unit.about("writer") == writer and given.events:
                branch_off(unit.connection, at[:10], at, unit.about(RESTORED_AT) or at)
            missing = [event for event in given.events if (event.writer, event.seq) not in here]
            _bring(unit, writer, missing, parts, aside, bare)
            _end(unit, writer, given.events)
        facts = {BACK_AT: at, BACK_EVENTS: str(sum(len(one.events) for one in lost.values())),
                 BACK_ASIDE: " ".join(sorted(aside)), BACK_BARE: " ".join(sorted(bare))}  # fmt: skip
        unit.connection.executemany(PUT_ABOUT, list(facts.items()))


def _parts(lost: Mapping[str, Pulled]) -> Parts:
    """The private parts by the log and the number of their event."""
    return {
        (part.log or dossier.writer, part.seq): Secret(part.text, part.salt)
        for one in lost.values()
        for dossier in one.dossiers
        for part in dossier.parts
    }


def _bring(
    unit: Unit, writer: str, events: Sequence[Event], parts: Parts, aside: set[str], bare: set[str]
) -> None:
    before, erased = _subjects_aside(unit, writer), _erased(unit, events)
    for event in events:
        secret = None if event.subject in erased else parts.get((writer, event.seq))
        if secret and commit(secret) != event.commitment:
            raise NotOurs(detail=f"{writer}:{event.seq}")
        # What follows an event that lies aside is of that history, whatever else has its number here.
        if event.subject in before or not _taken(unit, event, secret):
            before.add(event.subject)
            aside.add(event.subject)
            unit.connection.execute(PUT_ASIDE, rows.event_row(event, secret))
        elif event.commitment and not secret and event.subject not in erased:
            bare.add(event.subject)
    for number in sorted(erased):
        _erase_here(unit, number)
    unit.connection.executemany("DELETE FROM drafts WHERE id = ?", [(one.command,) for one in events])


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


def _end(unit: Unit, writer: str, events: Sequence[Event]) -> None:
    """The ends of the log and of its row of dossiers, and the numbers it gave out."""
    if not events:
        return
    end = head_of(events[-1])
    unit.connection.execute(
        "INSERT INTO writers (writer, seq, hash) VALUES (?, ?, ?)"
        " ON CONFLICT (writer) DO UPDATE SET seq = excluded.seq, hash = excluded.hash",
        (writer, end.seq, end.hash),
    )
    for event in events:
        # The district may have the end of a case and not yet its dossier; where work has overtaken the case
        # its number would stay a hole, and nothing of the log would arrive any more.
        if number := dossier_of(event):
            unit.connection.execute(KEEP_DOSSIER, (writer, number, event.subject, event.seq))
    count_dossiers(unit, writer)
    note_branched(unit, writer, events[0].seq - 1)
    raise_serials(unit.connection, {}, events)
