"""The deep check in two processes of its own: the window stays quick, and both cores work.

Each process opens the database for itself and looks at one moment. The key goes to it through the pipe, never
by its command line. It is told by a stop that nobody waits for it any more.
"""

import multiprocessing
import os
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

from station_desk.core.errors import TroubleError
from station_desk.store.answers import check_answers
from station_desk.store.desk_store import DeskStore
from station_desk.store.driver import connect, sqlcipher
from station_desk.store.verify import check_pages
from station_desk.store.verifying.beside import check_beside
from station_desk.store.verifying.erased import check_erased
from station_desk.store.verifying.finding import Finding, Progress
from station_desk.store.verifying.log import check_log
from station_desk.store.verifying.tables import check_tables, check_words
from station_desk.store.verifying.word import check_word

LOOK_SECONDS = 0.1


class CheckBroken(TroubleError):
    code = "verify.broken"


def verify_apart(store: DeskStore, progress: Progress) -> list[Finding]:
    """The same as `verify_deep`. What `progress` raises ends both processes at once. Raises CheckBroken."""
    spawn = multiprocessing.get_context("spawn")
    parts: dict[Any, Any] = {}
    heard: dict[Any, tuple[int, int]] = {}
    findings: list[Finding] = []
    try:
        for number in range(len(PARTS)):
            ours, theirs = spawn.Pipe()
            child = spawn.Process(target=_work, args=(theirs,), daemon=True)
            child.start()
            theirs.close()
            ours.send((number, store.profile.database, store.key_for_helper()))
            parts[ours], heard[ours] = child, (0, 0)
        while parts:
            for ready in wait(list(parts), LOOK_SECONDS):
                said = _received(ready)
                if isinstance(said, list):
                    findings += said
                    parts.pop(ready).join()
                else:
                    heard[ready] = said
            progress(sum(done for done, _ in heard.values()), sum(total for _, total in heard.values()))
    finally:
        for pipe, child in parts.items():
            child.terminate()
            child.join()
            pipe.close()
    return findings


def _received(pipe: Any) -> Any:
    try:
        said = pipe.recv()
    except EOFError as error:
        raise CheckBroken(why="EOF") from error
    if isinstance(said, str):
        raise CheckBroken(why=said)
    return said


def _of_log(connection: Any, database: Path, progress: Progress) -> list[Finding]:
    return check_pages(connection, database, whole=True) or [
        *check_log(connection, progress),
        *check_erased(connection),
        *check_words(connection),
        *check_beside(connection, database.parent),
    ]


def _of_tables(connection: Any, _database: Path, progress: Progress) -> list[Finding]:
    return [*check_answers(connection), *check_word(connection), *check_tables(connection, progress)]


PARTS: tuple[Callable[[Any, Path, Progress], list[Finding]], ...] = (_of_log, _of_tables)


def _leave_the_processor() -> None:
    """Whoever works at the window comes first."""
    if sys.platform == "win32":
        import ctypes

        kernel = ctypes.windll.kernel32
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), 0x40)  # IDLE_PRIORITY_CLASS
    else:
        os.nice(19)


def _work(pipe: Connection) -> None:
    """What a process does: its part of the check, telling how far it is."""
    _leave_the_processor()
    number, database, key = pipe.recv()
    try:
        connection = connect(database, key)
        try:
            connection.execute("BEGIN")
            found = PARTS[number](connection, database, lambda done, total: pipe.send((done, total)))
        finally:
            connection.close()
        pipe.send(found)
    except sqlcipher.DatabaseError as error:
        pipe.send([Finding("pages", str(error))])
    except BrokenPipeError:
        return
    except Exception as error:  # noqa: BLE001 - told to the process that waits, which raises
        pipe.send(f"{type(error).__name__}: {error}")
