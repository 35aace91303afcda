"""A case goes to another counter: with its number, clocks and history, once, and nothing half-done."""

import base64
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import msgspec
import pytest

from station_desk.cases import handover as rules
from station_desk.cases import permits
from station_desk.cases.case import Case
from station_desk.cases.parts import PaperSent
from station_desk.counter import handover as acts
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
from station_desk.counter.calendar_years import ImportYear, import_year
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, deliver, finish
from station_desk.counter.forward import Forward, TakeBack, forward, take_back
from station_desk.counter.handover import HandOver, Reclaim, hand_over, packet_for, reclaim, take_over
from station_desk.counter.intake import GiveNotice, Receive, TakeOn, give_notice, receive, take_on
from station_desk.counter.interrupt import Continue, Suspend, carry_on, suspend
from station_desk.counter.papers.journal import unprinted
from station_desk.counter.papers.print_paper import print_receipt
from station_desk.counter.set_up import CounterNotWellFormed
from station_desk.store.find import find_cases
from station_desk.store.lists import open_cases, transferred_cases
from station_desk.store.log import DeskLog
from station_desk.store.verify import verify_deep
from tests.store.made_up_years import year_2027
from tests.store.two_counters import counter_of, moved, sent

Fresh = Callable[[], str]
PERSONAL = ("王秀兰", "11010519491231002X", "13912345678", "青石桥社区 3 组 12 号")


@pytest.fixture
def other(tmp_path: Path, clock: Any) -> Iterator[Desk]:
    """Counter 3 of the same station."""
    made = counter_of(tmp_path, "3", clock)
    yield made
    made.store.close()


@pytest.fixture(autouse=True)
def all_is_as_written(desk: Desk, other: Desk) -> Any:
    yield
    for each in (desk, other):
        assert verify_deep(each.store, lambda done, total: None) == []


@pytest.fixture
def number(desk: Desk, fresh: Fresh, pension: Application) -> str:
    return accept(desk, pension, fresh()).answer.number


def without_hands(case: Case) -> dict[str, Any]:
    """A case but for where it has been."""
    facts: dict[str, Any] = msgspec.to_builtins(case)
    return {
        key: value for key, value in facts.items() if key not in ("handed", "revision", "state", "kept_state")
    }


def test_a_case_goes_on_at_the_other_counter_as_it_was(
    desk: Desk, other: Desk, fresh: Fresh, number: str
) -> None:
    before = desk.store.case(number)
    packet = sent(desk, number, other)
    assert desk.store.case(number).state == "transferred"
    done = take_over(other, packet.content, packet.code, fresh()).answer
    after = other.store.case(number)
    assert without_hands(after) == without_hands(before)
    assert (done.number, done.state, done.stage) == (number, "processing", "county-review")
    assert after.revision > desk.store.case(number).revision > before.revision
    assert [(h.source, h.to, bool(h.taken), h.back) for h in after.handed] == [("02", "03", True, "")]
    assert [row.number for row in find_cases(other.store, "王秀兰")] == [number]
    advance(other, Advance(number), fresh())
    finish(other, Finish(number, "granted", "参保登记"), fresh())
    assert deliver(other, Deliver(number, "counter", "王秀兰"), fresh()).answer.state == "delivered"


def test_at_the_first_counter_nothing_more_happens_to_it(
    desk: Desk, other: Desk, fresh: Fresh, number: str
) -> None:
    sent(desk, number, other)
    assert open_cases(desk.store) == []
    assert [row.number for row in transferred_cases(desk.store)] == [number]
    assert unprinted(desk) == []
    case = desk.store.case(number)
    for kind in sorted(set(permits.MAY_HAPPEN) - {"case.taken_back", "case.taken_over"}):
        with pytest.raises(permits.CaseHandedOver) as refused:
            permits.require_may(case, kind)
        assert "03" in desk.texts.error(refused.value)
    with pytest.raises(permits.CaseHandedOver):
        advance(desk, Advance(number), fresh())
    with pytest.raises(permits.CaseHandedOver):
        print_receipt(desk, number, fresh())


def test_the_file_shows_nothing_of_the_person(desk: Desk, other: Desk, number: str) -> None:
    packet = sent(desk, number, other)
    text = packet.content.decode()
    plain = text + base64.b64decode(json.loads(text)["sealed"]).decode("latin-1")
    assert [
        secret for secret in PERSONAL if secret in plain or secret.encode().decode("latin-1") in plain
    ] == []
    assert packet.code.replace("-", "") not in plain
    stored = str(desk.store.read("SELECT * FROM events")) + str(desk.store.about())
    assert packet.code not in stored, "the code is kept nowhere"


