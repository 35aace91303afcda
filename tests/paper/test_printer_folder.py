"""The folder printer has the whole paper or nothing of it."""

import subprocess
import sys
from pathlib import Path

import pytest

from station_desk.printing.printers.folder import NO_ROOM, FolderFull, FolderPrinter, FolderUnwritable
from station_desk.printing.printers.printer import Printer

PAPER = b"%PDF-1.4 " + bytes(range(256)) * 100


def test_a_paper_lies_whole_in_the_folder_and_nothing_beside_it(tmp_path: Path) -> None:
    folder = tmp_path / "not" / "there yet"
    printer: Printer = FolderPrinter(folder)
    printer.send(PAPER, "受理回执 QSQ001-261120-02-0031-K")
    assert [(file.name, file.read_bytes()) for file in folder.iterdir()] == [
        ("受理回执 QSQ001-261120-02-0031-K.pdf", PAPER)
    ]


def test_a_paper_of_the_same_name_takes_the_place_of_the_older_one(tmp_path: Path) -> None:
    printer = FolderPrinter(tmp_path)
    printer.send(b"old", "one")
    printer.send(PAPER, "one")
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [PAPER]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no owner bits")
def test_only_its_owner_may_read_a_paper(tmp_path: Path) -> None:
    FolderPrinter(tmp_path).send(PAPER, "one")
    assert (tmp_path / "one.pdf").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "C:paper", "../up"])
def test_a_name_that_leads_elsewhere_is_a_mistake_of_ours(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValueError, match="no plain file name"):
        FolderPrinter(tmp_path).send(PAPER, name)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_named_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(FolderUnwritable) as caught:
        FolderPrinter(tmp_path / "file").send(PAPER, "one")
    assert caught.value.values["folder"] == tmp_path / "file"
    assert caught.value.values["reason"]


FILL_UP = """
import resource, sys
from pathlib import Path
from station_desk.printing.printers.folder import FolderFull, FolderPrinter

folder = Path(sys.argv[1])
printer = FolderPrinter(folder)
printer.send(b"old paper", "one")
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
try:
    printer.send(b"x" * 100_000, "one")
except FolderFull as full:
    print(full.values["folder"] == folder, *sorted(f"{f.name}={f.stat().st_size}" for f in folder.iterdir()))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="the limit that stands for a full disk is a POSIX one")
def test_a_disk_that_is_full_in_the_middle_leaves_the_older_paper_and_no_half_one(tmp_path: Path) -> None:
    command = [sys.executable, "-c", FILL_UP, str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "one.pdf=9"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device here that is always full")
def test_a_full_device_is_said_to_be_full(tmp_path: Path) -> None:
    error = OSError()
    try:
        with Path("/dev/full").open("wb", buffering=0) as full:
            full.write(b"x")
    except OSError as caught:
        error = caught
    assert error.errno in NO_ROOM
    assert FolderFull(folder=tmp_path, name="one").exit_code == 5
