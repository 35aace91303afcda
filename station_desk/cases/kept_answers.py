"""What is said of the answers that are kept for repeated commands: by the log of many, by a sum of all.

The answers lie in a table of their own and are no events; without this, one that was changed behind the log
would be told to whoever asks again.
"""

import hashlib
from collections.abc import Iterable

import msgspec

KEPT = "answers.kept"
EACH = 200
"""After so many events the log tells of them; the closing of a day tells of the rest."""

MODULUS = 2**256


class AnswersKeptPublic(msgspec.Struct, frozen=True):
    """The answers to the commands that made the events `first` to `last` of this log, in one digest."""

    first: int
    last: int
    digest: str


def subject_of(writer: str) -> str:
    """Under what name a log tells of its answers."""
    return f"answers:{writer}"


def digest_of(rows: Iterable[tuple[str, str, str]]) -> str:
    """The digest of rows of (command, answer, time), by command.

    What was asked is not in it: erasing a resident takes that away.
    """
    said = hashlib.sha256()
    for row in rows:
        said.update(msgspec.json.encode(row) + b"\n")
    return said.hexdigest()


class Sum(msgspec.Struct, frozen=True):
    """All kept answers in one number, whatever their order; those too that the log does not tell of yet."""

    count: int = 0
    digest: str = "0"

    def with_answer(self, command: str, answer: str, at: str) -> "Sum":
        """The same with one more answer."""
        said = hashlib.sha256(msgspec.json.encode((command, answer, at))).hexdigest()
        return Sum(self.count + 1, f"{(int(self.digest, 16) + int(said, 16)) % MODULUS:x}")
