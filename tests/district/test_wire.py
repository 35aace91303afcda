"""Everything that may answer at the district's address and is not the district: offline, with the reason."""

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from station_desk.core.clock import now
from station_desk.core.errors import DeskError, OfflineError
from station_desk.protocol import signing
from station_desk.protocol.messages import VERSION, Hello, Marks
from station_desk.sync import trouble
from station_desk.sync.client import Wire, checked_address
from tests.district.wrong_server import Answer, WrongServer

DEVICE = "QSQ001.02.000000000000"
JSON = "application/json"


def _hello(url: str, patience: float = 10.0) -> Marks:
    with Wire(url, DEVICE, signing.new_key(), now, patience) as wire:
        return wire.hello(Hello(VERSION, ()))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Answer(200, "text/html", "<h1>请登录校园网</h1>".encode()), trouble.NotTheDistrict),
        (Answer(302, "text/html", b"", {"Location": "http://10.0.0.1/login"}), trouble.NotTheDistrict),
        (Answer(200, JSON, b'{"success":true}'), trouble.NotTheDistrict),
        (Answer(200, JSON, b'{"version":'), trouble.NotTheDistrict),
        (Answer(200, JSON, b"[" * 100_000), trouble.NotTheDistrict),
        (Answer(200, JSON, b""), trouble.NotTheDistrict),
        (Answer(200, JSON, b" " * (2 * 1024 * 1024)), trouble.NotTheDistrict),
        (Answer(401, "text/html", b"<h1>Proxy says no</h1>"), trouble.NotTheDistrict),
        (Answer(404, "text/plain", b"no such page"), trouble.NotTheDistrict),
        (Answer(407, "text/html", b""), trouble.NotTheDistrict),
        (Answer(511, "text/html", b""), trouble.NotTheDistrict),
        (Answer(502, "text/html", b"<h1>Bad Gateway</h1>"), trouble.DistrictInTrouble),
        (Answer(503, JSON, b'{"code":"sync.district_in_trouble"}'), trouble.DistrictInTrouble),
        (Answer(401, JSON, b'{"code":"sync.not_enrolled"}'), trouble.NotEnrolled),
        (Answer(401, JSON, b'{"code":"sync.revoked","detail":"lost"}'), trouble.Revoked),
        (Answer(403, JSON, b'{"code":"sync.writer_not_ours"}'), trouble.WriterNotOurs),
        (Answer(409, JSON, b'{"code":"sync.log_forked"}'), trouble.LogForked),
        (Answer(409, JSON, b'{"code":"sync.log_gap"}'), trouble.LogGap),
        (Answer(413, "text/html", b""), trouble.MessageTooBig),
        (Answer(426, JSON, b'{"code":"sync.version_refused","detail":"2"}'), trouble.VersionRefused),
        (Answer(400, JSON, b'{"code":"sync.invented_later"}'), trouble.MessageRefused),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else f"{value.status}-{len(value.body)}",
)
def test_every_answer_has_its_meaning(answer: Answer, expected: type[DeskError]) -> None:
    with WrongServer.answering(answer) as server, pytest.raises(DeskError) as raised:
        _hello(server.url)
    assert type(raised.value) is expected
    assert raised.value.values["server"] == server.url


def test_nobody_at_home_is_offline() -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(trouble.DistrictUnreachable):
            _hello(url)


def test_a_district_that_says_nothing_is_slow() -> None:
    with socket.create_server(("127.0.0.1", 0)) as deaf, pytest.raises(trouble.DistrictSlow):
        _hello(f"http://127.0.0.1:{deaf.getsockname()[1]}", patience=0.2)


