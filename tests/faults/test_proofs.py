"""The proofs of the long runs in `tests/bench`, short: nothing told is lost, and each check can be red."""

from pathlib import Path
from random import Random

import pytest

from tests.bench.power_cut import bad_cuts
from tests.bench.tampering import trial
from tests.faults.disk_errors import outcomes, points_of
from tests.faults.full_day import full_day
from tests.faults.kills import kill_often, offered_at_start, telling_before_the_commit
from tests.faults.migrations import committing_between, kill_migrations, old_counter
from tests.faults.power_cut import lying
from tests.faults.trial import made_counter, verdict_of
from tests.faults.watched_batch import watched_batches

CUTS, KILLS, CALLS, MIGRATIONS, CHANGES = 30, 25, 300, 12, 60


def test_killed_at_any_moment_nothing_told_is_lost_and_the_untold_is_offered(tmp_path: Path) -> None:
    profile = made_counter(tmp_path / "profile")
    tally = kill_often(profile, KILLS, Random(1))
    assert tally.told
    assert (tally.not_offered, tally.changed) == (0, 0)
    assert verdict_of(profile, tally.told).is_good
    assert tally.unannounced == 0 or offered_at_start(profile) <= set(tally.told) | _asked_for(KILLS)


def test_the_planted_fault_told_before_the_commit_is_found_by_kills(tmp_path: Path) -> None:
    for seed in range(8):
        profile = made_counter(tmp_path / f"profile{seed}")
        tally = kill_often(profile, KILLS, Random(seed), telling_before_the_commit)
        if verdict_of(profile, tally.told, deep=False).lost:
            return
    pytest.fail("200 kills lost nothing that was told before its commit")


@pytest.mark.usefixtures("strace")
def test_a_power_cut_loses_nothing_told_but_a_disk_that_lies_does(tmp_path: Path) -> None:
    base, calls = watched_batches(tmp_path, 30)
    assert bad_cuts(calls, base, tmp_path, CUTS, Random(1)) == 0
    assert bad_cuts(lying(calls), base, tmp_path, CUTS, Random(1)) > 0


@pytest.mark.usefixtures("strace")
@pytest.mark.parametrize("error", ["ENOSPC", "EIO"])
def test_a_disk_error_is_a_sentence_and_never_an_answer_without_its_row(tmp_path: Path, error: str) -> None:
    points = points_of(tmp_path, CALLS)[::20]
    for for_good in (False, True):
        found = outcomes(tmp_path, points, error, for_good=for_good)
        assert [one for one in found if one.wrong] == []
        assert sum(one.exit_code == 5 for one in found) > len(found) // 2


@pytest.mark.usefixtures("strace")
def test_the_planted_fault_told_before_the_commit_is_found_by_disk_errors(tmp_path: Path) -> None:
    points = points_of(tmp_path, CALLS)[10::40]
    found = outcomes(tmp_path, points, "EIO", for_good=True, mutant="told before the commit")
    assert [one for one in found if "lost" in one.wrong]


def test_an_upgrade_killed_anywhere_leaves_the_old_schema_or_the_new_one(tmp_path: Path) -> None:
    found = kill_migrations(old_counter(tmp_path), MIGRATIONS, Random(1))
    assert (found["third"], found["bad afterwards"]) == (0, 0)
    assert found["old"] + found["new"] == MIGRATIONS


def test_the_planted_fault_steps_committed_by_themselves_leave_a_third_schema(tmp_path: Path) -> None:
    assert kill_migrations(old_counter(tmp_path), 3 * MIGRATIONS, Random(1), committing_between)["third"] > 0


def test_what_somebody_with_the_key_changes_is_named(tmp_path: Path) -> None:
    unnamed, false_alarms = trial(full_day(tmp_path / "profile"), CHANGES, Random(7))
    assert ([done for done in unnamed if not done.kind.startswith(NOT_YET)], false_alarms) == ([], 0)


NOT_YET = ("papers", "dossiers", "serials", "marks", "writers deleted", "log cut short")
"""What only the recounts of `verify --deep` name, which come with the backups."""


def _asked_for(kills: int) -> set[str]:
    return {f"{turn}-{place}" for turn in range(kills) for place in range(40)}
