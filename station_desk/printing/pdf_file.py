"""Writes the objects of a PDF one after the other, so that any reader, of today or later, finds each again.

Plain bytes with a plain table of where things are (ISO 32000-1, 7.5), as the archive wants them: every stream
and object on lines of its own, nothing said twice, no date, and an identifier that follows from the content.
"""

import zlib
from collections.abc import Sequence
from hashlib import sha256

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"
"""The second line tells programs that look at the first bytes that the file is no text."""

FREE = b"0000000000 65535 f \n"


class PdfFile:
    """The objects so far, numbered from 1; a number may be given out before its object is there."""

    def __init__(self) -> None:
        self._objects: list[bytes] = []

    def reserve(self) -> int:
        """A number whose object comes later."""
        self._objects.append(b"")
        return len(self._objects)

    def put(self, number: int, body: str) -> int:
        """The object of a number that was reserved."""
        self._objects[number - 1] = body.encode("ascii")
        return number

    def add(self, body: str) -> int:
        """One more object; its number."""
        return self.put(self.reserve(), body)

    def add_packed(self, content: bytes, keys: str = "") -> int:
        """A stream, compressed."""
        return self.add_stream(zlib.compress(content), f"/Filter/FlateDecode{keys}")

    def add_stream(self, content: bytes, keys: str) -> int:
        """A stream as it is."""
        number = self.reserve()
        head = f"<<{keys}/Length {len(content)}>>\nstream\n".encode("ascii")
        self._objects[number - 1] = b"".join((head, content, b"\nendstream"))
        return number

    def whole(self, root: int, info: int) -> bytes:
        """The finished file; its identifier is made of all that is in it: the same file has the same one."""
        parts, places, at = [HEADER], [], len(HEADER)
        for number, body in enumerate(self._objects, 1):
            part = b"%d 0 obj\n%b\nendobj\n" % (number, body)
            parts.append(part)
            places.append(at)
            at += len(part)
        name = sha256(b"".join(parts)).hexdigest()[:32].upper()
        parts.append(_table(places))
        parts.append(
            f"trailer\n<</Size {len(places) + 1}/Root {root} 0 R/Info {info} 0 R/ID[<{name}><{name}>]>>\n"
            f"startxref\n{at}\n%%EOF\n".encode("ascii")
        )
        return b"".join(parts)


def text(words: str) -> str:
    """A text for people, in the one encoding of PDF that holds all of Unicode."""
    return f"<FEFF{words.encode('utf-16-be').hex().upper()}>"


def _table(places: Sequence[int]) -> bytes:
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    return b"xref\n0 %d\n" % (len(places) + 1) + FREE + rows
