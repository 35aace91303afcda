"""The tables that screens read against what the log makes of them, row by row, and every count again."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import msgspec

from station_desk.cases.dossier import dossier_of
from station_desk.core.errors import DeskError
from station_desk.store import rows
from station_desk.store.backups.new_writer import TICKET_DAYS
from station_desk.store.case_tables import words_of
from station_desk.store.staff import member_row
from station_desk.store.verifying.finding import STEP, Finding, Progress
from station_desk.store.verifying.made_again import Made, digest
from station_desk.store.verifying.reading import count_of, lines, lines_aside

WORDS = "CREATE VIRTUAL TABLE temp.words_kept USING fts5vocab('main', 'case_words', 'instance')"


def check_tables(connection: Any, progress: Progress) -> list[Finding]:
    """Makes cases, tickets, calls, papers, seals, accounts, dossiers, counts, serials again and compares."""
    total = count_of(connection)
    asked = "SELECT number, revision FROM cases UNION ALL SELECT id, revision FROM tickets"
    made = Made(dict(connection.execute(asked).fetchall()))
    findings: list[Finding] = []
    for done, (event, secret) in enumerate(lines(connection), 1):
        try:
            made.take(event, secret)
        except (ValueError, LookupError, DeskError) as error:
            findings.append(Finding("replay", event.subject, f"{event.kind} {event.seq}: {error}"))
        if done % STEP == 0 or done == total:
            progress(done, total)
    made.rest()
    return [*findings, *_differences(connection, made), *_numbers(connection, made)]


def check_words(connection: Any) -> list[Finding]:
    """The index of words against the rows of the cases: every word of every case, and no other."""
    kept: dict[int, int] = {}
    connection.execute(WORDS)
    try:
        for term, place in connection.execute("SELECT term, doc FROM temp.words_kept"):
            kept[place] = kept.get(place, 0) + hash(term)
    finally:
        connection.execute("DROP TABLE temp.words_kept")
    findings = []
    for place, *row in connection.execute("SELECT * FROM cases"):
        words = sum(map(hash, words_of(tuple(row)).split(" ")))
        if kept.pop(place, 0) != words:
            findings.append(Finding("words", row[0]))
    return [*findings, *(Finding("words", str(place)) for place in sorted(kept))]


def _differences(connection: Any, made: Made) -> Iterator[Finding]:
    def stored(table: str) -> Any:
        return connection.execute(f"SELECT * FROM {table}")

    cases = ((row[1], row[1:]) for row in stored("cases"))
    yield from _with_bodies("case", made.case_rows, cases, rows.case_of)
    tickets = ((row[0], row) for row in stored("tickets"))
    yield from _with_bodies("ticket", made.ticket_rows, tickets, rows.ticket_of)
    yield from _named("call", made.calls, ((f"{row[1]} {row[2]}", row[1:]) for row in stored("calls")))
    papers = {f"{number} {paper} {copy}": tuple(row) for (number, paper, copy), row in made.papers.items()}
    yield from _named("paper", papers, ((f"{row[0]} {row[1]} {row[2]}", row[3:]) for row in stored("papers")))
    members = {one.id: member_row(one) for one in made.staff.values()}
    yield from _named("staff", members, ((row[0], row) for row in stored("staff")))
    yield from _named("seal", made.seals, ((row[0], row) for row in stored("seals")))
    by_kind = connection.execute(
        "SELECT state || ' ' || category || ' ' || clerk, cases FROM case_counts WHERE cases <> 0"
    )
    yield from _named("counts", made.counts, by_kind)
    yield from _named("counts", made.days, connection.execute("SELECT * FROM case_days WHERE cases <> 0"))
    yield from _dossiers(connection, made)


def _with_bodies(
    code: str,
    made: Mapping[str, int],
    stored: Iterable[tuple[str, rows.Row]],
    read: Callable[[bytes], object],
) -> Iterator[Finding]:
    """Rows whose last column is what was made, written down; nearly all are the very bytes."""
    left = dict(made)
    wrong = []
    for name, row in stored:
        expected = left.pop(name, None)
        if expected != digest(row) and expected != _as_today(row, read):
            wrong.append(name)
    yield from (Finding(code, name) for name in sorted({*wrong, *left}))


def _as_today(row: rows.Row, read: Callable[[bytes], object]) -> int:
    """A body of before, written as it would be today: what it does not say yet has its default."""
    if b'"erased_at"' in row[-1]:
        return 0
    try:
        return digest((*row[:-1], msgspec.json.encode(read(row[-1]))))
    except ValueError:
        return 0


def _named(code: str, made: Mapping[str, Any], stored: Iterable[tuple[str, Any]]) -> Iterator[Finding]:
    left = dict(made)
    wrong = []
    for name, row in stored:
        if left.pop(name, None) != row:
            wrong.append(name)
    yield from (Finding(code, name) for name in sorted({*wrong, *left}))


def _dossiers(connection: Any, made: Made) -> Iterator[Finding]:
    """Every one is closed by an event of its own log, as that event says."""
    left = dict(made.dossiers)
    for event, _ in lines_aside(connection):
        if number := dossier_of(event):
            left[event.writer, number] = (event.subject, event.seq)
    last: dict[str, int] = {}
    asked = "SELECT writer, number, case_number, upto FROM dossiers ORDER BY writer, number"
    for writer, number, case, upto in connection.execute(asked).fetchall():
        if left.pop((writer, number), None) != (case, upto) or number != last.get(writer, 0) + 1:
            yield Finding("dossier", f"{writer} {number}", case)
        last[writer] = number
    for (writer, number), (case, _) in sorted(left.items()):
        yield Finding("dossier", f"{writer} {number}", case)
    made.serials.update({f"dossier:{writer}": number for writer, number in last.items()})


def _numbers(connection: Any, made: Made) -> Iterator[Finding]:
    """Every row of numbers stands where its last number says; seal numbers have no gap."""
    about = dict(connection.execute("SELECT key, value FROM about").fetchall())
    counter = about["counter"]
    jumped = about.get(TICKET_DAYS, "").split()
    kept = dict(connection.execute("SELECT name, value FROM serials").fetchall())
    for name in sorted({*kept, *made.serials}):
        kind, _, rest = name.partition(":")
        stands, used = kept.get(name, 0), made.serials.get(name, 0)
        if kind in ("case", "bundle", "seal") and not rest.partition(":")[2].startswith(counter):
            continue  # numbers that another counter gave out
        if kind == "ticket" and rest.partition(":")[0] in jumped:
            used = max(used, stands)
        if stands != used and kind != "seal":
            yield Finding("serial", name, f"{stands} / {used}")
    for name in sorted(name for name in {*kept, *made.serials} if name.startswith("seal:")):
        _, year, mark = name.split(":")
        known = {row[3] for row in made.seals.values() if (str(row[1]), row[2]) == (year, mark)}
        expected = set(range(1, kept.get(name, 0) + 1))
        if mark.startswith(counter):
            yield from (Finding("seal_gap", f"{year}-{mark}-{one:04d}") for one in sorted(known ^ expected))
