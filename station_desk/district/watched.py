"""Watches every request: counts it, times it, writes its line. What handlers `note` goes into the line."""

import time
from typing import Any

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from station_desk.district.log_lines import LogLines
from station_desk.district.metrics import Metrics, Seen

NOTED = "station_desk.noted"
OTHER = "other"
METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})
"""Anybody may invent more: a word of a stranger never becomes one of ours."""


class Watched:
    """Sees each request when it comes and when its answer is out."""

    def __init__(self, app: ASGIApp, metrics: Metrics, log: LogLines | None) -> None:
        self._app = app
        self._metrics = metrics
        self._log = log

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = time.perf_counter()
        scope[NOTED] = {}
        status = 500

        async def send_watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_watched)
        finally:
            self._seen(scope, status, time.perf_counter() - began)

    def _seen(self, scope: Scope, status: int, seconds: float) -> None:
        noted: dict[str, Any] = scope[NOTED]
        method = scope["method"] if scope["method"] in METHODS else OTHER
        route = getattr(scope.get("route"), "path", OTHER)
        self._metrics.saw(Seen(route, method, status, seconds, noted))
        if self._log is not None:
            facts = {"method": method, "route": route, "status": status, "ms": round(seconds * 1000, 2)}
            self._log.write("request", facts | noted, "error" if status >= 500 else "info")


def note(request: Request, **facts: str | int) -> None:
    """Adds facts to the line of this request: codes and counts, never what a person is called."""
    request.scope.setdefault(NOTED, {}).update(facts)
