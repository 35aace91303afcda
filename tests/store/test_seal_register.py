"""A certificate is sealed only where it may be, and every seal stands in the register without a gap."""

from collections.abc import Callable
from dataclasses import replace
from importlib import import_module
from typing import Any

import msgspec
import pytest

from station_desk.cases.certifying import (
    CertificateUnknown,
    CertificateVoidedAlready,
    NothingToCertify,
    StepsBeforeSeal,
)
from station_desk.cases.parts import StepPlan
from station_desk.cases.permits import CertificateHolds, ReasonNeeded
from station_desk.cases.seal import SealNumberMistyped, SealNumberNotWellFormed
from station_desk.catalogue.item import AllowedCertificate, Words
from station_desk.counter.accept import accept
from station_desk.counter.advance import Advance, advance
from station_desk.counter.application import (
    Application,
    ApplicationFaulty,
    CertificateForbidden,
    CertificateNotListed,
)
from station_desk.counter.certificate_form import (
    CertificateAnswerMissing,
    IssueCertificate,
    NoCertificateItem,
    certificate_offer,
)
from station_desk.counter.certificates import (
    VoidCertificate,
    issue_certificate,
    seal_register,
    void_certificate,
)
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, VoidCase, deliver, finish, void_case
from station_desk.counter.papers.journal import PrintPaper, unprinted
from station_desk.counter.papers.print_paper import paper_pdf_of, possible_papers, print_paper
from station_desk.counter.seal_papers import register_pdf
from station_desk.store.desk_store import CommandReused
from station_desk.store.verify import verify_deep
from tests.store.certificates import LIVING, WORDED, asking_for, with_certificates

pypdfium2: Any = import_module("pypdfium2")
Fresh = Callable[[], str]
UNTIL = "2027-02-20"


