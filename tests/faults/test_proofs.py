"""The long proofs of `tests/bench`, short: each ends well only if nothing was lost and its control was red.

Each runs in a process of its own, as it forks and kills.
"""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHORT = {
    "batch_kill": ["--kills", "30", "--workers", "1"],
    "bit_flips": ["--flips", "40"],
    "migration_kill": ["--kills", "12"],
    "tampering": ["--changes", "60"],
}
WATCHED = {
    "disk_errors": ["--calls", "300", "--step", "25", "--quick"],
    "power_cut": ["--cuts", "30", "--cases", "30"],
}
LONG = (*SHORT, "disk_errors")
"""All but one: a power cut is what happens to every station."""


def quick_or_long(proof: str) -> object:
    """The proofs that take longer than a few seconds are left out of the test command of the README."""
    marks = [pytest.mark.long] if proof in LONG else []
    return pytest.param(proof, marks=marks)


@pytest.mark.parametrize("proof", [quick_or_long(proof) for proof in SHORT])
@pytest.mark.timeout(300)
def test_the_proof_holds_and_finds_its_planted_fault(proof: str) -> None:
    assert short_run(proof, SHORT[proof]) == 0


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize("proof", [quick_or_long(proof) for proof in WATCHED])
@pytest.mark.timeout(300)
def test_the_proof_under_strace_holds_and_finds_its_planted_fault(proof: str) -> None:
    assert short_run(proof, WATCHED[proof]) == 0


def short_run(proof: str, words: list[str]) -> int:
    """The exit code of a proof; what it said stands in the report where it is not 0."""
    command = [sys.executable, "-m", f"tests.bench.{proof}", *words]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    print(done.stdout, done.stderr)
    return done.returncode
