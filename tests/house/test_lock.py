"""Holds that the locks are whole: every dependency at an allowed version, hashed, and no host named."""

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.tree import ROOT

LOCK = ROOT / "installer" / "requirements.lock"
UV_LOCK = ROOT / "installer" / "uv.lock.txt"
PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;]+)", re.MULTILINE)


def test_every_dependency_is_locked_at_a_version_that_pyproject_allows() -> None:
    locked = _pins(LOCK)
    wanted = [Requirement(text) for text in _dependencies()]
    assert [str(want) for want in wanted if canonicalize_name(want.name) not in locked] == []
    assert [
        f"{want} is locked at {locked[canonicalize_name(want.name)]}"
        for want in wanted
        if locked[canonicalize_name(want.name)] not in want.specifier
    ] == []


def test_each_locked_package_has_a_hash() -> None:
    for file in (LOCK, UV_LOCK):
        stanzas = re.split(r"\n(?=\S)", file.read_text("utf-8").strip())
        assert [stanza.split()[0] for stanza in stanzas if "--hash=sha256:" not in stanza] == []


def test_no_lock_names_a_host() -> None:
    locks = [file for file in (ROOT / "installer").iterdir() if "lock" in file.name]
    assert {LOCK, UV_LOCK} <= set(locks)
    assert [file.name for file in locks if "://" in file.read_text("utf-8")] == []


def _dependencies() -> list[str]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = project["project"]["optional-dependencies"].values()
    groups = [project["project"]["dependencies"], *extras, project["dependency-groups"]["dev"]]
    return [*project["build-system"]["requires"], *(text for group in groups for text in group)]


def _pins(lock: Path) -> dict[str, str]:
    return {canonicalize_name(name): version for name, version in PIN.findall(lock.read_text("utf-8"))}
