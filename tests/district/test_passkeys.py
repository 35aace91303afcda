"""Passkeys: kept with a one-time code, good for their owner and this site alone, refused alike."""

from collections.abc import Callable

import httpx2
import pytest
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa

from station_desk.district import tables as t
from station_desk.district.desk.accounts import disable, new_link
from station_desk.district.desk.passkey_proof import PasskeyRefused, require_usable, told
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
    assert enter(someone, one.signs(asked(someone))).status_code == 403, "a copy that counts from before"
    told = [(row["act"], row["subject"]) for row in reached.district.rows(t.staff_act.select())]
    assert {("passkey_signed_in", "office PC"), ("passkey_refused", "")} <= set(told)
    assert verify(reached.district) == []


WRONG: dict[str, Callable[[Authenticator], None]] = {
    "another site": lambda one: setattr(one, "host", "evil.example"),
    "another page": lambda one: setattr(one, "origin", "https://evil.example"),
    "another key": lambda one: setattr(one, "key", new_key()),
    "another passkey": lambda one: setattr(one, "id", b"two"),
    "nobody recognised": lambda one: setattr(one, "flags", 0x01),
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


def test_keys_of_every_kind_are_read_and_weak_ones_are_not() -> None:
    for key in (new_key(), ed25519.Ed25519PrivateKey.generate(), rsa.generate_private_key(65537, 2048)):
        require_usable(Authenticator(key=key).public)
    weak = [Authenticator(key=key).public for key in (
        rsa.generate_private_key(65537, 1024), ec.generate_private_key(ec.SECP384R1()),
    )]  # fmt: skip
    for public in (*weak, "", "!", told(b"\0" * 40)):
        with pytest.raises(PasskeyRefused):
            require_usable(public)
