"""Holds that the units and the container file start the program by words it knows; systemd takes them."""

import re
import shlex
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.main.grammar import parser
from tests.container_file import context, stages
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


def test_every_step_of_the_container_can_be_done() -> None:
    """Without an engine: what is copied is there, the lock pins what a server needs, the words fit together.
    `python -m tests.bench.container` does the steps.
    """
    made, shown = stages()
    assert made.all("COPY") == [". ."]
    assert {path.name for path in context()} >= {
        "pyproject.toml",
        "station_desk",
        "forms",
        "resources",
        "db",
        "installer",
    }
    assert [path.name for path in context() if path.name.startswith(".") or path.name == "tests"] == []
    (copied,) = shown.all("COPY")
    assert copied == f"--from={made.name} /opt/station-desk /opt/station-desk"
    assert "python -m venv /opt/station-desk" in made.last("RUN")
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    pinned = re.findall(
        r"^([A-Za-z0-9._-]*)==", (ROOT / "installer/requirements.lock").read_text("utf-8"), re.MULTILINE
    )
    for wanted in (
        *project["dependencies"],
        *project["optional-dependencies"]["district"],
        "hatchling",
        "editables",
    ):
        assert re.split(r"[\[<>=~!; ]", wanted)[0].lower().replace("_", "-") in pinned, wanted
    port = shown.last("EXPOSE")
    assert f"--port {port} " in shown.command("ENTRYPOINT")[-1]
    assert f":{port}/healthz" in shown.command("HEALTHCHECK")[-1]
    place = shown.last("VOLUME")
    assert f"--home-dir {place} --create-home" in shown.last("RUN")
    assert f"sqlite:///{place}/" in shown.environment()["STATION_DESK_DISTRICT_DB"]
    used = set(re.findall(r"\$(\w+)", shown.command("ENTRYPOINT")[-1]))
    assert used <= set(shown.environment())
    steps = [word for word, _ in shown.steps]
    assert steps.index("USER") > steps.index("RUN"), "the user is made before he is taken"
