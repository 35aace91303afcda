"""The calendar page: the years as they are known, and a new one proof-read, previewed and entered."""

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from station_desk.cases.parts import Applicant, How
from station_desk.catalogue.calendar import CalendarYear, working_calendar, working_days_of
from station_desk.catalogue.check.year_file import read_year
from station_desk.core.clock import CHINA
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.calendar_years import ImportYear, import_year, preview_year
from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.store.lists import open_cases
from station_desk.ui.calendar_page.page import FAULTS, YEAR, CalendarPage
from station_desk.ui.calendar_page.year_days import counts_of, kind_of, months_of
from station_desk.ui.shared.choice_list import Choice
from station_desk.ui.tasks import Stopped
from tests.ui.conftest import OpenWindow

REST = "2027-01-01, 2027-01-04, 2027-05-03, 2027-10-01"
GOOD = f"""
year = 2027
status = "official"
number = "测发〔2026〕1号"
notice = 2026-11-10
source = "made up"
working_days = %d
rest_weekdays = [{REST}]
work_weekends = [2027-01-09]
"""


@pytest.fixture
def page(window: Window) -> CalendarPage:
    window.shell.show_page("calendar")
    settle(window)
    return window.shell.calendar


@pytest.fixture
def good(tmp_path: Path) -> Path:
    file = tmp_path / "2027.toml"
    year = CalendarYear(
        2027, "official", "made up", tuple(date.fromisoformat(day) for day in REST.split(", ")),
        (date(2027, 1, 9),),
    )  # fmt: skip
    file.write_text(GOOD % working_days_of(working_calendar([year]), 2027), "utf-8")
    return file


@pytest.fixture
def at_new_year(desk: Desk) -> Desk:
    """The last Monday of 2026, with three open cases that run ten working days into 2027."""
    then = replace(desk, clock=lambda: datetime(2026, 12, 28, 9, 30, tzinfo=CHINA))
    asks = Applicant("李雷", "citizen_id", "11010519491231002X", "13912345678")
    papers: dict[str, How] = {"app_form": "brought", "id_card": "brought", "hukou": "brought"}
    for _ in range(3):
        accept(then, Application("HF-005", asks, {"child": "李小雷"}, papers), uuid4().hex)
    return then


def test_every_year_is_listed_newest_first_with_its_state(window: Window, page: CalendarPage) -> None:
    calendar = window.acts.desk.calendar
    lines = [line for line in page.list.choices.lines() if isinstance(line, Choice)]
    assert [line.key for line in lines] == [str(year.year) for year in reversed(calendar.years)]
    assert [line.note for line in lines][:2] == ["暂定", "正式"]
    assert page.count.text() == f"工作日历 {len(calendar.years)} 年"
    page.list.choose("2025")
    said = "\n".join(label.text() for label in page.card.facts)
    assert "248 个工作日" in said
    assert "国办发明电〔2024〕12号 · 2024-11-12" in said
    assert (page.card.status.text(), page.card.origin.text()) == ("正式", "随程序或目录版本")
    assert "1月26日" in page.card.picture.accessibleDescription()


def test_the_picture_has_every_day_of_the_year_as_the_calendar_counts_it(desk: Desk) -> None:
    for year in desk.calendar.years:
        days = [
            (date(year.year, month, day.number), day)
            for month, found in enumerate(months_of(year), 1)
            for day in found
        ]
        assert len(days) in (365, 366)
        assert [day.weekday for _, day in days] == [on.weekday() for on, _ in days]
        assert [day.kind in ("work", "moved_work") for _, day in days] == [
            desk.calendar.is_working(on) for on, _ in days
        ]
        counts = counts_of(year)
        assert (counts["rest"], counts["moved_work"]) == (len(year.rest_weekdays), len(year.work_weekends))
    assert kind_of(desk.calendar.years[10], date(2025, 1, 26)) == "moved_work"


