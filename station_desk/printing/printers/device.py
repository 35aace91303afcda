"""Thermal printers on a cable: the bytes go into the device file of the printer as they are."""

import errno
import os
import select
import stat
from dataclasses import dataclass
from pathlib import Path

from station_desk.printing.printers.trouble import (
    BrokenOff,
    DeviceMissing,
    OutOfPaper,
    PrinterUnreachable,
    Stalled,
)

PIECE = 4096


@dataclass(frozen=True, slots=True)
class DevicePrinter:
    """A thermal printer behind a device file, such as `/dev/usb/lp0`; waited for `stall` seconds at most."""

    path: Path
    copies: int = 1
    stall: float = 5.0

    def send(self, paper: bytes, _name: str, /) -> None:
        """Print. Raises DeviceMissing, PrinterUnreachable, Stalled, BrokenOff, OutOfPaper."""
        device = self._open()
        try:
            self._give(device, paper * self.copies)
        finally:
            os.close(device)

    def _open(self) -> int:
        try:
            if os.name != "nt" and not stat.S_ISCHR(self.path.stat().st_mode):
                raise DeviceMissing(path=self.path)
            # Without waiting: a printer that is switched off must not hold the desk.
            ways = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_BINARY", 0)
            device = os.open(self.path, os.O_WRONLY | ways)
        except FileNotFoundError as error:
            raise DeviceMissing(path=self.path) from error
        except OSError as error:
            raise PrinterUnreachable(printer=self.path, why=error.strerror or str(error)) from error
        take_as_it_is(device)
        return device

    def _give(self, device: int, data: bytes) -> None:
        sent = 0
        while sent < len(data):
            self._wait(device, sent, len(data))
            try:
                sent += os.write(device, data[sent : sent + PIECE])
            except BlockingIOError:
                continue
            except OSError as error:
                if error.errno == errno.ENOSPC:
                    raise OutOfPaper(printer=self.path) from error
                raise BrokenOff(printer=self.path, sent=sent, size=len(data)) from error
        self._wait(device, sent, len(data))

    def _wait(self, device: int, sent: int, size: int) -> None:
        """Until the device takes more: at the end this says that the last piece has arrived."""
        if os.name != "nt" and not select.select([], [device], [], self.stall)[1]:
            raise Stalled(printer=self.path, sent=sent, size=size, seconds=round(self.stall))


def take_as_it_is(device: int) -> None:
    """A serial line is told to change no byte; what is none stays as it is."""
    if os.name != "nt" and os.isatty(device):
        import tty

        tty.setraw(device)
