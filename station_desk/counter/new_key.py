"""The counter goes on with a new key, signed for by the one before: once a year, or when in doubt."""

from msgspec import structs

from station_desk.core.clock import stamp
from station_desk.counter.case_sync import REFUSAL
from station_desk.counter.desk import Desk
from station_desk.counter.sync_now import NotEnrolled, wire_of
from station_desk.protocol.messages import Rotate
from station_desk.protocol.signing import new_key, prove_new_key, public_key_of
from station_desk.store.keys import DEVICE_KEY, KEYS_MARK, OWN_KEY, DeskKeys

NEXT = "device_key_next"


def rotate_key(desk: Desk) -> str:
    """Makes a new key and introduces it to the district; the name of this PC from now on.

    The new key is kept before the district hears of it: after an answer that was lost, asking again ends
    what was begun. Receipts that the old key signed stay good. Raises NotEnrolled, as `Wire` does.
    """
    about = desk.store.about()
    if not about.get("district_url"):
        raise NotEnrolled
    key = about.get(NEXT) or new_key()
    desk.store.set_about({NEXT: key})
    keys = DeskKeys(desk.store)
    before = keys.own()
    with wire_of(desk) as wire:
        asked = Rotate(wire.version, public_key_of(key), prove_new_key(key, about["device"]))
        device = wire.rotate(asked).device
    keys.remember_own(structs.replace(before, until=stamp(desk.clock()), retired="sync.replaced"))
    desk.store.set_about(
        {"device": device, DEVICE_KEY: key, OWN_KEY: "", NEXT: "", KEYS_MARK: "", REFUSAL: ""}
    )
    return device
