"""A counter of before keeps its queue: each ticket has its place, each call its row, the log still agrees."""

from itertools import pairwise
from pathlib import Path

import msgspec

from station_desk.cases.event import Fact, Head, head_of, seal
from station_desk.cases.ticket_parts import TicketTakenPublic
from station_desk.core.clock import now
from station_desk.store.desk_store import open_store
from station_desk.store.driver import connect
from station_desk.store.migrate import upgrade
from station_desk.store.profile import Profile
from station_desk.store.queue import calls
from station_desk.store.vault.changes import make_key
from station_desk.store.verify import verify_deep

DAY, NAME = "2026-11-20", "T261120-B001"
MOVES = ("called", "called", "missed", "waiting", "called", "serving")
COLUMNS = "writer, seq, prev, hash, subject, revision, kind, at, actor, command, public, commitment"


class OldMove(msgspec.Struct, frozen=True):
    """A move as the version before wrote it."""

    state: str
    counter: str = "02"
    case: str = ""


def test_a_queue_of_before_is_kept_with_its_calls(tmp_path: Path) -> None:
    profile = Profile(tmp_path)
    connection = connect(profile.database, make_key(profile))
    upgrade(connection, 2)
    facts = [("station", "QSQ001"), ("name", "x"), ("counter", "02"), ("writer", "QSQ001.02")]
    connection.executemany("INSERT INTO about (key, value) VALUES (?, ?)", facts)
    taken = TicketTakenPublic("B001", DAY, "LS-001", "labour_social_security", None, "elderly")
    head, periods = Head(), []
    for revision, public in enumerate([taken, *map(OldMove, MOVES)], 1):
        kind = "ticket.taken" if revision == 1 else "ticket.moved"
        at = f"{DAY}T09:{revision:02d}:00+08:00"
        event, _ = seal(Fact(NAME, revision, kind, at, "x", public), "QSQ001.02", head, "c")
        head = head_of(event)
        insert = f"INSERT INTO events ({COLUMNS}) VALUES ({', '.join('?' * 12)})"
        connection.execute(insert, msgspec.structs.astuple(event))
        periods.append({"state": getattr(public, "state", "waiting"), "began": at, "ended": ""})
    connection.execute("INSERT INTO writers VALUES ('QSQ001.02', ?, ?)", (head.seq, head.hash))
    for before, after in pairwise(periods):
        before["ended"] = after["began"]
    body = {
        "id": NAME, "number": "B001", "day": DAY, "item": "LS-001", "category": "labour_social_security",
        "title": None, "priority": "elderly", "agent": False, "state": "serving", "revision": len(periods),
        "taken_at": periods[0]["began"], "periods": periods, "counter": "02", "case": "",
    }  # fmt: skip
    row = (
        NAME, "B001", DAY, "LS-001", body["category"], "serving", 1, body["taken_at"], periods[-1]["began"],
        "elderly", "02", "", len(periods), msgspec.json.encode(body),
    )  # fmt: skip
    connection.execute(f"INSERT INTO tickets VALUES ({', '.join('?' * 14)})", row)
    connection.execute("INSERT INTO serials (name, value) VALUES (?, 1)", (f"ticket:{DAY}:B",))
    connection.close()
    store = open_store(tmp_path, now)
    assert [(one.recall, one.at[11:16]) for one in calls(store, DAY)] == [
        (0, "09:02"), (1, "09:03"), (0, "09:06"),
    ]  # fmt: skip
    ticket = store.ticket(NAME)
    assert (ticket.place, ticket.state, ticket.recalls) == ("000000000001", "serving", 0)
    assert verify_deep(store, lambda *_: None) == []
    store.close()
