"""Public notices on the real store: up for as long as the step says, taken down, never more than listed."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import msgspec
import pytest

from station_desk.cases import notice as rules
from station_desk.cases.parts import Applicant
from station_desk.cases.permits import ClockStands, NoSuchDay, NotAcceptedYet, NoticeHangs
from station_desk.core.identifiers import check_character
from station_desk.counter import notices as acts
from station_desk.counter.accept import accept
from station_desk.counter.advance import Advance, AskSupplement, advance, ask_supplement
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.finish import VoidCase, void_case
from station_desk.counter.intake import Receive, receive
from station_desk.counter.interrupt import Suspend, Withdraw, suspend, withdraw
from station_desk.counter.notices import PostNotice, TakeDown, notice_sheet, post_notice, take_down
from station_desk.counter.papers.journal import unprinted
from station_desk.counter.papers.print_paper import paper_pdf_of
from station_desk.printing.proof import codes_on
from station_desk.store.verify import verify_deep

pypdfium2: Any = import_module("pypdfium2")

Fresh = Callable[[], str]
BOARD = "社区公告栏"


@pytest.fixture(autouse=True)
def all_is_as_written(desk: Desk) -> Any:
    yield
    assert verify_deep(desk.store, lambda done, total: None) == []


def repair(desk: Desk, pension: Application, **who: str) -> Application:
    """A good application for the repair of a house (HV-002): its first step is a public notice of 5 wd."""
    shown: dict[str, Any] = {m.key: "brought" for m in desk.item("HV-002").material if m.need == "must"}
    applicant = msgspec.structs.replace(pension.applicant, **who)
    return Application("HV-002", applicant, {"house": "砖木 3 间"}, shown)


@pytest.fixture
def number(desk: Desk, fresh: Fresh, pension: Application) -> str:
    return accept(desk, repair(desk, pension), fresh()).answer.number


def test_a_notice_hangs_as_long_as_its_step_says_and_comes_down(
    desk: Desk, clock: Any, fresh: Fresh, number: str
) -> None:
    post_notice(desk, PostNotice(number, BOARD), fresh())
    up = desk.store.case(number).postings[-1]
    assert (up.start, up.until, up.place, up.phone) == ("2026-11-20", "2026-11-27", BOARD, "010-55550199")
    with pytest.raises(NoticeHangs):
        advance(desk, Advance(number), fresh())
    with pytest.raises(NoticeHangs):
        withdraw(desk, Withdraw(number, "本人撤回"), fresh())
    with pytest.raises(NoticeHangs):
        void_case(desk, VoidCase(number, "误收"), fresh())
    with pytest.raises(rules.NoticeUpAlready):
        post_notice(desk, PostNotice(number, BOARD), fresh())
    clock.wait(days=7)
    take_down(desk, TakeDown(number, objections=False, note="照片 3 张"), fresh())
    assert desk.store.case(number).postings[-1].ended == "2026-11-27"
    with pytest.raises(rules.NoNoticeUp):
        take_down(desk, TakeDown(number, objections=False), fresh())
    assert advance(desk, Advance(number), fresh()).answer.stage == "township-review"
    with pytest.raises(rules.NoNoticeStep) as refused:
        post_notice(desk, PostNotice(number, BOARD), fresh())
    assert "评议公示" in desk.texts.error(refused.value)


def test_the_sheet_says_the_same_before_and_after_it_was_posted(
    desk: Desk, fresh: Fresh, number: str
) -> None:
    before = notice_sheet(desk, number)
    assert before.lines == (
        ("申请人", "王*兰"), ("事项", "农村危房改造申请"), ("拟办结果", desk.item("HV-002").result.name),
    )  # fmt: skip
    assert (before.posted, before.place, before.until) == (False, "", "2026-11-27")
    post_notice(desk, PostNotice(number, BOARD), fresh())
    after = notice_sheet(desk, number)
    assert (after.lines, after.posted, after.place) == (before.lines, True, BOARD)
    assert (after.number, after.station) == (number, "青石桥社区公共服务站")


def test_the_public_parts_hold_days_and_nothing_else(desk: Desk, fresh: Fresh, number: str) -> None:
    post_notice(desk, PostNotice(number, "王秀兰家门口", "13912345678"), fresh())
    take_down(desk, TakeDown(number, objections=True, objection="王秀兰另有住房", note="有人举报"), fresh())
    rows = desk.store.read("SELECT public FROM events WHERE kind LIKE 'case.notice_%' ORDER BY seq")
    assert [public for (public,) in rows] == [
        '{"start":"2026-11-20","until":"2026-11-27"}',
        '{"on":"2026-11-20","objections":true}',
    ]
    assert desk.store.case(number).postings[-1].objection == "王秀兰另有住房"


def test_a_notice_comes_down_before_its_time_only_with_a_reason(
    desk: Desk, fresh: Fresh, number: str
) -> None:
    post_notice(desk, PostNotice(number, BOARD), fresh())
    for wish, error in (
        (TakeDown(number, objections=False), acts.NoticeEarly),
        (TakeDown(number, objections=False, on="2026-11-19", note="x"), acts.NoticeDayWrong),
        (TakeDown(number, objections=False, on="2026-11-27", note="x"), acts.NoticeDayWrong),
        (TakeDown(number, objections=False, on="yesterday", note="x"), acts.NoticeDayWrong),
        (TakeDown(number, objections=True, note="x"), acts.ObjectionNeeded),
        (TakeDown(number, objections=False, objection="有人反对", note="x"), acts.ObjectionNeeded),
        (TakeDown(number, objections=False, note="\0"), acts.NoticeWordsNotWellFormed),
        (TakeDown(number, objections=False, note="x" * 2001), acts.NoticeWordsNotWellFormed),
    ):
        with pytest.raises(error) as refused:
            take_down(desk, wish, fresh())
        assert desk.texts.error(refused.value)
    take_down(desk, TakeDown(number, objections=False, note="申请人撤回"), fresh())
    assert withdraw(desk, Withdraw(number, "本人撤回"), fresh()).answer.state == "withdrawn"


def test_a_suspended_case_may_still_lose_its_notice(desk: Desk, fresh: Fresh, number: str) -> None:
    post_notice(desk, PostNotice(number, BOARD), fresh())
    suspend(desk, Suspend(number, "等待鉴定", "依据", "周敏"), fresh())
    take_down(desk, TakeDown(number, objections=False, note="中止"), fresh())
    assert desk.store.case(number).postings[-1].ended


def test_a_notice_needs_a_place_a_phone_a_day_and_a_case_under_way(
    desk: Desk, fresh: Fresh, number: str, pension: Application
) -> None:
    mute = replace(desk, station=replace(desk.station, phone="", complaint_phone=""))
    received = receive(desk, Receive(repair(desk, pension)), fresh()).answer.number
    stopped = accept(desk, repair(desk, pension), fresh()).answer.number
    ask_supplement(desk, AskSupplement(stopped, ("hukou",), "2026-12-01"), fresh())
    for at, wish, error in (
        (desk, PostNotice(number, " "), acts.NoticePlaceNeeded),
        (desk, PostNotice(number, "x" * 101), acts.NoticeWordsNotWellFormed),
        (mute, PostNotice(number, BOARD), acts.NoticePhoneNeeded),
        (desk, PostNotice(number, BOARD, start="2026-11-19"), NoSuchDay),
        (desk, PostNotice(number, BOARD, start="tomorrow"), NoSuchDay),
        (desk, PostNotice(received, BOARD), NotAcceptedYet),
        (desk, PostNotice(stopped, BOARD), ClockStands),
    ):
        with pytest.raises(error) as refused:
            post_notice(at, wish, fresh())
        assert desk.texts.error(refused.value)
    assert desk.store.case(number).postings == ()


def test_who_comes_of_age_before_the_notice_begins_may_be_shown(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    young = repair(desk, pension, id_number="11010520081123001" + check_character("11010520081123001"))
    number = accept(desk, young, fresh()).answer.number
    with pytest.raises(rules.NoticeOfMinor):
        post_notice(desk, PostNotice(number, BOARD), fresh())
    post_notice(desk, PostNotice(number, BOARD, start="2026-11-23"), fresh())
    up = desk.store.case(number).postings[-1]
    assert (up.start, up.until) == ("2026-11-23", "2026-11-30")
    take_down(desk, TakeDown(number, objections=False, note="改期"), fresh())


def test_a_hostile_edition_with_a_phone_on_its_list_shows_no_phone(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    item = desk.item("LS-004")
    hostile = msgspec.structs.replace(item, notice=("applicant", "contact", "unemployed_since", "address"))
    text = msgspec.structs.replace(desk.catalogue.fields["contact"], kind="text", fills="")
    catalogue = msgspec.structs.replace(
        desk.catalogue,
        items={**desk.catalogue.items, "LS-004": hostile},
        fields={**desk.catalogue.fields, "contact": text},
    )
    forms = msgspec.structs.replace(desk.edition.forms, catalogue=catalogue)
    published = replace(desk, catalogue=catalogue, edition=replace(desk.edition, forms=forms))
    shown: dict[str, Any] = {m.key: "brought" for m in item.material if m.need == "must"}
    answers = {
        "difficulty_category": desk.catalogue.fields["difficulty_category"].choices[0].hans,
        "unemployed_since": "2026-01-05",
        "contact": "13912345678",
    }
    number = accept(
        published, Application("LS-004", pension.applicant, answers, shown), fresh()
    ).answer.number
    advance(published, Advance(number), fresh())
    post_notice(published, PostNotice(number, BOARD), fresh())
    assert [value for _, value in notice_sheet(published, number).lines] == ["王*兰", "2026-01-05"]


def test_without_the_edition_of_the_case_nothing_is_posted(desk: Desk, fresh: Fresh, number: str) -> None:
    elsewhere = desk.store.case(number).digest[::-1]
    catalogue = msgspec.structs.replace(desk.catalogue, digest=elsewhere)
    forms = msgspec.structs.replace(desk.edition.forms, catalogue=catalogue)
    edition = replace(desk.edition, forms=forms, shipped=desk.store.profile.folder)
    with pytest.raises(acts.NoticeEditionGone):
        post_notice(replace(desk, edition=edition), PostNotice(number, BOARD), fresh())


def test_the_same_command_again_posts_nothing_twice(desk: Desk, number: str) -> None:
    first = post_notice(desk, PostNotice(number, BOARD), "once")
    assert post_notice(desk, PostNotice(number, BOARD), "once").answer == first.answer
    assert len(desk.store.case(number).postings) == 1


def test_a_passport_does_not_tell_the_age(desk: Desk, fresh: Fresh, pension: Application) -> None:
    who = Applicant("Ann Lee", "passport", "E12345678", "13912345678")
    foreign = msgspec.structs.replace(repair(desk, pension), applicant=who)
    number = accept(desk, foreign, fresh()).answer.number
    with pytest.raises(rules.NoticeAgeUnknown):
        post_notice(desk, PostNotice(number, BOARD), fresh())


def test_the_paper_on_the_board_says_what_the_list_lets_through_and_nothing_that_finds_a_person(
    desk: Desk, fresh: Fresh, pension: Application, number: str
) -> None:
    post_notice(desk, PostNotice(number, BOARD), fresh())
    assert (number, "posting") in [(paper.number, paper.paper) for paper in unprinted(desk)]
    pdf = paper_pdf_of(desk, number, "posting")
    with pypdfium2.PdfDocument(pdf) as document:
        text = "".join(page.get_textpage().get_text_range() for page in document)
        told = "".join(str(value) for value in document.get_metadata_dict().values())
    who = pension.applicant
    for shown in (
        "公　示",
        "2026-11-20",
        "2026-11-27",
        "010-55550199",
        "农村危房改造申请",
        "王*兰",
        desk.station.name,
    ):
        assert shown in text
    for hidden in (who.name, who.id_number, who.phone, who.address, "砖木", number):
        assert hidden not in text + told
    assert codes_on(pdf) == []
