"""Who comes into the district desk, and who does not."""

import re

import pytest

from station_desk.district import tables as t
from station_desk.district.desk.accounts import (
    NoSuchStaff,
    RoleUnknown,
    StaffExists,
    StaffNameNotWellFormed,
    add_staff,
    change_role,
    disable,
    new_link,
)
from station_desk.district.desk.pages import PAGES
from station_desk.district.desk.roles import RIGHTS, ROLES, may
from station_desk.district.desk.totp import code_at
from station_desk.district.verify import Problem, verify
from tests.district.conftest import DistrictClock, Reached
from tests.district.html_rules import html_faults
from tests.district.officials import PASSWORD, official
from tests.district.test_pages import HEADERS


def acts(reached: Reached) -> list[tuple[str, str]]:
    rows = reached.district.rows(t.staff_act.select().order_by(t.staff_act.c.seq))
    return [(row["staff"], row["act"]) for row in rows]


@pytest.mark.parametrize(
    ("seconds", "code"),
    [(59, "94287082"), (1111111109, "07081804"), (1234567890, "89005924"), (20000000000, "65353130")],
)
def test_codes_are_those_of_the_standard(seconds: int, code: str) -> None:
    """RFC 6238, appendix B: the secret is the digits 1 to 0 twice over."""
    assert code_at("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", seconds // 30, 8) == code


def test_an_official_signs_in_looks_and_signs_out(reached: Reached, clock: DistrictClock) -> None:
    someone = official(reached.district, clock)
    page = someone.http.get("/district?lang=en")
    assert page.url.path == "/district/stations"
    assert {name: page.headers[name] for name in HEADERS} == HEADERS
    out = someone.do("audit", "")
    assert out.status_code == 403, "a form without an act does nothing"
    key = re.findall(r'name="key" value="([^"]+)"', someone.get("audit").text)[0]
    someone.http.post("/district/sign-out", data={"key": key})
    assert someone.get("audit").url.path == "/district/sign-in"
    told = acts(reached)
    assert told[:5] == [
        ("server", "staff_added"), ("admin", "set_up"), ("admin", "sign_in_tried"), ("admin", "signed_in"),
        ("admin", "opened"),
    ]  # fmt: skip
    assert told[-1] == ("admin", "signed_out")
    assert verify(reached.district) == []


def test_the_cookie_is_for_us_and_tls_alone(reached: Reached, clock: DistrictClock) -> None:
    someone = official(reached.district, clock, signed_in=False)
    form = {"name": "admin", "password": PASSWORD, "code": someone.code()}
    answer = someone.http.post("/district/sign-in", data=form, follow_redirects=False)
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "Secure", "SameSite=strict", "Path=/district"} <= set(cookie.split("; "))
    token = cookie.partition("=")[2].partition(";")[0]
    assert token not in str(reached.district.rows(t.staff_session.select()))


def test_whatever_is_wrong_the_answer_is_the_same(reached: Reached, clock: DistrictClock) -> None:
    someone = official(reached.district, clock, signed_in=False)
    good, used = someone.code(), someone.code()
    answers = [
        someone.sign_in("wrong-password"), someone.sign_in(code="000000" if good != "000000" else "111111"),
        someone.sign_in(code=""[:0] or "x"),
    ]  # fmt: skip
    someone.name = "nobody"
    answers.append(someone.sign_in())
    someone.name = "admin"
    # The challenge for passkeys is another one each time, whatever was wrong.
    pages = [re.sub(r'data-challenge="[^"]+"', "", answer.text) for answer in answers]
    assert {answer.status_code for answer in answers} == {403}
    assert set(pages) == {pages[0]}
    assert someone.sign_in(code=good).url.path == "/district/stations"
    someone.http.cookies.clear()
    assert someone.sign_in(code=used).status_code == 403, "a code is good once"


def test_wrong_ones_have_to_wait_and_waiting_is_enough(reached: Reached, clock: DistrictClock) -> None:
    someone = official(reached.district, clock, signed_in=False)
    for _ in range(5):
        assert someone.sign_in("wrong-password").status_code == 403
    assert someone.sign_in().status_code == 403, "right, and too early"
    clock.wait(seconds=61)
    assert someone.sign_in().status_code == 200
    assert ("admin", "sign_in_held") in acts(reached)


