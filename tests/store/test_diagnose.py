"""The diagnostics bundle tells what is needed and nothing of a resident or of staff."""

import io
import json
import zipfile
from uuid import uuid4

import pytest

from station_desk.core.diary import note
from station_desk.counter.desk import Desk
from station_desk.counter.diagnose import diagnosis, zipped
from station_desk.counter.queue import TakeTicket, take_ticket
from station_desk.counter.settings import change_setting, reset_setting, settings_now
from station_desk.store.trouble import Damaged

PLANTED = ("欧阳娜娜", "13912345678", "0518-11112222", "某某路 8 号", "secret-folder")


@pytest.fixture
def bundle(desk: Desk) -> dict[str, bytes]:
    folder = desk.store.profile.folder
    for key, value in zip(("clerk", "phone", "complaint_phone", "address"), PLANTED, strict=False):
        change_setting(desk, f"station.{key}", value)
    change_setting(desk, "papers.printer", "folder:/home/secret-folder")
    take_ticket(desk, TakeTicket("SA-001"), uuid4().hex)
    note(folder, desk.clock(), "start 0.1.0")
    (folder / "reports").mkdir()
    (folder / "reports" / "bug-20260101-000000.txt").write_text("builtins.ValueError\n")
    return diagnosis(folder, desk, desk.clock)


def test_it_holds_each_part(bundle: dict[str, bytes]) -> None:
    told = {name: json.loads(content) for name, content in bundle.items() if name.endswith(".json")}
    assert not any("trouble" in part for part in told.values())
    assert told["sizes.json"]["rows"]["tickets"] == 1
    assert told["settings.json"]["station.clerk"] == len(PLANTED[0])
    assert told["printers.json"]["chosen"][0]["place"] == "folder"
    assert told["verify.json"] == {"findings": {}}
    assert b"start 0.1.0" in bundle["diary.log"]
    assert "reports/bug-20260101-000000.txt" in bundle


@pytest.mark.parametrize("planted", PLANTED)
def test_nothing_of_people_is_in_it(bundle: dict[str, bytes], planted: str) -> None:
    whole = b"".join(bundle.values())
    for encoding in ("utf-8", "utf-16-le", "gbk"):
        assert planted.encode(encoding) not in whole


def test_the_file_holds_what_was_shown(bundle: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(bundle))) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == bundle


def test_a_counter_that_does_not_open_is_told_by_its_error(desk: Desk) -> None:
    made = diagnosis(desk.store.profile.folder, Damaged(path="x"), desk.clock)
    assert json.loads(made["sync.json"]) == {"trouble": "store.damaged"}
    assert json.loads(made["versions.json"])["station-desk"]


def test_settings_of_the_counter_are_kept_and_given_back(desk: Desk) -> None:
    change_setting(desk, "sync.seconds", "30")
    assert {one.setting.key: one.value for one in settings_now(desk)}["sync.seconds"] == "30"
    reset_setting(desk, "sync.seconds")
    shown = next(one for one in settings_now(desk) if one.setting.key == "sync.seconds")
    assert (shown.value, shown.own) == ("60", False)
