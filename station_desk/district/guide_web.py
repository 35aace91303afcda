"""The public guide: `/guide` and `/guide/<code>`, each page made once for a language and size, then kept.

No script, no cookie, nothing about anybody: the pages say what is published and nothing else.
"""

import gzip
import hashlib
from dataclasses import dataclass
from datetime import date
from threading import Lock
from urllib.parse import quote, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from station_desk.catalogue.diagram.layout import laid_out
from station_desk.catalogue.diagram.svg import svg_of
from station_desk.catalogue.diagram.workflow import Workflow, WorkflowBroken
from station_desk.catalogue.edition.published import PublishedForms
from station_desk.catalogue.guide_page import guide_page, unknown_elements
from station_desk.catalogue.item import Item
from station_desk.catalogue.item_index import ItemIndex
from station_desk.core.clock import Clock
from station_desk.counter.workflow_words import workflow_of
from station_desk.district import web_said as said
from station_desk.district.doors import Door
from station_desk.district.public_items import (
    groups_by_life_event,
    groups_by_type,
    is_open,
    line,
    near_items,
    open_index,
)
from station_desk.district.published import Published
from station_desk.district.web import Link, Web
from station_desk.district.wishes import Wishes, wishes_of

FIRST = ("short", "conditions", "materials", "workflow", "limits", "fee", "result", "channels")
"""The groups that a resident reads first; the others follow in their usual order."""
FRESH = "public, max-age=300"
"""So long a phone shows a page without asking again; then it asks whether it has changed."""
LIFE = "life"
DRAWN = "/drawing"
MOST_BYTES = 15_000
"""A page is no heavier than that on a slow line, unpacked."""
LONGEST = 80
"""So many letters of what is searched are looked at."""
FOUND = 40
"""So many items are shown of a search."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A page that was made: its bytes, the same packed, its mark for phones, what search engines may do."""

    body: bytes
    packed: bytes
    mark: str
    robots: str


