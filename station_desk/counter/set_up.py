"""Makes a new counter: the station it belongs to, its number, who works at it."""

import re

import msgspec

from station_desk.cases.number import COUNTER, STATION
from station_desk.core.errors import RuleError, Term
from station_desk.core.visible import is_visible

LONGEST = {"name": 100, "clerk": 50, "phone": 40, "address": 200, "complaint_phone": 40}
"""What fits on a letterhead and what a district takes, in characters."""


class StationCodeNotWellFormed(RuleError):
    code = "station.code_not_well_formed"


class CounterNotWellFormed(RuleError):
    code = "station.counter_not_well_formed"


class WordsNotWellFormed(RuleError):
    code = "station.words_not_well_formed"


class NameNeeded(RuleError):
    code = "station.name_needed"


class SetUp(msgspec.Struct, frozen=True):
    """What the first run asks for. `code` has six capital letters or digits, `counter` is 1 to 99."""

    code: str
    name: str
    counter: str
    clerk: str = ""
    phone: str = ""
    address: str = ""
    complaint_phone: str = ""


def word_fault(part: str, text: str) -> RuleError | None:
    """What is wrong with one answer of the first run, by the same rules as `facts_of`."""
    good = SetUp("AAA001", "-", "1")
    try:
        facts_of(msgspec.structs.replace(good, **{part: text}))
    except RuleError as error:
        return error
    return None


def facts_of(wish: SetUp) -> tuple[dict[str, str], str]:
    """What the profile remembers of the station, and the name of its first log.

    Raises StationCodeNotWellFormed, CounterNotWellFormed, NameNeeded.
    """
    code = wish.code.strip().upper()
    counter = wish.counter.strip().rjust(2, "0")
    if not STATION.fullmatch(code):
        raise StationCodeNotWellFormed(station=wish.code)
    if not re.fullmatch(r"[0-9]{2}", counter, re.ASCII) or counter == "00" or not COUNTER.fullmatch(counter):
        raise CounterNotWellFormed(counter=wish.counter)
    if not wish.name.strip():
        raise NameNeeded
    for field, most in LONGEST.items():
        text = getattr(wish, field).strip()
        if len(text) > most or not is_visible(text):
            raise WordsNotWellFormed(field=Term(f"usage.{field}"), most=most)
    facts = {
        "station": code, "name": wish.name.strip(), "counter": counter, "counter_mark": counter,
        "clerk": wish.clerk.strip() or f"{int(counter)}", "phone": wish.phone.strip(),
        "address": wish.address.strip(), "complaint_phone": wish.complaint_phone.strip(), "public_url": "",
        "district_url": "",
    }  # fmt: skip
    return facts, f"{code}.{counter}"
