"""The container file as its steps: what is copied, what is run, with which words the server starts."""

import json
import re
import shlex
from dataclasses import dataclass, field
from pathlib import Path

from tests.house.tree import ROOT

FILE = ROOT / "installer" / "district" / "Containerfile"
IGNORED = ROOT / ".dockerignore"
_LINE_ENDS = re.compile(r"\\\n\s*")


@dataclass
class Stage:
    """One FROM with what follows it."""

    name: str
    steps: list[tuple[str, str]] = field(default_factory=list)

    def all(self, word: str) -> list[str]:
        return [rest for said, rest in self.steps if said == word]

    def last(self, word: str) -> str:
        return self.all(word)[-1]

    def command(self, word: str) -> list[str]:
        """The words of an ENTRYPOINT, or of a HEALTHCHECK after its CMD."""
        told: list[str] = json.loads(self.last(word).partition("CMD ")[2] or self.last(word))
        return told

    def environment(self) -> dict[str, str]:
        pairs = [pair.partition("=") for line in self.all("ENV") for pair in shlex.split(line)]
        return {name: value for name, _, value in pairs}


def stages() -> list[Stage]:
    """The stages in their order."""
    made: list[Stage] = []
    text = _LINE_ENDS.sub(" ", FILE.read_text("utf-8"))
    for line in text.splitlines():
        word, _, rest = line.strip().partition(" ")
        if not word or word.startswith("#"):
            continue
        if word == "FROM":
            made.append(Stage(rest.partition(" AS ")[2]))
        else:
            made[-1].steps.append((word, rest.strip()))
    return made


def context() -> list[Path]:
    """What `COPY . .` would take: the top of the tree without what `.dockerignore` leaves out."""
    ignored = [line for line in IGNORED.read_text("utf-8").splitlines() if line and line[0] != "#"]
    return [path for path in sorted(ROOT.iterdir()) if not any(path.match(one) for one in ignored)]
