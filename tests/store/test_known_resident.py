"""A resident who comes again: found while typing, what is known offered with its source, repeats told."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import msgspec
import pytest

from station_desk.cases.known import known_papers
from station_desk.cases.parts import Applicant
from station_desk.cases.repeats import CaseRepeated
from station_desk.counter.accept import accept
from station_desk.counter.application import Application, ApplicationFaulty
from station_desk.counter.desk import Desk
from station_desk.counter.finish import VoidCase, void_case
from station_desk.counter.known_resident import (
    FoundPerson,
    KnownResident,
    OpenKnown,
    identity_remarks,
    known_people,
    open_known,
)
from station_desk.counter.papers.print_paper import paper_pdf_of
from station_desk.counter.repeats import accept_asking, repeats_of
from station_desk.store.unit import CaseUnknown
from station_desk.store.verify import verify_deep
from tests.store.conftest import ID_NUMBER, pension_application

Fresh = Callable[[], str]
OTHER = "110105199308080026"


@pytest.fixture
def first(desk: Desk, pension: Application, fresh: Fresh) -> str:
    return accept(desk, pension, fresh()).answer.number


def known(desk: Desk, case: str, item: str, fresh: Fresh) -> KnownResident:
    return open_known(desk, desk.item(item), OpenKnown(case, item), fresh()).answer


def found(desk: Desk, asked: str, item: str = "LS-008") -> tuple[FoundPerson, ...]:
    return known_people(desk, asked, desk.item(item))


@pytest.mark.parametrize("asked", ["1101", ID_NUMBER, "139123", "13912345678", "秀兰", "王秀兰", "wx", "wxl"])
def test_a_resident_is_found_by_number_phone_name_and_initials(desk: Desk, first: str, asked: str) -> None:
    (row,) = found(desk, asked)
    assert (row.case, row.name, row.day) == (first, "王*兰", "2026-11-20")


@pytest.mark.parametrize("asked", ["", " ", "11", "110", "李", "zz", '"', "*", "110105194912310029"])
def test_what_is_too_little_or_nobody_finds_nobody(desk: Desk, first: str, asked: str) -> None:
    assert found(desk, asked) == ()


def test_each_resident_is_listed_once_as_the_newest_case_has_him(
    desk: Desk, first: str, pension: Application, clock: Any, fresh: Fresh
) -> None:
    clock.wait(days=3)
    moved = msgspec.structs.replace(pension.applicant, phone="13800138001")
    second = accept(desk, msgspec.structs.replace(pension, applicant=moved), fresh()).answer.number
    (row,) = found(desk, "1101")
    assert (row.case, row.phone) == (second, "*******8001")
    void_case(desk, VoidCase(second, "测试"), fresh())
    assert [row.case for row in found(desk, "1101")] == [first]


def test_known_answers_come_with_their_case_and_day(desk: Desk, first: str, fresh: Fresh) -> None:
    answers = known(desk, first, "LS-008", fresh).answers
    assert answers["applicant.name"].value == "王秀兰"
    assert {(a.case, a.day) for a in answers.values()} == {(first, "2026-11-20")}
    assert answers["payment_grade"].value == "500"


def test_another_item_gets_what_it_asks_for_and_no_more(desk: Desk, first: str, fresh: Fresh) -> None:
    answers = known(desk, first, "FP-001", fresh).answers
    asked = {field.key for field in desk.item("FP-001").field}
    assert {place for place in answers if not place.startswith("applicant.")} <= asked


def test_a_restricted_case_is_known_for_the_very_same_item_only(desk: Desk, fresh: Fresh) -> None:
    who = pension_application().applicant
    form = {"visit_date": "2026-11-20", "situation": "生活平稳"}
    number = accept(desk, Application("CC-002", who, form), fresh()).answer.number
    assert found(desk, "王秀兰") == ()
    assert found(desk, ID_NUMBER) == ()
    assert [row.case for row in found(desk, "wxl", "CC-002")] == [number]
    with pytest.raises(CaseUnknown):
        known(desk, number, "LS-008", fresh)
    assert known(desk, number, "CC-002", fresh).answers["situation"].value == "生活平稳"
    second = accept(desk, pension_application(), fresh()).answer.number
    answers = known(desk, number, "LS-008", fresh).answers
    assert {answer.case for answer in answers.values()} == {second}


def test_each_opening_is_written_into_the_log_without_names(desk: Desk, first: str, fresh: Fresh) -> None:
    command = fresh()
    for _ in range(2):
        open_known(desk, desk.item("LS-008"), OpenKnown(first, "LS-008", "T1"), command)
    rows = desk.store.read("SELECT public, actor, private FROM events WHERE kind = 'resident.opened'")
    ((public, actor, private),) = rows
    assert msgspec.json.decode(public)["cases"] == [first]
    assert (actor, private) == ("陈立新", None)
    assert "王" not in public
    assert "王" not in str(desk.store.read("SELECT answer FROM commands"))
    assert list(verify_deep(desk.store, lambda _done, _total: None)) == []


def test_only_a_copy_on_file_that_is_not_too_old_counts_again(desk: Desk, clock: Any, fresh: Fresh) -> None:
    item, materials = desk.item("LS-008"), desk.catalogue.materials
    form = {m.key: m.form for m in item.material}
    number = accept(desk, _with_all(desk, "LS-008"), fresh()).answer.number
    case = desk.store.case(number)
    later = known_papers([case], item, materials, clock().date())
    assert later["id_card"].again == "original"
    assert later["app_form"].again == "signed"
    copy = next(m for m in item.material if form[m.key] == "original")
    as_copy = msgspec.structs.replace(copy, key="bank", form="copy")
    with_copy = msgspec.structs.replace(item, material=(as_copy,))
    seen = msgspec.structs.replace(case.materials[0], key="bank", form="copy", how="brought")
    held = replace(case, materials=(seen,))
    assert known_papers([held], with_copy, materials, clock().date())["bank"].again == "counts"
    clock.wait(days=366)
    assert known_papers([held], with_copy, materials, clock().date())["bank"].again == "too_old"


def test_a_paper_said_to_be_on_file_must_be_there(desk: Desk, first: str, pension: Application) -> None:
    wrong = msgspec.structs.replace(pension, on_file={"hukou": first, "app_form": "QSQ001-000000-02-0001-0"})
    with pytest.raises(ApplicationFaulty) as told:
        accept(desk, wrong, "on-file-1")
    assert [(f.field, f.code) for f in told.value.faults] == [("material.app_form", "not_on_file")]
    good = msgspec.structs.replace(pension, on_file={"app_form": first})
    number = accept(desk, good, "on-file-2").answer.number
    seen = {paper.key: paper for paper in desk.store.case(number).materials}
    assert (seen["app_form"].on_file, seen["id_card"].on_file) == (first, "")
    assert paper_pdf_of(desk, number, "receipt").startswith(b"%PDF")


def test_another_name_or_number_is_remarked(desk: Desk, first: str) -> None:
    def said(name: str, number: str) -> list[tuple[str, str]]:
        return [(f.field, f.code) for f in identity_remarks(desk, Applicant(name, "citizen_id", number))]

    assert said("王秀兰", ID_NUMBER) == []
    assert said("王秀英", ID_NUMBER) == [("applicant.name", "other_name")]
    assert said("王秀兰", OTHER) == [("applicant.id_number", "other_number")]
    assert said("李国强", OTHER) == []


def test_the_same_again_needs_a_reason_that_is_kept(
    desk: Desk, first: str, pension: Application, fresh: Fresh
) -> None:
    (repeat,) = repeats_of(desk, pension)
    assert (repeat.number, repeat.day) == (first, "2026-11-20")
    with pytest.raises(CaseRepeated):
        accept_asking(desk, pension, fresh())
    why = msgspec.structs.replace(pension, repeat_reason=" 为两处房屋分别登记 ")
    number = accept_asking(desk, why, fresh()).answer.number
    assert desk.store.case(number).repeat_reason == "为两处房屋分别登记"


def test_no_repeat_is_what_another_asked_what_is_long_ago_or_void(
    desk: Desk, first: str, pension: Application, clock: Any, fresh: Fresh
) -> None:
    somebody = msgspec.structs.replace(pension.applicant, id_number=OTHER, name="张梅")
    assert repeats_of(desk, msgspec.structs.replace(pension, applicant=somebody)) == ()
    assert repeats_of(desk, Application("FP-001", pension.applicant)) == ()
    clock.wait(days=400)
    assert [one.number for one in repeats_of(desk, pension)] == [first]
    void_case(desk, VoidCase(first, "测试"), fresh())
    assert repeats_of(desk, pension) == ()


def _with_all(desk: Desk, code: str) -> Application:
    item = desk.item(code)
    return msgspec.structs.replace(pension_application(), materials={m.key: "brought" for m in item.material})
