"""What each paper says of a case that went through everything, on the real store."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from importlib import import_module
from typing import Any

import msgspec
import pytest

from station_desk.cases.papers import (
    occasion_of,
)
from station_desk.cases.parts import How, PaperSent
from station_desk.catalogue.item import Catalogue, Item
from station_desk.catalogue.paper_kinds import PAPER_KINDS
from station_desk.counter.accept import accept
from station_desk.counter.advance import (
    Advance,
    AskSupplement,
    TakeSupplement,
    advance,
    ask_supplement,
    take_supplement,
)
from station_desk.counter.application import Application
from station_desk.counter.certificate_form import IssueCertificate
from station_desk.counter.certificates import VoidCertificate, issue_certificate, void_certificate
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, VoidCase, deliver, finish, void_case
from station_desk.counter.forward import Forward, TakeBack, forward, take_back
from station_desk.counter.intake import (
    Decline,
    GiveNotice,
    Receive,
    TakeOn,
    decline,
    give_notice,
    receive,
    take_on,
)
from station_desk.counter.interrupt import Continue, Extend, Suspend, carry_on, extend, suspend
from station_desk.counter.kept_papers import kept_papers
from station_desk.counter.notices import PostNotice, post_notice
from station_desk.counter.papers.handover import PapersToSeveral
from station_desk.counter.papers.journal import PrintPaper, unprinted
from station_desk.counter.papers.kinds import FILLS
from station_desk.counter.papers.print_paper import (
    PaperOfOneCase,
    paper_pdf_of,
    print_paper,
)
from station_desk.counter.papers.published import published_paper
from station_desk.counter.papers.telling import Telling, common_facts
from station_desk.main.open_desk import open_desk
from station_desk.printing.proof import codes_on
from tests.store.certificates import LIVING, asking_for, with_certificates
from tests.store.publisher import Counter, Publisher, edited

pypdfium2: Any = import_module("pypdfium2")
Fresh = Callable[[], str]
ANSWERS = {
    "text": "青石桥路 18 号", "long_text": "情况如下。", "integer": "3", "money": "1200",
    "date": "2026-11-20", "yes_no": "yes", "phone": "13912345678", "citizen_id": "11010519491231002X",
}  # fmt: skip
"""A good answer for each kind of field; a choice takes its first."""

DEFECT = "申请表：未签名 → 请本人签名"


def words_of(pdf: bytes) -> str:
    """All that a paper says, without the blanks between."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


@dataclass
class Told:
    """A case that went through everything, another beside it, and the papers of both."""

    desk: Desk
    number: str
    other: str
    restricted: str
    trusting: str

    def of(self, kind: str) -> str:
        return self.trusting if kind in ("follow", "commitment") else self.number

    def words(self, kind: str) -> str:
        return words_of(paper_pdf_of(self.desk, self.of(kind), kind))


@pytest.fixture
def told(desk: Desk, fresh: Fresh, clock: Any, pension: Application) -> Told:
    """Received, completed, accepted, stopped, suspended, extended, sent out and back, finished, delivered."""
    number = receive(desk, Receive(pension), fresh()).answer.number
    take_on(desk, TakeOn(number), fresh())
    clock.wait(days=3)
    ask_supplement(desk, AskSupplement(number, ("hukou",), "2026-12-04", DEFECT), fresh())
    clock.wait(days=1)
    take_supplement(desk, TakeSupplement(number), fresh())
    suspend(desk, Suspend(number, "等待核对", "《办法》第九条", "周站长", "2026-12-01"), fresh())
    clock.wait(days=1)
    carry_on(desk, Continue(number), fresh())
    extend(desk, Extend(number, 9, "核对未回复", "周站长", "《办法》第十条"), fresh())
    papers = (PaperSent("申请表（登记表）", 3), PaperSent("核对单", 2))
    forward(desk, Forward(number, "青石桥街道办事处", papers, "张科员", "2026-12-04"), fresh())
    other = accept(desk, pension, fresh()).answer.number
    forward(desk, Forward(other, "青石桥街道办事处", papers[:1], "张科员"), fresh())
    return Told(desk, number, other, _restricted(desk, fresh, pension), _trusting(desk, fresh, pension))


def finished(told: Told, fresh: Fresh) -> None:
    take_back(told.desk, TakeBack(told.number, "同意", "李主任"), fresh())
    while told.desk.store.case(told.number).stage:
        advance(told.desk, Advance(told.number, opinion="属实"), fresh())
    finish(told.desk, Finish(told.number, "granted", "参保登记结果"), fresh())
    deliver(told.desk, Deliver(told.number, "counter", "李建国", "配偶"), fresh())


