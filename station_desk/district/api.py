"""The doors of the stations: enrol, hello, push, pull, keys. Answers are JSON; refusals have one shape."""

from contextlib import suppress
from typing import TypeVar

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from station_desk.core.clock import stamp
from station_desk.district.api_said import (
    CALL_BACKS,
    EDITION,
    EDITIONS,
    ENROL,
    HELLO,
    KEYS,
    PULL,
    PUSH,
    ROTATE,
    STATION,
    TAKEN,
)
from station_desk.district.call_backs import call_backs_of
from station_desk.district.district import District
from station_desk.district.doors import Door
from station_desk.district.enrolment import REPLACED, REVOKED, Device, enrol, glance_at_device, rotate
from station_desk.district.giving_back import answer_pull
from station_desk.district.handovers import answer_taken
from station_desk.district.keys import answer_keys
from station_desk.district.marks import answer_hello, require_version
from station_desk.district.offered import answer_editions, answer_piece
from station_desk.district.parted_logs import stopped
from station_desk.district.quarantine import keep
from station_desk.district.receive import receive
from station_desk.district.refused import Refused
from station_desk.district.station_said import answer_station
from station_desk.district.watched import note
from station_desk.protocol import packing, signing
from station_desk.protocol.editions import AskEditions, AskPiece, Editions, Piece
from station_desk.protocol.messages import (
    MEDIA_TYPE,
    MOST_BYTES,
    VERSION,
    AskCallBacks,
    AskKeys,
    AskTaken,
    CallBacks,
    CounterKeys,
    Enrol,
    Enrolled,
    Hello,
    Marks,
    Pull,
    Pulled,
    Push,
    Refusal,
    RefusalCode,
    RefusalOf,
    Rotate,
    Taken,
)
from station_desk.protocol.station_said import AskStation, StationByDistrict


class _Versioned(msgspec.Struct):
    version: int = VERSION


M = TypeVar(
    "M", Enrol, Hello, Push, Pull, AskKeys, AskTaken, AskCallBacks, AskEditions, AskPiece, AskStation, Rotate
)
Told = Enrolled | Marks | CounterKeys | Taken | Pulled | CallBacks | Editions | Piece | StationByDistrict
DOORS = "/v1/"
POST = ("POST",)
MOST_SWALLOWED = 64 * 1024 * 1024
"""How much of a body that is too big is read and thrown away, so that the sender hears why it is refused."""


