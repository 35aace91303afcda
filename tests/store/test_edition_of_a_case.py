"""A case keeps the edition it was begun under for ever: steps, limits, due days and papers."""

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any

import msgspec
import pytest

from station_desk.counter.accept import accept
from station_desk.counter.advance import (
    Advance,
    AskSupplement,
    TakeSupplement,
    advance,
    ask_supplement,
    take_supplement,
)
from station_desk.counter.application import Application, ApplicationFaulty
from station_desk.counter.desk import ItemUnknown
from station_desk.counter.finish import Finish, finish
from station_desk.counter.intake import (
    GiveNotice,
    Receive,
    TakeCompletion,
    TakeOn,
    give_notice,
    receive,
    take_completion,
    take_on,
)
from station_desk.counter.papers.print_paper import paper_pdf_of, print_receipt
from station_desk.main.open_desk import open_desk
from tests.store.conftest import TestClock
from tests.store.publisher import Counter, Publisher, edited, replaced

pypdfium2: Any = import_module("pypdfium2")
PENSION = "items/labour_social_security/LS-008.toml"


NOTICE = """[[step]]
id = "public-notice"
name = { zh-Hans = "公示", zh-Hant = "公示", en = "public notice" }
role = "township"
action = "张榜公示"
limit = 1
unit = "wd"

[[step]]
id = "county-review\""""


def words_of(pdf: bytes) -> str:
    """All that a paper says, without the blanks between."""
    with pypdfium2.PdfDocument(pdf) as document:
        return "".join("".join(page.get_textpage().get_text_bounded().split()) for page in document)


def another_workflow(forms: Path) -> None:
    """n+1: a longer promise, a step more, another name, a paper less, and that paper is known nowhere."""
    file = forms / PENSION
    replaced(file, "promised = 3", "promised = 15")
    replaced(file, '[[step]]\nid = "county-review"', NOTICE)
    replaced(file, "比对审核", "联合审核")
    replaced(
        file,
        '[[material]]\nkey = "hukou"\nform = "electronic"\nneed = "must"\nsubstitute = ["shared"]\n\n',
        "",
    )
    for item in (forms / "items").rglob("*.toml"):
        if 'key = "hukou"' in item.read_text("utf-8"):
            replaced(item, 'key = "hukou"', 'key = "hukou_book"')
    replaced(forms / "materials.toml", "[hukou]", "[hukou_book]")


def test_a_case_keeps_its_edition_for_ever(
    counter: Counter, clock: TestClock, publisher: Publisher, pension: Application, fresh: Callable[[], str]
) -> None:
    counter.install(publisher.bundle("2026.11.1"))
    desk = open_desk(counter.profile.folder, "zh-Hans", clock)
    old = accept(desk, pension, fresh()).answer
    digest = desk.catalogue.digest
    receipt = words_of(paper_pdf_of(desk, old.number, "receipt"))
    desk.store.close()
    assert (old.promised, old.stage) == ("2026-11-25", "county-review")

    counter.install(publisher.bundle("2026.11.2", another_workflow))
    desk = open_desk(counter.profile.folder, "zh-Hans", clock)
    assert "hukou" not in desk.catalogue.materials
    papers = {"id_card": "brought", "app_form": "brought"}
    new = accept(desk, msgspec.structs.replace(pension, materials=papers), fresh())
    assert (new.answer.promised, new.answer.stage) == ("2026-12-11", "public-notice")

    ask_supplement(desk, AskSupplement(old.number, ("hukou",), "2026-12-04"), fresh())
    assert desk.store.case(old.number).bring[0].hans == "居民户口簿"
    clock.wait(days=7)
    assert take_supplement(desk, TakeSupplement(old.number), fresh()).answer.promised == "2026-12-02"
    assert advance(desk, Advance(old.number, "county-review"), fresh()).answer.stage == ""
    assert finish(desk, Finish(old.number, "granted", "参保登记结果"), fresh()).answer.state == "finished"

    case = desk.store.case(old.number)
    assert (case.edition, case.digest, case.limits.promised) == ("2026.11.1", digest, 3)
    assert (
        [step.id for step in case.steps]
        == [step.id for step in case.trail]
        == ["acceptance", "county-review"]
    )
    print_receipt(desk, old.number, fresh())
    assert print_receipt(desk, old.number, fresh()).answer.copy == 2
    again = words_of(paper_pdf_of(desk, old.number, "receipt"))
    assert again == receipt
    assert "2026.11.1" in again
    sheet = words_of(paper_pdf_of(desk, old.number, "sheet"))
    assert "比对审核" in sheet
    assert "联合审核" not in sheet
    assert "2026.11.2" in words_of(paper_pdf_of(desk, new.answer.number, "receipt"))
    desk.store.close()


def without_the_item(forms: Path) -> None:
    """n+1 knows neither the item nor its own form fields any more."""
    (forms / PENSION).unlink()
    replaced(forms / "life_events.toml", '"LS-008", ', "")


@pytest.mark.parametrize("begun_under", ["an installed edition", "the shipped forms"])
def test_what_was_handed_in_is_completed_and_accepted_by_the_rules_of_that_day(
    counter: Counter,
    clock: TestClock,
    publisher: Publisher,
    pension: Application,
    fresh: Callable[[], str],
    begun_under: str,
) -> None:
    if begun_under == "an installed edition":
        counter.install(publisher.bundle("2026.11.1"))
    desk = open_desk(counter.profile.folder, "zh-Hans", clock)
    faulty = msgspec.structs.replace(pension, answers={}, materials={"id_card": "brought"})
    number = receive(desk, Receive(faulty), fresh()).answer.number
    begun = desk.catalogue.edition
    desk.store.close()

    counter.install(publisher.bundle("2026.11.2", another_workflow))
    counter.install(publisher.bundle("2026.11.3", another_workflow, without_the_item))
    desk = open_desk(counter.profile.folder, "zh-Hans", clock)
    with pytest.raises(ItemUnknown):
        accept(desk, pension, fresh())
    with pytest.raises(ApplicationFaulty):
        take_on(desk, TakeOn(number), fresh())
    give_notice(desk, GiveNotice(number, ("hukou", "photo1"), "2026-11-27"), fresh())
    take_completion(desk, TakeCompletion(number, dict(pension.answers), dict(pension.materials)), fresh())
    assert take_on(desk, TakeOn(number), fresh()).answer.promised == "2026-11-25"
    case = desk.store.case(number)
    assert (case.edition, case.stage, case.limits.promised) == (begun, "county-review", 3)
    assert [paper.name.hans for paper in case.materials][1] == "居民户口簿"
    desk.store.close()


def test_when_the_edition_is_gone_the_present_one_is_asked(
    counter: Counter, clock: TestClock, publisher: Publisher, pension: Application, fresh: Callable[[], str]
) -> None:
    counter.install(publisher.bundle("2026.11.1", edited(PENSION, "promised = 3", "promised = 2")))
    desk = open_desk(counter.profile.folder, "zh-Hans", clock)
    number = receive(desk, Receive(pension), fresh()).answer.number
    desk.store.close()
    counter.install(publisher.bundle("2026.11.2"))
    counter.file("2026.11.1", "edition.zip").unlink()
    desk = open_desk(counter.profile.folder, "zh-Hans", clock)
    case = desk.store.case(number)
    assert desk.under(case).catalogue.edition == "2026.11.2"
    take_on(desk, TakeOn(number), fresh())
    assert desk.store.case(number).limits.promised == 2
    desk.store.close()