def test_sessions_end_by_idleness_and_by_length_and_their_tokens_change(
    reached: Reached, clock: DistrictClock
) -> None:
    someone = official(reached.district, clock)
    first = dict(someone.http.cookies)
    clock.wait(minutes=16)
    assert someone.get("stations").url.path == "/district/stations"
    second = dict(someone.http.cookies)
    assert first != second
    clock.wait(minutes=1)
    old = dict(second)
    someone.http.cookies.clear()
    someone.http.cookies.update(first)
    assert someone.get("stations").url.path == "/district/sign-in", "the old token leads nowhere any more"
    someone.http.cookies.clear()
    someone.http.cookies.update(old)
    for _ in range(30):
        clock.wait(minutes=16)
        if someone.get("stations").url.path == "/district/sign-in":
            break
    else:
        pytest.fail("a session lasted for more than a working day")
    someone.sign_in()
    clock.wait(minutes=21)
    assert someone.get("stations").url.path == "/district/sign-in"


def test_a_form_of_another_page_does_nothing(reached: Reached, clock: DistrictClock) -> None:
    someone = official(reached.district, clock)
    key = re.findall(r'name="key" value="([^"]+)"', someone.get("audit").text)[0]
    for form, headers in (
        ({"act": "new_code", "station": "QSQ001"}, {}),
        ({"key": "x", "act": "new_code", "station": "QSQ001"}, {}),
        ({"key": key, "act": "new_code", "station": "QSQ001"}, {"Sec-Fetch-Site": "cross-site"}),
    ):
        assert someone.http.post("/district/devices", data=form, headers=headers).status_code == 403
    assert reached.district.rows(t.enrol_code.select()) == []


@pytest.mark.parametrize("role", ROLES)
def test_each_role_comes_as_far_as_the_table_says(reached: Reached, clock: DistrictClock, role: str) -> None:
    someone = official(reached.district, clock, role)
    for page in PAGES:
        allowed = may(role, page.right)
        for language in ("zh-Hans", "zh-Hant", "en") if role == "admin" else ("en",):
            shown = someone.get(page.name, language)
            assert shown.status_code == (200 if allowed else 403), page.name
            assert html_faults(shown.text) == []
            assert ("<script" in shown.text) is (page.name == "passkeys"), "the one page that needs it"
        file = someone.get(f"{page.name}/list.csv")
        assert (file.status_code == 200) <= (allowed and may(role, "export"))
        for act, deed in page.deeds.items():
            if not may(role, deed.right):
                assert someone.do(page.name if allowed else "stations", act).status_code == 403
    assert set(RIGHTS["audit"]) == {"admin"}


def test_a_changed_role_and_a_disabled_account_count_at_once(reached: Reached, clock: DistrictClock) -> None:
    someone = official(reached.district, clock)
    change_role(reached.district, "ADMIN ", "viewer")
    assert someone.get("audit").status_code == 403
    disable(reached.district, "admin")
    assert someone.get("stations").url.path == "/district/sign-in"
    assert someone.sign_in().status_code == 403
    someone.set_up(new_link(reached.district, "admin"))
    assert someone.sign_in().status_code == 200


def test_a_link_works_once_for_two_days_and_wants_a_good_password(
    reached: Reached, clock: DistrictClock
) -> None:
    token = add_staff(reached.district, "wang", "viewer")
    someone = official(reached.district, clock, signed_in=False)
    path = f"/district/set-up/{token}?lang=en"
    for form in ({}, {"password": "x", "again": "y"}, {"password": "12345678", "again": "12345678"},
                 {"password": PASSWORD, "again": PASSWORD, "code": "12"}):  # fmt: skip
        assert someone.http.post(path, data=form).status_code == 422
    clock.wait(hours=49)
    assert someone.http.get(path).status_code == 404
    assert someone.http.get("/district/set-up/nonsense").status_code == 404


def test_accounts_are_named_once_and_well(reached: Reached) -> None:
    add_staff(reached.district, " Wang ", "viewer")
    with pytest.raises(StaffExists):
        add_staff(reached.district, "WANG", "viewer")
    for name in ("", "x" * 41, "server", "a\u202eb"):
        with pytest.raises(StaffNameNotWellFormed):
            add_staff(reached.district, name, "viewer")
    with pytest.raises(RoleUnknown):
        add_staff(reached.district, "li", "boss")
    with pytest.raises(NoSuchStaff):
        disable(reached.district, "li")


def test_a_changed_record_is_found(reached: Reached, clock: DistrictClock) -> None:
    someone = official(reached.district, clock)
    reached.district.write(
        lambda c: c.execute(t.staff_act.update().where(t.staff_act.c.seq == 2).values(staff="x"))
    )
    assert verify(reached.district) == [Problem("acts_changed", "2")]
    assert "Line 2 is not as it was written" in someone.get("audit?check=1").text
