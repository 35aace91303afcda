"""Long work on a database in processes of its own, which come last of all: the window stays quick meanwhile.

What they need goes to them through a pipe, never by a command line: keys are among it. Where nobody waits for
it any more a process ends at once, also when the program that waited was killed.
"""

import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any

from station_desk.core.last_place import process_comes_last
from station_desk.store.backfill import Progress
from station_desk.store.driver import sqlcipher

LOOK_SECONDS = 0.1


class Broken(Exception):
    """A process ended before its work was done; the text says what is known of it."""


@dataclass(frozen=True, slots=True)
class Job:
    """A function of a module, called with these values and then the `Progress` it tells how far it is."""

    work: Callable[..., Any]
    values: tuple[Any, ...]


def done_beside(jobs: Sequence[Job], progress: Progress) -> list[Any]:
    """The answers of all jobs, each done in a process of its own.

    `progress` hears the sum of what they tell, and at least every tenth of a second; what it raises ends all
    of them at once. Raises the driver's errors and the system's as a job met them, Broken for any other.
    """
    spawn = multiprocessing.get_context("spawn")
    running: dict[Any, Any] = {}
    pipes: list[Any] = []
    answers: dict[Any, Any] = {}
    heard: dict[Any, tuple[int, int]] = {}
    try:
        for job in jobs:
            ours, theirs = spawn.Pipe()
            child = spawn.Process(target=_work, args=(theirs,), daemon=True)
            child.start()
            theirs.close()
            ours.send((job.work, job.values))
            pipes.append(ours)
            running[ours], heard[ours] = child, (0, 0)
        while running:
            for ready in wait(list(running), LOOK_SECONDS):
                kind, said = _received(ready)
                if kind == "far":
                    heard[ready] = said
                else:
                    answers[ready] = said
                    running.pop(ready).join()
            progress(sum(done for done, _ in heard.values()), sum(total for _, total in heard.values()))
    finally:
        for child in running.values():
            child.terminate()
            child.join()
        for pipe in pipes:
            pipe.close()
    return [answers[pipe] for pipe in pipes]


def _received(pipe: Any) -> Any:
    try:
        kind, said = pipe.recv()
    except (EOFError, ConnectionError) as error:
        raise Broken("EOF") from error
    if isinstance(said, BaseException):
        raise said
    return kind, said


def _end_with_whoever_waits() -> None:
    """The program that asked may be killed: who goes on reading gigabytes would hold the profile open."""
    parent = multiprocessing.parent_process()
    if parent:
        wait([parent.sentinel])
        os._exit(1)


def _work(pipe: Connection) -> None:
    """What a process does: its job, telling how far it is."""
    process_comes_last()
    threading.Thread(target=_end_with_whoever_waits, daemon=True).start()
    work, values = pipe.recv()
    try:
        pipe.send(("done", work(*values, lambda done, total: pipe.send(("far", (done, total))))))
    except BrokenPipeError:
        return
    except (sqlcipher.Error, OSError) as error:
        pipe.send(("failed", error))
    except Exception as error:  # noqa: BLE001 - told to the process that waits, which raises
        pipe.send(("failed", Broken(f"{type(error).__name__}: {error}")))
