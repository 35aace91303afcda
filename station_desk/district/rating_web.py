"""The page on which a resident rates a finished case: no grade is chosen for him, nobody sees who he is.

It is a page of its own: the page of the case holds no form, so that whoever is asked for anything there knows
it is a fraud.
"""

from collections.abc import Callable
from datetime import date
from functools import partial
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from station_desk.cases.rating import GRADES, MOST_WORDS, REASONS, RatingNotUnderstood, read_rating
from station_desk.cases.trace import Trace
from station_desk.district.district import District
from station_desk.district.ratings import How, rate, stands
from station_desk.district.web import Web
from station_desk.district.wishes import Wishes, wishes_of

RATE = "rate"
"""What the address of the page of a case holds beside the wishes when it is to be rated."""

MOST_BYTES = 8 * 1024
"""Of a form that was filled in: two hundred characters and some ticks are a quarter of it."""

Unknown = Callable[[Request], Response]


class RatingWeb:
    """The page to rate a case. `unknown` answers like the page of a case that nobody knows."""

    def __init__(
        self, district: District, web: Web, unknown: Unknown, mend_by: Callable[[date], date]
    ) -> None:
        self._district = district
        self._web = web
        self._unknown = unknown
        self._mend_by = mend_by

    async def show(self, request: Request) -> Response:
        """The form, or why there is none."""
        return await self._shown(request, "")

    async def take(self, request: Request) -> Response:
        """Keeps what was said; the answer leads to a page that may be loaded again."""
        form = await _form(request)
        try:
            said = read_rating(_one(form, "grade"), form.get("reason", []), _one(form, "words"))
        except RatingNotUnderstood:
            return await self._shown(request, "rate.choose")
        token = request.path_params["token"]
        how = await run_in_threadpool(rate, self._district, token, said, self._mend_by)
        if how == "unknown":
            return self._unknown(request)
        wishes = wishes_of(request)
        # Relative, as all links of these pages: the token stands in the address alone.
        return RedirectResponse(f"{wishes.query}&{RATE}", 303)

    async def _shown(self, request: Request, remark: str) -> Response:
        look = partial(stands, district=self._district, token=request.path_params["token"])
        how, trace = await run_in_threadpool(self._district.read, look)
        if trace is None:
            return self._unknown(request)
        return self._page(how, trace, wishes_of(request), remark)

    def _page(self, how: How, trace: Trace, wishes: Wishes, remark: str) -> Response:
        say = self._web.texts(wishes)
        title = trace.title.in_language(wishes.language) if trace.title else say("track.page.title")
        html = self._web.render(
            "rate.html", wishes, f"&{RATE}", how=how.replace(" ", "_"), number=trace.number, title=title,
            remark=remark, grades=GRADES, reasons=REASONS, most=MOST_WORDS,
        )  # fmt: skip
        return HTMLResponse(html, 422 if remark else 200)


async def _form(request: Request) -> dict[str, list[str]]:
    """What the form sent; whatever is too long or no form is an empty one."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return {}
    try:
        return parse_qs(body.decode("utf-8"), keep_blank_values=True, max_num_fields=40)
    except ValueError:
        return {}


def _one(form: dict[str, list[str]], name: str) -> str:
    return form.get(name, [""])[0]
