"""The district desk in a real browser, on a phone and on a desk: signed in by keyboard, nobody kept out."""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from playwright.sync_api import FilePayload, Page
from sqlalchemy import insert

from station_desk.catalogue.edition.root import read_root
from station_desk.core import paths
from station_desk.district import tables as t
from station_desk.district.desk.accounts import add_staff
from station_desk.district.desk.pages import PAGES
from station_desk.district.desk.totp import code_at, step_of
from station_desk.district.edition_root import trust_root
from station_desk.district.editions import put
from station_desk.district.enrolment import new_enrol_code, revoke
from station_desk.main.district import Served
from tests.district.conftest import NAME, DistrictClock
from tests.district.officials import PASSWORD
from tests.district.publisher import ROOT_TEXT, A, archive, edition_of, whole_folder
from tests.district.station import CounterPC, enrolled
from tests.district.test_in_browser import AXE, VIOLATIONS, browser, page

PICTURES: list[str] = []
"""The folder of `--pictures`, in which every page that is looked at is saved, for people to look at."""

__all__ = ["browser", "page"]
"""The browser and its two sizes are those of the public pages."""


@pytest.fixture(autouse=True)
def pictures(pytestconfig: pytest.Config) -> None:
    PICTURES[:] = [str(pytestconfig.getoption("--pictures"))]


@pytest.fixture
def busy(tmp_path: Path) -> Iterator[Served]:
    """A district with something to see on every page."""
    clock = DistrictClock()
    with (
        Served(f"sqlite:///{tmp_path / 'district.db'}", name=NAME, clock=clock) as served,
        httpx2.Client(base_url=served.url, transport=httpx2.HTTPTransport()) as http,
    ):
        pc, copy = CounterPC(), CounterPC(suffix="~ab12")
        case = pc.deliver_all()
        pc.accept("S3")
        sender = enrolled(http, new_enrol_code(served.district, "QSQ001"))
        sender.push(pc.events, pc.finished)
        copy.accept()
        sender.push(copy.events)
        _revoked(served, http)
        new_enrol_code(served.district, "QSQ002")
        served.district.write(
            lambda connection: connection.execute(insert(t.rating).values(RATING | {"number": case.number}))
        )
        trust_root(served.district, ROOT_TEXT, paths.FORMS)
        put(served.district, read_root(ROOT_TEXT), edition_of("2026.12", A, whole=True), "sun")
        clock.moment += timedelta(days=25)
        yield served


RATING = {
    "station": "QSQ001", "grade": "poor", "reasons": '["slow"]', "words": "慢", "mend_by": "2026-12-11",
    "rated_at": "2026-11-20T10:00:00+08:00", "mended_at": "", "outcome": "",
}  # fmt: skip


def _revoked(served: Served, http: httpx2.Client) -> None:
    """A counter that is revoked and still sends: something to decide."""
    pc = CounterPC("QSQ002", "01")
    pc.accept()
    sender = enrolled(http, new_enrol_code(served.district, "QSQ002"), "QSQ002", "01")
    revoke(served.district, "QSQ002", "01", "lost")
    assert sender.try_push(pc.events).status_code == 401


@pytest.mark.long
@pytest.mark.timeout(400)
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
    seen = _walk(page)
    # Every page of the desk is led to, and so are those that no list names.
    assert {one.name for one in PAGES} <= {path.rpartition("/")[2] for path, _ in seen}
    assert {("editions", "edition"), ("settle", "counter"), ("settle", "station"), ("ratings", "number")} <= {
        (path.rpartition("/")[2], name) for path, names in seen for name in names
    }
    _refused_upload(page, busy.url)
    # A page that says no is told to the console too.
    assert [said for said in troubles if "422" not in said] == []
    page.goto(f"{busy.url}/district/stations?lang=zh-Hans")
    page.locator(".who button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/sign-in**")
    page.goto(f"{busy.url}/district/stations")
    assert "/sign-in" in page.url


def _walk(page: Page) -> set[tuple[str, tuple[str, ...]]]:
    """Every page that a link leads to, once for each set of what its address asks; new ones too."""
    waits, seen = [page.url], set()
    while waits:
        address = waits.pop(0)
        place = _place(address)
        if place in seen or not place[0].startswith("/district/") or "." in place[0]:
            continue
        seen.add(place)
        page.goto(address)
        assert page.locator("nav.pages a[aria-current=page]").count() == 1, place
        _sound(page, f"{place}")
        waits += page.evaluate("[...document.querySelectorAll('main a, nav.pages a')].map(a => a.href)")
    return seen


def _place(address: str) -> tuple[str, tuple[str, ...]]:
    parts = urlsplit(address)
    asked = sorted(set(parse_qs(parts.query)) - {"lang", "size", "said"})
    return parts.path, tuple(asked)


def _refused_upload(page: Page, url: str) -> None:
    """What is wrong with a file is read by everybody too."""
    page.goto(f"{url}/district/editions?lang=zh-Hans")
    files = {**whole_folder(), "items/social_assistance/SA-001.toml": b"nonsense = 1\n"}
    sent = FilePayload(name="forms.zip", mimeType="application/zip", buffer=archive(files))
    page.locator("input[type=file]").set_input_files(files=[sent])
    page.locator("form:has(input[type=file]) button").focus()
    page.keyboard.press("Enter")
    page.wait_for_selector(".words.bad")
    _sound(page, "refused upload")


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
    # By a number in place of a name no browser makes passkeys, so not even those pages run a script.
    assert page.locator("script").count() == 0
    if PICTURES[0]:
        width = page.evaluate("window.innerWidth")
        page.screenshot(path=f"{PICTURES[0]}/{width}-{re.sub('[^a-z]+', '-', name)}.png", full_page=True)
