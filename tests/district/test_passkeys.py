"""Passkeys: kept with a one-time code, good for their owner and this site alone, refused alike."""

from collections.abc import Callable

import httpx2
import pytest

from station_desk.district import tables as t
from station_desk.district.desk.accounts import disable, new_link
from station_desk.district.desk.passkey_proof import told
from station_desk.district.verify import verify
from tests.district.authenticator import Authenticator, new_key
from tests.district.conftest import DistrictClock, Reached
from tests.district.officials import Official, official

SIGN_IN, PAGE = "/district/sign-in?lang=en", "passkeys"
on_sqlite = pytest.mark.parametrize("kept_url", ["sqlite"], indirect=True)


@pytest.fixture
def someone(reached: Reached, clock: DistrictClock) -> Official:
    found = official(reached.district, clock, "viewer")
    clock.wait(seconds=30)
    return found


def add(someone: Official, one: Authenticator, **form: str) -> httpx2.Response:
    sent = {"name": "office PC", "code": someone.code(), **one.makes(someone.get(PAGE).text), **form}
    answer = someone.do(PAGE, "add_passkey", **sent)
    someone.clock.wait(seconds=30)
    return answer


def enter(someone: Official, sent: dict[str, str]) -> httpx2.Response:
    someone.http.cookies.clear()
    return someone.http.post("/district/sign-in/passkey?lang=en", data=sent, follow_redirects=True)


def asked(someone: Official) -> str:
    return str(someone.http.get(SIGN_IN).text)


def test_with_a_passkey_one_signs_in_once_for_each_challenge(someone: Official, reached: Reached) -> None:
    one = Authenticator(counted=4)
    assert add(someone, one, code="000000").status_code == 422
    assert add(someone, one, name=" ").status_code == 422
    assert "The passkey is kept" in add(someone, one).text
    assert add(someone, one).status_code == 422, "the same one again"
    sent = one.signs(asked(someone))
    assert enter(someone, sent).url.path == "/district/stations"
    assert enter(someone, sent).status_code == 403, "a challenge is good once"
    one.counted = 4
    copy = enter(someone, one.signs(asked(someone)))
    assert (copy.status_code, "office PC" in copy.text and "counted backwards" in copy.text) == (403, True)
    one.counted = 40
    stopped = enter(someone, one.signs(asked(someone)))
    assert stopped.status_code == 403, "nobody knows which of the two is the right one"
    told = [(row["act"], row["subject"]) for row in reached.district.rows(t.staff_act.select())]
    acts = {("passkey_signed_in", "office PC"), ("passkey_refused", ""), ("passkey_copied", "office PC")}
    assert acts <= set(told)
    someone.sign_in()
    assert "a copy of it was used" in someone.get(PAGE).text
    assert verify(reached.district) == []


WRONG: dict[str, Callable[[Authenticator], None]] = {
    "another site": lambda one: setattr(one, "host", "evil.example"),
    "another page": lambda one: setattr(one, "origin", "https://evil.example"),
    "another key": lambda one: setattr(one, "key", new_key()),
    "another passkey": lambda one: setattr(one, "id", b"two"),
    "nobody recognised": lambda one: setattr(one, "flags", 0x01),
    "nobody there": lambda one: setattr(one, "flags", 0x04),
    "a key beside": lambda one: setattr(one, "flags", 0x45),
    "more that is not there": lambda one: setattr(one, "flags", 0x85),
    "copied, and cannot be": lambda one: setattr(one, "flags", 0x15),
    "another's account": lambda one: setattr(one, "user", "li"),
    "nobody's account": lambda one: setattr(one, "user", ""),
}


@on_sqlite
def test_whatever_is_wrong_the_answer_is_the_same(
    someone: Official, reached: Reached, clock: DistrictClock
) -> None:
    one = Authenticator()
    add(someone, one)
    good = dict(vars(one))
    answers = []
    for spoil in WRONG.values():
        vars(one).update(good)
        spoil(one)
        answers.append(enter(someone, one.signs(asked(someone))))
    vars(one).update(good)
    sent, late = one.signs(asked(someone)), one.signs(asked(someone))
    answers += [
        enter(someone, {**sent, "client": "?"}),
        enter(someone, {}),
        enter(someone, {**sent, "data": "AA"}),
        enter(someone, {**sent, "data": sent["data"] + "AAAA"}),
        enter(someone, {**sent, "signature": sent["signature"][:-4] + "AAAA"}),
        enter(someone, {**sent, "client": "A" * 5000}),
    ]
    # A challenge that was made to keep a passkey is none to sign in with.
    someone.sign_in()
    answers.append(enter(someone, one.signs(someone.get(PAGE).text)))
    clock.wait(minutes=6)
    answers.append(enter(someone, late))
    assert {(a.status_code, "The passkey was not accepted" in a.text) for a in answers} == {(403, True)}
    assert enter(someone, one.signs(asked(someone))).status_code == 200
    disable(reached.district, "viewer")
    assert enter(someone, one.signs(asked(someone))).status_code == 403
    new_link(reached.district, "viewer")
    assert reached.district.rows(t.staff_passkey.select()) == []


@on_sqlite
def test_a_passkey_is_its_owner_s_alone_and_goes(
    someone: Official, reached: Reached, clock: DistrictClock
) -> None:
    one = Authenticator()
    add(someone, one)
    other = official(reached.district, clock, "viewer", "li")
    assert "You have no passkey yet" in other.get(PAGE).text
    assert other.do(PAGE, "remove_passkey", passkey=told(one.id)).status_code == 422
    assert "opens nothing any more" in someone.do(PAGE, "remove_passkey", passkey=told(one.id)).text
    assert enter(someone, one.signs(asked(someone))).status_code == 403


@on_sqlite
def test_where_a_browser_can_make_none_there_is_none(someone: Official) -> None:
    """A number is no site; only pages with such a form let a script run."""
    page = someone.http.get("/district/sign-in", headers={"Host": "127.0.0.1:8470"})
    assert "<script" not in page.text
    for path, runs in (("sign-in", True), ("passkeys", True), ("stations", False), ("audit", False)):
        policy = someone.get(path).headers["content-security-policy"]
        assert ("script-src 'self'" in policy) is runs, path
        assert "default-src 'none'" in policy
