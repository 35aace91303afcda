"""What the district says of a station holds over the station's own words, and neither is ever lost."""

import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import msgspec
import pytest

from station_desk.core.settings import value_in
from station_desk.counter.courier import make_courier_file, take_answer
from station_desk.counter.settings import change_setting
from station_desk.counter.station_by_district import SetByDistrict, own_words, without_district
from station_desk.counter.sync_now import introduce
from station_desk.district import tables as t
from station_desk.district.courier import take_in
from station_desk.district.enrolment import new_enrol_code
from station_desk.district.station_said import own_of
from station_desk.district.stations import station_page
from station_desk.main.open_desk import open_desk
from tests.district.conftest import DistrictClock, Reached
from tests.district.officials import Official, official
from tests.district.test_desk_pages import text
from tests.district.test_restored_counter import Counter, quiet

PHONE, OWN_PHONE = "010-8888 0000", "010-55550123"
NAME = "青石桥社区公共服务站"
on_sqlite = pytest.mark.parametrize("kept_url", ["sqlite"], indirect=True)


@pytest.fixture
def counter(tmp_path: Path, over_loopback: Reached, clock: DistrictClock) -> Iterator[Counter]:
    made = Counter(tmp_path, over_loopback, clock)
    yield made
    made.desk.store.close()


@pytest.fixture
def someone(counter: Counter, clock: DistrictClock) -> Official:
    return official(counter.reached.district, clock, "manager")


def says(someone: Official, **said: str) -> tuple[int, str]:
    """Fills in the form of the station's page and sends it where the form goes."""
    page = someone.get("stations?station=QSQ001").text
    key, *_ = re.findall(r'name="key" value="([^"]+)"', page)
    seen = re.findall(r'name="seen" value="([^"]+)"', page)
    form = {"station": "QSQ001", "seen": seen[0] if seen else "", "key": key, "act": "say_station", **said}
    answer = someone.http.post(
        "/district/stations?station=QSQ001&lang=en", data=form, follow_redirects=True
    )  # fmt: skip
    return answer.status_code, answer.text


def opened_again(counter: Counter) -> str:
    """The telephone that stands on papers after the window was opened anew."""
    counter.desk.store.close()
    counter.desk = open_desk(counter.folder, "en", counter.clock)
    return counter.desk.station.phone


def residents_read(counter: Counter) -> str:
    """What holds of the station; how its page looks is tried in `test_stations.py`."""
    page = counter.reached.district.read(partial(station_page, code="QSQ001"))
    assert page is not None
    return msgspec.json.encode(page.told).decode()


def own_phone(counter: Counter) -> str:
    own = counter.reached.district.read(partial(own_of, station="QSQ001"))
    return own[0].phone if own else ""


def test_it_holds_here_and_at_the_counter_until_it_is_left_to_the_station(
    counter: Counter, someone: Official
) -> None:
    said = {
        "phone": PHONE,
        "hours": "周一至周五 9:00–17:00",
        "basics": "户籍人口: 3,214 人\n面积：1.2 平方公里",
    }
    status, page = says(someone, **said, basics_of="2026-10")
    assert (status, "It is said" in page) == (200, True)
    read = residents_read(counter)
    assert [word for word in (PHONE, "9:00–17:00", "3,214 人", NAME) if word not in read] == []
    counter.sync()
    assert opened_again(counter) == PHONE
    about = counter.desk.store.about()
    assert (value_in(about, "hall.hours"), own_words(about)["phone"]) == ("周一至周五 9:00–17:00", OWN_PHONE)
    with pytest.raises(SetByDistrict):
        change_setting(counter.desk, "station.phone", "1")
    # What the district left to the station the station still says, and its own telephone stays its own.
    change_setting(counter.desk, "station.address", "青石桥路 2 号")
    counter.sync()
    read = residents_read(counter)
    assert ("青石桥路 2 号" in read, PHONE in read, own_phone(counter)) == (True, True, OWN_PHONE)
    assert says(someone, phone="", hours="", basics="")[0] == 200
    assert OWN_PHONE in residents_read(counter)
    counter.sync()
    assert opened_again(counter) == OWN_PHONE
    assert value_in(counter.desk.store.about(), "hall.hours") == ""
    change_setting(counter.desk, "station.phone", "010-1")
    acts = [row["subject"] for row in counter.reached.district.rows(t.staff_act.select())]
    assert [one for one in acts if f"phone={PHONE}" in one] != []


@on_sqlite
def test_two_officers_never_write_over_each_other(
    counter: Counter, someone: Official, clock: DistrictClock
) -> None:
    other = official(counter.reached.district, clock, "admin", "li")
    old = re.findall(r'name="seen" value="([^"]+)"', other.get("stations?station=QSQ001").text)[0]
    assert says(someone, phone=PHONE)[0] == 200
    form = {"station": "QSQ001", "seen": old, "phone": "010-2", "address": "新地址"}
    answer = other.do("stations?station=QSQ001", "say_station", **form)
    assert answer.status_code == 422
    assert "manager changed this station at" in answer.text
    assert PHONE in residents_read(counter)


@on_sqlite
def test_what_does_not_fit_is_refused_and_stands_in_the_form(counter: Counter, someone: Official) -> None:
    for wrong, said in (
        ({"name": "x" * 101}, "100 characters at most"), ({"phone": "1\u202e2"}, "nothing hidden"),
        ({"hours_en": "9–17"}, "simplified Chinese are missing"),
        ({"basics": "好：1\n没有冒号"}, "Line 2 of"),
        ({"basics": "\n".join(f"{n}：{n}" for n in range(41))}, "more than 40 lines"),
        ({"seen": "x", "phone": "1"}, "changed this station"),
    ):  # fmt: skip
        form = {"address": "typed before", **wrong}
        status, page = says(someone, **form)
        assert (status, said in text(page)) == (422, True), (wrong, text(page)[:300])
        assert 'value="typed before"' in page
        assert counter.reached.district.rows(t.station_said.select()) == []
    assert says(someone, station="QSQ009", phone="1")[0] == 422
    viewer = official(counter.reached.district, someone.clock, "viewer")
    page = viewer.get("stations?station=QSQ001").text
    assert (OWN_PHONE in page, "say_station" in page) == (True, False)
    assert says(viewer, phone="1")[0] == 403


@on_sqlite
def test_it_comes_on_a_stick_and_stays_behind_in_its_district(counter: Counter, someone: Official) -> None:
    says(someone, phone=PHONE, address="区里写的地址")
    counter.accept()
    answer = take_in(counter.reached.district, make_courier_file(counter.desk, quiet).content, quiet).answer
    take_answer(counter.desk, answer)
    assert opened_again(counter) == PHONE
    introduce(
        counter.desk, str(counter.reached.http.base_url), new_enrol_code(counter.reached.district, "QSQ001")
    )
    assert own_phone(counter) == OWN_PHONE
    assert counter.desk.store.about()["phone"] == OWN_PHONE
    counter.sync()
    assert opened_again(counter) == PHONE
    assert without_district(counter.desk.store.about())["phone"] == OWN_PHONE
