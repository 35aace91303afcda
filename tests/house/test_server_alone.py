"""Holds that the server starts with what a server installs, and nothing else: no library of the desk."""

import re
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, packages_distributions, requires

import pytest
from packaging.requirements import Requirement

STARTS = """
import sys

class Away:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in AWAY:
            raise ModuleNotFoundError(f"no {name} on a server")

sys.meta_path.insert(0, Away())
from station_desk.main.cli import main
from station_desk.main.verbs import verb_named
verb_named("district")
from station_desk.district.app import make_app
import station_desk.counter.staff.hashing
import station_desk.district.desk.code_picture, station_desk.main.district
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.long
def test_the_server_starts_without_the_libraries_of_the_desk() -> None:
    """Its words are read, its verbs and pages loaded, and a key made in a new database."""
    installed = _installed_on_a_server()
    away = {
        module
        for module, names in packages_distributions().items()
        if not {_plain(name) for name in names} & installed and module != "station_desk"
    }
    assert {"PySide6", "httpx2", "reportlab", "keyring"} <= away
    code = f"AWAY = {sorted(away)!r}\n{STARTS}"
    words = ["district", "enroll-code", "--station", "QSQ001", "--db", "sqlite:///:memory:"]
    done = subprocess.run([sys.executable, "-c", code, *words], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    assert "QSQ001" in done.stdout


def _installed_on_a_server() -> set[str]:
    """What `station-desk[district]` brings, with all that it needs in turn."""
    wanted, known = [("station-desk", frozenset({"district"}))], set[str]()
    while wanted:
        name, extras = wanted.pop()
        if name in known:
            continue
        known.add(name)
        try:
            needs = [Requirement(text) for text in requires(name) or ()]
        except PackageNotFoundError:
            continue
        for need in needs:
            marks = [{"extra": extra} for extra in (*extras, "")]
            if need.marker is None or any(need.marker.evaluate(mark) for mark in marks):
                wanted.append((_plain(need.name), frozenset(need.extras)))
    return known


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
