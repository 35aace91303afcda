"""The readings of the item names are made once an edition, and a spoilt copy does no harm."""

import subprocess
import sys

import msgspec
import pytest

from station_desk.counter.desk import Desk
from station_desk.counter.find_items import item_index
from station_desk.store.item_readings import FILE, item_readings

SECOND_TIME = """
import sys
from pathlib import Path
from station_desk.main.open_desk import open_desk
from station_desk.counter.find_items import item_index
from station_desk.core.clock import now
desk = open_desk(Path(sys.argv[1]), "zh-Hans", now)
print([hit.code for hit in item_index(desk).find("zdshbzsh")], "pypinyin" in sys.modules)
desk.store.close()
"""


def test_the_second_time_nothing_large_is_loaded(desk: Desk) -> None:
    assert [hit.code for hit in item_index(desk).find("zdshbzsh")] == ["SA-001"]
    command = [sys.executable, "-c", SECOND_TIME, str(desk.store.profile.folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("['SA-001'] False\n", "")


@pytest.mark.parametrize(
    "spoilt", [b"", b"\xff" * 40, msgspec.msgpack.encode({"digest": 1}), b"{}"], ids=range(4)
)
def test_a_spoilt_copy_is_made_anew(desk: Desk, spoilt: bytes) -> None:
    good = item_readings(desk.store.profile, desk.catalogue)
    place = desk.store.profile.editions / FILE
    kept = place.read_bytes()
    place.write_bytes(spoilt)
    assert item_readings(desk.store.profile, desk.catalogue) == good
    assert place.read_bytes() == kept


def test_another_edition_gets_readings_of_its_own(desk: Desk) -> None:
    item_readings(desk.store.profile, desk.catalogue)
    item = desk.catalogue.items["SA-001"]
    renamed = msgspec.structs.replace(item, name=msgspec.structs.replace(item.name, hans="新的事项"))
    newer = msgspec.structs.replace(desk.catalogue, digest="other", items={"SA-001": renamed})
    assert list(item_readings(desk.store.profile, newer)) == ["新的事项"]


def test_where_no_copy_can_be_kept_it_is_made_each_time(desk: Desk) -> None:
    place = desk.store.profile.editions / FILE
    place.unlink(missing_ok=True)
    place.mkdir(parents=True)
    assert [hit.code for hit in item_index(desk).find("zdshbzsh")] == ["SA-001"]
