"""The published rules of the queue: proof-read like all files, with defaults where an edition has none."""

import shutil
from pathlib import Path

import pytest

from station_desk.catalogue.check import check_forms
from station_desk.catalogue.edition.difference import differences
from station_desk.catalogue.edition.published import read_published
from station_desk.catalogue.item import QueueRules
from station_desk.catalogue.read import QUEUE, read_catalogue
from station_desk.core.paths import FORMS
from tests.unit.planting import CATEGORIES, marks, plant


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    return Path(shutil.copytree(FORMS, tmp_path / "forms"))


def test_what_we_publish_is_what_is_said_without_it(forms: Path) -> None:
    published = read_catalogue(FORMS).queue
    assert (published.calls, published.priority_calls, published.skip_places) == (3, 1, 3)
    assert len(published.reason) == 6
    (forms / QUEUE).unlink()
    assert read_catalogue(forms).queue == QueueRules()
    assert check_forms(forms) == []


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("priority_calls = 1", "priority_calls = 0", "number_too_small"),
        ("\ncalls = 3", "\ncalls = 1", "number_too_small"),
        ("skip_places = 3", "skip_places = 0", "number_too_small"),
        ("undo_minutes = 10", "undo_minutes = 0", "number_too_small"),
        ('missed_returns = "old_place"', 'missed_returns = "front"', "not_one_of"),
        ('code = "copying"', 'code = "fetch_paper"', "entry_twice"),
        ('code = "copying"', 'code = "Copying!"', "key_shape"),
    ],
)
def test_a_fault_of_the_rules_is_found_in_its_line(forms: Path, old: str, new: str, code: str) -> None:
    line = plant(forms, QUEUE, old, new) + old.startswith("\n")
    assert marks(check_forms(forms)) == [(QUEUE, line, code)]


def test_a_visit_takes_some_time(forms: Path) -> None:
    line = plant(forms, CATEGORIES, "usual_minutes = 15", "usual_minutes = 0")
    assert marks(check_forms(forms)) == [(CATEGORIES, line, "number_too_small")]


def test_another_share_is_a_difference_between_editions(forms: Path) -> None:
    plant(forms, QUEUE, "priority_calls = 1", "priority_calls = 2")
    (change,) = differences(read_published(FORMS), read_published(forms))
    assert [(change.kind, part.key, part.before, part.after) for part in change.parts] == [
        ("queue", "priority_calls", 1, 2)
    ]  # fmt: skip
