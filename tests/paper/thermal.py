"""A thermal printer that only reads: it takes the bytes of a slip apart into text, codes and pictures.

It knows the commands that we use and no other: a byte that belongs to none of them is a fault of ours.
"""

from dataclasses import dataclass, field

from PIL import Image


@dataclass(frozen=True)
class Text:
    text: str
    align: str
    width: int
    height: int
    bold: bool

    @property
    def places(self) -> int:
        """How many places of a Latin letter of size 1 it takes on its line."""
        return sum(1 if char.isascii() else 2 for char in self.text) * self.width


@dataclass(frozen=True)
class QrCode:
    text: str
    module: int
    level: str


@dataclass(frozen=True)
class Barcode:
    text: str
    module: int
    height: int


@dataclass(frozen=True)
class Drawing:
    image: Image.Image
    align: str


@dataclass(frozen=True)
class Cut:
    pass


@dataclass(frozen=True)
class Question:
    pass


Seen = Text | QrCode | Barcode | Drawing | Cut | Question
ALIGNS = ("left", "centre", "right")


class NotOurs(AssertionError):
    """A byte that no command of ours begins with, or a command cut short."""


@dataclass
class Reader:
    """Reads a stream from the start; what a printer remembers of it are the fields."""

    data: bytes
    at: int = 0
    seen: list[Seen] = field(default_factory=list)
    line: bytearray = field(default_factory=bytearray)
    align: str = "left"
    width: int = 1
    height: int = 1
    bold: bool = False
    chinese: bool = False
    qr: dict[str, bytes] = field(default_factory=dict)
    bars: dict[str, int] = field(default_factory=dict)

    def read(self) -> list[Seen]:
        while self.at < len(self.data):
            byte = self.take(1)[0]
            match byte:
                case 0x0A:
                    self.end_line()
                case 0x1B:
                    self.esc(self.take(1))
                case 0x1C:
                    self.fs(self.take(1))
                case 0x1D:
                    self.gs(self.take(1))
                case _ if 0x20 <= byte < 0x7F:
                    self.line.append(byte)
                case _ if 0x81 <= byte <= 0xFE:
                    if not self.chinese:
                        raise NotOurs(f"a Chinese character at {self.at} outside of Chinese mode")
                    self.line += bytes([byte]) + self.take(1)
                case _:
                    raise NotOurs(f"{byte:#04x} at {self.at}")
        if self.line:
            raise NotOurs(f"the line {bytes(self.line)!r} never ends")
        return self.seen

    def take(self, count: int) -> bytes:
        part = self.data[self.at : self.at + count]
        if len(part) < count:
            raise NotOurs("the stream ends inside a command")
        self.at += count
        return part

    def end_line(self) -> None:
        if self.line:
            text = bytes(self.line).decode("gb18030")
            self.seen.append(Text(text, self.align, self.width, self.height, self.bold))
            self.line.clear()

    def esc(self, command: bytes) -> None:
        match command:
            case b"@":
                self.align, self.width, self.height, self.bold = "left", 1, 1, False
            case b"a":
                if self.line:
                    raise NotOurs("alignment in the middle of a line")
                self.align = ALIGNS[self.take(1)[0]]
            case b"E":
                self.bold = bool(self.take(1)[0])
            case b"3" | b"J":
                self.take(1)
            case _:
                raise NotOurs(f"ESC {command!r}")

    def fs(self, command: bytes) -> None:
        match command:
            case b"&":
                self.chinese = True
            case b"W":
                self.take(1)
            case _:
                raise NotOurs(f"FS {command!r}")

    def gs(self, command: bytes) -> None:
        match command:
            case b"!":
                size = self.take(1)[0]
                self.width, self.height = (size >> 4) + 1, (size & 15) + 1
            case b"V":
                assert self.take(2) == b"B\x00"
                self.seen.append(Cut())
            case b"r":
                assert self.take(1) == b"\x01"
                self.seen.append(Question())
            case b"(":
                self.symbol()
            case b"h" | b"w" | b"H":
                self.bars[command.decode()] = self.take(1)[0]
            case b"k":
                self.barcode()
            case b"v":
                self.drawing()
            case _:
                raise NotOurs(f"GS {command!r}")

    def symbol(self) -> None:
        assert self.take(1) == b"k"
        part = self.take(int.from_bytes(self.take(2), "little"))
        assert part[:1] == b"1"
        function, value = part[1:2].decode(), part[2:]
        self.qr[function] = value
        if function == "Q":
            assert value == b"0"
            assert self.qr["A"] == b"2\x00"
            assert self.qr["P"][:1] == b"0"
            level = "LMQH"[self.qr["E"][0] - 0x30]
            self.seen.append(QrCode(self.qr["P"][1:].decode(), self.qr["C"][0], level))

    def barcode(self) -> None:
        assert self.take(1) == b"I"
        data = self.take(self.take(1)[0])
        assert data[:2] == b"{B"
        assert self.bars["H"] == 0
        text = data[2:].decode("ascii").replace("{{", "{")
        self.seen.append(Barcode(text, self.bars["w"], self.bars["h"]))

    def drawing(self) -> None:
        assert self.take(2) == b"0\x00"
        wide, high = (int.from_bytes(self.take(2), "little") for _ in range(2))
        dots = bytes(byte ^ 0xFF for byte in self.take(wide * high))
        self.seen.append(Drawing(Image.frombytes("1", (wide * 8, high), dots), self.align))


def read_slip(data: bytes) -> list[Seen]:
    """What stands on the slip, from top to bottom."""
    if data[:2] != b"\x1b@":
        raise NotOurs("the stream does not begin with the start of the printer")
    return Reader(data).read()


def texts_of(seen: list[Seen]) -> list[str]:
    """The lines of text alone."""
    return [part.text for part in seen if isinstance(part, Text)]
