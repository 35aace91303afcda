"""The pages that residents see, made of templates and texts: no script, no cookie, no third party."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from station_desk.cases.rating import MAY_BE_RATED
from station_desk.cases.trace import Trace
from station_desk.catalogue.item import LANGUAGES
from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.district.page import Teller
from station_desk.district.traces import Station
from station_desk.district.wishes import LANGUAGE_NAMES, Wishes, others

WEB = paths.RESOURCES / "web"
FILES: Mapping[str, str] = {
    "page.css": "text/css; charset=utf-8",
    "guide.css": "text/css; charset=utf-8",
    "rate.css": "text/css; charset=utf-8",
    "station.css": "text/css; charset=utf-8",
    "desk.css": "text/css; charset=utf-8",
    "passkey.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "tick.svg": "image/svg+xml",
}
KEPT = "public, max-age=86400"


@dataclass(frozen=True, slots=True)
class Link:
    """The same page in another language (then `language` names it) or in another size."""

    href: str
    text: str
    language: str


@dataclass(frozen=True, slots=True)
class File:
    """The style or an icon of the pages."""

    content: bytes
    media_type: str


def dialled(phone: str) -> str:
    """A telephone number as a phone dials it."""
    return "".join(digit for digit in phone if digit in "+0123456789")


class Web:
    """Writes pages. `district` is its name, empty where nobody gave it one."""

    def __init__(self, district: str) -> None:
        self._district = district
        self._texts = {language: Texts(paths.RESOURCES / "i18n", language) for language in LANGUAGES}
        self._templates = Environment(
            loader=FileSystemLoader(WEB), autoescape=True, undefined=StrictUndefined, trim_blocks=True
        )
        self.files = {name: File((WEB / name).read_bytes(), kind) for name, kind in FILES.items()}
        # A style that changed has another address: phones keep the old one for a day.
        self._versions = {
            name: hashlib.sha256(file.content).hexdigest()[:8] for name, file in self.files.items()
        }

    def track(self, trace: Trace, station: Station, wishes: Wishes) -> Response:
        """The page of a case; once it is finished, with the way to rate it."""
        teller = Teller(trace, station, self._texts[wishes.language], wishes.language)
        rate = trace.state in MAY_BE_RATED
        return self._page(
            "track.html",
            200,
            wishes,
            page=teller.page(),
            station=station,
            phone=dialled(station.phone),
            rate=rate,
            code=trace.number.partition("-")[0],
        )

    def message(self, about: str, status: int, wishes: Wishes) -> Response:
        """A page that says one thing: the texts `track.<about>.title` and `.text`."""
        say = self._texts[wishes.language]
        more = [say("track.unknown.more")] if about == "unknown" else []
        lines = [say(f"track.{about}.text"), *more]
        title = say(f"track.{about}.title")
        place = self.district_name(wishes)
        return self._page("message.html", status, wishes, place=place, title=title, lines=lines)

    def home(self, wishes: Wishes) -> Response:
        """Which district this is and what the server is for."""
        say = self._texts[wishes.language]
        lines = [say("track.home.text")]
        return self._page("home.html", 200, wishes, title=self.district_name(wishes), lines=lines)

    def district_name(self, wishes: Wishes) -> str:
        """What the district is called."""
        return self._district or self._texts[wishes.language]("track.page.district")

    def texts(self, wishes: Wishes) -> Texts:
        """The texts in the language of the reader."""
        return self._texts[wishes.language]

    def render(self, template: str, wishes: Wishes, beside: str = "", **values: Any) -> str:
        """A page as HTML; `beside` is what its address holds beside the wishes; links keep it."""
        say = self._texts[wishes.language]
        links = [
            Link(other.query + beside, LANGUAGE_NAMES[other.language], other.language)
            if other.language != wishes.language
            else Link(other.query + beside, say(f"track.page.{other.size}"), "")
            for other in others(wishes)
        ]
        return self._templates.get_template(template).render(
            say=say, language=wishes.language, size=wishes.size, query=wishes.query, links=links,
            versions=self._versions, **values,
        )  # fmt: skip

    def _page(self, template: str, status: int, wishes: Wishes, **values: Any) -> Response:
        return HTMLResponse(self.render(template, wishes, **values), status)
