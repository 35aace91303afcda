"""Sends what waits to the district and keeps for the screen how that went; introduces the counter to it."""

from collections.abc import Callable
from contextlib import suppress

import msgspec

from station_desk import __version__
from station_desk.core.clock import stamp
from station_desk.core.errors import OfflineError, TroubleError
from station_desk.counter.case_sync import REFUSAL, note_refusal
from station_desk.counter.coming_editions import DeskEditions
from station_desk.counter.desk import Desk, Station, station_of
from station_desk.counter.handover import note_taken, on_their_way
from station_desk.counter.station_by_district import DistrictSays, own_words, without_district
from station_desk.counter.station_told import AT_ENROLMENT, at_enrolment, tell_station
from station_desk.counter.sync_state import SyncState, is_enrolled, sync_state
from station_desk.protocol.messages import MOST_EVENTS, AskTaken, Enrol, Enrolled
from station_desk.protocol.signing import new_key, public_key_of
from station_desk.store.call_backs import DeskCallBacks
from station_desk.store.keys import DEVICE_KEY, DISTRICT_SIGN, KEYS_MARK, OWN_KEY, DeskKeys
from station_desk.store.log import EPOCH, DeskLog
from station_desk.store.verifying.word import WORD
from station_desk.sync.call_backs import learn_call_backs
from station_desk.sync.client import Wire, checked_address, enrol
from station_desk.sync.editions import learn_editions
from station_desk.sync.keys import learn_keys
from station_desk.sync.run import Progress, SyncReport, Works, sync_once
from station_desk.sync.station_said import learn_station

DISTRICT_SEAL = "district_seal_key"
"""The district's public key for which files are sealed."""


class NotEnrolled(TroubleError):
    code = "sync.not_yet_enrolled"
    exit_code = 7


def introduce(desk: Desk, server: str, code: str) -> tuple[Enrolled, Station]:
    """Makes this counter known to a district by the one-time code its station got.

    The private key is made here and kept in the encrypted database before the district hears of it, so that
    an answer that is lost leaves nothing half done. Raises what `sync.client.enrol` raises.
    """
    address = checked_address(server)
    keys = DeskKeys(desk.store)
    before = keys.own()
    # A counter that worked alone enrols the key it had, so that its first receipts can be proved too.
    key = new_key() if desk.store.about().get(DEVICE_KEY) else keys.signing_key()
    desk.store.set_about({"device_key_next": key})
    who = station_of(own_words(desk.store.about()))
    asked = Enrol(code, who.code, who.name, who.counter, who.phone, who.address, public_key_of(key))
    enrolled = enrol(address, asked, desk.clock)
    if before.public_key != asked.public_key:
        at = stamp(desk.clock())
        keys.remember_own(msgspec.structs.replace(before, until=at, retired="sync.replaced"))
    desk.store.set_about(
        {
            "district_url": address,
            "device": enrolled.device,
            DEVICE_KEY: key,
            OWN_KEY: "",
            "device_key_next": "",
            KEYS_MARK: "",
            EPOCH: "",
            AT_ENROLMENT: at_enrolment(desk),
            REFUSAL: "",
            "district": enrolled.district,
            "public_url": enrolled.public_url,
            DISTRICT_SEAL: enrolled.own_keys.seal,
            DISTRICT_SIGN: enrolled.own_keys.sign,
            WORD: "",
            **without_district(desk.store.about()),
        }
    )
    return enrolled, station_of(desk.store.about())


def sync_or_raise(desk: Desk, progress: Callable[[Progress], None]) -> SyncReport:
    """Sends all that waits, then learns the keys of the other counters.

    Raises NotEnrolled, an OfflineError, an AuthError or an IntegrityError.
    """
    about = desk.store.about()
    if not is_enrolled(about):
        raise NotEnrolled
    tell_station(desk)
    works = Works(__version__, desk.edition.forms.edition.number)
    with wire_of(desk) as wire:
        report = sync_once(DeskLog(desk.store), wire, desk.clock, progress, works)
        learn_keys(DeskKeys(desk.store), wire, report.keys)
        if not about.get(DISTRICT_SEAL) and report.own_keys.seal:
            # Known from the first good word of the district on; another one only by enrolling again.
            desk.store.set_about({DISTRICT_SEAL: report.own_keys.seal, DISTRICT_SIGN: report.own_keys.sign})
        # All is sent by now; a district of before there were hand-overs has no such door.
        with suppress(TroubleError):
            _learn(desk, wire)
            learn_call_backs(DeskCallBacks(desk.store), wire, report.call_backs)
            learn_station(DistrictSays(desk.store), wire, report.station)
        with suppress(TroubleError):
            learn_editions(DeskEditions(desk), wire, report.editions)
        return report


def learn_what_was_taken(desk: Desk) -> None:
    """Asks the district which cases that were handed over arrived; offline, what is known already stands."""
    about = desk.store.about()
    if about.get("district_url"):
        with suppress(TroubleError), wire_of(desk) as wire:
            _learn(desk, wire)


def sync_now(desk: Desk, progress: Callable[[Progress], None]) -> SyncState:
    """Sends all that waits, for the window: trouble of the world is kept in the state, not raised."""
    try:
        sync_or_raise(desk, progress)
    except TroubleError as trouble:
        note_trouble(desk, trouble)
    else:
        note_success(desk)
    return sync_state(desk.store)


def note_success(desk: Desk) -> None:
    """All went well: what was said of an earlier trouble holds no more."""
    desk.store.set_about({"sync_trouble": "", "sync_trouble_since": "", "sync_refused": "", REFUSAL: ""})


def wire_of(desk: Desk) -> Wire:
    """The way to the district of this counter, which believes only what the district signed.

    Raises NotEnrolled where the counter has no key that the district knows, whatever address is set.
    """
    about = desk.store.about()
    if not is_enrolled(about):
        raise NotEnrolled
    return Wire(
        about["district_url"], about["device"], about[DEVICE_KEY], desk.clock,
        district_key=about.get(DISTRICT_SIGN, ""),
    )  # fmt: skip


def _learn(desk: Desk, wire: Wire) -> None:
    """Notes which of the cases on their way another counter has by now."""
    numbers = on_their_way(desk)
    for start in range(0, len(numbers), MOST_EVENTS):
        note_taken(desk, wire.taken(AskTaken(wire.version, numbers[start : start + MOST_EVENTS])).cases)


def note_trouble(desk: Desk, trouble: TroubleError) -> None:
    """Keeps the sentence of a failed sync and since when it fails; offline is normal, a refusal is not."""
    since = desk.store.about().get("sync_trouble_since") or stamp(desk.clock())
    refused = "" if isinstance(trouble, OfflineError) else "yes"
    reason = desk.texts.error(trouble)
    note_refusal(desk, trouble)
    desk.store.set_about({"sync_trouble": reason, "sync_trouble_since": since, "sync_refused": refused})
