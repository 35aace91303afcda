"""Holds that the units and the container file start the program by words it knows; systemd takes them."""

import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest

from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.main.grammar import parser
from tests.house.tree import ROOT

FILES = ROOT / "installer" / "district"
PROGRAM = "/opt/station-desk/bin/station-desk"
STARTS = re.compile(rf"{PROGRAM} ([^'\n]*)")


@pytest.mark.parametrize(
    "name", ["station-desk-district.service", "station-desk-district-backup.service", "Containerfile"]
)
def test_the_program_is_started_by_words_that_it_knows(name: str) -> None:
    text = (FILES / name).read_text("utf-8").replace('\\"', '"').removesuffix('"]\n')
    found = STARTS.findall(text)
    assert found, name
    for words in found:
        options = parser(Texts(paths.RESOURCES / "i18n", "en")).parse_args(shlex.split(words))
        assert (options.verb, options.what in {"serve", "backup"}) == ("district", True)


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    if not shutil.which("systemd-analyze"):
        pytest.skip("no systemd here")
    units = []
    for file in sorted(FILES.glob("station-desk-*")):
        # The program is not installed on this machine.
        (tmp_path / file.name).write_text(file.read_text("utf-8").replace(PROGRAM, "/bin/true"), "utf-8")
        units.append(str(tmp_path / file.name))
    assert len(units) == 3
    done = subprocess.run(["systemd-analyze", "verify", *units], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr, done.returncode) == ("", "", 0)


def test_the_container_holds_what_it_names() -> None:
    text = (FILES / "Containerfile").read_text("utf-8")
    assert "://" not in text.replace("http://127.0.0.1:8470", "").replace(
        "postgresql+psycopg://", ""
    ).replace("sqlite:////", "")
    assert (ROOT / "installer" / "requirements.lock").is_file()
    assert "USER station-desk" in text