class GuideWeb:
    """Writes the pages of the guide; `forms` tells what is published, and when to ask again."""

    def __init__(self, web: Web, forms: Published, clock: Clock, address: str) -> None:
        self._web = web
        self._forms = forms
        self._clock = clock
        self._address = address
        self._held: PublishedForms | None = None
        self._indexed: ItemIndex | None = None
        self._kept: dict[tuple[str, Wishes], Kept] = {}
        self._kept_on = date.min
        self._making = Lock()

    def routes(self) -> list[Door]:
        """The pages by their paths."""
        return [
            Door("/guide", self.index, said.GUIDE),
            Door("/guide/{code}", self.item, said.GUIDE_ITEM),
            Door("/guide/{code}/drawing", self.drawing, said.GUIDE_DRAWING),
        ]

    async def index(self, request: Request) -> Response:
        """All items by type or by life event, or those that were searched."""
        await self._look()
        wishes = wishes_of(request)
        asked = request.query_params.get("q", "").strip()[:LONGEST]
        if asked:
            html = await run_in_threadpool(self._found, asked, wishes)
            return HTMLResponse(html)
        way = LIFE if request.query_params.get("by") == LIFE else ""
        kept = self._known(f"?{way}", wishes)
        if kept is None:
            kept = await run_in_threadpool(self._make_index, way, wishes)
        return _answer(request, kept)

    async def item(self, request: Request) -> Response:
        """The whole guide of an item; for a code that there is not the codes that are like it."""
        await self._look()
        code, wishes = request.path_params["code"], wishes_of(request)
        kept = self._known(code, wishes) or await run_in_threadpool(self._make_item, code, wishes)
        if kept:
            return _answer(request, kept)
        if code.upper() in self._published.catalogue.items:
            query = f"?{request.url.query}" if request.url.query else ""
            return RedirectResponse(f"/guide/{quote(code.upper())}{query}", 308)
        return HTMLResponse(await run_in_threadpool(self._missing, code, wishes), 404)

    async def drawing(self, request: Request) -> Response:
        """The workflow of an item as a drawing, for the few whose guide it would make too heavy."""
        await self._look()
        code, wishes = request.path_params["code"], wishes_of(request)
        kept = self._known(f"{code}{DRAWN}", wishes) or await run_in_threadpool(
            self._make_drawing, code, wishes
        )
        if kept:
            return _answer(request, kept)
        return HTMLResponse(await run_in_threadpool(self._missing, code, wishes), 404)

    async def _look(self) -> None:
        """Before every page: whether another edition holds now. Mostly that is known without asking."""
        if self._held is None or self._held is not self._forms.now or self._forms.is_old():
            await run_in_threadpool(self._take)

    def _take(self) -> None:
        found = self._forms()
        with self._making:
            if found is not self._held:
                self._held, self._indexed, self._kept = found, None, {}

    @property
    def _published(self) -> PublishedForms:
        assert self._held is not None, "looked up before every page"
        return self._held

    @property
    def _index(self) -> ItemIndex:
        if self._indexed is None:
            self._indexed = open_index(self._published.catalogue)
        return self._indexed

    def _known(self, name: str, wishes: Wishes) -> Kept | None:
        """A page that was made today: what it says of the edition may be otherwise tomorrow."""
        today = self._clock().date()
        if today != self._kept_on:
            self._kept, self._kept_on = {}, today
        return self._kept.get((name, wishes))

    def _make_index(self, way: str, wishes: Wishes) -> Kept:
        with self._making:
            say, catalogue = self._web.texts(wishes), self._published.catalogue
            groups = (groups_by_life_event if way else groups_by_type)(catalogue, say, wishes.language)
            ways = [
                Link(
                    f"/guide{wishes.query}{'&by=life' if by else ''}",
                    say(f"guide_web.way.{by or 'type'}"),
                    "",
                )
                for by in ("", LIFE)
            ]
            html = self._list(
                wishes,
                f"&by={way}" if way else "",
                groups=tuple(groups),
                ways=ways,
                here=way,
                asked="",
                found=(),
            )
            return self._keep(f"?{way}", wishes, html, "all")

    def _make_item(self, code: str, wishes: Wishes) -> Kept | None:
        with self._making:
            item = self._published.catalogue.items.get(code)
            if item is None:
                return None
            robots = "all" if is_open(item) else "noindex"
            drawn = _drawn(workflow_of(item, self._web.texts(wishes)))
            html = self._item(item, wishes, robots, drawn)
            if drawn and len(html.encode()) > MOST_BYTES:
                # Its steps are told in words above; the drawing goes to a page of its own.
                html = self._item(item, wishes, robots, "", apart=True)
            return self._keep(code, wishes, html, robots)

    def _make_drawing(self, code: str, wishes: Wishes) -> Kept | None:
        with self._making:
            item = self._published.catalogue.items.get(code)
            drawn = _drawn(workflow_of(item, self._web.texts(wishes))) if item else ""
            if item is None or not drawn:
                return None
            html = self._web.render(
                "guide_drawing.html", wishes, code=code, title=item.name.in_language(wishes.language),
                diagram=drawn, place=self._web.district_name(wishes), edition=self._edition(wishes),
            )  # fmt: skip
            return self._keep(f"{code}{DRAWN}", wishes, html, "noindex")

    def _item(
        self, item: Item, wishes: Wishes, robots: str, diagram: str, *, apart: bool = False
    ) -> str:  # fmt: skip
        say, forms = self._web.texts(wishes), self._published
        page = guide_page(item, forms.catalogue, forms.edition, say, wishes.language)
        groups = sorted(page.groups, key=lambda group: (*FIRST, group.key).index(group.key))
        brief = " · ".join(text for one in groups[0].lines for text in one.texts)
        return self._web.render(
            "guide_item.html", wishes, page=page, groups=groups, robots=robots, brief=brief,
            kind=say(f"term.kind.{item.kind}"), unknown=unknown_elements(page),
            place=self._web.district_name(wishes), edition=self._edition(wishes), address=self._address,
            diagram=diagram, apart=apart,
        )  # fmt: skip

    def _found(self, asked: str, wishes: Wishes) -> str:
        with self._making:
            say, items = self._web.texts(wishes), self._published.catalogue.items
            found = [line(items[hit.code], say, wishes.language) for hit in self._index.find(asked)]
        query = urlencode({"q": asked})
        return self._list(wishes, f"&{query}", groups=(), ways=(), here="", asked=asked, found=found[:FOUND])

    def _list(self, wishes: Wishes, beside: str, **values: object) -> str:
        return self._web.render(
            "guide.html", wishes, beside, place=self._web.district_name(wishes),
            edition=self._edition(wishes), address=self._address,
            count=len(self._published.catalogue.items), **values,
        )  # fmt: skip

    def _missing(self, code: str, wishes: Wishes) -> str:
        with self._making:
            say, catalogue = self._web.texts(wishes), self._published.catalogue
            near = [line(item, say, wishes.language) for item in near_items(code, catalogue, self._index)]
        return self._web.render(
            "guide_missing.html",
            wishes,
            code=code[:LONGEST],
            asked="",
            near=near,
            place=self._web.district_name(wishes),
        )

    def _edition(self, wishes: Wishes) -> str:
        edition = self._published.edition
        key = "expired" if self._clock().date() > edition.expires else "edition"
        return self._web.texts(wishes)(
            f"guide_web.{key}", number=edition.number, effective=edition.effective, expires=edition.expires,
            publisher=edition.publisher.in_language(wishes.language),
        )  # fmt: skip

    def _keep(self, name: str, wishes: Wishes, html: str, robots: str) -> Kept:
        body = html.encode()
        # The same for everybody and without a secret, so it may be packed.
        packed = gzip.compress(body, 6, mtime=0)
        kept = Kept(body, packed, f'"{hashlib.sha256(body).hexdigest()[:20]}"', robots)
        self._kept[name, wishes] = kept
        return kept


def _drawn(workflow: Workflow) -> str:
    """The workflow downwards, as it fits a phone, as SVG that is escaped already.

    Empty for one that cannot be drawn: its steps are told above.
    """
    try:
        return svg_of(laid_out(workflow, "tall"), workflow)
    except WorkflowBroken:
        return ""


def _answer(request: Request, kept: Kept) -> Response:
    headers = {
        "Cache-Control": FRESH, "ETag": kept.mark, "Vary": "Accept-Language, Accept-Encoding",
        "X-Robots-Tag": kept.robots,
    }  # fmt: skip
    asked = request.headers.get("if-none-match", "")
    if kept.mark in (mark.strip().removeprefix("W/") for mark in asked.split(",")):
        return Response(status_code=304, headers=headers)
    if _takes_packed(request.headers.get("accept-encoding", "")):
        packed = {**headers, "Content-Encoding": "gzip"}
        return Response(kept.packed, headers=packed, media_type="text/html")
    return Response(kept.body, headers=headers, media_type="text/html")


def _takes_packed(accepted: str) -> bool:
    """Whether a phone takes gzip (RFC 9110, 12.5.3)."""
    for part in accepted.lower().split(","):
        coding, _, weight = part.partition(";")
        if coding.strip() == "gzip":
            return weight.strip().removeprefix("q=") not in ("0", "0.0", "0.00", "0.000")
    return False
