"""The page of a station for residents: when it is open, where, what it does, how many wait; and the list.

No script, no cookie, nothing about anybody. How many wait is asked of the database twice a minute at most.
"""

import time
from collections.abc import Callable
from functools import cached_property, partial
from threading import Lock

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from station_desk.cases.number import STATION
from station_desk.catalogue.edition.published import PublishedForms
from station_desk.district import web_said as said
from station_desk.district.district import District
from station_desk.district.doors import Door
from station_desk.district.page import shown
from station_desk.district.stations import station_list, station_page, waiting_now
from station_desk.district.web import Web, dialled
from station_desk.district.wishes import Wishes, wishes_of

KEPT_SECONDS = 30.0
MOST_KEPT = 1000
FRESH = {"Cache-Control": "public, max-age=30", "Vary": "Accept-Language", "X-Robots-Tag": "all"}


class StationWeb:
    """Writes the pages of the stations. `forms` is asked for what is published, `ticks` counts seconds."""

    def __init__(
        self,
        district: District,
        web: Web,
        forms: Callable[[], PublishedForms],
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._district = district
        self._web = web
        self._forms = forms
        self._ticks = ticks
        self._counted: dict[str, tuple[float, int | None]] = {}
        self._counting = Lock()

    def routes(self) -> list[Door]:
        """The pages by their paths."""
        return [
            Door("/station", self.all, said.STATIONS),
            Door("/station/{code}", self.one, said.STATION),
        ]

    async def all(self, request: Request) -> Response:
        """All stations of the district by their names."""
        wishes = wishes_of(request)
        stations = await run_in_threadpool(self._district.read, station_list)
        html = self._web.render(
            "stations.html", wishes, stations=stations, place=self._web.district_name(wishes)
        )
        return HTMLResponse(html, headers=FRESH)

    async def one(self, request: Request) -> Response:
        """One station, or that there is none of that code."""
        return await run_in_threadpool(self._one, request.path_params["code"], wishes_of(request))

    def _one(self, code: str, wishes: Wishes) -> Response:
        page = self._district.read(partial(station_page, code=code)) if STATION.fullmatch(code) else None
        if page is None:
            return self._web.message("missing", 404, wishes)
        told = page.told
        html = self._web.render(
            "station.html", wishes, place=self._web.district_name(wishes), told=told,
            hours=told.hours.in_language(wishes.language) if told.hours else "",
            waiting=self._waiting(code), at=shown(self._district.clock().isoformat()),
            told_on=page.told_at[:10], groups=self._groups(wishes), dialled=dialled,
        )  # fmt: skip
        return HTMLResponse(html, headers=FRESH)

    def _waiting(self, code: str) -> int | None:
        with self._counting:
            now = self._ticks()
            kept = self._counted.get(code)
            if kept and now - kept[0] < KEPT_SECONDS:
                return kept[1]
            if len(self._counted) >= MOST_KEPT:
                del self._counted[next(iter(self._counted))]
            count = self._district.read(partial(waiting_now, code=code, now=self._district.clock()))
            self._counted[code] = (now, count)
            return count

    def _groups(self, wishes: Wishes) -> list[tuple[str, str, int]]:
        """The types of items that are published, with their number."""
        return [
            (category.code, category.name.in_language(wishes.language), self._amounts[category.code])
            for category in self._forms().catalogue.categories.values()
            if category.code in self._amounts
        ]

    @cached_property
    def _amounts(self) -> dict[str, int]:
        amounts: dict[str, int] = {}
        for item in self._forms().catalogue.items.values():
            amounts[item.category] = amounts.get(item.category, 0) + 1
        return amounts