def test_every_kind_is_filled_with_all_that_its_file_may_name(told: Told, fresh: Fresh) -> None:
    finished(told, fresh)
    begun = {
        "notice": _received, "refusal": _received, "posting": _posted, "certificate": _certified,
        "annulment": _annulled, "void": _voided,
    }  # fmt: skip
    told = replace(told, desk=with_certificates(told.desk))
    for kind, fill in FILLS.items():
        about = PAPER_KINDS[kind]
        number = begun[kind](told, fresh) if kind in begun else told.of(kind)
        occasion = occasion_of(told.desk.store.story(number), kind)
        filling = Telling(told.desk, published_paper(told.desk, occasion.case, kind), occasion)
        contents = fill(filling)
        assert {**common_facts(filling), **contents.facts}.keys() == about.known, kind
        assert contents.rows.keys() == about.rows.keys(), kind
        for name, rows in contents.rows.items():
            assert {key for row in rows for key in row} == (about.rows[name] if rows else set()), (kind, name)


def test_each_notice_says_what_the_law_asks_of_it(told: Told, fresh: Fresh) -> None:
    said = {
        "intake": ("尚未受理", "2026-11-27前决定是否受理", "申请表（登记表）签名原件1留存"),
        "supplement": ("居民户口簿未提交", "申请表未签名请本人签名", "2026-12-04", "办理期限停止计算", "/S1"),
        "suspension": ("等待核对", "《办法》第九条", "周站长", "2026-11-24", "2026-12-01", "不计入", "/P1"),
        "extension": ("核对未回复", "《办法》第十条", "周站长", "9个工作日", "第四十二条", "/E1"),
        "handover": ("青石桥街道办事处", "申请表（登记表）（3页）；核对单（2页）", "王*兰", "2026-12-04"),
        "application": ("11010519491231002X", "13912345678", "500", "自行缴费", "申请人声明"),
        "follow": ("王秀兰", "11010519491231002X", "2026-12-09", "后补的材料", "终止办理"),
        "commitment": ("11010519491231002X", "国办发〔2020〕42号", "承诺不实", "核查期限"),
    }
    for kind, parts in said.items():
        words = told.words(kind)
        assert [part for part in parts if part not in words] == [], kind
    for kind in ("supplement", "suspension", "extension", "intake", "handover"):
        assert "11010519491231002X" not in told.words(kind), kind


def test_the_new_day_of_an_extension_stands_beside_the_old_one(told: Told) -> None:
    story = told.desk.store.story(told.number)
    moment = occasion_of(story, "extension").moment
    assert moment.before is not None
    words = told.words("extension")
    assert f"原承诺办结{moment.before.times.promised}" in words
    assert f"新的办结日期{moment.after.times.promised}" in words


def test_the_end_is_told_with_its_result_and_proof_of_service(told: Told, fresh: Fresh) -> None:
    finished(told, fresh)
    words = told.words("completion")
    for part in ("参保登记结果", "予以办理", "行政复议", f"{told.number}/D1"):
        assert part in words
    proof = told.words("delivery")
    for part in ("办结通知书", f"{told.number}/D1", "李建国", "配偶", "窗口领取", "拒收事由", "见证人"):
        assert part in proof
    assert {paper.paper for paper in unprinted(told.desk) if paper.number == told.number} == {
        "intake", "receipt", "supplement", "suspension", "extension", "completion",
    }  # fmt: skip


