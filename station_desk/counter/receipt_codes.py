"""Signs the code that each receipt carries, and tells by it, offline, whether a receipt is genuine."""

from dataclasses import dataclass
from typing import Literal

import msgspec

from station_desk.cases.case import Case
from station_desk.cases.number import read_number
from station_desk.core.clock import moment, stamp
from station_desk.core.errors import DeskError
from station_desk.counter.desk import Desk
from station_desk.protocol.receipt_code import (
    NewerReceiptCode,
    NoReceiptCode,
    ReceiptAltered,
    SigningKeyUnknown,
    read_code,
    signed_code,
    signer_of,
)
from station_desk.store.case_pages import CaseRow
from station_desk.store.find import find_cases
from station_desk.store.keys import DeskKeys
from station_desk.store.unit import CaseUnknown

Verdict = Literal["genuine", "altered", "unknown", "retired", "no_code"]


class GenuineReceipt(msgspec.Struct, frozen=True):
    """What a genuine receipt is about. `state` is that of the case, empty when it is not of this counter.

    `signed_by` is the counter whose key has signed; `until` says since when that key is in use no more.
    """

    number: str
    accepted: str
    station: str
    signed_by: str
    until: str
    state: str


@dataclass(frozen=True, slots=True)
class LookedAt:
    """A scanned code for the window: its verdict, the values of its sentence, the case where it is here.

    `paper` says what was scanned: a receipt or a certificate.
    """

    verdict: Verdict
    values: dict[str, object]
    rows: list[CaseRow]
    paper: str = "receipt"


def code_of(desk: Desk, case: Case) -> str:
    """The signed code for the receipt of a case; empty before the case was accepted."""
    if not case.accepted_at:
        return ""
    key = DeskKeys(desk.store).signing_key()
    return signed_code(key, read_number(case.number), moment(case.accepted_at))


def prove_receipt(desk: Desk, text: str) -> GenuineReceipt:
    """What the receipt with this code is about, when it is genuine.

    Raises what `read_code` and `signer_of` raise: altered, no code at all, key unknown, revoked or replaced.
    """
    code = read_code(text)
    signer = signer_of(code, DeskKeys(desk.store).of_station(code.number.station))
    number = str(code.number)
    accepted = stamp(code.accepted)
    return GenuineReceipt(
        number, accepted, signer.station, signer.counter, signer.until, _state(desk, number)
    )


def look_at_receipt(desk: Desk, text: str) -> LookedAt:
    """The same for the window, which shows a verdict beside the case and never an error."""
    try:
        proved = prove_receipt(desk, text)
    except DeskError as error:
        return LookedAt(verdict_of(error), error.values, _named_by(desk, text))
    day = moment(proved.accepted).date()
    values = {"number": proved.number, "day": day, "counter": int(proved.signed_by)}
    return LookedAt("genuine", values, find_cases(desk.store, proved.number))


def verdict_of(error: DeskError) -> Verdict:
    """What the window says of a code that was not proved."""
    match error:
        case ReceiptAltered():
            return "altered"
        case SigningKeyUnknown():
            return "unknown"
        case NoReceiptCode() | NewerReceiptCode():
            return "no_code"
        case _:
            return "retired"


def _named_by(desk: Desk, text: str) -> list[CaseRow]:
    """The case that a refused code names, to compare it with the paper: none when the code is damaged."""
    try:
        return find_cases(desk.store, str(read_code(text).number))
    except DeskError:
        return []


def _state(desk: Desk, number: str) -> str:
    try:
        return desk.store.case(number).state
    except CaseUnknown:
        return ""