class Api:
    """The doors of one district."""

    def __init__(self, district: District) -> None:
        self._district = district

    def routes(self) -> list[Door]:
        """The doors by their paths."""
        return [
            Door("/v1/enroll", self.enrol, ENROL, POST),
            Door("/v1/hello", self.hello, HELLO, POST),
            Door("/v1/push", self.push, PUSH, POST),
            Door("/v1/pull", self.pull, PULL, POST),
            Door("/v1/taken", self.taken, TAKEN, POST),
            Door("/v1/rotate", self.rotate, ROTATE, POST),
            Door("/v1/keys", self.keys, KEYS, POST),
            Door("/v1/call-backs", self.call_backs, CALL_BACKS, POST),
            Door("/v1/editions", self.editions, EDITIONS, POST),
            Door("/v1/edition", self.edition_piece, EDITION, POST),
            Door("/v1/station", self.station, STATION, POST),
        ]

    async def enrol(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._enrol, request, body)

    async def hello(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._hello, request, body)

    async def push(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._push, request, body)

    async def pull(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._pull, request, body)

    async def taken(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._taken, request, body)

    async def rotate(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._rotate, request, body)

    async def keys(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._keys, request, body)

    async def call_backs(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._call_backs, request, body)

    async def editions(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._editions, request, body)

    async def edition_piece(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._edition_piece, request, body)

    async def station(self, request: Request) -> Response:
        body = await _body(request)
        return await run_in_threadpool(self._station, request, body)

    def refusal(self, status: int, code: RefusalCode, detail: str = "") -> Response:
        """A refusal as the station gets it, with the district's time: a wrong PC clock shows itself."""
        return self.refused(Refused(status, code, detail))

    def refused(self, why: Refused) -> Response:
        """The same with what it is about."""
        time = stamp(self._district.clock())
        said = Refusal(why.code, why.detail, time)
        if why.writer:
            said = RefusalOf(why.code, why.detail, time, why.writer, why.seq, why.dossier)
        return Response(msgspec.json.encode(said), why.status, media_type=MEDIA_TYPE)

    def _enrol(self, request: Request, body: bytes) -> Response:
        return _answer(enrol(self._district, _decoded(request, body, Enrol)))

    def _hello(self, request: Request, body: bytes) -> Response:
        device = self._device(request, body)
        return _answer(answer_hello(self._district, device, _decoded(request, body, Hello)))

    def _push(self, request: Request, body: bytes) -> Response:
        device = self._signed_by(request, body)
        if device.retired == REVOKED:
            keep(self._district, device, _decoded(request, body, Push))
        _require_in_use(device)
        push = _decoded(request, body, Push)
        if (why := stopped(self._district, device, push)) is not None:
            keep(self._district, device, push)
            raise Refused(401, "sync.revoked", why)
        marks = receive(self._district, device, push)
        note(request, events=len(push.events), dossiers=len(push.dossiers))
        return _answer(marks)

    def _pull(self, request: Request, body: bytes) -> Response:
        device = self._device(request, body)
        return _answer(answer_pull(self._district, device, _decoded(request, body, Pull)))

    def _taken(self, request: Request, body: bytes) -> Response:
        device = self._device(request, body)
        return _answer(answer_taken(self._district, device, _decoded(request, body, AskTaken)))

    def _rotate(self, request: Request, body: bytes) -> Response:
        # A PC that was replaced by its own new key asks again when the answer was lost.
        device = self._signed_by(request, body)
        if device.retired != REPLACED:
            _require_in_use(device)
        asked = _decoded(request, body, Rotate)
        require_version(asked.version)
        return _answer(rotate(self._district, device, asked))

    def _keys(self, request: Request, body: bytes) -> Response:
        self._device(request, body)
        asked = _decoded(request, body, AskKeys)
        require_version(asked.version)
        return _answer(answer_keys(self._district, asked))

    def _call_backs(self, request: Request, body: bytes) -> Response:
        device = self._device(request, body)
        require_version(_decoded(request, body, AskCallBacks).version)
        return _answer(self._district.read(lambda connection: call_backs_of(connection, device.station)))

    def _editions(self, request: Request, body: bytes) -> Response:
        device = self._device(request, body)
        asked = _decoded(request, body, AskEditions)
        require_version(asked.version)
        return _answer(answer_editions(self._district, device, asked))

    def _edition_piece(self, request: Request, body: bytes) -> Response:
        self._device(request, body)
        asked = _decoded(request, body, AskPiece)
        require_version(asked.version)
        return _answer(answer_piece(self._district, asked))

    def _station(self, request: Request, body: bytes) -> Response:
        device = self._device(request, body)
        require_version(_decoded(request, body, AskStation).version)
        return _answer(self._district.read(lambda connection: answer_station(connection, device.station)))

    def _device(self, request: Request, body: bytes) -> Device:
        """Who signed the request. Raises Refused, also for a PC that was revoked or replaced."""
        device = self._signed_by(request, body)
        _require_in_use(device)
        return device

    def _signed_by(self, request: Request, body: bytes) -> Device:
        """The same, be it in use or not. Raises Refused alike for an unknown device and a wrong signature."""
        headers = {name: ", ".join(request.headers.getlist(name)) for name in signing.HEADERS}
        try:
            claimed = signing.signer_of(headers)
            device = glance_at_device(self._district.database, claimed)
            if device is None:
                raise Refused(401, "sync.not_enrolled")
            signing.verify(device.public_key, request.method, request.url.path, headers, body)
        except signing.SignatureRefused as error:
            raise Refused(401, "sync.not_enrolled") from error
        note(request, counter=f"{device.station}.{device.counter}")
        return device


def _require_in_use(device: Device) -> None:
    if device.retired:
        raise Refused(401, msgspec.convert(device.retired, RefusalCode), device.reason)


async def _body(request: Request) -> bytes:
    """The whole body. Raises Refused when it is too big, however it was announced."""
    chunks: list[bytes] = []
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size <= MOST_BYTES:
            chunks.append(chunk)
        elif size > MOST_SWALLOWED:
            break
    if size > MOST_BYTES:
        raise Refused(413, "sync.message_too_big", str(MOST_BYTES))
    return b"".join(chunks)


def _decoded(request: Request, body: bytes, shape: type[M]) -> M:
    if request.headers.get("content-type", "").partition(";")[0].strip() != MEDIA_TYPE:
        raise Refused(415, "sync.message_refused", "content-type")
    body = _plain(request.headers.get("content-encoding", "identity"), body)
    try:
        return msgspec.json.decode(body, type=shape)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        _require_version_of(body)
        raise Refused(400, "sync.message_refused", str(error)[:100]) from error


def _require_version_of(body: bytes) -> None:
    """Raises Refused for a message of a version that we do not speak, whatever its shape is."""
    with suppress(msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        require_version(msgspec.json.decode(body, type=_Versioned).version)


def _plain(coding: str, body: bytes) -> bytes:
    """The message out of a body that may be packed. Raises Refused."""
    if coding == "identity":
        return body
    if coding != packing.GZIP:
        raise Refused(415, "sync.message_refused", "content-encoding")
    try:
        return packing.unpacked(body, MOST_BYTES)
    except packing.TooBig as error:
        raise Refused(413, "sync.message_too_big", str(MOST_BYTES)) from error
    except packing.NotPacked as error:
        raise Refused(400, "sync.message_refused", "content-encoding") from error


def _answer(message: Told) -> Response:
    return Response(msgspec.json.encode(message), media_type=MEDIA_TYPE)
