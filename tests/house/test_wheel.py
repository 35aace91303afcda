"""Holds that what we hand out is whole: one package with its data inside, no tests, nothing beside it."""

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house.tree import ROOT, our_files

DATA = {"forms", "resources", "db"}


@pytest.mark.long
def test_the_wheel_holds_the_package_and_its_data_and_is_the_same_out_of_the_sdist(tmp_path: Path) -> None:
    wheel = _built("wheel", ROOT, tmp_path / "wheel")
    sdist = _built("sdist", ROOT, tmp_path / "sdist")
    subprocess.run(["tar", "-xzf", str(sdist), "-C", str(tmp_path / "sdist")], check=True)
    unpacked = sdist.with_name(sdist.name.removesuffix(".tar.gz"))

    names = _names(wheel)
    assert {name.split("/")[0] for name in names} == {
        "station_desk",
        wheel.name.split("-py3-")[0] + ".dist-info",
    }
    assert {name for name in names if not name.startswith("station_desk-")} == _what_belongs_in_it()
    assert _names(_built("wheel", unpacked, tmp_path / "again")) == names


def test_an_editable_install_points_at_the_tree_and_copies_nothing(tmp_path: Path) -> None:
    names = _names(_built("editable", ROOT, tmp_path))
    assert [name for name in names if "dist-info/" not in name] == [
        "_editable_impl_station_desk.pth",
        "_editable_impl_station_desk.py",
    ]


def _built(kind: str, source: Path, into: Path) -> Path:
    """Build as an installer does, but with what `.venv` holds: nothing is fetched."""
    into.mkdir(exist_ok=True)
    hook = f"import sys, hatchling.build as build; print(build.build_{kind}(sys.argv[1]))"
    command = [sys.executable, "-c", hook, str(into)]
    done = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return into / done.stdout.split()[-1]


def _names(wheel: Path) -> list[str]:
    with zipfile.ZipFile(wheel) as archive:
        return sorted(archive.namelist())


def _what_belongs_in_it() -> set[str]:
    ours = [path.as_posix() for path in our_files()]
    package = {name for name in ours if name.startswith("station_desk/")}
    return package | {f"station_desk/_data/{name}" for name in ours if name.split("/")[0] in DATA}
