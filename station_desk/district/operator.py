"""The doors for whoever runs the server: is it well, its figures, its description."""

import hmac
import ipaddress
import json
from collections.abc import Sequence

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute

from station_desk.district import web_said as said
from station_desk.district.district import District
from station_desk.district.doors import Door
from station_desk.district.metrics import Metrics, held
from station_desk.district.openapi import openapi

TEXT_FORM = "text/plain; version=0.0.4; charset=utf-8"
PASSED_ON = ("forwarded", "x-forwarded-for", "x-forwarded-host", "x-forwarded-proto", "x-real-ip", "via")
"""A proxy on this machine knocks from here as well: what it passes on comes from anywhere."""


class Operator:
    """Answers monitors. `token` opens the figures to other machines; without one they stay here."""

    def __init__(self, district: District, metrics: Metrics, token: str) -> None:
        self._district = district
        self._metrics = metrics
        self._token = token
        self._description = b""

    def routes(self) -> list[Door]:
        """The doors by their paths."""
        return [
            Door("/healthz", self.health, said.HEALTH),
            Door("/metrics", self.figures, said.METRICS),
            Door("/openapi.json", self.description, said.OPENAPI),
        ]

    def describe(self, routes: Sequence[BaseRoute]) -> None:
        """Notes what all doors say of themselves."""
        self._description = json.dumps(openapi(routes), ensure_ascii=False).encode()

    async def health(self, _request: Request) -> Response:
        """Whether the server and its database answer; says nothing else."""
        ask = self._district.read
        try:
            await run_in_threadpool(ask, lambda connection: connection.exec_driver_sql("SELECT 1").all())
        except (DBAPIError, PoolTimeoutError):
            return JSONResponse({"ok": False}, 503)
        return JSONResponse({"ok": True})

    async def figures(self, request: Request) -> Response:
        """The figures, to whom they are for; to all others there is no such page."""
        if not self._may_see(request):
            raise HTTPException(404)
        of_database = await run_in_threadpool(self._district.read, held)
        return Response(self._metrics.text(of_database), media_type=TEXT_FORM)

    async def description(self, _request: Request) -> Response:
        """What the server can be asked."""
        return Response(self._description, media_type="application/json")

    def _may_see(self, request: Request) -> bool:
        if self._token:
            shown = request.headers.get("authorization", "")
            return hmac.compare_digest(shown.encode(), f"Bearer {self._token}".encode())
        if any(name in request.headers for name in PASSED_ON):
            return False
        return request.client is not None and _is_this_machine(request.client.host)


def _is_this_machine(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
