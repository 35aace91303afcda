"""The evening's reckoning names every fault of the day and nothing that is in order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

import msgspec
import pytest

from station_desk.cases.day_close import Gap
from station_desk.catalogue.item import Words
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.daily_report import daily_report
from station_desk.counter.day_close import close_of
from station_desk.counter.day_papers import closing_pdf, daily_pdf
from station_desk.counter.desk import Desk
from station_desk.counter.finish import VoidCase, void_case
from station_desk.counter.papers.print_paper import print_receipt
from station_desk.counter.queue import CallNext, TakeTicket, call_next, take_ticket
from station_desk.counter.wording import worded
from station_desk.store.unit import PUT_ABOUT
from tests.store.a_day import spend

pypdfium2: Any = import_module("pypdfium2")
Fresh = Callable[[], str]
CASES_A_DAY = 40


def enrol(desk: Desk) -> None:
    with desk.store.writing() as unit:
        unit.connection.execute(PUT_ABOUT, ("district_url", "https://district.example"))


def test_a_day_without_faults_agrees(desk: Desk, fresh: Fresh, pension: Application) -> None:
    for _ in range(3):
        print_receipt(desk, accept(desk, pension, fresh()).answer.number, fresh())
    close = close_of(desk, desk.clock().date())
    assert (close.agrees, close.alone, close.gaps, close.notes) == (True, True, (), ())
    assert (close.issued, close.stored, close.accepted, close.printed) == (3, 3, 3, 3)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_fault_of_a_day_is_named_and_nothing_else(
    desk: Desk, fresh: Fresh, pension: Application, tmp_path: Path, seed: int
) -> None:
    enrol(desk)
    day = spend(desk, pension, fresh, Random(seed), CASES_A_DAY, tmp_path)
    close = close_of(desk, desk.clock().date())
    assert set(close.gaps) == day.gaps
    assert len(close.gaps) == len(day.gaps)
    assert set(close.notes) == day.notes
    assert day.faults > CASES_A_DAY / 4
    assert (close.issued, close.stored) == (CASES_A_DAY, CASES_A_DAY - day.lost)


def test_a_case_that_ends_on_a_later_day_is_reckoned_on_that_day_too(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application, tmp_path: Path
) -> None:
    enrol(desk)
    number = accept(desk, pension, fresh()).answer.number
    today = clock().date()
    clock.wait(days=1)
    assert close_of(desk, clock().date()).gaps == ()
    assert Gap("receipt_missing", number, "receipt", 1) in close_of(desk, today).gaps
    assert close_of(desk, today + timedelta(days=30)).stored == 0


def test_the_caseload_of_a_day_is_told_by_item_type(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    for wait in (4, 10, 30):
        ticket = take_ticket(desk, TakeTicket("LS-008"), fresh()).answer
        clock.wait(minutes=wait)
        call_next(desk, CallNext(), fresh())
        accept(desk, msgspec.structs.replace(pension, ticket=ticket.id), fresh())
    take_ticket(desk, TakeTicket("SA-001"), fresh())
    gone = accept(desk, pension, fresh()).answer.number
    void_case(desk, VoidCase(gone, "重复受理"), fresh())
    report = daily_report(desk, clock().date())
    rows = {row.category: row for row in report.rows}
    assert list(rows) == list(desk.catalogue.categories)
    labour = rows["labour_social_security"]
    assert (labour.tickets, labour.served, labour.wait) == (3, 3, 600)
    assert (labour.received, labour.accepted, labour.voided, labour.open) == (4, 3, 1, 3)
    assert (rows["social_assistance"].tickets, rows["social_assistance"].wait) == (1, None)
    assert (report.total.tickets, report.total.received, report.total.overdue) == (4, 4, 0)
    clock.wait(days=30)
    assert daily_report(desk, clock().date()).total.overdue == 3


def test_the_closing_sheet_names_each_gap_and_the_daily_report_each_type(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    day = desk.clock().date()
    sheet = closing_pdf(desk, close_of(desk, day))
    report = daily_pdf(desk, daily_report(desk, day))
    assert closing_pdf(desk, close_of(desk, day)) == sheet, "the same day gives the same bytes"
    told = {}
    for name, pdf in (("sheet", sheet), ("report", report)):
        with pypdfium2.PdfDocument(pdf) as document:
            told[name] = "".join(page.get_textpage().get_text_range() for page in document)
    assert "有 1 处不符" in told["sheet"]
    assert f"{number} 已受理，回执没有打印" in told["sheet"].replace("\r\n", "")
    assert all(worded(c.name, desk.texts)[:6] in told["report"] for c in desk.catalogue.categories.values())
    assert "王秀兰" not in told["sheet"] + told["report"]


def test_the_papers_of_a_day_speak_as_the_edition_says_and_an_older_one_as_the_program_does(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    accept(desk, pension, fresh())
    day = desk.clock().date()
    usual = closing_pdf(desk, close_of(desk, day))
    forms = desk.edition.forms
    old = replace(desk, edition=replace(desk.edition, forms=msgspec.structs.replace(forms, packed_days={})))
    assert closing_pdf(old, close_of(desk, day)) == usual
    paper = forms.day_papers["closing"]
    title = Words("日清日结表", "日清日結表", "Evening sheet")
    own = msgspec.structs.replace(paper, title=title, fact=paper.fact[1:], left=None, right=None)
    packed = {**forms.packed_days, "closing": msgspec.msgpack.encode(own)}
    changed = msgspec.structs.replace(forms, packed_days=packed)
    new = replace(desk, edition=replace(desk.edition, forms=changed))
    with pypdfium2.PdfDocument(closing_pdf(new, close_of(desk, day))) as document:
        told = document[0].get_textpage().get_text_range()
    assert "日清日结表" in told
    assert "站长签名" not in told
