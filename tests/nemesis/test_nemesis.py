"""Whatever a line, a disk or a process does: nothing answered is lost, nothing is stored twice, all agree."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from station_desk.district.district import open_district
from station_desk.district.enrolment import new_enrol_code
from tests.bench.forged import forge, is_good
from tests.district.station import CounterPC, enrolled
from tests.nemesis.acknowledged import kill_after_acknowledgements
from tests.nemesis.cuts import cut_everywhere
from tests.nemesis.runs import Runs
from tests.nemesis.wrong_designs import DESIGNS, accepts_gaps, answers_before_its_commit, planted

FEW_STEPS, MANY_STEPS = 25, 300


@pytest.fixture(scope="module")
def runs() -> Iterator[Runs]:
    with Runs() as runs:
        yield runs


def test_a_short_bad_day_ends_well(runs: Runs) -> None:
    verdict, faults = runs.run(7, FEW_STEPS, clones=False)
    assert verdict.is_good, verdict.why
    assert verdict.acked > 20
    assert sum(faults.values()) > 3


@pytest.mark.long
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_long_bad_day_ends_well(runs: Runs, seed: int) -> None:
    verdict, _ = runs.run(seed, MANY_STEPS)
    assert verdict.is_good, verdict.why


@pytest.mark.long
@pytest.mark.parametrize("seed", [22, 44, 62, 79])
def test_a_day_that_once_stopped_a_counter_ends_well(runs: Runs, seed: int) -> None:
    """A dossier was missing in each: its number stood in another log already, or its end lay aside."""
    verdict, _ = runs.run(seed, MANY_STEPS, clones=False)
    assert verdict.is_good, verdict.why


@pytest.mark.long
@pytest.mark.parametrize("name", sorted(DESIGNS))
def test_every_wrong_design_is_found_out(name: str) -> None:
    with planted(name), Runs() as runs:
        assert any(not runs.run(seed, 150, clones=False)[0].is_good for seed in (1, 2))


def test_what_was_acknowledged_survives_the_kill_of_the_district(tmp_path: Path) -> None:
    assert kill_after_acknowledgements(tmp_path, 3) == 0


@pytest.mark.long
def test_a_district_that_answers_before_its_commit_is_found_out(tmp_path: Path) -> None:
    open_district(str(tmp_path / "district.db")).close()  # only the answers are early, not the tables late
    with answers_before_its_commit():
        assert kill_after_acknowledgements(tmp_path, 5) == 5


def test_a_district_that_accepts_gaps_is_found_out(tmp_path: Path) -> None:
    assert _takes_a_gap(tmp_path / "right") is False
    with accepts_gaps():
        assert _takes_a_gap(tmp_path / "wrong") is True


@pytest.mark.long
def test_a_thousand_forged_requests_are_all_refused(tmp_path: Path) -> None:
    assert is_good(forge(tmp_path, 1000, 2), 1000)


def test_a_cut_anywhere_changes_nothing_in_the_end(tmp_path: Path) -> None:
    assert cut_everywhere(tmp_path, every=499) == []


def _takes_a_gap(folder: Path) -> bool:
    from starlette.testclient import TestClient

    from station_desk.district.app import make_app

    folder.mkdir()
    with (
        closing(open_district(str(folder / "district.db"))) as district,
        TestClient(make_app(district)) as http,
    ):
        pc, sender = CounterPC(), enrolled(http, new_enrol_code(district, "QSQ001"))
        pc.deliver_all()
        answer = sender.try_push(pc.events[2:])
        return answer.status_code == 200
