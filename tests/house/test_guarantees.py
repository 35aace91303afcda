"""The list of promises in the handbook is true: every test that it names is there, every promise has one."""

import re

from station_desk.core.paths import RESOURCES
from tests.house.tree import ROOT

LIST = RESOURCES / "handbook" / "contributing" / "guarantees.md"
NAMED = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
BENCHES = re.compile(r"bench(?:es)? ((?:`\w+`(?:, )?)+)")


def test_every_test_that_the_promises_name_is_there() -> None:
    text = LIST.read_text("utf-8")
    named = NAMED.findall(text)
    missing = [f"{file}::{name}" for file, name in named if not _has(file, name)]
    assert missing == []
    benches = [name for run in BENCHES.findall(text) for name in re.findall(r"\w+", run)]
    assert [name for name in benches if not (ROOT / f"tests/bench/{name}.py").is_file()] == []
    assert not _has("tests/house/test_guarantees.py", "test_that_nobody_wrote"), "the control"


def test_every_promise_has_a_test() -> None:
    lines = [line for line in LIST.read_text("utf-8").splitlines() if line.startswith("| ")]
    rows = [line for line in lines if not line.startswith(("| no.", "| promise"))]
    assert [row for row in rows if not NAMED.search(row)] == []
    assert [f"G{n}" for n in range(1, 21) if not any(row.startswith(f"| G{n} |") for row in rows)] == []


def _has(file: str, name: str) -> bool:
    path = ROOT / file
    return (
        path.is_file() and re.search(rf"^\s*def {name}\(", path.read_text("utf-8"), re.MULTILINE) is not None
    )
