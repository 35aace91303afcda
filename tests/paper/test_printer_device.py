"""A thermal printer on a cable gets every byte as it is, or the clerk hears why not.

A pseudo-terminal stands for the cable: a device file whose other end the test holds.
"""

import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from station_desk.printing.escpos.encode import slip_bytes
from station_desk.printing.printers.device import DevicePrinter
from station_desk.printing.printers.printer import Printer
from station_desk.printing.printers.trouble import BrokenOff, DeviceMissing, OutOfPaper, Stalled
from station_desk.printing.slip import ROLLS, Qr, Words
from tests.paper.thermal import Cut, read_slip

SLIP = slip_bytes([Words("社区公共服务站"), Qr("https://district.example/")], ROLLS["58mm"], "gb18030")
BIG = SLIP * 2000


@dataclass
class Cable:
    """A device file, and the end at which the printer would be."""

    path: Path
    end: int
    other: int

    def take(self, count: int) -> bytes:
        taken = b""
        while len(taken) < count:
            taken += os.read(self.end, 65536)
        return taken


@pytest.fixture
def cable() -> Iterator[Cable]:
    end, other = os.openpty()
    yield Cable(Path(os.ttyname(other)), end, other)
    for handle in (end, other):
        os.close(handle)


def test_a_slip_arrives_byte_by_byte(cable: Cable) -> None:
    printer: Printer = DevicePrinter(cable.path)
    printer.send(SLIP, "T261120-A001")
    assert cable.take(len(SLIP)) == SLIP


def test_much_paper_arrives_while_the_printer_takes_it(cable: Cable) -> None:
    taken: list[bytes] = []
    reader = threading.Thread(target=lambda: taken.append(cable.take(2 * len(BIG))))
    reader.start()
    DevicePrinter(cable.path, copies=2).send(BIG, "one")
    reader.join()
    assert taken == [BIG * 2]
    assert sum(isinstance(part, Cut) for part in read_slip(taken[0][: len(SLIP)])) == 1


def test_a_printer_that_takes_nothing_more_is_not_waited_for_for_ever(cable: Cable) -> None:
    with pytest.raises(Stalled) as caught:
        DevicePrinter(cable.path, stall=0.2).send(BIG, "one")
    assert 0 < int(str(caught.value.values["sent"])) < len(BIG)


def test_a_pulled_plug_in_mid_job_is_no_success(cable: Cable) -> None:
    def pull() -> None:
        os.read(cable.end, 4096)
        os.close(cable.end)
        cable.end = os.open(os.devnull, os.O_RDONLY)

    plug = threading.Thread(target=pull)
    plug.start()
    with pytest.raises(BrokenOff) as caught:
        DevicePrinter(cable.path).send(BIG, "one")
    plug.join()
    assert 0 < int(str(caught.value.values["sent"])) < len(BIG)


def test_no_device_and_no_such_file_are_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    for path in (tmp_path / "file", tmp_path, tmp_path / "nothing"):
        with pytest.raises(DeviceMissing) as caught:
            DevicePrinter(path).send(SLIP, "one")
        assert caught.value.values["path"] == path
    assert (tmp_path / "file").read_bytes() == b""


def test_a_printer_that_says_no_room_has_no_paper() -> None:
    with pytest.raises(OutOfPaper):
        DevicePrinter(Path("/dev/full")).send(SLIP, "one")
