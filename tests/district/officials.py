"""Officials of the district who sign in like people: with a set-up link, a password, a phone for codes."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import httpx2
from starlette.testclient import TestClient

from station_desk.core import paths
from station_desk.counter.staff.hashing import Argon
from station_desk.district.app import make_app
from station_desk.district.desk.accounts import add_staff
from station_desk.district.desk.totp import code_at, step_of
from station_desk.district.district import District
from tests.district.conftest import DistrictClock

PASSWORD = "green-stone-47"
QUICK = Argon(8, 1, 1)
"""Hashes in no time: what is tried here is not how slow it is."""


@dataclass
class Official:
    """A browser, and the phone of its owner."""

    http: httpx2.Client
    clock: DistrictClock
    name: str
    secret: str = ""
    kept: dict[str, str] = field(default_factory=dict)

    def set_up(self, token: str) -> httpx2.Response:
        page = self.http.get(f"/district/set-up/{token}?lang=en")
        self.secret = re.sub(r"\s", "", re.findall(r'class="big">([^<]*)<', page.text)[0])
        form = {"password": PASSWORD, "again": PASSWORD, "code": self.code()}
        answer = self.http.post(f"/district/set-up/{token}?lang=en", data=form, follow_redirects=True)
        self.clock.wait(seconds=30)
        return answer

    def code(self) -> str:
        return code_at(self.secret, step_of(self.clock()))

    def sign_in(self, password: str = PASSWORD, code: str = "") -> httpx2.Response:
        self.kept.clear()
        form = {"name": self.name, "password": password, "code": code or self.code()}
        return self.http.post("/district/sign-in?lang=en", data=form, follow_redirects=True)

    def get(self, page: str, language: str = "en") -> httpx2.Response:
        joint = "&" if "?" in page else "?"
        return self.http.get(f"/district/{page}{joint}lang={language}", follow_redirects=True)

    def do(self, page: str, act: str, **form: str) -> httpx2.Response:
        key = re.findall(r'name="key" value="([^"]+)"', self.get(page).text)[0]
        sent = {"key": key, "act": act, **form}
        path = page.partition("?")[0]
        return self.http.post(f"/district/{path}?lang=en", data=sent, follow_redirects=True)


def official(
    district: District,
    clock: DistrictClock,
    role: str = "admin",
    name: str = "",
    *,
    signed_in: bool = True,
    forms: Path = paths.FORMS,
) -> Official:
    """An account of that role that is set up; signed in too."""
    app = make_app(district, forms=forms, hashing=lambda: QUICK)
    someone = Official(TestClient(app, base_url="https://testserver"), clock, name or role)
    answer = someone.set_up(add_staff(district, someone.name, role))
    assert "set up; you can sign in" in answer.text
    if signed_in:
        assert someone.sign_in().status_code == 200
    return someone


def minutes_later(clock: DistrictClock, minutes: int) -> datetime:
    clock.moment += timedelta(minutes=minutes)
    return clock.moment
