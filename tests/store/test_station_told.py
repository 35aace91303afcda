"""What changed about the station is told in the log, once; what cannot be read or shown is not."""

import pytest

from station_desk.cases.station_told import StationToldPublic, subject_of
from station_desk.catalogue.item import Words
from station_desk.counter.desk import Desk
from station_desk.counter.settings import change_setting
from station_desk.counter.station_told import AT_ENROLMENT, at_enrolment, station_now, tell_station
from station_desk.store.verify import verify_deep


@pytest.fixture
def enrolled(desk: Desk) -> Desk:
    """A counter that the district knows by what stood in its profile then."""
    desk.store.set_about({AT_ENROLMENT: at_enrolment(desk), "complaint_phone": ""})
    return desk


def told(desk: Desk) -> list[str]:
    return [event.public for event, _ in desk.store.log_of(subject_of("QSQ001", "02"))]


def test_a_change_is_told_once(enrolled: Desk) -> None:
    assert [tell_station(enrolled) for _ in range(2)] == [False, False]
    change_setting(enrolled, "hall.hours", "周一至周五 9:00–17:30")
    change_setting(enrolled, "hall.hours_en", "Mon–Fri 9:00–17:30")
    assert [tell_station(enrolled) for _ in range(2)] == [True, False]
    change_setting(enrolled, "station.phone", "010-5555 0188")
    assert [tell_station(enrolled) for _ in range(2)] == [True, False]
    assert len(told(enrolled)) == 2
    now = station_now(enrolled)
    assert now.hours == Words("周一至周五 9:00–17:30", "周一至周五 9:00–17:30", "Mon–Fri 9:00–17:30")
    assert now.phone == "010-5555 0188"
    assert verify_deep(enrolled.store, lambda _done, _total: None) == []


def test_the_basics_are_told_as_they_may_be_shown(enrolled: Desk) -> None:
    folder = enrolled.store.profile.folder / "hall"
    folder.mkdir()
    facts = [("户数", "1,204"), ("隐", "a\u202eb"), ("", "x"), ("长", "字" * 300), ("行", "甲\n 乙")]
    many = [(f"指标{n}", "1") for n in range(100)]
    rows = "".join(f'[[fact]]\nlabel = "{a}"\ntext = """{b}"""\n' for a, b in (*facts, *many))
    (folder / "basics.toml").write_text(f'name = "青石桥社区"\nupdated = "2026-10"\n{rows}', "utf-8")
    assert tell_station(enrolled)
    basics = station_now(enrolled).basics
    assert [(one.label, one.text) for one in basics[:3]] == [
        ("户数", "1,204"), ("长", "字" * 200), ("行", "甲 乙"),
    ]  # fmt: skip
    assert len(basics) == 40
    (folder / "basics.toml").write_text("fact = [", "utf-8")
    assert not tell_station(enrolled), "what was told before stands"
    assert len(told(enrolled)) == 1


def test_a_counter_that_was_enrolled_by_an_older_program_tells_once(desk: Desk) -> None:
    assert [tell_station(desk) for _ in range(2)] == [True, False]
    desk.store.set_about({AT_ENROLMENT: "{"})
    assert StationToldPublic(desk.station.name).name in told(desk)[0]
