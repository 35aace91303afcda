"""A signed code says what it was made from, and no other code does: vectors, a thousand alterations, keys."""

from collections import Counter
from datetime import date, datetime, timedelta
from random import Random

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from station_desk.cases.number import CaseNumber
from station_desk.core.clock import CHINA, stamp
from station_desk.core.errors import IntegrityError, RuleError
from station_desk.protocol import receipt_code as rc
from station_desk.protocol.messages import CounterKey
from station_desk.protocol.signing import public_key_of

KEY, OTHER_KEY = "7b" * 32, "c4" * 32
NUMBER = CaseNumber("QSQ001", date(2026, 11, 20), "02", 31)
ACCEPTED = datetime(2026, 11, 20, 10, 42, 7, tzinfo=CHINA)
MINE = CounterKey("QSQ001", "02", public_key_of(KEY))
OTHER = CounterKey("QSQ002", "01", public_key_of(OTHER_KEY))
KNOWN = (OTHER, MINE, CounterKey("QSQ001", "03", public_key_of("55" * 32)))
ALTERATIONS = 1000

VECTORS = [
    (
        KEY,
        NUMBER,
        ACCEPTED,
        (
            "SD10P67YTBMDVBQWBOL72XT7L026KVUKNSSO8M7AFHYVU3PFTPP6NT3O0SCLK3FASJ0YCJ"
            "NMFUQNJXA5BH3SF2I9MS5XNUMM84SYZ64VEE82XCVRK5IC5X7EOCX4T39KNEO2R9AYNZNX"
        ),
    ),
    (
        OTHER_KEY,
        CaseNumber("000001", date(2000, 1, 1), "99Z", 999_999),
        datetime(2000, 1, 1, tzinfo=CHINA),
        (
            "SD10000000XTESSRIPEMVZTTI24AKS8BVJ6GTHAEERXX7T6Q7LU8LU5WRADPN4IKFFMMU4"
            "G2KV1T58LLJI1Q437Q78MZRZXYU869K46FSY1LMGBTQB21CVODBAI8FVSLCUKINASL8NF9"
        ),
    ),
]


@pytest.mark.parametrize(("key", "number", "accepted", "code"), VECTORS)
def test_a_code_is_written_for_good(key: str, number: CaseNumber, accepted: datetime, code: str) -> None:
    """Papers carry these for decades: whatever changes, they must be read, and come out the same."""
    assert rc.signed_code(key, number, accepted) == code
    assert len(code) == rc.LENGTH
    read = rc.read_code(code)
    assert (read.number, read.accepted) == (number, accepted)
    assert rc.signer_of(read, [CounterKey(number.station, "02", public_key_of(key))]).counter == "02"


@given(
    station=st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", min_size=6, max_size=6),
    day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
    counter=st.from_regex(r"[0-9]{2}[A-Z]?", fullmatch=True),
    serial=st.integers(0, 999_999),
    seconds=st.integers(0, 2**32 - 1),
    key=st.binary(min_size=32, max_size=32),
)
def test_every_case_number_and_moment_comes_back(
    station: str, day: date, counter: str, serial: int, seconds: int, key: bytes
) -> None:
    number = CaseNumber(station, day, counter, serial)
    accepted = datetime(2000, 1, 1, tzinfo=CHINA) + timedelta(seconds=seconds)
    code = rc.read_code(rc.signed_code(key.hex(), number, accepted))
    assert (code.number, code.accepted) == (number, accepted)
    rc.signer_of(code, [CounterKey(station, counter[:2], public_key_of(key.hex()))])


def test_a_code_holds_letters_and_digits_alone_and_shows_nothing_to_a_reader() -> None:
    code = rc.signed_code(KEY, NUMBER, ACCEPTED)
    assert code.isascii()
    assert code.isalnum()
    assert code.upper() == code
    for shown in ("QSQ001", "2611", "1042", NUMBER.compact):
        assert shown not in code


@given(st.text(max_size=300))
def test_any_text_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises((RuleError, IntegrityError)):
        rc.read_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "SD",
        "QSQ001-261120-02-0031-O",
        "https://a.cn/t/q9Zk3vT1mUo_xW7bRf2s8A",
        "X" * 140,
        "SD9",
        "王",
    ],
)
def test_what_is_no_receipt_code_is_called_so(text: str) -> None:
    with pytest.raises(rc.NoReceiptCode):
        rc.read_code(text)
    assert not rc.looks_like_code(text)


def test_a_code_of_a_newer_program_is_called_so() -> None:
    with pytest.raises(rc.NewerReceiptCode) as refused:
        rc.read_code("SD2" + "A" * 120)
    assert refused.value.values == {"version": "SD2"}


