"""Serves the page of the hall to a television in the building: read-only, least data, nothing from outside.

Python's own server: a counter PC has no other installed, and one or two televisions need none. Beyond this
machine every address begins with an access code.
"""

import hmac
import re
import socket
from collections.abc import Callable, Mapping
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from string import Template
from threading import BoundedSemaphore
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlsplit

from station_desk.core import paths
from station_desk.counter.hall.settings import voices_of
from station_desk.counter.hall.voice import announcement
from station_desk.main.hall.state import HallState
from station_desk.printing.codes import qr
from station_desk.ui.hall.palette import HALL_PALETTES

WEB, FONTS, SOUNDS = (paths.RESOURCES / name for name in ("web", "fonts", "sounds"))
PATIENCE_SECONDS = 20.0
SLOW_SECONDS = 30
MOST_WAITING = 24
"""So many televisions wait at a time; one more is answered at once."""

NEVER, DAY = "no-store", "private, max-age=86400"
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; media-src 'self';"
        " font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # The address holds the access code.
    "Referrer-Policy": "no-referrer",
}
FILES: Mapping[str, tuple[str, str]] = {
    "hall.js": ("text/javascript; charset=utf-8", NEVER),
    "icon.svg": ("image/svg+xml", DAY),
    "NotoSansSC-Common-Regular.ttf": ("font/ttf", DAY),
    "NotoSansSC-Common-Bold.ttf": ("font/ttf", DAY),
}
SOUND = re.compile(r"sound/([A-Z]{1,2}\d{1,4})-(\d{1,2})\.wav")
LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})

Answer = tuple[str, bytes, str]
"""The type, the bytes, and how long they may be kept."""


class HallServer(ThreadingHTTPServer):
    """One server; `code` begins every address, none on this machine only; `names` are its hosts."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, host: str, port: int, code: str, state: HallState) -> None:
        if ":" in host:
            self.address_family = socket.AF_INET6
        self.code, self.state = code, state
        self.names = LOCAL | {host}
        self.waiting = BoundedSemaphore(MOST_WAITING)
        super().__init__((host, port), _Handler)

    def server_bind(self) -> None:
        """Without asking any name server who we are, as Python's own does."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.socket.bind(self.server_address)
        self.server_address = self.socket.getsockname()
        self.server_name, self.server_port = str(self.server_address[0]), int(self.server_address[1])

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A television that was switched off in the middle of an answer is no trouble."""

    @property
    def prefix(self) -> str:
        """How every path begins."""
        return f"/{self.code}/" if self.code else "/"


class _Handler(BaseHTTPRequestHandler):
    timeout: ClassVar[float | None] = SLOW_SECONDS
    protocol_version = "HTTP/1.1"
    server_version = "station-desk"
    sys_version = ""

    def do_GET(self) -> None:
        """Answers one of the few addresses there are."""
        asked = urlsplit(self.path)
        answer = self._answer(asked.path, parse_qs(asked.query)) if self._is_welcome() else None
        kind, body, kept = answer or ("text/plain; charset=utf-8", b"404\n", NEVER)
        self.send_response(200 if answer else 404)
        for name, value in {**HEADERS, "Content-Type": kind, "Cache-Control": kept}.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the name of the class above
        """Nothing: the address holds the access code."""

    def _is_welcome(self) -> bool:
        """Without a code only who asks for this machine by name: no page of elsewhere may look in here."""
        if self._hall().code:
            return True
        host = urlsplit("//" + self.headers.get("Host", "")).hostname
        return host in self._hall().names

    def _hall(self) -> HallServer:
        assert isinstance(self.server, HallServer)
        return self.server

    def _answer(self, path: str, wishes: Mapping[str, list[str]]) -> Answer | None:
        prefix = self._hall().prefix
        if not hmac.compare_digest(path[: len(prefix)].encode(), prefix.encode()):
            return None
        name, state = path[len(prefix) :], self._hall().state
        theme = wishes.get("theme", [""])[0]
        told: dict[str, Callable[[], Answer]] = {
            "": lambda: ("text/html; charset=utf-8", page(state, theme), NEVER),
            "hall.css": lambda: ("text/css; charset=utf-8", style(state, theme), NEVER),
            "pages.json": lambda: ("application/json", state.turning(), NEVER),
            "board.json": lambda: ("application/json", self._board(wishes.get("seen", [""])[0]), NEVER),
        }
        if name in told:
            return told[name]()
        if name in FILES:
            kind, kept = FILES[name]
            return kind, ((FONTS if name.endswith(".ttf") else WEB) / name).read_bytes(), kept
        if name == "qr.svg" and (url := state.guide_url()):
            return "image/svg+xml", qr_svg(url), NEVER
        return sound(state, name)

    def _board(self, seen: str) -> bytes:
        hall = self._hall()
        free = hall.waiting.acquire(blocking=False)
        try:
            return hall.state.board(seen, PATIENCE_SECONDS if free else 0)
        finally:
            if free:
                hall.waiting.release()


def page(state: HallState, theme: str) -> bytes:
    """The page, still empty: everything on it comes from the two JSON texts."""
    seen = state.seen()
    language = seen.languages[0]
    title = seen.texts[language]("hall.button")
    values = {"language": language, "theme": _theme(state, theme), "title": title}
    return Template((WEB / "hall.html").read_text("utf-8")).substitute(values).encode()


def style(state: HallState, theme: str) -> bytes:
    """The style sheet with the colours of the theme."""
    colours = HALL_PALETTES[_theme(state, theme)]._asdict()
    return Template((WEB / "hall.css").read_text("utf-8")).safe_substitute(colours).encode()


def qr_svg(text: str) -> bytes:
    """The QR of an address with its quiet zone."""
    symbol = qr(text)
    side = symbol.columns + 2 * symbol.quiet
    runs = (line.split() for line in symbol.path.splitlines())
    path = "".join(
        f"M{int(x) + symbol.quiet} {symbol.rows - int(y) - int(h) + symbol.quiet}h{w}v{h}h-{w}z"
        for x, y, w, h, _ in runs
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges">'
        f'<path fill="#fff" d="M0 0h{side}v{side}h-{side}z"/><path d="{path}"/></svg>'
    ).encode()


def sound(state: HallState, name: str) -> Answer | None:
    """The chime, or a call as the window says it."""
    seen = state.seen()
    settings = seen.settings
    if name == "sound/chime.wav":
        return "audio/wav", _said("", "", (), settings.volume), NEVER
    if found := SOUND.fullmatch(name):
        voices = voices_of(settings, seen.languages[0])
        return "audio/wav", _said(found[1], found[2], voices, settings.volume), NEVER
    return None


@lru_cache(maxsize=32)
def _said(number: str, counter: str, voices: tuple[Any, ...], volume: int) -> bytes:
    return announcement(SOUNDS, number, counter, voices, volume)


def _theme(state: HallState, asked: str) -> Any:
    return asked if asked in HALL_PALETTES else state.seen().settings.theme
