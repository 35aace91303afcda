"""What a thief does with a stolen folder: looks for people in every byte, inside PDFs and archives too."""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

from station_desk.cases.parts import Applicant

pypdfium2: Any = import_module("pypdfium2")

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "gbk")
SURNAME, AREA, PREFIX = "欧阳", "110105", "1391234"
"""What all people made here have in common: it is looked for first, then each of them."""

GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华文玉红建国志海波"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True)
class Hit:
    """Somebody was found."""

    file: str
    encoding: str
    who: str


def people(count: int) -> list[Applicant]:
    """As many people as asked, each with a name, a number and a telephone of its own."""
    return [
        Applicant(
            f"{SURNAME}{GIVEN[place % len(GIVEN)]}{GIVEN[place // len(GIVEN)]}", "citizen_id", _id(place),
            f"{PREFIX}{place:04d}", "青石桥社区 3 组 12 号",
        )
        for place in range(count)
    ]  # fmt: skip


def hits(folders: list[Path], known: list[Applicant]) -> list[Hit]:
    """Everybody of the known people who stands in a file of the folders, or in a name of one."""
    told = {fact for who in known for fact in (who.name, who.id_number, who.phone)}
    found: list[Hit] = []
    for folder in folders:
        for file in folder.rglob("*"):
            found += _in_bytes(str(file), file.name.encode(), told)
            if file.is_file():
                for name, raw in unpacked(str(file), file.read_bytes()):
                    found += _in_bytes(name, raw, told)
    return found


def _in_bytes(name: str, raw: bytes, told: set[str]) -> Iterator[Hit]:
    for encoding in ENCODINGS:
        for mark in (SURNAME, AREA, PREFIX):
            begin = mark.encode(encoding)
            for place in re.finditer(re.escape(begin), raw):
                for length in (4, 11, 18):
                    size = len("0".encode(encoding)) if mark != SURNAME else len(begin) // len(SURNAME)
                    piece = raw[place.start() : place.start() + length * size]
                    text = piece.decode(encoding, "ignore")
                    if text in told:
                        yield Hit(name, encoding, text)


def unpacked(name: str, raw: bytes) -> Iterator[tuple[str, bytes]]:
    """The file as it is, and what is packed in it."""
    yield name, raw
    if raw.startswith(b"%PDF"):
        pages = pypdfium2.PdfDocument(raw)
        text = "".join(page.get_textpage().get_text_range() for page in pages)
        yield f"{name} (text)", text.encode()
    elif raw.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(raw)) as archive:
            for member in archive.namelist():
                yield from unpacked(f"{name}/{member}", archive.read(member))


def _id(place: int) -> str:
    body = f"{AREA}{1950 + place % 50}{place // 50 % 12 + 1:02d}{place % 28 + 1:02d}{place % 1000:03d}"
    rest = sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS, strict=True)) % 11
    return body + "10X98765432"[rest]