@pytest.mark.parametrize("around", ["{}", " {}\r\n", "\t{}\n\n"])
def test_how_a_scanner_or_the_clipboard_hands_it_over_does_not_count(around: str) -> None:
    code = rc.signed_code(KEY, NUMBER, ACCEPTED)
    for text in (
        around.format(code),
        around.format(code.lower()),
        around.format(f"{code[:70]}\n{code[70:]}"),
    ):
        assert rc.read_code(text).number == NUMBER
        assert rc.looks_like_code(text)


def test_a_thousand_altered_codes_are_all_refused() -> None:
    dice, refused = Random(20261120), Counter[tuple[str, str]]()
    for turn in range(ALTERATIONS):
        number, accepted = _somebody(dice, turn)
        kind = KINDS[turn % len(KINDS)]
        altered = kind(dice, number, accepted)
        assert altered != rc.signed_code(KEY, number, accepted)
        with pytest.raises((RuleError, IntegrityError)) as stopped:
            rc.signer_of(rc.read_code(altered), KNOWN)
        refused[kind.__name__, type(stopped.value).__name__] += 1
    assert sum(refused.values()) == ALTERATIONS
    # Whatever was altered behind the version is called altered; only where the key is nobody's it is unknown.
    assert {what for what in refused if what[1] != "ReceiptAltered"} <= {
        ("_character_replaced", "NoReceiptCode"),
        ("_bits_flipped_in_the_text", "NoReceiptCode"),
        ("_bits_flipped_in_the_text", "NewerReceiptCode"),
        ("_key_of_nobody", "SigningKeyUnknown"),
    }
    assert refused["_key_of_nobody", "SigningKeyUnknown"] > 0


@pytest.mark.parametrize("place", range(rc.LENGTH))
def test_each_character_counts(place: int) -> None:
    code = rc.signed_code(KEY, NUMBER, ACCEPTED)
    for other in "07AZ*a":
        if other != code[place]:
            with pytest.raises((RuleError, IntegrityError)):
                rc.signer_of(rc.read_code(code[:place] + other + code[place + 1 :]), KNOWN)


def test_a_key_that_nobody_told_us_of_is_unknown_not_forged() -> None:
    code = rc.read_code(rc.signed_code(OTHER_KEY, NUMBER, ACCEPTED))
    with pytest.raises(rc.SigningKeyUnknown) as refused:
        rc.signer_of(code, KNOWN)
    assert refused.value.values == {"station": "QSQ001", "number": str(NUMBER)}


@pytest.mark.parametrize(("retired", "error"), [
    ("sync.revoked", rc.SigningKeyRevoked), ("sync.replaced", rc.SigningKeyReplaced),
])  # fmt: skip
def test_a_retired_key_is_good_for_what_was_accepted_before(retired: str, error: type[RuleError]) -> None:
    code = rc.read_code(rc.signed_code(KEY, NUMBER, ACCEPTED))

    def until(moment: datetime) -> CounterKey:
        return msgspec.structs.replace(MINE, until=stamp(moment), retired=retired, reason="电脑失窃")

    for moment in (ACCEPTED, ACCEPTED + timedelta(days=400)):
        assert rc.signer_of(code, [until(moment)]).counter == "02"
    late = until(ACCEPTED - timedelta(seconds=1))
    with pytest.raises(error) as refused:
        rc.signer_of(code, [late])
    assert refused.value.values["reason"] == "电脑失窃"
    assert refused.value.values["day"] == date(2026, 11, 20)
    # The same key enrolled once more, because an answer was lost, is in use.
    assert rc.signer_of(code, [late, MINE]).until == ""


def test_a_request_to_the_district_is_no_receipt() -> None:
    """The key signs both; the purpose keeps them apart."""
    facts = rc._facts(NUMBER, ACCEPTED, rc.key_mark(MINE.public_key))
    with pytest.raises(rc.ReceiptAltered):
        rc.signer_of(rc.read_code(_sealed(facts, _sign(KEY, facts))), KNOWN)


def _somebody(dice: Random, turn: int) -> tuple[CaseNumber, datetime]:
    accepted = ACCEPTED + timedelta(minutes=dice.randrange(500_000))
    return CaseNumber("QSQ001", accepted.date(), "02", turn + 1), accepted


def _character_replaced(dice: Random, number: CaseNumber, accepted: datetime) -> str:
    code = rc.signed_code(KEY, number, accepted)
    place = dice.randrange(len(code))
    return code[:place] + dice.choice([c for c in rc._DIGITS if c != code[place]]) + code[place + 1 :]


def _bits_flipped_in_the_text(dice: Random, number: CaseNumber, accepted: datetime) -> str:
    code = bytearray(rc.signed_code(KEY, number, accepted).encode())
    for _ in range(dice.randint(1, 3)):
        code[dice.randrange(len(code))] ^= 1 << dice.randrange(7)
    return code.decode("latin-1")


