"""Rules for the edition: its number says year and month, it ends after it begins, it names a program."""

from collections.abc import Iterator

from station_desk.catalogue.edition.number import CLIENT, NUMBER
from station_desk.catalogue.fault import Fault
from station_desk.catalogue.item import Edition


def edition_faults(edition: Edition) -> Iterator[Fault]:
    """What is wrong in `edition.toml`. A number is year.month, and .n for a correction within the month."""
    if not NUMBER.fullmatch(edition.number):
        yield Fault(("number",), "edition_shape", {"found": edition.number})
    if edition.expires <= edition.effective:
        values = {"effective": edition.effective, "expires": edition.expires}
        rests_on = (("effective",), ("expires",))
        yield Fault(("expires",), "edition_over_before_it_begins", values, rests_on)
    if not CLIENT.fullmatch(edition.min_client):
        yield Fault(("min_client",), "client_shape", {"found": edition.min_client})
