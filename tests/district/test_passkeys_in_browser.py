"""A passkey in a real browser, with the authenticator that Chromium plays, on a phone and on a desk."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from station_desk.district.desk.accounts import add_staff
from station_desk.district.desk.totp import code_at, step_of
from station_desk.main.district import Served
from tests.district.conftest import NAME, DistrictClock
from tests.district.officials import PASSWORD
from tests.district.test_in_browser import AXE, VIOLATIONS, browser, page

__all__ = ["browser", "page"]


@pytest.fixture
def served(tmp_path: Path) -> Iterator[tuple[Served, DistrictClock]]:
    clock = DistrictClock()
    with Served(f"sqlite:///{tmp_path / 'district.db'}", name=NAME, clock=clock) as found:
        yield found, clock


@pytest.mark.long
def test_an_official_adds_a_passkey_and_signs_in_by_it(
    served: tuple[Served, DistrictClock], page: Page
) -> None:
    district, clock = served
    # A passkey belongs to a name, never to a number.
    root = f"{district.url.replace('127.0.0.1', 'localhost')}/district"
    troubles: list[str] = []
    page.on("console", lambda said: troubles.append(said.text))
    _with_authenticator(page)
    page.goto(f"{root}/set-up/{add_staff(district.district, 'wang', 'viewer')}?lang=zh-Hans")
    secret = page.locator(".big").inner_text().replace(" ", "")

    def code() -> str:
        clock.wait(seconds=30)
        return code_at(secret, step_of(clock()))

    _type(page, password=PASSWORD, again=PASSWORD, code=code())
    page.wait_for_url("**/sign-in**")
    _type(page, name="wang", password=PASSWORD, code=code())
    page.wait_for_url("**/stations**")
    page.goto(f"{root}/passkeys?lang=zh-Hans")
    assert page.locator("[data-without]").is_hidden()
    _sound(page)
    _type(page, name="办公室电脑", code=code())
    page.wait_for_selector(".words.ok")
    assert "办公室电脑" in page.locator("main table").inner_text()
    page.locator(".who button").click()
    page.wait_for_url("**/sign-in**")
    _sound(page)
    page.locator("form[data-passkey] button").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/stations**")
    assert "wang" in page.locator(".who").inner_text()
    # Taken back in the middle: said beside the button, and the other way stays open.
    page.locator(".who button").click()
    page.wait_for_url("**/sign-in**")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('taken back')) }")
    page.locator("form[data-passkey] button").click()
    page.wait_for_selector("[data-failed]:visible")
    _sound(page)
    assert troubles == []


def _with_authenticator(page: Page) -> None:
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    session.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def _type(page: Page, **values: str) -> None:
    for name, value in values.items():
        field = page.locator(f"input[name={name}]:visible").first
        field.focus()
        field.fill(value)
    page.keyboard.press("Enter")


def _sound(page: Page) -> None:
    page.evaluate(AXE)
    assert page.evaluate(VIOLATIONS) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
