"""A real `station-desk batch` that a test talks with line by line, while it does things to its disk."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.faults.trial import asked


class Batch:
    """One process; `ask` sends a line and waits for its answer."""

    def __init__(self, running: "subprocess.Popen[bytes]") -> None:
        self.running = running

    def accept(self, name: str) -> dict[str, Any]:
        """Asks for an acceptance under a command id."""
        return self.ask(asked([name]))

    def ask(self, line: bytes) -> dict[str, Any]:
        """What is answered to one line."""
        assert self.running.stdin is not None
        assert self.running.stdout is not None
        self.running.stdin.write(line)
        self.running.stdin.flush()
        answer: dict[str, Any] = json.loads(self.running.stdout.readline())
        return answer

    def end(self) -> tuple[int, str]:
        """Nothing more is asked: the exit code, and what came on standard error."""
        _, said = self.running.communicate(timeout=60)
        return self.running.returncode, said.decode()


@contextmanager
def batch(profile: Path) -> Iterator[Batch]:
    """A batch on a profile, ended with the block."""
    command = [sys.executable, "-m", "station_desk", "--profile", str(profile), "--language", "en", "batch"]
    pipe = subprocess.PIPE
    running = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, env=os.environ)
    try:
        yield Batch(running)
    finally:
        running.kill()
        running.communicate()


def said(profile: Path, *words: str, given: bytes = b"") -> tuple[int, str, str]:
    """One `station-desk` verb: exit code, standard output, standard error."""
    command = [sys.executable, "-m", "station_desk", "--profile", str(profile), "--language", "en", *words]
    done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=60)
    return done.returncode, done.stdout.decode(), done.stderr.decode()