def words_of(pdf: bytes) -> str:
    """All that a paper says, without the blanks between."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


@pytest.fixture
def sealing(desk: Desk) -> Desk:
    return with_certificates(desk)


@pytest.fixture
def number(sealing: Desk, fresh: Fresh, pension: Application) -> str:
    """A case at its last step, where the certificate is sealed."""
    return accept(sealing, asking_for(pension, "居住情况"), fresh()).answer.number


@pytest.fixture(autouse=True)
def all_is_as_written(desk: Desk) -> Any:
    yield
    assert verify_deep(desk.store, lambda done, total: None) == []


def seal(desk: Desk, number: str, command: str, **said: Any) -> str:
    wish = IssueCertificate(number, **{"approver": "周站长", "until": UNTIL, **said})
    return issue_certificate(desk, wish, command).answer.seal


def test_a_certificate_says_in_full_what_the_list_and_the_case_say(
    sealing: Desk, fresh: Fresh, number: str
) -> None:
    sealed = seal(sealing, number, fresh(), copies=2, statement="已入户走访")
    words = words_of(paper_pdf_of(sealing, number, "certificate"))
    for said in (
        "居住情况证明", f"用印登记号{sealed}", "青石桥小学：",
        "兹证明王秀兰，居民身份证11010519491231002X，现居住于青石桥社区3组12号。", "经核实：已入户走访",
        "特此证明。", "用途子女入学", "二〇二七年二月二十日", "份数2", "本区清单第3项", "批准人周站长签名：",
        "二〇二六年十一月二十日", "（盖章）",
    ):  # fmt: skip
        assert said in words, said
    assert "再次用印" not in words


def test_the_register_has_a_line_for_each_seal_without_a_gap(
    sealing: Desk, fresh: Fresh, number: str, clock: Any
) -> None:
    first = seal(sealing, number, fresh())
    second = seal(sealing, number, fresh(), purpose="落户", copies=3)
    clock.wait(days=45)
    third = seal(sealing, number, fresh())
    assert [one[:19] for one in (first, second)] == ["QSQ001-2026-02-0001", "QSQ001-2026-02-0002"]
    assert third.startswith("QSQ001-2027-02-0001-")
    entries = seal_register(sealing, 2026)
    assert [entry.number for entry in entries] == [first, second]
    assert (entries[1].purpose, entries[1].copies, entries[1].applicant) == ("落户", 3, "王秀兰")
    assert (entries[1].approver, entries[1].clerk, entries[1].case) == ("周站长", "陈立新", number)
    assert entries[1].document.hans == "居住情况证明"
    assert [entry.number for entry in seal_register(sealing, 2027)] == [third]


def test_a_command_that_is_asked_again_seals_once(sealing: Desk, fresh: Fresh, number: str) -> None:
    command = fresh()
    assert seal(sealing, number, command) == seal(sealing, number, command)
    assert len(seal_register(sealing, 2026)) == 1
    with pytest.raises(CommandReused):
        seal(sealing, number, command, copies=2)


def test_what_is_refused_uses_up_no_number(sealing: Desk, fresh: Fresh, number: str) -> None:
    with pytest.raises(ApplicationFaulty):
        seal(sealing, number, fresh(), approver="")
    assert seal(sealing, number, fresh()).startswith("QSQ001-2026-02-0001-")


def test_a_voided_entry_keeps_its_line_and_says_why(sealing: Desk, fresh: Fresh, number: str) -> None:
    first = seal(sealing, number, fresh())
    with pytest.raises(ReasonNeeded):
        void_certificate(sealing, VoidCertificate(first, "  "), fresh())
    command = fresh()
    for _ in range(2):
        void_certificate(sealing, VoidCertificate(first.lower().replace("-", ""), "盖章不清"), command)
    (entry,) = seal_register(sealing, 2026)
    assert (entry.number, entry.reason, entry.voided[:10]) == (first, "盖章不清", "2026-11-20")
    assert [one.paper for one in unprinted(sealing)] == ["receipt"]
    assert "certificate" not in possible_papers(sealing, number)
    with pytest.raises(CertificateVoidedAlready):
        print_paper(sealing, PrintPaper(number, "certificate"), fresh())
    with pytest.raises(CertificateVoidedAlready):
        void_certificate(sealing, VoidCertificate(first, "再次"), fresh())
    notice = words_of(paper_pdf_of(sealing, number, "annulment"))
    assert all(said in notice for said in (first, "盖章不清", f"{number}/A1"))
    second = seal(sealing, number, fresh())
    assert second.startswith("QSQ001-2026-02-0002-")
    assert print_paper(sealing, PrintPaper(number, "certificate"), fresh()).answer.paper == "certificate-2"


def test_of_two_certificates_the_one_that_holds_is_printed(sealing: Desk, fresh: Fresh, number: str) -> None:
    first = seal(sealing, number, fresh())
    void_certificate(sealing, VoidCertificate(seal(sealing, number, fresh()), "重复"), fresh())
    assert "certificate" in possible_papers(sealing, number)
    assert print_paper(sealing, PrintPaper(number, "certificate"), fresh()).answer.paper == "certificate"
    assert first in words_of(paper_pdf_of(sealing, number, "certificate"))


def test_a_reprint_says_so_and_makes_no_second_entry(sealing: Desk, fresh: Fresh, number: str) -> None:
    first = seal(sealing, number, fresh())
    copies = [print_paper(sealing, PrintPaper(number, "certificate"), fresh()).answer.copy for _ in range(2)]
    assert copies == [1, 2]
    words = words_of(paper_pdf_of(sealing, number, "certificate", 2))
    assert first in words
    assert "第2次打印（补打）" in words
    assert len(seal_register(sealing, 2026)) == 1


def test_sealed_again_it_says_the_same_under_a_number_of_its_own(
    sealing: Desk, fresh: Fresh, number: str
) -> None:
    first = seal(sealing, number, fresh(), purpose="落户", body="派出所", statement="属实")
    second = seal(sealing, number, fresh(), again=first, until="", copies=2, approver="李副站长")
    words = words_of(paper_pdf_of(sealing, number, "certificate-2"))
    for said in (second, f"原用印登记号{first}", "派出所：", "落户", "属实", "李副站长", "份数2"):
        assert said in words
    assert seal_register(sealing, 2026)[1].again == first
    void_certificate(sealing, VoidCertificate(first, "遗失"), fresh())
    with pytest.raises(CertificateVoidedAlready):
        seal(sealing, number, fresh(), again=first)


def test_a_certificate_without_words_of_its_own_needs_what_was_found(
    sealing: Desk, fresh: Fresh, pension: Application
) -> None:
    number = accept(sealing, asking_for(pension, WORDED.name.hans), fresh()).answer.number
    with pytest.raises(ApplicationFaulty) as faulty:
        seal(sealing, number, fresh())
    assert [(one.field, one.code) for one in faulty.value.faults] == [("certificate.statement", "required")]
    seal(sealing, number, fresh(), statement="据走访，系溺水。")
    assert "据走访，系溺水。" in words_of(paper_pdf_of(sealing, number, "certificate"))


def test_all_that_is_wrong_with_a_wish_is_told_at_once(sealing: Desk, fresh: Fresh, number: str) -> None:
    bad = {"purpose": "长" * 201, "body": "a\x07b", "until": "2026-11-19", "approver": " ", "copies": 0}
    with pytest.raises(ApplicationFaulty) as faulty:
        seal(sealing, number, fresh(), **bad)
    told = {(fault.field.partition(".")[2], fault.code) for fault in faulty.value.faults}
    assert told == {
        ("purpose", "too_long"), ("body", "control_character"), ("until", "until"), ("approver", "required"),
        ("copies", "copies"),
    }  # fmt: skip
    for until in ("2026-13-01", "20270220", "morgen", "2026-2-1"):
        with pytest.raises(ApplicationFaulty):
            seal(sealing, number, fresh(), until=until)


@pytest.mark.parametrize("statement", ["与李某系亲属关系证明所述", "王秀兰健在证明", "无犯罪记录"])
def test_what_is_forbidden_is_not_certified_in_the_clerks_own_words(
    sealing: Desk, fresh: Fresh, number: str, statement: str
) -> None:
    with pytest.raises(CertificateForbidden):
        seal(sealing, number, fresh(), statement=statement)


def test_what_has_left_the_list_since_is_not_sealed_any_more(
    sealing: Desk, fresh: Fresh, number: str
) -> None:
    today = with_certificates(sealing, WORDED)
    now = replace(sealing, catalogue=today.catalogue)
    with pytest.raises(CertificateNotListed):
        seal(now, number, fresh())
    assert certificate_offer(now, number) is None


def test_only_a_case_that_asks_for_a_certificate_gets_one(
    sealing: Desk, fresh: Fresh, pension: Application
) -> None:
    other = accept(sealing, pension, fresh()).answer.number
    with pytest.raises(NoCertificateItem):
        seal(sealing, other, fresh())
    assert certificate_offer(sealing, other) is None


def test_words_that_name_what_the_case_does_not_say_are_not_sealed(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    text = Words(*("{name.full} {verified_by}",) * 3)
    sealing = with_certificates(desk, AllowedCertificate(LIVING.name, "x", text=text))
    number = accept(sealing, asking_for(pension, "居住情况"), fresh()).answer.number
    with pytest.raises(CertificateAnswerMissing) as missing:
        seal(sealing, number, fresh())
    assert "核实人" in sealing.texts.error(missing.value)
    said = asking_for(pension, "居住情况", verified_by="李走访")
    number = accept(sealing, said, fresh()).answer.number
    seal(sealing, number, fresh())
    assert "王秀兰李走访" in words_of(paper_pdf_of(sealing, number, "certificate"))


def test_nothing_is_sealed_before_the_last_step(sealing: Desk, fresh: Fresh, pension: Application) -> None:
    item = sealing.item("HV-004")
    later = msgspec.structs.replace(item.step[1], id="later")
    longer = msgspec.structs.replace(item, step=(*item.step, later))
    items = {**sealing.catalogue.items, item.code: longer}
    catalogue = msgspec.structs.replace(sealing.catalogue, items=items)
    forms = msgspec.structs.replace(sealing.edition.forms, catalogue=catalogue)
    desk = replace(sealing, catalogue=catalogue, edition=replace(sealing.edition, forms=forms))
    number = accept(desk, asking_for(pension, "居住情况"), fresh()).answer.number
    assert isinstance(desk.store.case(number).steps[0], StepPlan)
    with pytest.raises(StepsBeforeSeal) as refused:
        seal(desk, number, fresh())
    assert "审签盖章" in desk.texts.error(refused.value)
    advance(desk, Advance(number), fresh())
    seal(desk, number, fresh())


def test_a_case_that_was_refused_is_not_certified_and_one_with_a_certificate_is_not_voided(
    sealing: Desk, fresh: Fresh, number: str, pension: Application
) -> None:
    first = seal(sealing, number, fresh())
    with pytest.raises(CertificateHolds) as holds:
        void_case(sealing, VoidCase(number, "重复受理"), fresh())
    assert first in sealing.texts.error(holds.value)
    void_certificate(sealing, VoidCertificate(first, "重复"), fresh())
    void_case(sealing, VoidCase(number, "重复受理"), fresh())
    other = accept(sealing, asking_for(pension, "居住情况"), fresh()).answer.number
    advance(sealing, Advance(other), fresh())
    finish(sealing, Finish(other, "refused", "查无此事"), fresh())
    with pytest.raises(NothingToCertify):
        seal(sealing, other, fresh())


def test_after_the_end_its_contents_go_to_the_district_in_a_further_dossier(
    sealing: Desk, fresh: Fresh, number: str
) -> None:
    advance(sealing, Advance(number), fresh())
    finish(sealing, Finish(number, "granted", "证明"), fresh())
    first = seal(sealing, number, fresh())
    deliver(sealing, Deliver(number, "counter", "王秀兰"), fresh())
    void_certificate(sealing, VoidCertificate(first, "遗失"), fresh())
    dossiers = sealing.store.read("SELECT number, case_number FROM dossiers ORDER BY number")
    assert dossiers == [(place, number) for place in (1, 2, 3, 4)]


def test_the_public_part_names_nobody(sealing: Desk, fresh: Fresh, number: str) -> None:
    first = seal(sealing, number, fresh(), statement="王秀兰住此", purpose="子女入学")
    void_certificate(sealing, VoidCertificate(first, "王秀兰遗失"), fresh())
    told = sealing.store.read("SELECT kind, public FROM events WHERE kind LIKE 'case.certif%'")
    assert [kind for kind, _ in told] == ["case.certified", "case.certificate_voided"]
    for _, public in told:
        assert not any(word in public for word in ("王秀兰", "子女入学", "青石桥小学", "周站长", "遗失"))


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ("", SealNumberNotWellFormed), ("QSQ001-261120-02-0001-0", SealNumberNotWellFormed),
        ("QSQ001-2026-02-0001-A", SealNumberMistyped), ("ＱSQ001-2026-02-0001-P", SealNumberNotWellFormed),
        ("QSQ001-2026-03-0001-M", (CertificateUnknown, SealNumberMistyped)),
    ],
)  # fmt: skip
def test_a_number_that_is_none_of_ours_is_told_apart(
    sealing: Desk, fresh: Fresh, typed: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        void_certificate(sealing, VoidCertificate(typed, "x"), fresh())


def test_the_printed_register_shows_every_entry_on_a_line(sealing: Desk, fresh: Fresh, number: str) -> None:
    assert "这一年没有用印" in words_of(register_pdf(sealing, 2026))
    first = seal(sealing, number, fresh())
    void_certificate(
        sealing, VoidCertificate(seal(sealing, number, fresh(), again=first), "盖章不清"), fresh()
    )
    pdf = register_pdf(sealing, 2026)
    words = words_of(pdf)
    for said in (
        first[7:],
        "2026-02-0002",
        "子女入学",
        "周站长",
        "陈立新",
        "王秀兰",
        "作废2026-11-20：盖章不清",
    ):
        assert said in words
    assert "共2条，其中作废1条" in words
    assert register_pdf(sealing, 2026) == pdf
