"""The wire to the district: signed, verified, never by another way than asked.

Nothing but an answer in the protocol's own shape counts as the district: a login page of the network, a
proxy's error page or a redirect is "offline, because…", and nothing is ever sent before the server has proved
who it is.
"""

import ipaddress
import ssl
from collections.abc import Iterator, Mapping
from types import TracebackType
from typing import Self, TypeVar
from urllib.parse import urlsplit

import httpx2
import msgspec

from station_desk.core.clock import Clock, stamp
from station_desk.core.errors import DeskError
from station_desk.protocol import packing, signing
from station_desk.protocol.editions import AskEditions, AskPiece, Editions, Piece
from station_desk.protocol.messages import (
    MEDIA_TYPE,
    OLDEST,
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
    RefusalOf,
    Rotate,
    SignedWord,
    Taken,
)
from station_desk.protocol.station_said import AskStation, StationByDistrict
from station_desk.sync import trouble as is_

M = TypeVar("M", Marks, Enrolled, CounterKeys, Taken, Pulled, CallBacks, Editions, Piece, StationByDistrict)

PATIENCE = 30.0
"""Seconds without a sign of life after which the district counts as too slow."""

MOST_CONNECT = 10.0
MOST_ANSWER = 1024 * 1024
NOT_YET_VALID, HAS_EXPIRED = 9, 10
"""X509_V_ERR_CERT_NOT_YET_VALID and X509_V_ERR_CERT_HAS_EXPIRED of OpenSSL."""

UNSIGNED = "unsigned"
BUSY = frozenset({429, 500, 502, 503, 504})


class Wire:
    """The way to one district for one enrolled device; use it in a `with`, in one thread at a time.

    With `district_key`, the district's public key (hex), only what it signed counts as its answer. Raises
    AddressNotUnderstood, AddressNotSafe; each call raises an OfflineError, an AuthError or an
    IntegrityError of `trouble.py`.
    """

    def __init__(
        self,
        server: str,
        device: str,
        key: str,
        clock: Clock,
        patience: float = PATIENCE,
        district_key: str = "",
    ) -> None:
        self.server = checked_address(server)
        self._device = device
        self._key = key
        self._line = _Line(self.server, clock, patience, district_key)
        self._packs = False
        self.version = VERSION
        """In which version of the protocol the two speak, once the district said hello."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Hangs up."""
        self._line.client.close()

    @property
    def word(self) -> str:
        """The last answer as it came with its signature; empty where the district's key is not known."""
        return self._line.word

    def hello(self, hello: Hello) -> Marks:
        """What the district holds now of all logs of this counter; an older one is asked in its own words."""
        try:
            marks = self._ask("/v1/hello", msgspec.json.encode(hello), Marks)
        except (is_.VersionRefused, is_.MessageRefused):
            if hello.version == OLDEST:
                raise
            self.version = OLDEST
            marks = self._ask("/v1/hello", msgspec.json.encode(Hello(OLDEST, hello.writers)), Marks)
        # A district of before does not say so, and would refuse what is packed.
        self._packs = packing.GZIP in marks.accepts
        return marks

    def push(self, encoded: bytes) -> Marks:
        """Sends an encoded Push; what the district holds after it."""
        return self._ask("/v1/push", encoded, Marks)

    def pull(self, asked: Pull) -> Pulled:
        """The next of what this counter wrote itself and the district holds."""
        return self._ask("/v1/pull", msgspec.json.encode(asked), Pulled)

    def taken(self, asked: AskTaken) -> Taken:
        """Which of the cases that were handed over another counter has now; an old district does not know."""
        return self._ask("/v1/taken", msgspec.json.encode(asked), Taken)

    def rotate(self, asked: Rotate) -> Enrolled:
        """Goes on with another key from now on."""
        return self._ask("/v1/rotate", msgspec.json.encode(asked), Enrolled)

    def keys(self, asked: AskKeys) -> CounterKeys:
        """A page of the keys of all counters of the district."""
        return self._ask("/v1/keys", msgspec.json.encode(asked), CounterKeys)

    def call_backs(self, asked: AskCallBacks) -> CallBacks:
        """Whom this station has to call back; asked only of a district that told their mark."""
        return self._ask("/v1/call-backs", msgspec.json.encode(asked), CallBacks)

    def editions(self, asked: AskEditions) -> Editions:
        """Which edition holds and which will; asked only of a district that told their mark."""
        return self._ask("/v1/editions", msgspec.json.encode(asked), Editions)

    def edition_piece(self, asked: AskPiece) -> Piece:
        """The next piece of the file of an edition."""
        return self._ask("/v1/edition", msgspec.json.encode(asked), Piece)

    def station(self, asked: AskStation) -> StationByDistrict:
        """What the district says of the station; asked only of one that told a mark of it."""
        return self._ask("/v1/station", msgspec.json.encode(asked), StationByDistrict)

    def _ask(self, path: str, body: bytes, shape: type[M]) -> M:
        coding = {}
        if self._packs and len(body) >= packing.WORTH_IT:
            body, coding = packing.packed(body), {"Content-Encoding": packing.GZIP}
        # Signed is what goes over the wire, as the digest of RFC 9530 wants it.
        headers = {**coding, **signing.sign(self._key, "POST", path, body, self._device)}
        return self._line.ask(path, body, headers, shape)


def enrol(server: str, asked: Enrol, clock: Clock) -> Enrolled:
    """Introduces this PC to the district with the one-time code; raises EnrolRefused, and as Wire does."""
    line = _Line(checked_address(server), clock, PATIENCE)
    with line.client:
        return line.ask("/v1/enroll", msgspec.json.encode(asked), {}, Enrolled)


