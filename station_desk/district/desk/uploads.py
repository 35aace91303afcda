"""A form with a file in it, as browsers send it (RFC 7578), read up to a limit and never put on a disk."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from station_desk.catalogue.edition.parcel import LARGEST
from station_desk.district.desk.reading import MOST_BYTES, MOST_FIELDS, read_form
from station_desk.district.doors import PARTS

MOST_BODY = LARGEST + 64 * 1024
MOST_SWALLOWED = 64 * 1024 * 1024
"""How much of a body that is too big is read and thrown away, so that the browser hears why it is refused."""

LONGEST_NAME = 100
_BOUNDARY = re.compile(r"boundary=(?:\"([^\"]{1,70})\"|([^\s;]{1,70}))", re.IGNORECASE)
_NAME = re.compile(rb"(?<![a-z])name=\"([^\"]*)\"", re.IGNORECASE)
_FILE = re.compile(rb"filename=\"([^\"]*)\"", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was sent; its name is only ever shown."""

    name: str
    content: bytes

    @property
    def told(self) -> str:
        """For the record: name, size, what it hashes to."""
        return f"{self.name} {len(self.content)} {hashlib.sha256(self.content).hexdigest()[:16]}"


@dataclass(frozen=True, slots=True)
class Sent:
    """What came: the fields, the file, or that it was too much."""

    form: Mapping[str, str]
    upload: Upload | None = None
    too_big: bool = False


def has_file(request: Request) -> bool:
    """Whether what is sent says that it may hold a file."""
    return request.headers.get("content-type", "").partition(";")[0].strip().lower() == PARTS


async def read_sent(request: Request, *, file_too: bool) -> Sent:
    """The fields and the file; from who may send none, nothing is kept."""
    if not has_file(request):
        return Sent(await read_form(request))
    most = MOST_BODY if file_too else 0
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= most:
            chunks.append(chunk)
        elif size > MOST_SWALLOWED:
            break
    if size > most:
        return Sent({}, too_big=file_too)
    return parted(request.headers["content-type"], b"".join(chunks))


def parted(content_type: str, body: bytes) -> Sent:
    """The parts of a body; what cannot be understood is an empty form."""
    found = _BOUNDARY.search(content_type)
    mark = (found[1] or found[2]).encode("latin-1", "replace") if found else b""
    if not mark or not body.startswith(b"--" + mark):
        return Sent({})
    form: dict[str, str] = {}
    upload = None
    for part in (b"\r\n" + body).split(b"\r\n--" + mark, MOST_FIELDS)[1:]:
        head, _, content = part.partition(b"\r\n\r\n")
        name = _NAME.search(head)
        if name is None:
            continue
        if file := _FILE.search(head):
            upload = Upload(_shown(file[1]), content)
        elif len(content) <= MOST_BYTES:
            form.setdefault(_text(name[1]), _text(content))
    return Sent({**form, "file": upload.told} if upload else form, upload)


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace").replace("\0", "")


def _shown(raw: bytes) -> str:
    """The last part of the name, without what a terminal or a page would make something of."""
    plain = re.split(r"[/\\]", _text(raw))[-1]
    return "".join(letter for letter in plain if letter.isprintable())[:LONGEST_NAME]