def test_a_packet_is_made_again_from_the_log_with_another_code(
    desk: Desk, other: Desk, fresh: Fresh, number: str
) -> None:
    first = sent(desk, number, other)
    again = hand_over(desk, HandOver(number, "3"), fresh())
    assert (again.answer.state, again.changes.cases) == ("transferred", frozenset())
    second = packet_for(desk, number)
    assert second.code != first.code
    with pytest.raises(acts.CodeRefused):
        take_over(other, second.content, first.code, fresh())
    take_over(other, second.content, second.code, fresh())
    with pytest.raises(rules.CaseHereAlready):
        take_over(other, first.content, first.code, fresh())


def test_taking_over_twice_is_a_sentence_and_the_same_command_the_same_answer(
    desk: Desk, other: Desk, number: str
) -> None:
    packet = sent(desk, number, other)
    first = take_over(other, packet.content, packet.code, "once")
    assert take_over(other, packet.content, packet.code, "once").answer == first.answer
    with pytest.raises(rules.CaseHereAlready):
        take_over(other, packet.content, packet.code, "twice")
    assert len(other.store.read("SELECT 1 FROM events WHERE subject = ?", (number,))) == 1


def test_a_lost_packet_is_taken_back_and_the_case_goes_on(
    desk: Desk, other: Desk, clock: Any, fresh: Fresh, number: str
) -> None:
    with pytest.raises(permits.CaseNotHandedOver):
        reclaim(desk, Reclaim(number), fresh())
    sent(desk, number, other)
    with pytest.raises(permits.CaseHandedOver):
        hand_over(desk, HandOver(number, "4"), fresh())
    clock.wait(hours=1)
    assert reclaim(desk, Reclaim(number), fresh()).answer.state == "processing"
    assert desk.store.case(number).handed[-1].back[:13] == "2026-11-20T10"
    assert advance(desk, Advance(number), fresh()).answer.stage == ""
    moved(desk, number, other)
    assert [bool(h.taken) for h in other.store.case(number).handed] == [False, True]


def test_a_case_that_another_counter_is_known_to_have_is_not_taken_back(
    desk: Desk, other: Desk, fresh: Fresh, number: str
) -> None:
    moved(desk, number, other)
    assert acts.on_their_way(desk) == (number,)
    acts.note_taken(desk, [number, "another"])
    with pytest.raises(acts.TakenElsewhere):
        reclaim(desk, Reclaim(number), fresh())
    assert acts.on_their_way(desk) == ()
    moved(other, number, desk)
    assert desk.store.case(number).state == "processing"
    assert [key for key in desk.store.about() if key.startswith(acts.HANDED_OVER)] == []


def test_a_case_comes_back_and_goes_again_through_many_hands(
    desk: Desk, other: Desk, fresh: Fresh, number: str
) -> None:
    first = sent(desk, number, other)
    take_over(other, first.content, first.code, fresh())
    ask_supplement(other, AskSupplement(number, ("hukou",), "2026-12-01"), fresh())
    second = sent(other, number, desk)
    take_over(desk, second.content, second.code, fresh())
    assert desk.store.case(number).state == "supplement"
    take_supplement(desk, TakeSupplement(number), fresh())
    moved(desk, number, other)
    moved(other, number, desk)
    assert len(desk.store.case(number).handed) == 4
    with pytest.raises(rules.PacketOld):
        take_over(other, first.content, first.code, fresh())
    advance(desk, Advance(number), fresh())
    assert finish(desk, Finish(number, "granted", "参保登记"), fresh()).answer.state == "finished"


def test_clocks_papers_and_stops_go_with_the_case(
    desk: Desk, other: Desk, clock: Any, fresh: Fresh, number: str
) -> None:
    print_receipt(desk, number, fresh())
    forward(desk, Forward(number, "街道", (PaperSent("申请表", 3),), "李想"), fresh())
    clock.wait(days=3)
    moved(desk, number, other)
    assert print_receipt(other, number, fresh()).answer.copy == 2, "the other counter goes on counting copies"
    case = other.store.case(number)
    assert case.away is not None
    assert case.away.signature == "李想"
    take_back(other, TakeBack(number, "齐全", "李想"), fresh())
    suspend(other, Suspend(number, "等待鉴定", "依据", "周敏"), fresh())
    clock.wait(days=7)
    moved(other, number, desk)
    assert desk.store.case(number).state == "suspended"
    assert carry_on(desk, Continue(number), fresh()).answer.promised == "2026-12-02"
    assert print_receipt(desk, number, fresh()).answer.copy == 3


