"""The page of a station: what the station told of itself, how many wait, in three languages, and small."""

from functools import partial

import msgspec
import pytest
from starlette.testclient import TestClient

from station_desk.cases import ticket_parts as tp
from station_desk.cases.station_told import TOLD, Basic, StationToldPublic, subject_of
from station_desk.catalogue.item import Words
from station_desk.core.clock import stamp
from station_desk.district import kinds
from station_desk.district import tables as t
from station_desk.district.app import make_app
from station_desk.district.station_web import KEPT_SECONDS
from station_desk.district.stations import FRESH, station_page, waiting_now
from station_desk.district.waiting import read_what_waits
from station_desk.protocol.messages import VERSION, Health, Hello
from tests.district.conftest import NAME, NOON, DistrictClock, Reached
from tests.district.html_rules import html_faults
from tests.district.station import PHONE, STATION_NAME, CaseOnPaper, CounterPC, Sender
from tests.district.test_pages import HEADERS, MOST_BYTES_OF_A_PAGE

LANGUAGES = ("zh-Hans", "zh-Hant", "en")
HOURS = Words("周一至周五 9:00–17:30", "週一至週五 9:00–17:30", "Mon–Fri 9:00–17:30")
BASICS = tuple(Basic(f"指标{n}", f"内容 {n} <b>&") for n in range(40))
FULL = StationToldPublic(
    "青石桥社区公共服务站", "010-5555 0123", "010-5555 0199", "青石桥路 1 号", HOURS, BASICS, "2026-10"
)


@pytest.fixture
def sender(reached: Reached) -> Sender:
    return reached.sender()


def tell(pc: CounterPC, said: msgspec.Struct) -> None:
    pc.record(CaseOnPaper(subject_of(pc.station, pc.counter), "", len(pc.events)), TOLD, said)


def take(pc: CounterPC, number: str, day: str = "2026-11-20") -> CaseOnPaper:
    """A ticket that waits."""
    ticket = CaseOnPaper(f"T{day[2:].replace('-', '')}-{number}", "")
    pc.record(ticket, "ticket.taken", tp.TicketTakenPublic(number, day, "LS-008", "LS", None, "normal"))
    return ticket


def heard(sender: Sender) -> None:
    """The counter says hello, and how it stands."""
    told = msgspec.json.encode(Hello(VERSION, (), Health({}, stamp(NOON))))
    assert sender.post("/v1/hello", told).status_code == 200


def waiting(reached: Reached, code: str = "QSQ001") -> int | None:
    district = reached.district
    return district.read(partial(waiting_now, code=code, now=district.clock()))


def page(reached: Reached, code: str = "QSQ001", language: str = "zh-Hans") -> str:
    answer = reached.http.get(f"/station/{code}?lang={language}")
    assert answer.status_code == 200, answer.text
    return answer.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_a_station_told_is_there_in_every_language(
    reached: Reached, sender: Sender, pc: CounterPC, language: str
) -> None:
    tell(pc, FULL)
    sender.push(pc.events)
    for size in ("", "&size=large"):
        answer = reached.http.get(f"/station/QSQ001?lang={language}{size}")
        html = answer.text
        said = (HOURS.in_language("en" if language == "en" else "zh-Hant"),) if language != "zh-Hans" else ()
        for words in (
            *said,
            FULL.name,
            FULL.address,
            'href="tel:01055550123"',
            'href="tel:01055550199"',
            NAME,
        ):
            assert words in html
        assert "内容 39 &lt;b&gt;&amp;" in html
        assert 'href="/guide?lang=' in html
        assert html_faults(html) == []
        assert len(answer.content) <= MOST_BYTES_OF_A_PAGE
        kept = {**HEADERS, "cache-control": "public, max-age=30", "x-robots-tag": "all"}
        assert {name: answer.headers[name] for name in kept} == kept


def test_before_it_told_anything_the_enrolment_speaks(reached: Reached, sender: Sender) -> None:
    html = page(reached)
    assert STATION_NAME in html
    assert PHONE in html
    assert "请来电咨询" in html
    assert "等候" not in html
    listed = reached.http.get("/station?lang=en")
    assert f'href="/station/QSQ001?lang=en"><span>{STATION_NAME}' in listed.text
    assert html_faults(listed.text) == []
    assert sender.device


@pytest.mark.parametrize("code", ["QSQ009", "qsq001", "QSQ001%00", "..%2f..", "%27--", "A" * 5000, "QSQ001 "])
def test_a_station_that_there_is_not_is_said_so(reached: Reached, code: str) -> None:
    assert reached.http.get(f"/station/{code}").status_code == 404


def test_the_last_word_of_a_counter_counts_and_no_old_news_of_another(
    reached: Reached, sender: Sender, pc: CounterPC
) -> None:
    old, other = CounterPC(counter="03"), reached.sender("QSQ001", "03")
    tell(old, StationToldPublic("旧名", hours=HOURS))
    pc.minute = 30
    tell(pc, FULL)
    tell(pc, msgspec.structs.replace(FULL, phone="1"))
    sender.push(pc.events)
    other.push(old.events)
    found = reached.district.read(partial(station_page, code="QSQ001"))
    assert found is not None
    assert (found.told.name, found.told.phone) == (FULL.name, "1")
    assert reached.district.rows(t.station.select().where(t.station.c.station == "QSQ001"))[0]["phone"] == "1"
    old.minute = 60
    tell(old, StationToldPublic("新名"))
    other.push(old.events)
    assert "新名" in page(reached)


def test_a_district_of_before_reads_it_later(
    reached: Reached, sender: Sender, pc: CounterPC, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(pc, FULL)
    with monkeypatch.context() as old:
        old.setattr(kinds, "PARTS", {kind: one for kind, one in kinds.PARTS.items() if kind != TOLD})
        assert sender.push(pc.events).waiting == 1
    assert HOURS.hans not in page(reached)
    assert read_what_waits(reached.district.database) == 1
    assert HOURS.hans in page(reached)


def test_how_many_wait_now_and_nothing_where_nobody_knows(
    reached: Reached, sender: Sender, pc: CounterPC, clock: DistrictClock
) -> None:
    take(pc, "A001", "2026-11-19")
    called, _ = take(pc, "A001"), take(pc, "A002")
    take(pc, "B001")
    pc.record(called, "ticket.moved", tp.TicketMovedPublic("called", "02"))
    heard(sender)
    sender.push(pc.events)
    assert waiting(reached) == 2
    assert waiting(reached, "QSQ002") is None
    second, other = CounterPC(counter="03"), reached.sender("QSQ001", "03")
    take(second, "A001")
    other.push(second.events)
    assert waiting(reached) is None, "nobody knows how it stands at counter 3"
    heard(other)
    assert waiting(reached) == 3
    ticks = [0.0]
    with TestClient(make_app(reached.district, lambda: ticks[0])) as http:
        assert "现在 3 人等候" in http.get("/station/QSQ001?lang=zh-Hans").text
        take(pc, "C001")
        sender.push(pc.events)
        assert "3 people wait now" in http.get("/station/QSQ001?lang=en").text, "counted twice a minute"
        ticks[0] += KEPT_SECONDS
        assert "现在 4 人等候" in http.get("/station/QSQ001?lang=zh-Hans").text
    clock.moment += FRESH
    assert waiting(reached) == 4
    clock.wait(seconds=1)
    assert waiting(reached) is None
    clock.wait(days=1)
    heard(sender)
    heard(other)
    assert waiting(reached) == 0
