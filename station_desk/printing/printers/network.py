"""Thermal printers in the network: the bytes go to port 9100 as they are.

The network card of a printer takes a whole slip within a millisecond, whether the printer prints it or not.
So the slip ends with a question that the printer answers when it has printed all before it.
"""

import socket
import time
from dataclasses import dataclass

from station_desk.printing.escpos.commands import ASK, NOT_AN_ANSWER, out_of_paper
from station_desk.printing.printers.trouble import (
    BrokenOff,
    NoAnswer,
    OutOfPaper,
    PrinterUnreachable,
    Stalled,
)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a thermal printer is waited for, in seconds."""

    connect: float = 3.0
    stall: float = 5.0
    whole: float = 30.0
    answer: float = 8.0
    parting: float = 1.0


@dataclass(frozen=True, slots=True)
class NetworkPrinter:
    """A thermal printer at a host and port. `answers`: it understands the question at the end."""

    host: str
    port: int
    copies: int = 1
    answers: bool = True
    patience: Patience = Patience()

    @property
    def place(self) -> str:
        """The printer as people name it."""
        return f"{self.host}:{self.port}"

    def send(self, paper: bytes, _name: str, /) -> None:
        """Print. Raises PrinterUnreachable, Stalled, BrokenOff, NoAnswer, OutOfPaper, and soon."""
        try:
            line = socket.create_connection((self.host, self.port), self.patience.connect)
        except OSError as error:
            raise PrinterUnreachable(printer=self.place, why=error.strerror or str(error)) from error
        with line:
            data = paper * self.copies + (ASK if self.answers else b"")
            self._give(line, data)
            if self.answers:
                self._await_answer(line, len(data))
            else:
                self._part(line, len(data))

    def _give(self, line: socket.socket, data: bytes) -> None:
        until = time.monotonic() + self.patience.whole
        line.settimeout(self.patience.stall)
        sent = 0
        while sent < len(data):
            try:
                sent += line.send(memoryview(data)[sent:])
            except TimeoutError as error:
                raise self._stalled(sent, data, self.patience.stall) from error
            except OSError as error:
                raise BrokenOff(printer=self.place, sent=sent, size=len(data)) from error
            if sent < len(data) and time.monotonic() > until:
                raise self._stalled(sent, data, self.patience.whole)

    def _await_answer(self, line: socket.socket, size: int) -> None:
        until = time.monotonic() + self.patience.answer
        while (left := until - time.monotonic()) > 0:
            line.settimeout(left)
            try:
                said = line.recv(1)
            except TimeoutError:
                break
            except OSError as error:
                raise BrokenOff(printer=self.place, sent=size, size=size) from error
            if not said:
                raise BrokenOff(printer=self.place, sent=size, size=size)
            if not said[0] & NOT_AN_ANSWER:
                if out_of_paper(said[0]):
                    raise OutOfPaper(printer=self.place)
                return
        raise NoAnswer(printer=self.place, seconds=round(self.patience.answer))

    def _part(self, line: socket.socket, size: int) -> None:
        """Says goodbye, and hears whether the printer had gone before it had everything."""
        line.settimeout(self.patience.parting)
        try:
            line.shutdown(socket.SHUT_WR)
            while line.recv(64):
                pass
        except TimeoutError:
            if not_taken(line):
                raise Stalled(
                    printer=self.place, sent=size - not_taken(line), size=size,
                    seconds=round(self.patience.parting),
                ) from None  # fmt: skip
        except OSError as error:
            raise BrokenOff(printer=self.place, sent=size, size=size) from error

    def _stalled(self, sent: int, data: bytes, seconds: float) -> Stalled:
        return Stalled(printer=self.place, sent=sent, size=len(data), seconds=round(seconds))


def not_taken(line: socket.socket) -> int:
    """How many bytes the other side has not confirmed yet; 0 where the system does not tell."""
    try:
        import fcntl
        import struct
        import termios
    except ImportError:
        return 0
    (count,) = struct.unpack("i", fcntl.ioctl(line, termios.TIOCOUTQ, b"\0\0\0\0"))
    return int(count)
