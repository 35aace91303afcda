"""The district's server: doors for the stations, pages for the residents, and what each says in trouble."""

import logging
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect, Request
from starlette.responses import PlainTextResponse, Response

from station_desk.cases.rating import mend_by
from station_desk.core import paths
from station_desk.counter.staff.hashing import Hashing, hashing_here
from station_desk.district import web_said as said
from station_desk.district.api import DOORS, Api
from station_desk.district.desk.door import DeskDoor
from station_desk.district.desk.sign_in_web import SignInWeb
from station_desk.district.district import District
from station_desk.district.doors import Door
from station_desk.district.guesses import Guesses
from station_desk.district.guide_web import GuideWeb
from station_desk.district.log_lines import LogLines
from station_desk.district.metrics import Metrics
from station_desk.district.operator import Operator
from station_desk.district.published import Published
from station_desk.district.rating_web import RATE, RatingWeb
from station_desk.district.refused import Refused
from station_desk.district.safety import SafeAnswers, put_headers
from station_desk.district.signed_answers import SignedAnswers
from station_desk.district.station_web import StationWeb
from station_desk.district.traces import glance_at_trace, shown_since
from station_desk.district.watched import Watched, note
from station_desk.district.web import KEPT, Web
from station_desk.district.wishes import wishes_of

log = logging.getLogger(__name__)
NOBODY = "unknown"


def make_app(
    district: District,
    ticks: Callable[[], float] = time.monotonic,
    forms: Path = paths.FORMS,
    hashing: Callable[[], Hashing] = hashing_here,
    *,
    log_lines: LogLines | None = None,
    metrics_token: str = "",
) -> Starlette:
    """The server of an open district as an ASGI app; `ticks` counts seconds for slowing down guesses.

    `forms` is the folder that the public guide shows until an edition is put in force, `hashing` what
    passwords of the district desk become, `metrics_token` what a monitor elsewhere must show.
    """
    metrics = Metrics()
    api, web = Api(district), Web(district.name)
    operator = Operator(district, metrics, metrics_token)
    published = Published(district, forms, ticks)

    def due(day: date) -> date:
        return mend_by(published.calendar(), day)

    residents, trouble = Residents(district, web, Guesses(ticks), due), Trouble(api, web)
    stations = StationWeb(district, web, published, ticks)
    guide = GuideWeb(web, published, district.clock, district.public_url)
    signing_in = SignInWeb(district, web, hashing, ticks)
    desk = DeskDoor(district, web, published)
    app = Starlette(
        routes=[
            *api.routes(),
            *residents.routes(),
            *guide.routes(),
            *stations.routes(),
            *signing_in.routes(),
            *desk.routes(),
            *operator.routes(),
        ],
        middleware=[
            Middleware(Watched, metrics=metrics, log=log_lines),
            Middleware(SafeAnswers),
            Middleware(SignedAnswers, key=district.identity.sign, below=DOORS),
        ],
        exception_handlers={
            Refused: trouble.refused,
            HTTPException: trouble.no_such_door,
            OperationalError: trouble.no_database,
            InterfaceError: trouble.no_database,
            PoolTimeoutError: trouble.no_database,
            ClientDisconnect: trouble.gone,
            Exception: trouble.bug,
        },
    )
    app.router.redirect_slashes = False
    operator.describe(app.routes)
    return app


class Residents:
    """What anybody may ask with a browser."""

    def __init__(
        self, district: District, web: Web, guesses: Guesses, mend_by: Callable[[date], date]
    ) -> None:
        self._district = district
        self._web = web
        self._guesses = guesses
        self._ratings = RatingWeb(district, web, self.unknown, mend_by)

    def routes(self) -> list[Door]:
        """The pages by their paths."""
        return [
            Door("/", self.home, said.HOME),
            Door("/t/{token}", self.track, said.TRACK),
            Door("/t/{token}", self._ratings.take, said.RATE, ("POST",)),
            Door("/web/{name}", self.file, said.FILE),
            Door("/robots.txt", self.robots, said.ROBOTS),
        ]

    async def home(self, request: Request) -> Response:
        return self._web.home(wishes_of(request))

    async def track(self, request: Request) -> Response:
        """Where a case stands, or with `?rate` the form to rate it.

        Unknown, not yet arrived and no longer valid cannot be told apart.
        """
        if RATE in request.query_params:
            return await self._ratings.show(request)
        since = shown_since(self._district.clock())
        database, token = self._district.database, request.path_params["token"]
        if database.glances and database.glances.is_quick:
            found = glance_at_trace(database, token, since)
        else:
            found = await run_in_threadpool(glance_at_trace, database, token, since)
        wishes = wishes_of(request)
        if found is not None:
            return self._web.track(*found, wishes)
        return self.unknown(request)

    def unknown(self, request: Request) -> Response:
        """The one answer for every token that leads nowhere; whoever tries many has to wait."""
        wishes = wishes_of(request)
        wait = self._guesses.seconds_to_wait(request.client.host if request.client else NOBODY)
        if not wait:
            return self._web.message("unknown", 404, wishes)
        answer = self._web.message("many", 429, wishes)
        answer.headers["Retry-After"] = str(wait)
        return answer

    async def file(self, request: Request) -> Response:
        file = self._web.files.get(request.path_params["name"])
        if file is None:
            raise HTTPException(404)
        return Response(file.content, media_type=file.media_type, headers={"Cache-Control": KEPT})

    async def robots(self, _request: Request) -> Response:
        return PlainTextResponse("User-agent: *\nAllow: /guide\nAllow: /station\nAllow: /web/\nDisallow: /\n")


class Trouble:
    """What the server says when something did not go: JSON to stations, a page to residents, no traceback."""

    def __init__(self, api: Api, web: Web) -> None:
        self._api = api
        self._web = web

    def refused(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, Refused)
        note(request, refused=error.code)
        return self._api.refused(error)

    def no_such_door(self, request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        if request.url.path.startswith(DOORS):
            answer = self._api.refusal(error.status_code, "sync.message_refused", error.detail)
        else:
            about = "not_allowed" if error.status_code == 405 else "missing"
            answer = self._web.message(about, error.status_code, wishes_of(request))
        answer.headers.update(error.headers or {})
        return answer

    def no_database(self, request: Request, error: Exception) -> Response:
        # Further lines of a driver's words quote the rows.
        log.error("the database does not answer: %s", str(getattr(error, "orig", error)).partition("\n")[0])
        return self._sorry(request, 503)

    def gone(self, _request: Request, _error: Exception) -> Response:
        """The sender hung up in the middle of its message: nobody hears this, and nothing was stored."""
        return self._api.refusal(400, "sync.message_refused", "cut")

    def bug(self, request: Request, _error: Exception) -> Response:
        # This answer is made outside of SafeAnswers.
        answer = self._sorry(request, 500)
        put_headers(request.scope, answer.headers)
        return answer

    def _sorry(self, request: Request, status: int) -> Response:
        if request.url.path.startswith(DOORS):
            return self._api.refusal(status, "sync.district_in_trouble", str(status))
        return self._web.message("trouble", status, wishes_of(request))