def checked_address(server: str) -> str:
    """The address without a slash at its end.

    Raises AddressNotUnderstood for what is no `https://host[:port]`, AddressNotSafe for plain HTTP to another
    machine.
    """
    try:
        parts = urlsplit(server.strip())
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise is_.AddressNotUnderstood(address=server) from error
    extra = parts.path.strip("/") or parts.query or parts.fragment or parts.username or parts.password
    if parts.scheme not in ("http", "https") or not host or extra:
        raise is_.AddressNotUnderstood(address=server)
    if parts.scheme == "http" and not _is_this_machine(host):
        raise is_.AddressNotSafe(address=server)
    return f"{parts.scheme}://{parts.netloc}"


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


class _Line:
    """The connection to one server, and all that may come back from there or from something in between."""

    def __init__(self, server: str, clock: Clock, patience: float, district_key: str = "") -> None:
        self._server = server
        self._clock = clock
        self._district_key = district_key
        self.word = ""
        # The office's proxy is not asked for a server on this very machine: a transport of our own has none.
        # Plain HTTP, which goes to this machine only, needs no certificates: loading them takes the longest.
        address = urlsplit(server)
        here, plain = _is_this_machine(address.hostname or ""), address.scheme == "http"
        self.client = httpx2.Client(
            base_url=server, timeout=httpx2.Timeout(patience, connect=min(patience, MOST_CONNECT)),
            follow_redirects=False, transport=httpx2.HTTPTransport(verify=not plain) if here else None,
            headers={"Content-Type": MEDIA_TYPE, "Accept": MEDIA_TYPE, "Accept-Encoding": "identity"},
        )  # fmt: skip

    def ask(self, path: str, body: bytes, headers: dict[str, str], shape: type[M]) -> M:
        """Posts the body; the answer, when it is one of the district."""
        try:
            with self.client.stream("POST", path, content=body, headers=headers) as response:
                said = _read(response)
        except httpx2.TimeoutException as error:
            raise is_.DistrictSlow(server=self._server) from error
        except httpx2.TransportError as error:
            raise self._offline(error) from error
        if response.status_code != 200:
            raise self._refused(response, said, headers)
        self._require_the_district(response, said, headers)
        self.word = self._word(response, said, headers) if self._district_key else ""
        try:
            return msgspec.json.decode(said, type=shape)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise is_.NotTheDistrict(server=self._server, got=_kind(response)) from error

    def _require_the_district(self, response: httpx2.Response, said: bytes, asked: Mapping[str, str]) -> None:
        """Raises NotTheDistrict unless the key of the district signed this answer, where its key is known."""
        if not self._district_key:
            return
        signed = {name: response.headers.get(name, "") for name in signing.HEADERS}
        try:
            signing.verify_reply(self._district_key, response.status_code, signed, said, asked)
        except signing.SignatureRefused as error:
            raise is_.NotTheDistrict(server=self._server, got=f"{_kind(response)}, {UNSIGNED}") from error

    def _word(self, response: httpx2.Response, said: bytes, asked: Mapping[str, str]) -> str:
        signed = {name: response.headers.get(name, "") for name in signing.HEADERS}
        word = SignedWord(response.status_code, signed, said.decode("utf-8", "replace"), dict(asked))
        return msgspec.json.encode(word).decode()

    def _refused(self, response: httpx2.Response, said: bytes, asked: Mapping[str, str]) -> DeskError:
        server, status = self._server, response.status_code
        if status == 413:
            return is_.MessageTooBig(server=server, detail="")
        try:
            refusal = msgspec.json.decode(said, type=RefusalOf)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
            if status in BUSY:
                return is_.DistrictInTrouble(server=server, detail=str(status))
            return is_.NotTheDistrict(server=server, got=_kind(response))
        if status not in BUSY:
            self._require_the_district(response, said, asked)
        for code, trouble in is_.REFUSALS.items():
            if code == refusal.code:
                return trouble(server=server, detail=refusal.detail, **_place(refusal))
        return is_.MessageRefused(server=server, detail=refusal.code)

    def _offline(self, error: httpx2.TransportError) -> DeskError:
        server = self._server
        for cause in _causes(error):
            if isinstance(cause, ssl.SSLCertVerificationError):
                if cause.verify_code in (NOT_YET_VALID, HAS_EXPIRED):
                    return is_.ClockOrCertificate(server=server, clock=stamp(self._clock()))
                return is_.TlsFailed(server=server, why=cause.verify_message)
            if isinstance(cause, ssl.SSLError):
                return is_.TlsFailed(server=server, why=cause.reason or "TLS")
        if isinstance(error, httpx2.ConnectError | httpx2.ProxyError | httpx2.UnsupportedProtocol):
            return is_.DistrictUnreachable(server=server, why=str(error))
        return is_.ConnectionCut(server=server)


def _place(refusal: RefusalOf) -> dict[str, object]:
    """What of a log the refusal is about; nothing where the district does not say."""
    place: dict[str, object] = {"writer": refusal.writer} if refusal.writer else {}
    if refusal.seq or refusal.dossier:
        number = refusal.seq or refusal.dossier
        place |= {"of": "events" if refusal.seq else "dossiers", "first": number, "last": number}
    return place


def _read(response: httpx2.Response) -> bytes:
    """The answer, cut off where no answer of ours could be that long."""
    said = b""
    for chunk in response.iter_bytes():
        said += chunk
        if len(said) > MOST_ANSWER:
            return b""
    return said


def _kind(response: httpx2.Response) -> str:
    return f"{response.status_code} {response.headers.get('content-type', '')}".strip()


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = error
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__