def test_proof_of_service_waits_for_the_pen_before_anything_is_handed_over(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = receive(desk, Receive(pension), fresh()).answer.number
    decline(desk, Decline(number, "不在本街道", "《社会保险法》第二十条"), fresh())
    words = words_of(paper_pdf_of(desk, number, "delivery"))
    assert "不予受理通知书" in words
    assert f"{number}/R1" in words
    assert "收件人签名" in words


def test_the_sheet_shows_steps_papers_with_pages_and_trips(told: Told, fresh: Fresh) -> None:
    finished(told, fresh)
    words = told.words("sheet")
    assert "1受理上传✓窗口即时陈立新2026-11-2009:302026-11-2009:30" in words
    assert "申请表（登记表）签名原件13" in words
    assert "核对单——2" in words
    assert "1青石桥街道办事处2026-11-2509:305张科员；李主任2026-11-2509:30同意" in words
    assert "办结后退回青石桥社区公共服务站2号窗口" in words
    assert "王*兰" in words


def test_a_hand_over_list_holds_several_cases_each_with_its_barcode(told: Told, fresh: Fresh) -> None:
    print_paper(told.desk, PrintPaper(told.other, "handover"), fresh())
    wish = PrintPaper(told.number, "handover", others=(told.other, told.restricted))
    answer = print_paper(told.desk, wish, fresh()).answer
    assert [(one.number, one.copy) for one in (answer, *answer.others)] == [
        (told.number, 1), (told.other, 2), (told.restricted, 1),
    ]  # fmt: skip
    pdf = kept_papers(told.desk.store).paper(f"{told.number}-handover-1")
    numbers = [number.replace("-", "") for number in (told.number, told.other, told.restricted)]
    assert [text for _, _, text in codes_on(pdf)] == numbers
    words = words_of(pdf)
    assert "第2次列入清单" in words
    assert "受限事项（材料密封）" in words
    assert told.desk.store.case(told.restricted).title.hans not in words
    assert [paper for paper in unprinted(told.desk) if paper.paper == "handover"] == []


def test_a_list_goes_to_one_office_and_other_papers_to_one_case(
    told: Told, fresh: Fresh, pension: Application
) -> None:
    elsewhere = accept(told.desk, pension, fresh()).answer.number
    forward(told.desk, Forward(elsewhere, "区人社局", (PaperSent("申请表", 3),), "王科员"), fresh())
    with pytest.raises(PapersToSeveral):
        print_paper(told.desk, PrintPaper(told.number, "handover", others=(elsewhere,)), fresh())
    with pytest.raises(PaperOfOneCase):
        print_paper(told.desk, PrintPaper(told.number, "receipt", others=(elsewhere,)), fresh())
    assert [paper for paper in unprinted(told.desk) if paper.paper == "handover"] == []


def test_a_receipt_says_the_same_after_its_limit_was_extended(told: Told) -> None:
    words = told.words("receipt")
    assert "3个工作日" in words
    assert "9个工作日" not in words


def test_the_small_receipt_speaks_the_words_of_its_file(
    desk: Desk, fresh: Fresh, counter: Counter, publisher: Publisher, pension: Application
) -> None:
    reworded = edited("papers/receipt.toml", 'zh-Hans = "承诺办结"', 'zh-Hans = "最迟办结"')
    counter.install(publisher.bundle("2026.11.1", reworded))
    later = open_desk(desk.store.profile.folder, "zh-Hans", desk.clock)
    number = accept(later, pension, fresh()).answer.number
    for large in (False, True):
        assert "最迟办结" in words_of(paper_pdf_of(later, number, "receipt", large=large))
    later.store.close()


def _received(told: Told, fresh: Fresh) -> str:
    """A case that was noticed and then refused."""
    number = receive(told.desk, Receive(_of(told.desk, told.number)), fresh()).answer.number
    give_notice(told.desk, GiveNotice(number, ("hukou",), "2026-12-11", (DEFECT,)), fresh())
    decline(told.desk, Decline(number, "逾期未补正", "《办法》第八条", "街道办事处"), fresh())
    return number


def _certified(told: Told, fresh: Fresh) -> str:
    """A case whose certificate was sealed."""
    who = _of(told.desk, told.number)
    number = accept(told.desk, asking_for(who, LIVING.name.hans), fresh()).answer.number
    issue_certificate(told.desk, IssueCertificate(number, "周站长", until="2027-01-31"), fresh())
    return number


def _annulled(told: Told, fresh: Fresh) -> str:
    """A case whose certificate holds no more."""
    number = _certified(told, fresh)
    seal = told.desk.store.case(number).certificates[-1].seal
    void_certificate(told.desk, VoidCertificate(seal, "盖章不清"), fresh())
    return number


def _voided(told: Told, fresh: Fresh) -> str:
    """A case that was accepted twice."""
    number = accept(told.desk, _of(told.desk, told.number), fresh()).answer.number
    void_case(told.desk, VoidCase(number, "重复受理"), fresh())
    return number


def _posted(told: Told, fresh: Fresh) -> str:
    """A case whose public notice hangs on the wall."""
    form = _of(told.desk, told.number)
    repair = msgspec.structs.replace(
        form,
        item="HV-002",
        answers={"house": "砖木 3 间"},
        materials={m.key: "brought" for m in told.desk.item("HV-002").material if m.need == "must"},
    )
    number = accept(told.desk, repair, fresh()).answer.number
    post_notice(told.desk, PostNotice(number, "社区公告栏"), fresh())
    return number


def _restricted(desk: Desk, fresh: Fresh, pension: Application) -> str:
    item = next(item for item in desk.catalogue.items.values() if item.sensitivity == "S3")
    number = accept(desk, _good(desk, pension, item), fresh()).answer.number
    forward(desk, Forward(number, "青石桥街道办事处", (PaperSent("申请表", 1),), "张科员"), fresh())
    return number


def _trusting(desk: Desk, fresh: Fresh, pension: Application) -> str:
    """A case in which one paper follows and a commitment stands for another."""
    item = desk.item("SA-003")
    twice = msgspec.structs.replace(item.material[-1], substitute=("promise",))
    made = msgspec.structs.replace(item, material=(*item.material[:-1], twice))
    trusting = replace(desk, catalogue=_with(desk, made))
    form = _good(trusting, pension, made)
    how: dict[str, How] = {m.key: "follows" if m.may_follow else "brought" for m in made.material}
    form = msgspec.structs.replace(form, materials={**how, twice.key: "promise"})
    return accept(trusting, form, fresh()).answer.number


def _with(desk: Desk, item: Item) -> Catalogue:
    return msgspec.structs.replace(desk.catalogue, items={**desk.catalogue.items, item.code: item})


def _good(desk: Desk, pension: Application, item: Item) -> Application:
    kinds = {f.key: desk.catalogue.fields[f.key] for f in item.field if f.required}
    answers = {key: ANSWERS.get(kind.kind) or kind.choices[0].hans for key, kind in kinds.items()}
    papers: dict[str, How] = {m.key: "brought" for m in item.material}
    return msgspec.structs.replace(pension, item=item.code, answers=answers, materials=papers)


def _of(desk: Desk, number: str) -> Application:
    case = desk.store.case(number)
    return Application(case.item, case.applicant, dict(case.answers), {m.key: m.how for m in case.materials})
