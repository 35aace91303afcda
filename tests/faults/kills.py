"""kill -9 on a real `batch`, thousands of times: each a process of its own with the program loaded before.

A new interpreter takes a second to load and a case two milliseconds to accept. So a process that has loaded
everything forks each `batch`: what is killed is the same program, on the same files, by the same signal.
"""

import gc
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from select import select

from station_desk.core.clock import now
from station_desk.main.cli import main as station_desk
from station_desk.main.open_desk import open_desk
from station_desk.store.desk_store import open_store
from station_desk.store.driver import connect_reading
from station_desk.store.profile import Profile
from station_desk.store.unsaid import BEHIND, PREFIX
from station_desk.store.vault.opening import read_key
from tests.faults.trial import answered, asked

A_RUN = 40
AT_WORK_S, OPENING_S = 0.03, 0.05
PATIENCE_S = 30.0
Mutant = Callable[[], None]


@dataclass(slots=True)
class Tally:
    """What many kills did: `told` numbers by command, how many answers were missing, or not offered again."""

    kills: int = 0
    told: dict[str, str] = field(default_factory=dict)
    unannounced: int = 0
    not_offered: int = 0
    changed: int = 0


def load_everything() -> None:
    """Loads in this process what a `batch` loads, by letting one run."""
    with tempfile.TemporaryDirectory() as folder:
        profile = Path(folder) / "profile"
        begin = ["--profile", str(profile), "--language", "en", "init"]
        assert run([*begin, "--station", "QSQ001", "--name", "x", "--counter", "1"], b"")[0] == 0
        given = asked(["first"])
        # In this very process, so that what it forks has all of it.
        desk = open_desk(profile, "en", now)
        from station_desk.main.batch import run_batch

        run_batch(desk, given.splitlines(), lambda line: None)
        desk.store.close()
    # What is loaded stays as it is: no search for garbage copies it into every fork.
    gc.collect()
    gc.freeze()


def run(arguments: Sequence[str], given: bytes) -> tuple[int, bytes]:
    """A forked `station-desk` that is left alone: its exit code and what it said."""
    child, output = started(arguments, given)
    said = b"".join(iter(lambda: os.read(output, 65536), b""))
    os.close(output)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), said


def killed(arguments: Sequence[str], given: bytes, dice: Random, mutant: Mutant | None = None) -> bytes:
    """A forked `station-desk`, killed at a random moment of its opening or its work; what it had said."""
    child, output = started(arguments, given, mutant)
    said = b""
    patience = OPENING_S * dice.random()
    if dice.random() < 0.8:
        # Once it answers it is at work.
        select([output], [], [], PATIENCE_S)
        patience = AT_WORK_S * dice.random()
    time.sleep(patience)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while part := os.read(output, 65536):
        said += part
    os.close(output)
    return said


def kill_often(profile: Profile, kills: int, dice: Random, mutant: Mutant | None = None) -> Tally:
    """Kills so many runs; the next one is sent again whatever the one before did not answer."""
    tally = Tally()
    key = read_key(profile)
    arguments = ["--profile", str(profile.folder), "--language", "en", "batch"]
    again: list[str] = []
    for turn in range(kills):
        commands = [*again, *(f"{turn}-{place}" for place in range(A_RUN - len(again)))]
        said = answered(killed(arguments, asked(commands), dice, mutant))
        tally.changed += sum(tally.told.get(name, number) != number for name, number in said.items())
        tally.told.update(said)
        tally.kills += 1
        again = [name for name in commands if name not in said][: A_RUN // 2]
        stored, offered = _stored_of(profile, key, again)
        tally.unannounced += len(stored)
        tally.not_offered += len(stored - offered)
    return tally


def _stored_of(profile: Profile, key: str, commands: Sequence[str]) -> tuple[set[str], set[str]]:
    """Which of these unanswered commands were done, and which the next start offers."""
    connection = connect_reading(profile.database, key)
    try:
        marks = ", ".join("?" * len(commands))
        rows = connection.execute(
            f"SELECT id FROM commands WHERE id IN ({marks})", tuple(commands)
        ).fetchall()
        noted = connection.execute(
            "SELECT value FROM about WHERE key >= ? AND key < ?", (PREFIX, BEHIND)
        ).fetchall()
    finally:
        connection.close()
    return {name for (name,) in rows}, {name for (name,) in noted}


def started(
    arguments: Sequence[str], given: bytes, mutant: Mutant | None = None, *, errors_too: bool = False
) -> tuple[int, int]:
    """Forks a `station-desk` that reads `given`; its process id, and where it speaks."""
    source = os.memfd_create("given")
    os.write(source, given)
    os.lseek(source, 0, os.SEEK_SET)
    output, speaking = os.pipe()
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        os.dup2(source, 0)
        os.dup2(speaking, 1)
        if errors_too:
            os.dup2(speaking, 2)
        os.close(output)
        _be_station_desk(arguments, mutant)
    os.close(source)
    os.close(speaking)
    return child, output


def _be_station_desk(arguments: Sequence[str], mutant: Mutant | None) -> None:
    code = 70
    try:
        sys.stdin, sys.stdout = os.fdopen(0, "r"), os.fdopen(1, "w")
        if mutant:
            mutant()
        code = station_desk(arguments)
        sys.stdout.flush()
    finally:
        os._exit(code)


def telling_before_the_commit() -> None:
    """The planted fault: answers are told while their commit is still to come."""
    from station_desk.store.unit import Unit

    honest = Unit.changes

    def too_early(unit: Unit) -> object:
        told = unit.connection.execute(
            "SELECT '{\"id\":' || json_quote(id) || ',\"ok\":true,\"answer\":' || answer || '}' FROM commands"
            " WHERE id = ?", (unit.command,),
        ).fetchone()[0]  # fmt: skip
        os.write(1, f"{told}\n".encode())
        return honest(unit)

    type.__setattr__(Unit, "changes", too_early)


def offered_at_start(profile: Profile) -> set[str]:
    """The commands whose answers a start offers, as `status` does."""
    store = open_store(profile.folder, now)
    try:
        return {one.id for one in store.unsaid()}
    finally:
        store.close()
