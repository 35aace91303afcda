"""The public pages in a real browser, on a phone and on a desk, by day and by night: nothing hinders anybody.

axe-core looks for what keeps people out (contrast, names, landmarks, order of headings); beside it nothing
may stick out sideways, and no page may run a script of its own.
"""

import os
import shutil
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from station_desk.cases.station_told import TOLD, subject_of
from station_desk.core.clock import now, stamp
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.district import Served
from tests.district.conftest import NAME
from tests.district.station import CaseOnPaper, CounterPC, enrolled
from tests.district.test_stations import FULL, heard, take

PHONE, DESK = (360, 800), (1366, 768)
AXE = (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")
VIOLATIONS = "axe.run().then(r => r.violations.map(v => [v.id, v.nodes.slice(0, 3).map(n => n.html)]))"
PAGES = {
    "guide": "/guide?lang=zh-Hans",
    "item": "/guide/SA-002?lang=zh-Hans",
    "found": "/guide?lang=en&q=card",
    "missing": "/guide/SA-01?lang=zh-Hant",
    "front": "/?lang=zh-Hans",
    "station": "/station/QSQ001?lang=zh-Hans",
    "stations": "/station?lang=en",
}
MORE = ("/guide?lang=zh-Hant&by=life", "/guide/LS-012?lang=en", "/guide/DE-001?lang=zh-Hant")


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    place = tmp_path_factory.mktemp("browser") / "district.db"
    with (
        Served(f"sqlite:///{place}", name=NAME) as district,
        httpx2.Client(base_url=district.url, transport=httpx2.HTTPTransport()) as http,
    ):
        pc = CounterPC()
        pc.record(CaseOnPaper(subject_of("QSQ001", "02"), ""), TOLD, FULL)
        for name in ("A001", "A002", "B001"):
            take(pc, name, stamp(now())[:10])
        sender = enrolled(http, new_enrol_code(district.district, "QSQ001"))
        sender.push(pc.events)
        heard(sender)
        yield district.url


@pytest.fixture
def rated(tmp_path: Path) -> Iterator[str]:
    """The page of a finished case in a district of its own."""
    with (
        Served(f"sqlite:///{tmp_path / 'district.db'}", name=NAME) as served,
        httpx2.Client(base_url=served.url, transport=httpx2.HTTPTransport()) as http,
    ):
        pc = CounterPC()
        case = pc.deliver_all()
        enrolled(http, new_enrol_code(served.district, "QSQ001")).push(pc.events, pc.finished)
        yield f"{served.url}/t/{case.token}?lang=zh-Hans"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    program = shutil.which("chromium")
    assert program, "Chromium is missing; `python3 installer/dev.py test` installs it"
    # Debian's Chromium refuses its sandbox to root; it opens nothing here but our own pages.
    arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=program, args=arguments)
        yield opened
        opened.close()


@pytest.fixture(scope="module", params=[(PHONE, "light"), (DESK, "dark")], ids=["phone", "desk"])
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    (width, height), scheme = request.param
    opened = browser.new_page(viewport={"width": width, "height": height}, color_scheme=scheme)
    yield opened
    opened.close()


@pytest.mark.parametrize("name", PAGES)
def test_nobody_is_kept_out(served: str, page: Page, name: str) -> None:
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text))
    page.goto(served + PAGES[name])
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (
        "it sticks out sideways"
    )
    assert page.locator("script").count() == 0
    # A 404 is told to the console too; a style or an icon that the headers forbid would be as well.
    assert [said for said in troubles if "404" not in said] == []


def test_large_text_sticks_out_nowhere(served: str, page: Page) -> None:
    for path in (*PAGES.values(), *MORE):
        page.goto(served + path + "&size=large")
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), path


def test_an_item_is_found_and_read_by_keyboard_alone(served: str, page: Page) -> None:
    page.goto(served + "/guide?lang=zh-Hans")
    page.locator("#q").focus()
    page.keyboard.type("dibao")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=dibao**")
    page.locator(".items a").first.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/guide/SA-001**")
    assert page.locator("h1").inner_text() == "最低生活保障审核确认"


def test_on_paper_the_guide_is_there_and_what_only_a_screen_needs_is_not(served: str, page: Page) -> None:
    page.goto(served + PAGES["item"])
    page.emulate_media(media="print")
    assert [page.locator(f"{part} >> visible=true").count() for part in ("header nav", ".contents")] == [0, 0]
    assert page.locator(".guide section >> visible=true").count() == 14
    page.emulate_media(media="screen")


def test_a_case_is_rated_by_keyboard_alone(rated: str, page: Page) -> None:
    page.goto(rated)
    page.locator(".rate a").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**rate")
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    page.locator("button").focus()
    page.keyboard.press("Enter")
    assert page.locator("form.rate").count() == 1, "nothing is sent before a grade is chosen"
    page.locator("input[type=radio]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.locator("button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector("form.rate", state="detached")
    assert "评价已收到" in page.locator("main").inner_text()
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS) == []
