"""The headers that every answer carries: nothing is stored, framed, indexed or passed on."""

from collections.abc import Mapping

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

HEADERS: Mapping[str, str] = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
}
TWO_YEARS = "max-age=63072000"


class SafeAnswers:
    """Adds the headers to every answer of the app inside, where they are not there yet."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                put_headers(scope, MutableHeaders(scope=message))
            await send(message)

        await self._app(scope, receive, send_safely)


def put_headers(scope: Scope, headers: MutableHeaders) -> None:
    """Adds what is missing. HSTS only where the resident came by TLS: here, or at the proxy before us."""
    for name, value in HEADERS.items():
        headers.setdefault(name, value)
    if scope["type"] == "http" and _came_by_tls(scope):
        headers.setdefault("Strict-Transport-Security", TWO_YEARS)


def _came_by_tls(scope: Scope) -> bool:
    told = dict(scope["headers"]).get(b"x-forwarded-proto", b"")
    return scope["scheme"] == "https" or bytes(told).lower() == b"https"
