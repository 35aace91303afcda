"""Runs of `batch` under watch on one profile: one after another, so that its log comes and goes."""

import shutil
from pathlib import Path

from tests.faults.system_log import Call, watched
from tests.faults.trial import asked, made_counter, named

RUNS = 2


def watched_batches(place: Path, cases: int) -> tuple[Path, list[Call]]:
    """The profile as it was before, and everything that the runs did to it and said."""
    profile = made_counter(place / "profile")
    base = place / "profile.base"
    shutil.copytree(profile.folder, base)
    calls: list[Call] = []
    for run in range(RUNS):
        given = asked(named(f"run{run}", cases // RUNS))
        arguments = ["--profile", str(profile.folder), "batch"]
        calls += watched(profile.folder, arguments, given, place / f"log{run}")
    # The base stands for the profile: the calls name the one that was worked on.
    shutil.rmtree(profile.folder)
    base.rename(profile.folder)
    return profile.folder, calls
