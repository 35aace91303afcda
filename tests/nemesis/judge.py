"""What became of it all: lost, twice, disagreeing, behind, stuck. All nought, or the design is wrong."""

from collections import Counter
from contextlib import closing
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

import msgspec

from station_desk.cases.changes import changes_a_case
from station_desk.district.district import open_existing_district
from station_desk.district.verify import verify
from station_desk.store.answers import check_answers
from station_desk.store.driver import connect_reading
from station_desk.store.profile import Profile
from station_desk.store.vault.opening import read_key
from station_desk.store.verifying.beside import check_beside
from station_desk.store.verifying.log import check_log
from station_desk.store.verifying.tables import check_tables
from tests.nemesis.counter import said_by
from tests.nemesis.trial import PC, Trial

Place = tuple[str, int, str]


@dataclass(frozen=True, slots=True)
class Verdict:
    """How many answers were lost or stored twice, how much disagrees, is behind, is stuck."""

    acked: int
    lost: int
    twice: int
    disagree: int
    behind: int
    stuck: int
    why: tuple[str, ...] = ()

    @property
    def is_good(self) -> bool:
        return not any(astuple(self)[1:6])


@dataclass(frozen=True, slots=True)
class _Disk:
    """What a counter's profile holds: places of events and dossiers, cases, cases that its events began.

    `broken` is what its own proof finds: chains, private parts, tables that are not as the log makes them.
    """

    events: set[Place]
    dossiers: set[Place]
    cases: set[str]
    begun: set[str]
    broken: list[str]


def judge(trial: Trial) -> Verdict:
    """Compares what was answered with the district and each counter with the district."""
    server = trial.server
    rows = server.rows(
        "SELECT subject, revision, kind, command, public, commitment, writer, seq, hash, waiting FROM event"
    )
    said = Counter(said_by(row[:6]) for row in rows)
    begun = Counter(row[3] for row in rows if row[2] == "case.accepted")
    lost = sorted(trial.acked - set(said) - trial.gone)
    twice = [one for one in (*said.items(), *begun.items()) if one[1] > 1]
    events: set[Place] = {(str(w), int(str(s)), str(h)) for *_, w, s, h, _ in rows}
    dossiers: set[Place] = {
        (str(w), int(str(n)), str(c))
        for w, n, c in server.rows("SELECT writer, number, case_number FROM dossier")
    }
    why = [*(f"lost {one[:4]}" for one in lost), *(f"twice {one}" for one in twice)]
    disagree = [word for pc in trial.pcs for word in _differences(pc, events, dossiers)]
    odd = sum(row[2] == "weather.noted" for row in rows)
    if odd != sum(bool(row[9]) for row in rows):
        disagree.append("the waiting room")
    with closing(open_existing_district(str(server.database))) as district:
        disagree += [f"{problem}" for problem in verify(district)]
    behind = _behind(trial, rows)
    stuck = [f"died: {name}" for name in trial.deaths]
    stuck += [f"{pc.folder.name}: {pc.trouble}" for pc in trial.pcs if pc.trouble]
    why = [*stuck, *why, *disagree[:4], *behind[:4]]
    return Verdict(
        len(trial.acked), len(lost), len(twice), len(disagree), len(behind), len(stuck), tuple(why)
    )


def _differences(pc: PC, events: set[Place], dossiers: set[Place]) -> list[str]:
    """Where a counter and the district do not hold the same of the logs of that counter."""
    disk = _disk(pc.folder)
    logs = {writer.partition("~")[0] for writer, _, _ in disk.events}
    found = []
    for what, here, there in (("event", disk.events, events), ("dossier", disk.dossiers, dossiers)):
        own = {place for place in there if place[0].partition("~")[0] in logs}
        found += [f"{pc.folder.name} {what} only here {place}" for place in sorted(here - own)]
        found += [f"{pc.folder.name} {what} only there {place}" for place in sorted(own - here)]
    found += [f"{pc.folder.name} torn {number}" for number in sorted(disk.cases ^ disk.begun)]
    return found + [f"{pc.folder.name} {word}" for word in disk.broken]


def _disk(folder: Path) -> _Disk:
    profile = Profile(folder)
    connection = connect_reading(profile.database, read_key(profile))
    try:

        def read(sql: str) -> set[tuple[str, int, str]]:
            return {(str(a), int(b), str(c)) for a, b, c in connection.execute(sql).fetchall()}

        asked = "SELECT writer, seq, hash FROM"
        begun = "SELECT DISTINCT subject FROM events WHERE kind = 'case.accepted'"
        return _Disk(
            read(f"{asked} events") | read(f"{asked} events_aside"),
            read("SELECT writer, number, case_number FROM dossiers"),
            {str(number) for (number,) in connection.execute("SELECT number FROM cases").fetchall()},
            {str(number) for (number,) in connection.execute(begun).fetchall()},
            _broken(connection, profile),
        )
    finally:
        connection.close()


def _broken(connection: Any, profile: Profile) -> list[str]:
    found = [
        *check_log(connection, _quiet), *check_answers(connection), *check_tables(connection, _quiet),
        *check_beside(connection, profile.folder),
    ]  # fmt: skip
    return [f"{one.code} {one.what} {one.detail}" for one in found]


def _quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def _behind(trial: Trial, rows: list[tuple[object, ...]]) -> list[str]:
    """Cases whose page at the district does not tell of their last event."""
    newest: dict[str, int] = {}
    for row in rows:
        if changes_a_case(str(row[2])):
            newest[str(row[0])] = max(newest.get(str(row[0]), 0), int(str(row[1])))
    pages = {
        str(number): int(msgspec.json.decode(str(body))["revision"])
        for number, body in trial.server.rows("SELECT number, body FROM trace")
    }
    return [
        f"behind {case}: {pages.get(case)} of {last}"
        for case, last in newest.items()
        if pages.get(case) != last
    ]
