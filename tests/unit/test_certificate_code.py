"""The code of a certificate proves its number, its days and its name, and lets nothing altered pass."""

from datetime import date, datetime
from random import Random

import pytest

from station_desk.cases.seal import SealNumber, SealNumberMistyped, read_seal_number
from station_desk.core.clock import CHINA
from station_desk.core.errors import DeskError
from station_desk.protocol.certificate_code import (
    LENGTH,
    certificate_signer,
    looks_like_certificate,
    read_certificate,
    signed_certificate,
)
from station_desk.protocol.messages import CounterKey
from station_desk.protocol.receipt_code import (
    NoReceiptCode,
    ReceiptAltered,
    SigningKeyReplaced,
    SigningKeyUnknown,
    looks_like_code,
)
from station_desk.protocol.signing import public_key_of

KEY = "7b" * 32
MINE = CounterKey("QSQ001", "02", public_key_of(KEY))
SEALED = datetime(2026, 11, 20, 10, 42, tzinfo=CHINA)
UNTIL = date(2027, 2, 20)
NUMBERS = [
    SealNumber("QSQ001", 2026, "02", 1),
    SealNumber("000000", 2026, "99Z", 123456),
    SealNumber("ZZZZZZ", 9999, "01A", 9999),
]


def code(number: SealNumber = NUMBERS[0], name: str = "王秀兰") -> str:
    return signed_certificate(KEY, number, SEALED, UNTIL, name)


@pytest.mark.parametrize("number", NUMBERS, ids=str)
def test_what_was_signed_is_read_back(number: SealNumber) -> None:
    own = CounterKey(number.station, "02", MINE.public_key)
    made = code(number)
    assert len(made) == LENGTH
    read = read_certificate(f" {made[:70]}\n{made[70:]} ")
    assert (read.number, read.sealed, read.until) == (number, SEALED, UNTIL)
    assert certificate_signer(read, [own]) == own
    assert read_certificate(made.lower()) == read
    assert looks_like_certificate(made)
    assert not looks_like_code(made)


def test_the_name_is_proved_and_not_told() -> None:
    read = read_certificate(code(name="阿卜杜拉·买买提"))
    for same in ("阿卜杜拉·买买提", "阿卜杜拉•买买提", " 阿卜杜拉 · 买买提 "):
        assert read.names(same), same
    for other in ("阿卜杜拉买买提", "王秀兰", ""):
        assert not read.names(other), other
    assert read.name_mark != read_certificate(code(NUMBERS[2], "阿卜杜拉·买买提")).name_mark


def test_a_thousand_altered_codes_are_refused() -> None:
    dice, made, passed = Random(7), code(), 0
    letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    for _ in range(1000):
        place = dice.randrange(3, len(made))
        altered = made[:place] + dice.choice(letters.replace(made[place], "")) + made[place + 1 :]
        try:
            certificate_signer(read_certificate(altered), [MINE])
            passed += 1
        except DeskError:
            continue
    assert passed == 0


@pytest.mark.parametrize("text", ["", "SC1", "SC1" + "0" * 149, "SC1" + "Z" * 149, code()[:-1], code() + "0"])
def test_what_is_damaged_is_refused(text: str) -> None:
    with pytest.raises((ReceiptAltered, NoReceiptCode)):
        read_certificate(text)


def test_the_key_must_be_known_and_in_use_when_it_was_sealed() -> None:
    read = read_certificate(code())
    with pytest.raises(SigningKeyUnknown):
        certificate_signer(read, [])
    for until, good in (("2026-11-20T10:42:00+08:00", True), ("2026-11-20T10:41:59+08:00", False)):
        key = CounterKey("QSQ001", "02", MINE.public_key, until=until)
        if good:
            assert certificate_signer(read, [key]) == key
        else:
            with pytest.raises(SigningKeyReplaced):
                certificate_signer(read, [key])


@pytest.mark.parametrize("number", NUMBERS, ids=str)
def test_a_number_is_read_with_and_without_dashes_and_no_mistyped_one_passes(number: SealNumber) -> None:
    text = str(number)
    assert read_seal_number(text) == read_seal_number(text.replace("-", "").lower()) == number
    for place, typed in enumerate(text):
        if typed.isdecimal():
            wrong = text[:place] + str((int(typed) + 1) % 10) + text[place + 1 :]
            with pytest.raises(SealNumberMistyped):
                read_seal_number(wrong)