def _bits_flipped_in_the_facts(dice: Random, number: CaseNumber, accepted: datetime) -> str:
    """By somebody who knows how the checksum is made; the mark of the key is left alone."""
    facts, signature = _parts(number, accepted)
    changed = bytearray(facts)
    changed[dice.randrange(4, len(facts) - 4)] ^= 1 << dice.randrange(8)
    return _sealed(bytes(changed), signature)


def _bits_flipped_in_the_signature(dice: Random, number: CaseNumber, accepted: datetime) -> str:
    facts, signature = _parts(number, accepted)
    changed = bytearray(signature)
    changed[dice.randrange(len(signature))] ^= 1 << dice.randrange(8)
    return _sealed(facts, bytes(changed))


def _facts_of_another_receipt(dice: Random, number: CaseNumber, accepted: datetime) -> str:
    other = CaseNumber(number.station, number.day, number.counter, number.serial + dice.randint(1, 50))
    return _sealed(_parts(other, accepted)[0], _parts(number, accepted)[1])


def _swapped_halves(dice: Random, number: CaseNumber, accepted: datetime) -> str:
    """The text of one code as far as a place behind its facts, that of another from there on."""
    one = rc.signed_code(KEY, number, accepted)
    other = rc.signed_code(KEY, number, accepted + timedelta(days=1))
    place = dice.randrange(45, len(one) - 10)
    return one[:place] + other[place:]


def _truncated(dice: Random, number: CaseNumber, accepted: datetime) -> str:
    code = rc.signed_code(KEY, number, accepted)
    return code[: dice.randrange(len(rc.VERSION), len(code))]


def _piece_missing(dice: Random, number: CaseNumber, accepted: datetime) -> str:
    code = rc.signed_code(KEY, number, accepted)
    place = dice.randrange(len(rc.VERSION), len(code) - 5)
    return code[:place] + code[place + dice.randint(1, 5) :]


def _lengthened(dice: Random, number: CaseNumber, accepted: datetime) -> str:
    return rc.signed_code(KEY, number, accepted) + "".join(dice.choices(rc._DIGITS, k=dice.randint(1, 200)))


def _signed_by_another_station(_dice: Random, number: CaseNumber, accepted: datetime) -> str:
    """Says that our counter's key has signed."""
    facts = _parts(number, accepted)[0]
    return _sealed(facts, _sign(OTHER_KEY, rc.PURPOSE + facts))


def _moved_to_another_station(_dice: Random, number: CaseNumber, accepted: datetime) -> str:
    """Our signature under a number of a station whose key is named."""
    other = CaseNumber("QSQ002", number.day, "01", number.serial)
    return _sealed(rc._facts(other, accepted, rc.key_mark(OTHER.public_key)), _parts(number, accepted)[1])


def _key_of_nobody(dice: Random, number: CaseNumber, accepted: datetime) -> str:
    facts, signature = _parts(number, accepted)
    return _sealed(facts[:-4] + dice.randbytes(4), signature)


def _another_day(dice: Random, number: CaseNumber, accepted: datetime) -> str:
    moved = accepted + timedelta(days=dice.choice((-30, -1, 1, 30)))
    return _sealed(rc._facts(number, moved, rc.key_mark(MINE.public_key)), _parts(number, accepted)[1])


def _neighbours_swapped(dice: Random, number: CaseNumber, accepted: datetime) -> str:
    code = rc.signed_code(KEY, number, accepted)
    places = [n for n in range(len(rc.VERSION), len(code) - 1) if code[n] != code[n + 1]]
    place = dice.choice(places)
    return code[:place] + code[place + 1] + code[place] + code[place + 2 :]


KINDS = (
    _character_replaced,
    _bits_flipped_in_the_text,
    _bits_flipped_in_the_facts,
    _bits_flipped_in_the_signature,
    _facts_of_another_receipt,
    _swapped_halves,
    _truncated,
    _piece_missing,
    _lengthened,
    _signed_by_another_station,
    _moved_to_another_station,
    _key_of_nobody,
    _another_day,
    _neighbours_swapped,
)


def _parts(number: CaseNumber, accepted: datetime) -> tuple[bytes, bytes]:
    """The facts of a genuine code and their signature."""
    facts = rc._facts(number, accepted, rc.key_mark(MINE.public_key))
    return facts, rc.read_code(rc.signed_code(KEY, number, accepted)).signature


def _sealed(facts: bytes, signature: bytes) -> str:
    """A code with a checksum that is right."""
    raw = facts + signature + rc.checksum(rc.VERSION, facts + signature)
    return rc.VERSION + rc.written(raw, rc.LENGTH - len(rc.VERSION))


def _sign(key: str, text: bytes) -> bytes:
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(key)).sign(text)
