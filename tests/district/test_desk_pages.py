"""What the pages of the district desk show and do."""

import csv
import io
import re
from urllib.parse import urlencode

import msgspec
import openpyxl
import pytest
from sqlalchemy import update

from station_desk.catalogue.edition.published import read_published
from station_desk.core import paths
from station_desk.core.clock import stamp
from station_desk.district import tables as t
from station_desk.district.desk.bars import Pair, bars
from station_desk.district.desk.blocks import Cell, Table
from station_desk.district.desk.table_files import file_of
from station_desk.district.enrolment import new_enrol_code, revoke
from station_desk.protocol.messages import VERSION, Health, Hello
from tests.district.conftest import DistrictClock, Reached
from tests.district.officials import Official, official
from tests.district.station import PERSONAL, CounterPC, Sender, enrolled
from tests.district.test_ratings import send

PUBLISHED = read_published(paths.FORMS).edition.number


@pytest.fixture
def someone(reached: Reached, clock: DistrictClock) -> Official:
    return official(reached.district, clock, "manager")


def text(page: str) -> str:
    """A page as it is read, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def rows_of(someone: Official, page: str) -> list[list[str]]:
    """The file of a page, without its head."""
    file = someone.get(page)
    assert file.status_code == 200
    return list(csv.reader(io.StringIO(file.content.decode("utf-8-sig"))))[1:]


def test_what_waits_at_a_counter_and_since_when(
    reached: Reached, clock: DistrictClock, someone: Official, pc: CounterPC
) -> None:
    pc.deliver_all()
    sender = reached.sender()
    assert rows_of(someone, "stations/list.csv")[0][2] == "never heard"
    tell(sender, Health(pc.heads(), oldest_at=pc.events[0].at))
    sums = [f"{len(pc.events)}", f"{len(pc.finished)}", "0"]
    row = rows_of(someone, "stations/list.csv")[0]
    assert row[2:] == ["some wait", "none", "2026-11-20 12:00", "2026-11-20 10:01", *sums]
    sender.push(pc.events, pc.finished)
    clock.wait(minutes=10)
    tell(sender, Health(pc.heads()))
    row = rows_of(someone, "stations/list.csv")[0]
    assert row[2:] == ["all sent", "2026-11-20 12:10", "2026-11-20 12:10", "none", "0", "0", "0"]
    clock.wait(hours=25)
    someone.sign_in()
    assert rows_of(someone, "stations/list.csv")[0][2] == "silent for a day"
    revoke(reached.district, "QSQ001", "02", "lost")
    assert rows_of(someone, "stations/list.csv")[0][2] == "not in use"


def tell(sender: Sender, health: Health) -> None:
    answer = sender.post("/v1/hello", msgspec.json.encode(Hello(VERSION, (), health)))
    assert answer.status_code == 200, answer.text


def test_the_caseload_is_counted_by_station_type_and_day(
    reached: Reached, clock: DistrictClock, someone: Official, pc: CounterPC
) -> None:
    other = CounterPC("QSQ002", "01")
    pc.deliver_all()
    pc.accept("S3")
    pc.void(pc.accept())
    other.accept()
    for each in (pc, other):
        reached.sender(each.station, each.counter).push(each.events, each.finished)
    assert rows_of(someone, "caseload/list.csv") == [
        ["QSQ001 青石桥社区公共服务站", "3", "0", "–", "1", "1", "1", "0"],
        ["QSQ002 青石桥社区公共服务站", "1", "0", "–", "0", "0", "1", "0"],
        ["Total", "4", "0", "–", "1", "1", "2", "0"],
    ]
    page = someone.get("caseload?station=QSQ001&category=LS&days=90").text
    assert "LS-008" in page
    assert [secret for secret in PERSONAL if secret in page] == []
    clock.wait(days=30)
    someone.sign_in()
    sums = rows_of(someone, "caseload/list.csv")[-1]
    assert sums[1:4] == ["0", "4", "-100 %"]
    assert int(sums[7]) == 2, "both open cases are late by now"


def test_late_cases_stand_first_and_say_how_late(
    reached: Reached, clock: DistrictClock, someone: Official, pc: CounterPC
) -> None:
    """Promised for Wednesday 16 December; seen on Friday 11, Wednesday 16 and Thursday 17."""
    case = pc.accept()
    reached.sender().push(pc.events)
    assert rows_of(someone, "late/list.csv") == []
    for days, told in ((21, "in 5 days"), (26, "due today"), (27, "1 day late")):
        clock.moment = clock.moment.replace(month=11, day=20)
        clock.wait(days=days)
        someone.sign_in()
        (row,) = rows_of(someone, "late/list.csv")
        assert (row[0], row[-2], row[-1]) == (case.number, "2026-12-16", told)


def test_a_bad_rating_is_marked_as_mended_once_something_came_of_it(
    reached: Reached, clock: DistrictClock, someone: Official, pc: CounterPC
) -> None:
    case = pc.deliver_all()
    reached.sender().push(pc.events, pc.finished)
    send(reached, case, urlencode({"grade": "poor", "reason": "slow", "words": "跑了三趟"}))
    page = f"ratings?station=QSQ001&number={case.number}"
    assert "跑了三趟" in someone.get(page).text
    about = {"station": "QSQ001", "number": case.number}
    refused = someone.do(page, "mend", **about, outcome=" ")
    assert refused.status_code == 422
    assert "Write what came of the call" in refused.text
    done = someone.do(page, "mend", **about, outcome="11-21 回访，已道歉")
    assert "The call-back is noted" in done.text
    assert "No bad rating waits" in done.text
    (row,) = reached.district.rows(t.rating.select())
    assert (row["outcome"], row["mended_at"]) == ("11-21 回访，已道歉", stamp(clock()))
    assert someone.do("ratings", "mend", **about, outcome="x").status_code == 422
    last = reached.district.rows(t.staff_act.select().where(t.staff_act.c.act == "mend"))
    assert {line["subject"] for line in last} == {f"QSQ001/{case.number}"}


def test_a_code_is_shown_once_and_leads_to_a_pc_that_can_be_revoked(
    reached: Reached, someone: Official
) -> None:
    assert someone.do("devices", "new_code", station="青石桥").status_code == 422
    page = someone.do("devices", "new_code", station="qsq001").text
    code = re.findall(r'class="big">([0-9A-Z]{10})<', page)[0]
    assert code not in someone.get("devices").text
    assert code not in str(reached.district.rows(t.staff_act.select()))
    sender = enrolled(reached.http, code)
    assert len(rows_of(someone, "devices/list.csv")[0][2].split()) == 6
    done = someone.do("devices", "revoke", which="QSQ001.02", reason="stolen")
    assert "The PC is revoked" in done.text
    assert sender.try_push().json()["code"] == "sync.revoked"
    assert someone.do("devices", "revoke", which="QSQ001.02").status_code == 422


def test_a_cancelled_code_leads_to_nothing(reached: Reached, someone: Official) -> None:
    code = new_enrol_code(reached.district, "QSQ001")
    someone.do("devices", "cancel_code", station="QSQ001")
    with pytest.raises(AssertionError, match="enrol_refused"):
        enrolled(reached.http, code)


def test_what_waits_to_be_read_and_logs_that_went_on_are_listed(
    reached: Reached, someone: Official, pc: CounterPC
) -> None:
    pc.accept()
    reached.sender().push(pc.events)
    reached.district.write(lambda connection: connection.execute(update(t.event).values(waiting=True)))
    again = CounterPC(suffix="~ab12")
    again.accept()
    reached.sender().push(again.events)
    page = text(someone.get("settle").text)
    assert "QSQ001.02 case.accepted 1" in page
    assert "QSQ001.02 (1), QSQ001.02~ab12 (1)" in page


def test_files_hold_what_was_written_and_no_formula() -> None:
    rows = [[Cell("=1+1"), Cell("+14 %"), Cell("-3")], [Cell("@x"), Cell("007"), Cell("王")]]
    table = Table("t", ("a", "b", "c"), rows, "")
    plain = file_of([table], "late", "list.csv")
    book = file_of([table], "late", "list.xlsx")
    assert plain is not None
    assert book is not None
    assert plain.body == "\ufeffa,b,c\r\n'=1+1,+14 %,-3\r\n'@x,007,王\r\n".encode()
    sheet = openpyxl.load_workbook(io.BytesIO(bytes(book.body))).active
    assert sheet is not None
    assert [[cell.value for cell in row] for row in sheet.iter_rows()][1:] == [
        ["=1+1", "+14 %", "-3"], ["@x", "007", "王"],
    ]  # fmt: skip
    assert [cell.data_type for cell in next(sheet.iter_rows(min_row=2))] == ["s", "s", "s"]
    assert file_of([table], "late", "list.exe") is None


@pytest.mark.parametrize("most", [0, 1, 7, 99, 12345])
def test_bars_keep_within_the_drawing(most: int) -> None:
    drawn = bars([Pair(f"<{n}>", most, n) for n in range(max(1, min(most, 60)))], ("<a>", "b"), '"told"')
    assert "<a>" not in drawn
    for y, height in re.findall(r' y="([0-9.]+)" width="[0-9.]+" height="([0-9.]+)"', drawn):
        assert 0 <= float(y) <= float(y) + float(height) <= 240


def test_each_counter_shows_with_which_edition_it_works(reached: Reached, someone: Official) -> None:
    tell(reached.sender(counter="01"), Health({}, program="0.1.0", edition="2025.01"))
    tell(reached.sender(counter="02"), Health({}, program="0.2.0", edition=PUBLISHED))
    reached.sender(counter="03")
    at = "2026-11-20 12:00"
    assert [row[1:] for row in rows_of(someone, "editions/list.csv")] == [
        ["01", "2025.01", "0.1.0", at, "another one"],
        ["02", PUBLISHED, "0.2.0", at, "as published"],
        ["03", "none", "none", "none", "not told"],
    ]


@pytest.mark.parametrize(("how", "held"), [("accept", 1), ("reject", 0), ("choose", 0)])
def test_what_a_revoked_pc_sent_counts_once_somebody_accepts_it(
    reached: Reached, someone: Official, pc: CounterPC, how: str, held: int
) -> None:
    pc.accept()
    sender = reached.sender()
    revoke(reached.district, "QSQ001", "02", "lost")
    assert sender.try_push(pc.events).status_code == 401
    assert "QSQ001.02" in someone.get("settle").text
    done = someone.do("settle", "decide", which="QSQ001.02", how=how, reason="looked at it")
    assert ("It is decided" in done.text) is (how != "choose")
    assert len(reached.district.rows(t.event.select())) == held
    assert ("Nothing waits for a decision" in someone.get("settle").text) is (how != "choose")
