"""The print journal and what a paper says of its case, on the real store."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from station_desk.cases.papers import (
    INTENDED_WITH,
    TOLD_BY,
    PaperNotYet,
    PaperOfVoided,
    PaperUnknown,
    name_of,
    read_name,
)
from station_desk.catalogue.paper_kinds import LISTS, PAPER_KINDS
from station_desk.core import paths
from station_desk.core.texts import Texts
from station_desk.counter.accept import accept
from station_desk.counter.application import Application
from station_desk.counter.desk import Desk
from station_desk.counter.finish import VoidCase, void_case
from station_desk.counter.intake import (
    Decline,
    GiveNotice,
    Receive,
    TakeCompletion,
    TakeOn,
    decline,
    give_notice,
    receive,
    take_completion,
    take_on,
)
from station_desk.counter.papers.ending import SERVED_BY
from station_desk.counter.papers.journal import PrintPaper, unprinted
from station_desk.counter.papers.kinds import FILLS
from station_desk.counter.papers.print_paper import (
    PaperNotLarge,
    paper_pdf_of,
    possible_papers,
    print_paper,
)
from station_desk.main.open_desk import open_desk
from station_desk.printing.printers.folder import FolderPrinter
from station_desk.printing.printers.printer import always
from tests.store.publisher import Counter, Publisher

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


@pytest.fixture
def noticed(desk: Desk, fresh: Fresh, pension: Application) -> str:
    """An application without its household register, about which everything was told."""
    faulty = msgspec.structs.replace(pension, materials={"id_card": "brought", "app_form": "brought"})
    number = receive(desk, Receive(faulty), fresh()).answer.number
    give_notice(desk, GiveNotice(number, ("hukou",), "2026-12-04", (DEFECT,)), fresh())
    return number


def test_one_table_of_kinds_serves_files_rules_and_prints() -> None:
    assert set(PAPER_KINDS) == set(TOLD_BY) == set(FILLS) | LISTS
    assert set().union(*INTENDED_WITH.values()) <= set(PAPER_KINDS)
    assert {kind for kind, about in PAPER_KINDS.items() if about.mark} >= set(SERVED_BY.values())


def test_a_notice_says_all_defects_with_how_where_and_until_when(desk: Desk, noticed: str) -> None:
    words = words_of(paper_pdf_of(desk, noticed, "notice"))
    for said in (
        "居民户口簿未提交请提交电子件1份",
        "申请表未签名请本人签名",
        "需要补正2项",
        "青石桥社区公共服务站（青石桥路18号）2号窗口",
        "2026-12-04",
        f"{noticed}/N1",
        "王秀兰：",
        "即为受理",
        "核验后退还",
    ):
        assert said in words
    assert "11010519491231002X" not in words


def test_what_a_station_always_prints_is_offered_until_it_is_printed(
    desk: Desk, fresh: Fresh, noticed: str
) -> None:
    assert [(paper.paper, paper.copy) for paper in unprinted(desk)] == [("intake", 1), ("notice", 1)]
    print_paper(desk, PrintPaper(noticed, "intake"), fresh())
    assert print_paper(desk, PrintPaper(noticed, "notice"), fresh()).answer.copy == 1
    assert unprinted(desk) == []
    assert print_paper(desk, PrintPaper(noticed, "notice"), fresh()).answer.copy == 2
    printed = sorted(file.name for file in desk.store.profile.papers.iterdir())
    assert printed == [f"{noticed}-{paper}.pdf.sealed" for paper in ("intake-1", "notice-1", "notice-2")]


def test_a_printer_that_fails_leaves_the_paper_to_be_offered(
    desk: Desk, fresh: Fresh, noticed: str, tmp_path: Path
) -> None:
    (tmp_path / "no-folder").touch()
    broken = replace(desk, printer_for=always(FolderPrinter(tmp_path / "no-folder")))
    with pytest.raises(Exception, match="printer"):
        print_paper(broken, PrintPaper(noticed, "notice"), fresh())
    assert [(paper.paper, paper.copy) for paper in unprinted(desk)] == [("intake", 1), ("notice", 1)]
    assert print_paper(desk, PrintPaper(noticed, "notice"), fresh()).answer.copy == 1


def test_a_second_notice_is_a_paper_of_its_own_and_the_first_stays_as_it_was(
    desk: Desk, fresh: Fresh, noticed: str, pension: Application
) -> None:
    first = paper_pdf_of(desk, noticed, "notice")
    take_completion(desk, TakeCompletion(noticed, pension.answers, {"id_card": "brought"}), fresh())
    give_notice(desk, GiveNotice(noticed, ("app_form",), "2026-12-11"), fresh())
    second = print_paper(desk, PrintPaper(noticed, "notice"), fresh()).answer
    assert (second.paper, second.copy) == ("notice-2", 1)
    assert "第2次告知" in words_of(paper_pdf_of(desk, noticed, "notice-2"))
    assert paper_pdf_of(desk, noticed, "notice") == first
    again = print_paper(desk, PrintPaper(noticed, "notice", turn=1), fresh()).answer
    assert (again.paper, again.copy) == ("notice", 1)


def test_a_paper_that_has_nothing_to_tell_says_what_must_happen_first(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = receive(desk, Receive(pension), fresh()).answer.number
    for kind in set(PAPER_KINDS) - {"intake", "application"}:
        with pytest.raises(PaperNotYet) as refused:
            print_paper(desk, PrintPaper(number, kind), fresh())
        sentence = desk.texts.error(refused.value)
        assert desk.texts(f"papers.needs.{kind}") in sentence
        assert desk.texts("term.state.received") in sentence
    with pytest.raises(PaperUnknown):
        print_paper(desk, PrintPaper(number, "poster"), fresh())
    assert [paper.paper for paper in unprinted(desk)] == ["intake"]


def test_a_voided_case_has_only_the_paper_that_says_so(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    void_case(desk, VoidCase(number, "重复受理"), fresh())
    with pytest.raises(PaperOfVoided):
        print_paper(desk, PrintPaper(number, "receipt"), fresh())
    assert possible_papers(desk, number) == ("void",)
    assert unprinted(desk) == []
    print_paper(desk, PrintPaper(number, "void"), fresh())
    page = words_of(paper_pdf_of(desk, number, "void"))
    assert "重复受理" in page
    assert f"{number}/V1" in page


def test_a_refusal_names_reason_law_body_and_remedy(desk: Desk, fresh: Fresh, pension: Application) -> None:
    number = receive(desk, Receive(pension), fresh()).answer.number
    decline(desk, Decline(number, "不在本街道", "《社会保险法》第二十条", "红旗街道办事处"), fresh())
    words = words_of(paper_pdf_of(desk, number, "refusal"))
    for said in ("不在本街道", "《社会保险法》第二十条", "红旗街道办事处", "行政复议", f"{number}/R1"):
        assert said in words
    assert possible_papers(desk, number)[0] == "refusal"
    assert [paper.paper for paper in unprinted(desk)] == ["intake", "refusal"]


def test_of_a_restricted_case_a_letter_names_nobody_in_full(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    item = next(item for item in desk.catalogue.items.values() if item.sensitivity == "S3")
    form = msgspec.structs.replace(pension, item=item.code, answers={}, materials={})
    number = receive(desk, Receive(form), fresh()).answer.number
    give_notice(desk, GiveNotice(number, (), "2026-12-04", (DEFECT,)), fresh())
    words = words_of(paper_pdf_of(desk, number, "notice"))
    assert "王*兰：" in words
    assert "王秀兰" not in words
    assert "district.example" not in words
    assert "请凭本文书到窗口询问进度" in words


def test_a_paper_speaks_the_language_that_is_asked(desk: Desk, noticed: str) -> None:
    for language, title in (("zh-Hant", "一次性告知書"), ("en", "Noticeofallthatistobecompleted")):
        other = replace(desk, texts=Texts(paths.RESOURCES / "i18n", language))
        assert title in words_of(paper_pdf_of(other, noticed, "notice"))


def test_only_what_the_resident_keeps_is_printed_large(
    desk: Desk, fresh: Fresh, noticed: str, pension: Application
) -> None:
    assert print_paper(desk, PrintPaper(noticed, "notice", large=True), fresh()).answer.copy == 1
    number = accept(desk, pension, fresh()).answer.number
    with pytest.raises(PaperNotLarge):
        print_paper(desk, PrintPaper(number, "sheet", large=True), fresh())


def test_a_case_keeps_the_words_of_the_edition_it_began_under(
    desk: Desk, fresh: Fresh, noticed: str, counter: Counter, publisher: Publisher
) -> None:
    before = paper_pdf_of(desk, noticed, "notice")

    def reworded(forms: Path) -> None:
        file = forms / "papers/notice.toml"
        file.write_text(file.read_text("utf-8").replace("需要补正的全部内容", "须补正的全部内容"), "utf-8")

    counter.install(publisher.bundle("2026.11.1", reworded))
    later = open_desk(desk.store.profile.folder, "zh-Hans", desk.clock)
    later = replace(later, station=desk.station)
    assert paper_pdf_of(later, noticed, "notice") == before
    new = receive(later, Receive(_of(later, noticed)), fresh()).answer.number
    give_notice(later, GiveNotice(new, ("hukou",), "2026-12-04"), fresh())
    assert "须补正的全部内容" in words_of(paper_pdf_of(later, new, "notice"))
    later.store.close()


def test_an_edition_without_papers_is_printed_in_the_words_of_the_program(
    desk: Desk, fresh: Fresh, counter: Counter, publisher: Publisher, pension: Application
) -> None:
    counter.install(publisher.bundle("2026.11.1", lambda forms: shutil.rmtree(forms / "papers")))
    later = open_desk(desk.store.profile.folder, "zh-Hans", desk.clock)
    number = receive(later, Receive(pension), fresh()).answer.number
    give_notice(later, GiveNotice(number, ("hukou",), "2026-12-04"), fresh())
    assert later.store.case(number).edition == "2026.11.1"
    assert "一次性告知书" in words_of(paper_pdf_of(later, number, "notice"))
    later.store.close()


@pytest.mark.parametrize("turn", [1, 2, 12])
def test_the_name_of_a_paper_tells_its_kind_and_turn(turn: int) -> None:
    assert read_name(name_of("notice", turn)) == ("notice", turn)


@pytest.mark.parametrize("name", ["", "notice-", "notice-0", "poster", "notice-1x", "../notice"])
def test_what_is_no_name_of_a_paper_is_refused(name: str) -> None:
    with pytest.raises(PaperUnknown):
        read_name(name)


def _of(desk: Desk, number: str) -> Application:
    case = desk.store.case(number)
    return Application(case.item, case.applicant, dict(case.answers), {m.key: m.how for m in case.materials})


def test_take_on_intends_the_receipt(desk: Desk, fresh: Fresh, pension: Application) -> None:
    number = receive(desk, Receive(pension), fresh()).answer.number
    take_on(desk, TakeOn(number), fresh())
    assert [paper.paper for paper in unprinted(desk)] == ["intake", "receipt"]


def test_what_waits_to_be_printed_is_offered_before_what_happened_last(
    desk: Desk, fresh: Fresh, noticed: str
) -> None:
    print_paper(desk, PrintPaper(noticed, "notice"), fresh())
    assert possible_papers(desk, noticed) == ("intake", "notice", "application")
    print_paper(desk, PrintPaper(noticed, "intake"), fresh())
    assert possible_papers(desk, noticed) == ("notice", "intake", "application")
