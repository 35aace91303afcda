"""Where questions about queues go: CUPS on this machine, a print server, or a printer in the network."""

import os
import socket
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import quote

from station_desk.printing.printers import ipp

LOCAL_SOCKET = Path("/run/cups/cups.sock")
LOCAL_PORT = 631
LONGEST_ANSWER = 4 * 1024 * 1024
HTTP_OK = 200


class SpoolerSilent(Exception):
    """It does not answer, or not in its language; the text says how."""


@dataclass(frozen=True, slots=True)
class Spooler:
    """A host and port, or the socket of this machine's CUPS in the file system."""

    host: str = ""
    port: int = LOCAL_PORT
    file: Path = LOCAL_SOCKET

    def ask(self, path: str, message: bytes, seconds: float) -> ipp.Answer:
        """The answer to a message. Raises SpoolerSilent."""
        line = self._line(seconds)
        try:
            line.request("POST", path, message, {"Content-Type": "application/ipp"})
            response = line.getresponse()
            if response.status != HTTP_OK:
                raise SpoolerSilent(f"HTTP {response.status}")
            return ipp.read_answer(response.read(LONGEST_ANSWER))
        except OSError as error:
            raise SpoolerSilent(error.strerror or str(error)) from error
        except (HTTPException, ipp.IppNotUnderstood) as error:
            raise SpoolerSilent(str(error) or type(error).__name__) from error
        finally:
            line.close()

    def uri(self, path: str) -> str:
        """A printer as the protocol names it."""
        host = self.host or "localhost"
        return f"ipp://{f'[{host}]' if ':' in host else host}:{self.port}{path}"

    def queue_names(self, seconds: float) -> list[str]:
        """The queues that CUPS has; none where it does not answer."""
        asked = [ipp.Attribute(ipp.KEYWORD, "requested-attributes", ("printer-name",))]
        try:
            answer = self.ask("/", ipp.question(ipp.Operation.GET_PRINTERS, "", asked), seconds)
        except SpoolerSilent:
            return []
        return answer.texts("printer-name")

    def _line(self, seconds: float) -> HTTPConnection:
        if self.host:
            return HTTPConnection(self.host, self.port, timeout=seconds)
        return LocalConnection(self.file, seconds)


class LocalConnection(HTTPConnection):
    """A line through a socket in the file system."""

    def __init__(self, file: Path, seconds: float) -> None:
        super().__init__("localhost", timeout=seconds)
        self._file = file
        self._seconds = seconds

    def connect(self) -> None:
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(self._seconds)
        self.sock.connect(str(self._file))


def local_spooler() -> Spooler:
    """This machine's CUPS, or the one that `CUPS_SERVER` names, as for every other program."""
    asked = os.environ.get("CUPS_SERVER", "").partition("/version=")[0]
    if asked.startswith("/"):
        return Spooler(file=Path(asked))
    host, _, port = asked.partition(":")
    if host:
        return Spooler(host, int(port) if port.isdecimal() else LOCAL_PORT)
    return Spooler() if LOCAL_SOCKET.exists() else Spooler("localhost")


def queue_path(name: str) -> str:
    """The path of a queue of CUPS by its name."""
    return f"/printers/{quote(name, safe='')}"
