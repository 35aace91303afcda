"""Copies of the published files, small enough to be read often."""

import shutil
from pathlib import Path

import pytest

from station_desk.core.paths import FORMS
from tests.unit.planting import FOLDER, LIFE, thin_out

LIFE_OF_THE_CATEGORY = """
[[life_event]]
code = "hardship"
name = { zh-Hans = "生活困难", zh-Hant = "生活困難", en = "Hardship" }
items = ["SA-001", "SA-002", "SA-003"]
together = ["SA-001", "SA-003"]

[[life_event]]
code = "child_in_need"
name = { zh-Hans = "困境儿童", zh-Hant = "困境兒童", en = "A child in need" }
items = ["SA-006", "SA-007"]
"""


@pytest.fixture
def forms(tmp_path: Path) -> Path:
    """The shared files, two years and one category: enough for every fault."""
    shutil.copytree(
        FORMS,
        tmp_path,
        dirs_exist_ok=True,
        ignore=shutil.ignore_patterns("items", "201?.toml", "202[0-5].toml"),
    )
    shutil.copytree(FORMS / FOLDER, tmp_path / FOLDER)
    (tmp_path / LIFE).write_text(LIFE_OF_THE_CATEGORY, "utf-8", newline="\n")
    return tmp_path


@pytest.fixture
def few(forms: Path) -> Path:
    """The same with no more shared entries than its items need."""
    thin_out(forms)
    return forms
