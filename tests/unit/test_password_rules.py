"""Passwords and PINs that anybody would guess are refused, others are not; waits cannot be cut short."""

import pytest

from station_desk.cases.password_rules import (
    PasswordTellsWho,
    PasswordTooEasy,
    PasswordTooShort,
    PinNotWellFormed,
    PinTooEasy,
    require_good_password,
    require_good_pin,
)
from station_desk.cases.tries import Tries, is_locked, seconds_left, wait_after
from station_desk.core.errors import RuleError
from station_desk.core.uptime import Uptime, uptime

KNOWN = ("陈立新", "clx", "QSQ001", "青石桥社区公共服务站")


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("kurz", PasswordTooShort),
        ("a" * 201, PasswordTooShort),
        ("aaaaaaaa", PasswordTooEasy),
        ("abcabcabc", PasswordTooEasy),
        ("20242024", PasswordTooEasy),
        ("12345678", PasswordTooEasy),
        ("87654321", PasswordTooEasy),
        ("qwertyui", PasswordTooEasy),
        ("1qaz2wsx", PasswordTooEasy),
        ("Password1", PasswordTooEasy),
        ("admin123456", PasswordTooEasy),
        ("陈立新2024年", PasswordTellsWho),
        ("xy-clx-2391", PasswordTellsWho),
        ("my-qsq001!", PasswordTellsWho),
    ],
)
def test_a_password_that_anybody_would_guess_is_refused(password: str, why: type[RuleError]) -> None:
    with pytest.raises(why):
        require_good_password(password, KNOWN)


@pytest.mark.parametrize(
    "password", ["river-lamp-oak", "三棵老树长在河边", "Tz7#kq2m", "pass through 9 gates"]
)
def test_other_passwords_are_taken(password: str) -> None:
    require_good_password(password, KNOWN)


@pytest.mark.parametrize("pin", ["12345", "1234567890123", "12a456", "１２３４５６"])
def test_a_pin_is_six_to_twelve_digits(pin: str) -> None:
    with pytest.raises(PinNotWellFormed):
        require_good_pin(pin)


@pytest.mark.parametrize("pin", ["111111", "123456", "987654", "121212", "123123", "890123"])
def test_a_pin_that_anybody_would_guess_is_refused(pin: str) -> None:
    with pytest.raises(PinTooEasy):
        require_good_pin(pin)


def test_waits_double_from_the_fifth_wrong_one() -> None:
    assert [wait_after(wrong) / 60 for wrong in range(4, 11)] == [0, 1, 2, 4, 8, 16, 32]
    assert wait_after(60) == 86_400
    assert [is_locked(Tries(wrong)) for wrong in (9, 10, 11)] == [False, True, True]


def test_a_wait_runs_by_the_running_time_of_the_pc() -> None:
    tries = Tries(5, "this", 1000.0)
    assert seconds_left(tries, Uptime("this", 1030.0)) == 30.0
    assert seconds_left(tries, Uptime("this", 1060.0)) == 0.0


def test_a_start_of_the_pc_makes_no_wait_shorter() -> None:
    tries = Tries(5, "before", 1000.0)
    assert seconds_left(tries, Uptime("after", 20.0)) == 40.0
    unnamed = Tries(5, "", 1000.0)
    assert seconds_left(unnamed, Uptime("", 20.0)) == 40.0
    assert seconds_left(unnamed, Uptime("", 1010.0)) == 50.0


def test_the_running_time_goes_on() -> None:
    first = uptime()
    second = uptime()
    assert first.boot == second.boot
    assert 0 < first.seconds <= second.seconds
