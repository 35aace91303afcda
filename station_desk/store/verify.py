"""Is what is stored what was written? The chain of every writer, and the screens' tables against the log."""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import msgspec

from station_desk.cases import changes as case_rules
from station_desk.cases import staff as staff_rules
from station_desk.cases import ticket as ticket_rules
from station_desk.cases.case import Case
from station_desk.cases.event import Event, Head, Secret, commit, follows, head_of
from station_desk.cases.ticket import Ticket
from station_desk.store import rows
from station_desk.store.desk_store import DeskStore
from station_desk.store.staff import member_row
from station_desk.store.unit import EVENT_COLUMNS

Progress = Callable[[int, int], None]
BATCH = 2000


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that is not as it was written: `code` names its sentence in `verify.toml`."""

    code: str
    what: str
    detail: str = ""


@dataclass(slots=True)
class _Made:
    """What the log makes, made again."""

    cases: dict[str, Case] = field(default_factory=dict)
    tickets: dict[str, Ticket] = field(default_factory=dict)
    calls: dict[str, rows.Row] = field(default_factory=dict)
    staff: dict[str, staff_rules.Member] = field(default_factory=dict)


def verify_fast(store: DeskStore) -> list[Finding]:
    """Pages, heads and counts: quick enough for every start."""
    findings = [Finding("pages", said) for (said,) in store.read("PRAGMA quick_check") if said != "ok"]
    for writer, seq, end in store.read("SELECT writer, seq, hash FROM writers"):
        last = store.read("SELECT count(*), coalesce(max(seq), 0) FROM events WHERE writer = ?", (writer,))[0]
        told = store.read("SELECT hash FROM events WHERE writer = ? AND seq = ?", (writer, seq))
        if last != (seq, seq) or (seq and told != [(end,)]):
            findings.append(Finding("head", writer, f"{last[1]} / {seq}"))
    return findings


def verify_deep(store: DeskStore, progress: Progress) -> list[Finding]:
    """Every event of every writer, every private part, every ticket and case made again from the log."""
    findings = verify_fast(store)
    made = _Made()
    heads: dict[str, Head] = {}
    total = int(store.read("SELECT count(*) FROM events")[0][0])
    for done, (event, secret) in enumerate(_events(store), 1):
        findings.extend(_chain_findings(event, secret, heads.get(event.writer, Head())))
        heads[event.writer] = head_of(event)
        try:
            _replay(event, secret, made)
        except (ValueError, KeyError, LookupError) as error:
            findings.append(Finding("replay", event.subject, f"{event.kind} {event.seq}: {error}"))
        if done % BATCH == 0 or done == total:
            progress(done, total)
    return findings + _table_findings(store, made)


def _events(store: DeskStore) -> Iterator[tuple[Event, Secret | None]]:
    place = 0
    while batch := store.read(
        f"SELECT place, private, salt, {EVENT_COLUMNS} FROM events WHERE place > ?"
        f" ORDER BY place LIMIT {BATCH}",
        (place,),
    ):
        place = batch[-1][0]
        for _, private, salt, *columns in batch:
            yield Event(*columns), Secret(private, salt) if private is not None else None


def _chain_findings(event: Event, secret: Secret | None, head: Head) -> Iterator[Finding]:
    name = f"{event.writer} {event.seq}"
    if not follows(event, head):
        yield Finding("chain", name, event.subject)
    if secret and commit(secret) != event.commitment:
        yield Finding("private", name, event.subject)


def _replay(event: Event, secret: Secret | None, made: _Made) -> None:
    if ticket_rules.changes_a_ticket(event.kind):
        ticket = ticket_rules.apply(made.tickets.get(event.subject), event)
        made.tickets[event.subject] = ticket
        if event.kind == "ticket.moved":
            _replay_call(ticket, event, made.calls)
    elif case_rules.changes_a_case(event.kind):
        text = secret.text if secret else None
        made.cases[event.subject] = case_rules.apply(made.cases.get(event.subject), event, text)
    elif staff_rules.changes_staff(event.kind):
        text = secret.text if secret else None
        made.staff[event.subject] = staff_rules.apply(made.staff.get(event.subject), event, text)


def _replay_call(ticket: Ticket, event: Event, calls: dict[str, rows.Row]) -> None:
    moved = ticket_rules.read_moved(event)
    undone = f"{ticket.id} {moved.undoes}"
    if ticket_rules.is_call(moved):
        calls[f"{ticket.id} {event.revision}"] = rows.call_row(ticket, event, moved)
    elif undone in calls:
        calls[undone] = (*calls[undone][:-1], 1)


def _table_findings(store: DeskStore, made: _Made) -> list[Finding]:
    made_cases = {number: rows.case_row(case) for number, case in made.cases.items()}
    made_tickets = {name: rows.ticket_row(ticket) for name, ticket in made.tickets.items()}
    stored_cases = {row[1]: row[1:] for row in store.read("SELECT * FROM cases")}
    # A body of before is written as it would be today: what it does not say yet has its default.
    stored_tickets = {
        row[0]: (*row[:-1], msgspec.json.encode(rows.ticket_of(row[-1])))
        for row in store.read("SELECT * FROM tickets")
    }
    made_staff = {member.id: member_row(member) for member in made.staff.values()}
    stored_staff = {row[0]: row for row in store.read("SELECT * FROM staff")}
    stored_calls = {f"{row[1]} {row[2]}": row[1:] for row in store.read("SELECT * FROM calls")}
    return [
        *_differences("case", made_cases, stored_cases),
        *_differences("ticket", made_tickets, stored_tickets),
        *_differences("call", made.calls, stored_calls),
        *_differences("staff", made_staff, stored_staff),
        *_differences("counts", *_counts(store, made.cases)),
        *_register_findings(store, made.cases),
    ]


def _register_findings(store: DeskStore, cases: dict[str, Case]) -> list[Finding]:
    """The seal register against the log, and its numbers: those of this counter have no gap."""
    made = {row[0]: row for case in cases.values() for row in rows.seal_rows(case)}
    stored = {row[0]: row for row in store.read("SELECT * FROM seals")}
    findings = _differences("seal", made, stored)
    ours = store.about().get("counter", "")
    marks = {(row[1], row[2]) for row in made.values() if row[2].startswith(ours)}
    given = dict(store.read("SELECT name, value FROM serials WHERE name > 'seal:' AND name < 'seal;'"))
    marks |= {(int(year), counter) for _, year, counter in (name.split(":") for name in given)}
    for year, counter in sorted(marks):
        known = {row[3] for row in made.values() if (row[1], row[2]) == (year, counter)}
        expected = set(range(1, given.get(f"seal:{year}:{counter}", 0) + 1))
        findings += [Finding("seal_gap", f"{year}-{counter}-{one:04d}") for one in sorted(known ^ expected)]
    return findings


def _counts(store: DeskStore, cases: dict[str, Case]) -> tuple[dict[str, int], dict[str, int]]:
    """The kept counts as they should be, and as they are, each by its name."""
    made = Counter(f"{case.state} {case.category} {case.clerk}" for case in cases.values())
    made += Counter(case.finished_at[:10] for case in cases.values() if case.finished_at)
    by_kind = "SELECT state || ' ' || category || ' ' || clerk, cases FROM case_counts WHERE cases <> 0"
    kept = store.read(by_kind)
    kept += store.read("SELECT day, cases FROM case_days WHERE cases <> 0")
    return dict(made), dict(kept)


def _differences(code: str, made: dict[str, Any], stored: dict[str, Any]) -> list[Finding]:
    names = sorted(made.keys() | stored.keys())
    return [Finding(code, name) for name in names if made.get(name) != stored.get(name)]