def test_a_faulty_file_is_told_line_by_line_and_nothing_is_entered(
    window: Window, page: CalendarPage, good: Path
) -> None:
    good.write_text(
        good.read_text("utf-8").replace("2027-01-04", "2027-01-02").replace("2027-01-09", "2027-01-07")
    )
    page.read_file(good)
    settle(window)
    assert page._stack.currentIndex() == FAULTS
    lines = page.faults.list.toPlainText().splitlines()
    assert lines
    assert [line for line in lines if not line.startswith("第 ")] == []
    assert any("2027-01-02" in line for line in lines)
    assert any("2027-01-07" in line for line in lines)
    assert page.faults.head.text() == f"2027.toml 有 {len(lines)} 处问题，没有导入"
    assert window.acts.desk.store.newest("calendar:") == []
    QTest.keyClick(page, Qt.Key.Key_Escape)
    settle(window)
    assert (page._stack.currentIndex(), page.leave.isVisible()) == (YEAR, False)


def test_a_year_is_previewed_then_entered_and_open_cases_are_dated_anew(
    at_new_year: Desk, open_on: OpenWindow, good: Path
) -> None:
    window = open_on(at_new_year)
    page, store = window.shell.calendar, at_new_year.store
    window.shell.show_page("calendar")
    settle(window)
    page.read_file(good)
    settle(window)
    assert page.hint.text() == "将导入 2027 年：涉及在办件 3 件，其中 3 件的到期日会变。还没有写入。"
    assert page.primary.text() == "导入 2027 年"
    page.list.choose("2025")
    assert (page.primary.text(), page.card.name.text()) == ("导入年份文件", "2025 年"), (
        "another year is looked at"
    )
    page.read_file(good)
    settle(window)
    assert store.newest("calendar:") == [], "a preview writes nothing"
    before = at_new_year.calendar.year(2027)
    year = read_year(good)
    assert [day.number for day in months_of(year, before)[0] if day.differs] == [4, 9]
    QTest.keyClick(page, Qt.Key.Key_F9)
    settle(window)
    assert len(store.newest("calendar:")) == 1
    assert page.hint.text().startswith("已导入 2027 年正式日历。涉及在办件 3 件，其中 3 件")
    assert (page.list.chosen(), page.card.origin.text()) == ("2027", "本窗口导入")
    assert all(not store.case(row.number).times.provisional for row in open_cases(store))
    assert not window.acts.desk.calendar.is_provisional(date(2027, 3, 1)), "every page counts by it now"


def test_what_cannot_be_read_or_overruled_is_a_sentence(
    window: Window, page: CalendarPage, tmp_path: Path
) -> None:
    old = tmp_path / "2025.toml"
    known = window.acts.desk.calendar.year(2025)
    assert known is not None
    days = ", ".join(map(str, known.rest_weekdays)), ", ".join(map(str, known.work_weekends))
    old.write_text(
        'year = 2025\nstatus = "provisional"\nsource = "x"\n'
        f"rest_weekdays = [{days[0]}]\nwork_weekends = [{days[1]}]\n"
    )
    odd = tmp_path / "odd.toml"
    odd.write_bytes(b"\xff\x00")
    for file, said in ((old, "2025"), (tmp_path / "nothing.toml", "nothing.toml"), (tmp_path, str(tmp_path))):
        page.read_file(file)
        settle(window)
        assert said in page.hint.text()
        assert page.primary.text() == "导入年份文件"
    page.read_file(odd)
    settle(window)
    assert page._stack.currentIndex() == FAULTS


def test_how_far_it_is_is_told_and_stopping_leaves_everything_as_it_was(
    at_new_year: Desk, good: Path
) -> None:
    year, told = read_year(good), list[tuple[int, int]]()
    preview = preview_year(at_new_year, year, lambda done, total: told.append((done, total)))
    assert (preview.looked, preview.changed, told) == (3, 3, [(0, 3)])

    def stop(_done: int, _total: int) -> None:
        raise Stopped

    with pytest.raises(Stopped):
        import_year(at_new_year, ImportYear(year), uuid4().hex, stop)
    assert at_new_year.store.newest("calendar:") == []
    assert all(at_new_year.store.case(row.number).times.provisional for row in open_cases(at_new_year.store))
