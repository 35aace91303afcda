"""An explanation accounts for every day, agrees with the due day it explains, and is short."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from station_desk.cases import parts as p
from station_desk.cases.case import Redated
from station_desk.cases.deadlines import Stop, due
from station_desk.cases.explain import Days, Explanation, Skipped, explain
from station_desk.catalogue.calendar import DAY, read_calendar
from station_desk.catalogue.item import Unit
from station_desk.core import paths
from station_desk.core.clock import CHINA
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.counter.wording import due_explained, redated_words

CALENDAR = read_calendar(paths.FORMS)
SNOW = CALENDAR.with_rest_days([date(2026, 11, 23), date(2026, 11, 24)])
SAY = {language: Texts(paths.RESOURCES / "i18n", language) for language in LANGUAGES}


def at(day: str, hour: int = 10) -> datetime:
    return datetime.fromisoformat(f"{day}T{hour:02d}:00:00").replace(tzinfo=CHINA)


def stop(start: str, end: str) -> Stop:
    return Stop(at(start), at(end))


MOMENTS = some.datetimes(datetime(2015, 1, 1), datetime(2029, 12, 31)).map(lambda m: m.replace(tzinfo=CHINA))  # noqa: DTZ001 - made aware at once
SPANS = some.tuples(some.integers(-5, 60), some.integers(0, 40), some.integers(0, 23))
UNITS: some.SearchStrategy[Unit] = some.sampled_from(("wd", "cd"))


def stops_of(start: datetime, spans: list[tuple[int, int, int]]) -> list[Stop]:
    begins = [(start + DAY * after, DAY * days + timedelta(hours=hours)) for after, days, hours in spans]
    return [Stop(begin, begin + length) for begin, length in begins]


def days_in(runs: tuple[Days, ...] | tuple[Skipped, ...]) -> list[date]:
    return [run.first + DAY * n for run in runs for n in range((run.last - run.first).days + 1)]


@given(MOMENTS, some.integers(0, 70), UNITS, some.lists(SPANS, max_size=4))
def test_every_day_counts_or_is_skipped_once_and_the_day_is_the_due_day(
    start: datetime, limit: int, unit: Unit, spans: list[tuple[int, int, int]]
) -> None:
    stops = stops_of(start, spans)
    told = explain(CALENDAR, start, limit, unit, stops)
    assert told.due == due(CALENDAR, start, limit, unit, stops)
    every_day = [start.date() + DAY * n for n in range(1, (told.due.day - start.date()).days + 1)]
    assert sorted(days_in(told.counted) + days_in(told.skipped)) == every_day
    assert len(days_in(told.counted)) == limit
    assert bool(told.provisional_years) == told.due.provisional
    for run in told.skipped:
        assert all(_is_so(run, day, unit, stops) for day in days_in((run,))), run


def _is_so(run: Skipped, day: date, unit: Unit, stops: list[Stop]) -> bool:
    stands = any(s.end and s.start.date() < day <= s.end.date() for s in stops)
    match run.reason:
        case "stop":
            return stands
        case "moved":
            return unit == "cd"
        case "weekend":
            return not stands and day.weekday() >= 5 and not CALENDAR.is_working(day)
        case _:
            return not stands and not CALENDAR.is_working(day) and run.year in (day.year, day.year + 1)


@given(MOMENTS, some.integers(0, 240), some.lists(SPANS, max_size=4))
def test_hours_and_what_held_them_up_come_to_the_due_moment(
    start: datetime, limit: int, spans: list[tuple[int, int, int]]
) -> None:
    told = explain(CALENDAR, start, limit, "h", stops_of(start, spans))
    held = sum((each.length for each in told.held), timedelta())
    assert told.due.moment == start + timedelta(hours=limit) + held
    assert all(start <= each.start < told.due.moment for each in told.held)


def reasons(told: Explanation) -> list[tuple[str, str, str, int]]:
    return [(s.reason, s.first.isoformat()[5:], s.last.isoformat()[5:], s.year) for s in told.skipped]


def test_a_holiday_is_told_with_its_notice_and_make_up_days_are_named() -> None:
    told = explain(CALENDAR, at("2026-09-18"), 12, "wd")
    assert reasons(told) == [
        ("weekend", "09-19", "09-19", 0),
        ("holiday", "09-25", "09-27", 2026),
        ("holiday", "10-01", "10-07", 2026),
        ("weekend", "10-11", "10-11", 0),
    ]
    assert told.make_up == (date(2026, 9, 20), date(2026, 10, 10))


def test_a_stop_is_told_before_the_weekends_within_it() -> None:
    told = explain(CALENDAR, at("2026-03-02"), 5, "wd", [stop("2026-03-04", "2026-03-10")])
    assert reasons(told) == [("stop", "03-05", "03-10", 0)]
    assert told.counted == (
        Days(date(2026, 3, 3), date(2026, 3, 4)),
        Days(date(2026, 3, 11), date(2026, 3, 13)),
    )


def test_an_end_that_moves_tells_from_where_to_where() -> None:
    told = explain(CALENDAR, at("2026-09-28"), 5, "cd")
    assert reasons(told) == [("moved", "10-04", "10-08", 0)]


def test_the_stations_own_rest_days_are_not_called_holidays() -> None:
    told = explain(SNOW, at("2026-11-20"), 1, "wd")
    assert reasons(told) == [("weekend", "11-21", "11-22", 0), ("local", "11-23", "11-24", 0)]


def test_a_clock_that_stands_cannot_be_explained() -> None:
    with pytest.raises(ValueError, match="stands"):
        explain(CALENDAR, at("2026-11-20"), 5, "wd", [Stop(at("2026-11-21"))])


SENTENCES: dict[str, tuple[Explanation, tuple[str, str, str]]] = {
    "many weekends": (
        explain(CALENDAR, at("2026-11-20"), 18, "wd"),
        (
            (
                "自2026年11月21日起 18 个工作日，2026年12月16日到期。"
                "不计：11月21日至12月13日之间的周末共 8 天。"
            ),
            (
                "自2026年11月21日起 18 個工作日，2026年12月16日到期。"
                "不計：11月21日至12月13日之間的週末共 8 天。"
            ),
            (
                "18 working days from 21 Nov 2026: due 16 Dec 2026."
                " Skipped: 8 weekend days within 21 Nov – 13 Dec."
            ),
        ),
    ),
    "over New Year": (
        explain(CALENDAR, at("2026-12-29"), 3, "wd"),
        (
            (
                "自2026年12月30日起 3 个工作日，2027年1月4日到期。不计：2027年1月1日至3日法定节假日。"
                "暂定：2027 年放假通知尚未公布。"
            ),
            (
                "自2026年12月30日起 3 個工作日，2027年1月4日到期。不計：2027年1月1日至3日法定節假日。"
                "暫定：2027 年放假通知尚未公布。"
            ),
            (
                "3 working days from 30 Dec 2026: due 4 Jan 2027. Skipped: 1–3 Jan 2027 statutory holidays."
                " Provisional: the holiday notice of 2027 is not published."
            ),
        ),
    ),
    "a holiday and make-up days": (
        explain(CALENDAR, at("2026-09-29"), 4, "wd"),
        (
            (
                "自2026年9月30日起 4 个工作日，2026年10月10日到期。"
                "不计：10月1日至7日放假（2026 年放假通知）。"
                "调休上班、照常计入：10月10日。"
            ),
            (
                "自2026年9月30日起 4 個工作日，2026年10月10日到期。"
                "不計：10月1日至7日放假（2026 年放假通知）。"
                "調休上班、照常計入：10月10日。"
            ),
            (
                "4 working days from 30 Sep 2026: due 10 Oct 2026."
                " Skipped: 1–7 Oct off by the holiday notice of 2026."
                " Counted although weekends, as make-up working days: 10 Oct."
            ),
        ),
    ),
    "an end that moves": (
        explain(CALENDAR, at("2026-09-28"), 5, "cd"),
        (
            (
                "自2026年9月29日起 5 日，2026年10月8日到期。"
                "期满日10月3日为休息日，顺延至10月8日（民法典第二百零三条）。"
            ),
            (
                "自2026年9月29日起 5 日，2026年10月8日到期。"
                "期滿日10月3日為休息日，順延至10月8日（民法典第二百零三條）。"
            ),
            (
                "5 calendar days from 29 Sep 2026: due 8 Oct 2026."
                " The last day 3 Oct is a rest day, so it moves to 8 Oct (Civil Code art. 203)."
            ),
        ),
    ),
    "a stop": (
        explain(CALENDAR, at("2026-09-28"), 10, "wd", [stop("2026-09-30", "2026-10-12")]),
        (
            (
                "自2026年9月29日起 10 个工作日，2026年10月22日到期。"
                "不计：10月1日至12日停止计时；周末 10月17日至18日。"
            ),
            (
                "自2026年9月29日起 10 個工作日，2026年10月22日到期。"
                "不計：10月1日至12日停止計時；週末 10月17日至18日。"
            ),
            (
                "10 working days from 29 Sep 2026: due 22 Oct 2026."
                " Skipped: 1–12 Oct clock stopped; weekend days 17–18 Oct."
            ),
        ),
    ),
    "hours": (
        explain(CALENDAR, at("2026-11-20"), 24, "h", [Stop(at("2026-11-20", 12), at("2026-11-20", 15))]),
        (
            (
                "自2026年11月20日 10:00起 24 小时，2026年11月21日 13:00到期。"
                "不计：2026年11月20日 12:00停止计时 3 小时。"
            ),
            (
                "自2026年11月20日 10:00起 24 小時，2026年11月21日 13:00到期。"
                "不計：2026年11月20日 12:00停止計時 3 小時。"
            ),
            (
                "24 hours from 20 Nov 2026 10:00: due 21 Nov 2026 13:00."
                " Skipped: 3 h clock stopped from 20 Nov 2026 12:00."
            ),
        ),
    ),
    "one day": (
        explain(SNOW, at("2026-11-20"), 1, "wd"),
        (
            (
                "自2026年11月21日起 1 个工作日，2026年11月25日到期。"
                "不计：周末 11月21日至22日；11月23日至24日本站休息。"
            ),
            (
                "自2026年11月21日起 1 個工作日，2026年11月25日到期。"
                "不計：週末 11月21日至22日；11月23日至24日本站休息。"
            ),
            (
                "1 working day from 21 Nov 2026: due 25 Nov 2026."
                " Skipped: weekend days 21–22 Nov; 23–24 Nov station closed."
            ),
        ),
    ),
    "at once": (
        explain(CALENDAR, at("2026-11-20"), 0, "wd"),
        ("即时办理，2026年11月20日到期。", "即時辦理，2026年11月20日到期。", "At once: due 20 Nov 2026."),
    ),
}


@pytest.mark.parametrize("name", SENTENCES)
def test_a_due_day_is_explained_in_three_languages(name: str) -> None:
    told, words = SENTENCES[name]
    assert tuple(due_explained(told, SAY[language]) for language in LANGUAGES) == words


@pytest.mark.parametrize("language", LANGUAGES)
def test_even_half_a_year_is_explained_in_a_few_lines(language: str) -> None:
    told = explain(CALENDAR, at("2026-08-03"), 120, "wd", [stop("2026-08-10", "2026-09-07")])
    assert len(due_explained(told, SAY[language])) < 420


OFFICIAL = (p.YearNotice(2027, "official", "测发〔2026〕1号", "2026-11-10"),)
LINES = [
    (p.Times("2027-01-13", "2027-02-02"), OFFICIAL,
     ("2026-12-01 due day moved from 2027-01-11 / 2027-02-01 to 2027-01-13 / 2027-02-02"
     " (holiday notice of 2027 测发〔2026〕1号)")),
    (p.Times("2027-01-11", "2027-02-01"), OFFICIAL,
     "2026-12-01 due day 2027-01-11 / 2027-02-01 is certain now (holiday notice of 2027 测发〔2026〕1号)"),
    (p.Times("2027-01-11", "2027-02-01", provisional=True), (p.YearNotice(2027, "provisional"),),
     "2026-12-01 due day 2027-01-11 / 2027-02-01 is provisional now (calendar of 2027, provisional)"),
]  # fmt: skip


@pytest.mark.parametrize(("after", "years", "line"), LINES)
def test_a_line_of_the_history_says_what_changed_and_why(
    after: p.Times, years: tuple[p.YearNotice, ...], line: str
) -> None:
    before = p.Times("2027-01-11", "2027-02-01", provisional=not after.provisional)
    redated = Redated("2026-12-01T09:30:00+08:00", before, after, years)
    assert redated_words(redated, SAY["en"]) == line
