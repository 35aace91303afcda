"""The district desk in a real browser, on a phone and on a desk: signed in by keyboard, nobody kept out."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Page
from sqlalchemy import insert

from station_desk.district import tables as t
from station_desk.district.desk.accounts import add_staff
from station_desk.district.desk.pages import PAGES
from station_desk.district.desk.totp import code_at, step_of
from station_desk.district.enrolment import new_enrol_code
from station_desk.main.district import Served
from tests.district.conftest import NAME, DistrictClock
from tests.district.officials import PASSWORD
from tests.district.station import CounterPC, enrolled
from tests.district.test_in_browser import AXE, VIOLATIONS, browser, page

__all__ = ["browser", "page"]
"""The browser and its two sizes are those of the public pages."""


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Served]:
    """A district with something to see on every page."""
    clock = DistrictClock()
    with (
        Served(f"sqlite:///{tmp_path / 'district.db'}", name=NAME, clock=clock) as served,
        httpx2.Client(base_url=served.url, transport=httpx2.HTTPTransport()) as http,
    ):
        pc = CounterPC()
        case = pc.deliver_all()
        pc.accept("S3")
        enrolled(http, new_enrol_code(served.district, "QSQ001")).push(pc.events, pc.finished)
        new_enrol_code(served.district, "QSQ002")
        rating = {
            "station": "QSQ001",
            "number": case.number,
            "grade": "poor",
            "reasons": '["slow"]',
            "words": "慢",
        }
        rest = {
            "rated_at": "2026-11-20T10:00:00+08:00",
            "mend_by": "2026-12-11",
            "mended_at": "",
            "outcome": "",
        }
        served.district.write(lambda connection: connection.execute(insert(t.rating).values(rating | rest)))
        clock.moment += timedelta(days=25)
        yield served


@pytest.mark.long
def test_an_official_sets_up_signs_in_and_sees_every_page(busy: Served, page: Page) -> None:
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text))
    page.goto(f"{busy.url}/district/set-up/{add_staff(busy.district, 'wang', 'admin')}?lang=zh-Hans")
    _sound(page, "set-up")
    secret = page.locator(".big").inner_text().replace(" ", "")
    clock = busy.district.clock
    _type(page, password=PASSWORD, again=PASSWORD, code=code_at(secret, step_of(clock())))
    page.wait_for_url("**/sign-in**")
    _sound(page, "sign-in")
    _type(page, name="wang", password=PASSWORD, code=code_at(secret, step_of(clock()) + 1))
    page.wait_for_url("**/stations**")
    for one in PAGES:
        page.goto(f"{busy.url}/district/{one.name}?lang=zh-Hans")
        assert page.locator("nav.pages a[aria-current=page]").count() == 1, one.name
        _sound(page, one.name)
    page.locator(".who button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in**")
    page.goto(f"{busy.url}/district/stations")
    assert "/sign-in" in page.url
    assert troubles == []


def _type(page: Page, **values: str) -> None:
    """By keyboard alone: each field in turn, then Enter."""
    for name, value in values.items():
        page.locator(f"[name={name}]").focus()
        page.keyboard.type(value)
    page.keyboard.press("Enter")


def _sound(page: Page, name: str) -> None:
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS) == [], name
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} sticks out"
    assert page.locator("script").count() == 0