def test_a_receipt_that_did_not_come_out_is_printed_where_the_case_is(
    desk: Desk, other: Desk, fresh: Fresh, number: str
) -> None:
    moved(desk, number, other)
    assert [(paper.number, paper.copy) for paper in unprinted(other)] == [(number, 1)]
    assert unprinted(desk) == []
    assert print_receipt(other, number, fresh()).answer.copy == 1


def test_what_was_only_taken_in_goes_too(desk: Desk, other: Desk, fresh: Fresh, pension: Application) -> None:
    number = receive(desk, Receive(pension), fresh()).answer.number
    moved(desk, number, other)
    give_notice(other, GiveNotice(number, ("hukou",), "2026-12-04"), fresh())
    moved(other, number, desk)
    assert desk.store.case(number).state == "noticed"
    again = receive(desk, Receive(pension), fresh()).answer.number
    moved(desk, again, other)
    assert take_on(other, TakeOn(again), fresh()).answer.stage == "county-review"


def test_the_dossier_of_the_last_counter_holds_the_whole_history(
    desk: Desk, other: Desk, fresh: Fresh, number: str
) -> None:
    moved(desk, number, other)
    advance(other, Advance(number, opinion="属实"), fresh())
    finish(other, Finish(number, "granted", "参保登记"), fresh())
    assert DeskLog(desk.store).dossiers_after("QSQ001.02", 0, 9) == ()
    (dossier,) = DeskLog(other.store).dossiers_after("QSQ001.03", 0, 9)
    assert dossier.case == number
    said = "".join(part.text for part in dossier.parts)
    assert [text for text in (*PERSONAL, "属实", "参保登记") if text not in said] == []


def test_a_finished_case_stays_where_it_is(desk: Desk, other: Desk, fresh: Fresh, number: str) -> None:
    advance(desk, Advance(number), fresh())
    finish(desk, Finish(number, "granted", "参保登记"), fresh())
    with pytest.raises(permits.CaseAlreadyFinished):
        hand_over(desk, HandOver(number, "3"), fresh())


@pytest.mark.parametrize(
    ("to", "error"),
    [("2", rules.SameCounter), ("02", rules.SameCounter), ("0", CounterNotWellFormed),
     ("100", CounterNotWellFormed), ("三", CounterNotWellFormed), ("", CounterNotWellFormed),
     ("３", CounterNotWellFormed)],
)  # fmt: skip
def test_a_case_goes_to_another_counter_of_this_station(
    desk: Desk, fresh: Fresh, number: str, to: str, error: type[Exception]
) -> None:
    with pytest.raises(error):
        hand_over(desk, HandOver(number, to), fresh())
    assert desk.store.case(number).state == "processing"


def test_a_record_too_long_to_be_taken_over_is_not_handed_over(desk: Desk, fresh: Fresh, number: str) -> None:
    advance(desk, Advance(number, opinion="详" * 65_200), fresh())
    with pytest.raises(acts.CaseTooLong):
        hand_over(desk, HandOver(number, "3"), fresh())
    assert desk.store.case(number).state == "processing"


def test_a_counter_that_knows_the_new_year_dates_the_case_anew(
    desk: Desk, other: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    clock.wait(days=39)
    number = accept(desk, pension, fresh()).answer.number
    import_year(other, ImportYear(year_2027(other)), fresh())
    moved(desk, number, other)
    case = other.store.case(number)
    assert desk.store.case(number).times.provisional
    assert not case.times.provisional
    assert len(case.redated) == 1


def test_a_case_whose_edition_lies_only_at_the_first_counter_goes_on(
    desk: Desk, other: Desk, fresh: Fresh, number: str
) -> None:
    catalogue = msgspec.structs.replace(other.catalogue, digest="f" * 64)
    forms = msgspec.structs.replace(other.edition.forms, catalogue=catalogue)
    elsewhere = replace(other, catalogue=catalogue, edition=replace(other.edition, forms=forms))
    moved(desk, number, elsewhere)
    assert advance(elsewhere, Advance(number), fresh()).answer.stage == ""