@pytest.mark.parametrize(
    "said", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{", b"SSH-2.0-OpenSSH\r\n"]
)
def test_a_line_that_ends_in_the_middle_is_cut(said: bytes) -> None:
    with _blurting(said) as url, pytest.raises(trouble.ConnectionCut):
        _hello(url)


@pytest.mark.parametrize(
    "address",
    [
        "",
        "district.example",
        "ftp://x",
        "https://",
        "https://x/path",
        "https://u:p@x",
        "https://x?q",
        "http://[::1",
    ],
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(trouble.AddressNotUnderstood):
        checked_address(address)


@pytest.mark.parametrize(
    "address", ["http://district.example", "http://10.0.0.8:8080", "http://127.0.0.1.example"]
)
def test_cases_never_travel_in_plain_sight(address: str) -> None:
    with pytest.raises(trouble.AddressNotSafe):
        checked_address(address)


@pytest.mark.parametrize(
    "address", ["https://district.example/", "http://localhost:80", "http://127.0.0.1:1", "http://[::1]:8"]
)
def test_a_good_address_is_kept_without_its_slash(address: str) -> None:
    assert checked_address(f" {address} ") == address.rstrip("/")


class Authority:
    """A certificate authority of the test's own, and servers with certificates of all kinds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key = ec.generate_private_key(ec.SECP256R1())
        self.name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test authority")])
        self.file = folder / "authority.pem"
        own = self._certificate(self.name, self._key, -1, 1).add_extension(
            x509.BasicConstraints(ca=True, path_length=None), critical=True
        )
        self.file.write_bytes(self._signed(own))

    def server(self, host: str, first_day: int, last_day: int) -> ssl.SSLContext:
        """A server's TLS with a certificate for `host`, valid between these days from today."""
        key = ec.generate_private_key(ec.SECP256R1())
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, host)])
        address = x509.IPAddress(ipaddress.ip_address(host))
        certificate = self._certificate(name, key, first_day, last_day).add_extension(
            x509.SubjectAlternativeName([address]), critical=False
        )
        file = self._folder / "server.pem"
        secret = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        file.write_bytes(secret + self._signed(certificate))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file)
        return context

    def _certificate(
        self, subject: x509.Name, key: ec.EllipticCurvePrivateKey, first_day: int, last_day: int
    ) -> x509.CertificateBuilder:
        today = dt.datetime.now(dt.UTC)
        return (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(self.name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(today + dt.timedelta(first_day))
            .not_valid_after(today + dt.timedelta(last_day))
        )

    def _signed(self, certificate: x509.CertificateBuilder) -> bytes:
        return certificate.sign(self._key, hashes.SHA256()).public_bytes(serialization.Encoding.PEM)


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that this machine trusts."""
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", str(made.file))
    return made


ANSWER = Answer(200, JSON, b'{"version":1,"epoch":"e","time":"2026-11-20T12:00:00+08:00","marks":{}}')


def test_a_server_that_proves_itself_is_spoken_to(authority: Authority) -> None:
    with WrongServer.answering(ANSWER, authority.server("127.0.0.1", -1, 1)) as server:
        assert _hello(server.url).epoch == "e"
        assert server.asked > 0


@pytest.mark.parametrize(
    ("host", "first_day", "last_day", "expected"),
    [
        ("127.0.0.1", -400, -1, trouble.ClockOrCertificate),
        ("127.0.0.1", 1, 400, trouble.ClockOrCertificate),
        ("127.0.0.2", -1, 1, trouble.TlsFailed),
    ],
    ids=["expired", "not_yet_valid", "other_host"],
)
def test_nothing_is_sent_to_a_server_that_cannot_prove_itself(
    authority: Authority, host: str, first_day: int, last_day: int, expected: type[OfflineError]
) -> None:
    with WrongServer.answering(ANSWER, authority.server(host, first_day, last_day)) as server:
        with pytest.raises(OfflineError) as raised:
            _hello(server.url)
        assert type(raised.value) is expected
        assert server.asked == 0


def test_nothing_is_sent_to_a_server_of_an_unknown_authority(authority: Authority, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    stranger = Authority(tmp_path / "other")
    with WrongServer.answering(ANSWER, stranger.server("127.0.0.1", -1, 1)) as server:
        with pytest.raises(trouble.TlsFailed):
            _hello(server.url)
        assert server.asked == 0


def test_nothing_is_sent_to_a_plain_server_at_a_safe_address() -> None:
    with WrongServer.answering(ANSWER) as server:
        with pytest.raises(trouble.TlsFailed):
            _hello(server.url.replace("http:", "https:"))
        assert server.asked == 0


@contextmanager
def _blurting(said: bytes) -> Iterator[str]:
    """A server that says these bytes whatever it hears, and hangs up."""

    def blurt() -> None:
        connection, _ = door.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(said)
            connection.shutdown(socket.SHUT_WR)
            while connection.recv(65536):
                pass

    with socket.create_server(("127.0.0.1", 0)) as door:
        thread = threading.Thread(target=blurt)
        thread.start()
        yield f"http://127.0.0.1:{door.getsockname()[1]}"
        thread.join()
