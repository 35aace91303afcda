"""Tells the district, and so the residents, what changed about the station, if anything did."""

from contextlib import suppress

import msgspec

from station_desk.cases.event import Fact
from station_desk.cases.station_told import (
    LONGEST_LABEL,
    LONGEST_TEXT,
    MOST_BASICS,
    TOLD,
    Basic,
    StationToldPublic,
    subject_of,
)
from station_desk.catalogue.item import Words
from station_desk.core.clock import stamp
from station_desk.core.visible import is_visible
from station_desk.counter.desk import Desk, station_of
from station_desk.counter.hall.settings import HallSettingsUnreadable, Text, in_language, read_basics
from station_desk.counter.hall.wishes import wishes_of
from station_desk.counter.station_by_district import own_words

AT_ENROLMENT = "station_at_enrolment"
"""What the district was told of the station when this counter was enrolled, so that it is not told twice."""


def tell_station(desk: Desk) -> bool:
    """Writes into the log what holds now, if it is not what was told before; whether it did.

    While a file of the station cannot be read nothing is told: what was told before stands.
    """
    with suppress(HallSettingsUnreadable):
        now = station_now(desk)
        if now == _told_before(desk):
            return False
        with desk.store.writing(f"station {stamp(desk.clock())}") as unit:
            subject = subject_of(desk.station.code, desk.station.counter)
            revision = unit.subject_revision(subject) + 1
            unit.record(Fact(subject, revision, TOLD, stamp(desk.clock()), desk.actor, now))
        return True
    return False


def at_enrolment(desk: Desk) -> str:
    """What the enrolment itself told, as it is remembered beside the district's address."""
    station = station_of(own_words(desk.store.about()))
    told = StationToldPublic(station.name, station.phone, "", station.address)
    return msgspec.json.encode(told).decode()


def station_now(desk: Desk) -> StationToldPublic:
    """What the station says itself, out of the settings and the basics. Raises HallSettingsUnreadable."""
    about, folder = own_words(desk.store.about()), desk.store.profile.folder
    station, basics = station_of(about), read_basics(folder)
    facts = (Basic(_fit(one.label, LONGEST_LABEL), _fit(one.text, LONGEST_TEXT)) for one in basics.fact)
    return StationToldPublic(
        station.name, station.phone, station.complaint_phone, station.address,
        _hours(wishes_of(folder, about).hours),
        tuple(fact for fact in facts if fact.label and fact.text)[:MOST_BASICS],
        _fit(basics.updated, LONGEST_LABEL),
    )  # fmt: skip


def _told_before(desk: Desk) -> StationToldPublic | None:
    newest = desk.store.newest(subject_of(desk.station.code, desk.station.counter))
    said = newest[-1] if newest else desk.store.about().get(AT_ENROLMENT, "")
    with suppress(msgspec.MsgspecError):
        return msgspec.json.decode(said, type=StationToldPublic)
    return None


def _hours(hours: Text) -> Words | None:
    said = Words(*(in_language(hours, language) for language in ("zh-Hans", "zh-Hant", "en")))
    return said if said.hans.strip() else None


def _fit(text: str, most: int) -> str:
    """As it may be shown: on one line, not too long; nothing of what cannot be seen."""
    line = " ".join(text.split())
    return line[:most] if is_visible(line) else ""
