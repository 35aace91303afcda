"""A mistaken acceptance is taken back within the hour; all defects are told at once in one commit."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from station_desk.cases.parts import Applicant
from station_desk.cases.permits import CaseVoided, NoSuchDay, NothingToBring, ReasonNeeded
from station_desk.counter.accept import accept
from station_desk.counter.advance import Advance, advance
from station_desk.counter.application import Application, ApplicationFaulty, faults_of
from station_desk.counter.desk import Desk
from station_desk.counter.one_time_notice import NoticeNow, day_to_mend, defects_of, notice_now
from station_desk.counter.papers.print_paper import paper_pdf_of, print_receipt
from station_desk.counter.undo import CaseWentOn, UndoAcceptance, UndoTooLate, undo_acceptance
from station_desk.store.lists import case_count, unconfirmed_papers

Fresh = Callable[[], str]


def test_an_acceptance_is_taken_back_with_its_reason_within_the_hour(
    desk: Desk, pension: Application, clock: Any, fresh: Fresh
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    print_receipt(desk, number, fresh())
    clock.wait(minutes=59)
    with pytest.raises(ReasonNeeded):
        undo_acceptance(desk, UndoAcceptance(number, " "), fresh())
    undo_acceptance(desk, UndoAcceptance(number, "选错事项"), fresh())
    case = desk.store.case(number)
    assert (case.state, case.void_reason) == ("voided", "选错事项")
    with pytest.raises(CaseVoided):
        undo_acceptance(desk, UndoAcceptance(number, "选错事项"), fresh())


def test_what_is_an_hour_old_or_went_on_is_not_taken_back(
    desk: Desk, pension: Application, clock: Any, fresh: Fresh
) -> None:
    old, moved = (accept(desk, pension, fresh()).answer.number for _ in range(2))
    advance(desk, Advance(moved), fresh())
    with pytest.raises(CaseWentOn):
        undo_acceptance(desk, UndoAcceptance(moved, "选错事项"), fresh())
    clock.wait(minutes=61)
    with pytest.raises(UndoTooLate):
        undo_acceptance(desk, UndoAcceptance(old, "选错事项"), fresh())


def faulty(pension: Application) -> Application:
    who = msgspec.structs.replace(pension.applicant, phone="1391234567")
    return msgspec.structs.replace(pension, applicant=who, materials={"id_card": "brought"})


def test_missing_papers_faults_and_conditions_are_told_together(desk: Desk, pension: Application) -> None:
    item, today = desk.item("LS-008"), desk.clock().date()
    faults = faults_of(faulty(pension), item, desk.catalogue, today)
    found = defects_of(faults, item.conditions[:1], desk.catalogue, desk.texts)
    assert set(found.materials) == {"hukou", "app_form"}
    assert found.words[0].endswith("手机号应为 11 位，还差 1 位")
    assert item.conditions[0] in found.words[1]
    assert found.count == 4


def test_the_notice_is_stored_first_and_the_case_waits(
    desk: Desk, pension: Application, fresh: Fresh
) -> None:
    until = day_to_mend(desk.calendar, desk.clock())
    assert until == "2026-12-04"
    wish = NoticeNow(faulty(pension), ("hukou", "app_form"), ("联系电话：还差 1 位",), until)
    number = notice_now(desk, wish, fresh()).answer.number
    case = desk.store.case(number)
    assert (case.state, case.defects, [w.hans for w in case.bring]) == (
        "noticed", ("联系电话：还差 1 位",), ["居民户口簿", "申请表（登记表）"],
    )  # fmt: skip
    assert {paper for _, paper, _, _ in unconfirmed_papers(desk.store)} == {"intake", "notice"}
    assert paper_pdf_of(desk, number, "notice").startswith(b"%PDF")


def test_nothing_is_written_when_there_is_nothing_to_tell_or_nobody_to_tell_it(
    desk: Desk, pension: Application, fresh: Fresh
) -> None:
    until = day_to_mend(desk.calendar, desk.clock())
    with pytest.raises(NothingToBring):
        notice_now(desk, NoticeNow(pension, (), (), until), fresh())
    with pytest.raises(NoSuchDay):
        notice_now(desk, NoticeNow(pension, ("hukou",), (), "2026-11-01"), fresh())
    nobody = msgspec.structs.replace(pension, applicant=Applicant(""))
    with pytest.raises(ApplicationFaulty):
        notice_now(desk, NoticeNow(nobody, ("hukou",), (), until), fresh())
    assert case_count(desk.store) == {}
