"""Every page that residents see: how many bytes of it come over the line, in each language and size.

`python -m tests.bench.public_pages [--pictures DIR]` saves what they look like on a phone and on a desk too.
"""

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import httpx2
from playwright.sync_api import Browser, sync_playwright

from station_desk.cases.rating import Rating
from station_desk.cases.station_told import TOLD, subject_of
from station_desk.catalogue.read import read_catalogue
from station_desk.core.clock import now, stamp
from station_desk.core.paths import FORMS
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.ratings import rate
from station_desk.main.district import Served
from tests.district.station import CaseOnPaper, CounterPC, enrolled
from tests.district.test_stations import FULL, heard, take

LIMIT = 15_000
LANGUAGES = ("zh-Hans", "zh-Hant", "en")
SIZES = ("standard", "large")
SCREENS = {"phone": (360, 800), "desk": (1366, 768)}
NAME = "青石区政务服务平台"


@dataclass(frozen=True)
class Shown:
    """A page by its name, its path and what its address asks for beside language and size."""

    name: str
    path: str
    beside: str = ""


@contextmanager
def district() -> Iterator[tuple[str, list[Shown]]]:
    """A district with cases in every state a resident may see."""
    with (
        tempfile.TemporaryDirectory() as folder,
        Served(f"sqlite:///{folder}/district.db", name=NAME) as served,
        httpx2.Client(base_url=served.url, transport=httpx2.HTTPTransport()) as http,
    ):
        pc = CounterPC()
        pc.record(CaseOnPaper(subject_of("QSQ001", "02"), ""), TOLD, FULL)
        states: dict[str, CaseOnPaper] = {"processing": pc.accept(), "restricted": pc.accept("S2")}
        states["supplement"] = pc.accept()
        pc.stop(states["supplement"])
        states["voided"] = pc.accept()
        pc.void(states["voided"])
        for name in ("finished", "rated"):
            states[name] = pc.deliver_all()
        for ticket in ("A001", "A002", "B001"):
            take(pc, ticket, stamp(now())[:10])
        sender = enrolled(http, new_enrol_code(served.district, "QSQ001"))
        sender.push(pc.events, pc.finished)
        heard(sender)
        rate(
            served.district, states["rated"].token, Rating("very_good", (), ""), lambda _day: date(2099, 1, 1)
        )
        yield served.url, [
            *(Shown(f"case {name}", f"/t/{case.token}") for name, case in states.items()),
            Shown("rate form", f"/t/{states['finished'].token}", "&rate"),
            Shown("rated before", f"/t/{states['rated'].token}", "&rate"),
            Shown("too early to rate", f"/t/{states['processing'].token}", "&rate"),
            Shown("unknown token", "/t/AAAAAAAAAAAAAAAAAAAAAA"),
            Shown("front", "/"), Shown("station", "/station/QSQ001"), Shown("stations", "/station"),
            Shown("guide", "/guide"), Shown("no such page", "/x"),
            *(Shown(f"item {code}", f"/guide/{code}") for code in sorted(read_catalogue(FORMS).items)),
        ]  # fmt: skip


def address(url: str, page: Shown, language: str, size: str) -> str:
    return f"{url}{page.path}?lang={language}&size={size}{page.beside}"


def measured(url: str, pages: list[Shown]) -> int:
    """Prints the largest body of each page; how many are over the limit."""
    over = 0
    with httpx2.Client(transport=httpx2.HTTPTransport()) as http:
        for page in pages:
            sizes = {
                (language, size): http.get(address(url, page, language, size)).num_bytes_downloaded
                for language in LANGUAGES
                for size in SIZES
            }
            (language, size), most = max(sizes.items(), key=lambda pair: pair[1])
            over += most > LIMIT
            print(f"{page.name:20} {most:6} bytes ({language}, {size}); limit {LIMIT}")
    return over


def pictured(url: str, pages: list[Shown], folder: Path) -> None:
    """Saves every page on a phone and on a desk, and on a phone with large letters."""
    folder.mkdir(parents=True, exist_ok=True)
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=arguments)
        for screen, (width, height) in SCREENS.items():
            _pictures(browser, (screen, width, height), url, pages, folder)
        browser.close()


def _pictures(
    browser: Browser, screen: tuple[str, int, int], url: str, pages: list[Shown], folder: Path
) -> None:
    name, width, height = screen
    opened = browser.new_page(viewport={"width": width, "height": height})
    for page in pages:
        for language, size in (("zh-Hans", "standard"), ("en", "large")):
            opened.goto(address(url, page, language, size))
            file = f"{page.name.replace(' ', '-')}-{name}-{language}-{size}.png"
            opened.screenshot(path=folder / file, full_page=True)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--pictures", type=Path, default=None)
    pictures = asked.parse_args().pictures
    with district() as (url, pages):
        over = measured(url, pages)
        if pictures:
            pictured(url, [page for page in pages if not page.name.startswith("item ")], pictures)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
