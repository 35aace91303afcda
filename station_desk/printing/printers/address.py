"""How a printer is named in a setting: where it stands, and so which language it speaks.

folder                      the papers folder of the profile
folder:/srv/papers          another folder
system:Receipts             a printer of this system: a queue of CUPS, a printer of Windows
ipp://host:631/ipp/print    a printer or a print server in the network that takes PDF
tcp://host:9100             a thermal printer in the network
device:/dev/usb/lp0         a thermal printer on a cable
"""

import re
from dataclasses import dataclass
from pathlib import PurePosixPath, PureWindowsPath
from typing import Literal

from station_desk.core.errors import RuleError

Kind = Literal["folder", "system", "ipp", "tcp", "device"]
Speech = Literal["pdf", "escpos"]

IPP_PORT, RAW_PORT, HIGHEST_PORT = 631, 9100, 65535
IN_NETWORK = re.compile(r"//(\[[0-9A-Fa-f:.]+\]|[0-9A-Za-z._-]+)(?::([0-9]{1,5}))?(/[^\s?#]*)?", re.ASCII)
LONGEST = 200


class AddressNotUnderstood(RuleError):
    """It names no printer. Values: address."""

    code = "printer.address_not_understood"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a printer stands. `name` is a folder, a queue, a device or a host; the rest is of the network."""

    kind: Kind
    name: str
    port: int = 0
    path: str = ""

    @property
    def speech(self) -> Speech:
        """What the printer understands."""
        return "escpos" if self.kind in ("tcp", "device") else "pdf"


def read_address(text: str) -> Address:
    """The address in a text. Raises AddressNotUnderstood."""
    text = text.strip()
    scheme, _, rest = text.partition(":")
    if text.isprintable() and len(text) <= LONGEST:
        match scheme:
            case "folder" if not rest or _is_full_path(rest):
                return Address("folder", rest)
            case "system" if rest.strip():
                return Address("system", rest.strip())
            case "device" if _is_full_path(rest):
                return Address("device", rest)
            case "ipp" if found := _in_network(rest):
                return Address("ipp", found[1].strip("[]"), int(found[2] or IPP_PORT), found[3] or "/")
            case "tcp" if (found := _in_network(rest)) and found[3] in (None, "/"):
                return Address("tcp", found[1].strip("[]"), int(found[2] or RAW_PORT))
            case _:
                pass
    raise AddressNotUnderstood(address=text[:LONGEST])


def _in_network(rest: str) -> re.Match[str] | None:
    found = IN_NETWORK.fullmatch(rest)
    return found if found and (found[2] is None or 0 < int(found[2]) <= HIGHEST_PORT) else None


def _is_full_path(text: str) -> bool:
    return PurePosixPath(text).is_absolute() or PureWindowsPath(text).is_absolute()
