"""Every legal turn of a case on the real store: intake, notice, silence, suspension, papers away, trust."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import msgspec
import pytest

from station_desk.cases import permits as rules
from station_desk.cases.case import passed_over
from station_desk.cases.parts import PaperSent
from station_desk.core.errors import RuleError
from station_desk.counter.accept import accept
from station_desk.counter.advance import Advance, advance
from station_desk.counter.application import Application, ApplicationFaulty
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Deliver, Finish, deliver, finish
from station_desk.counter.forward import FollowUpDone, Forward, TakeBack, follow_up, forward, take_back
from station_desk.counter.intake import (
    AcceptSilent,
    Decline,
    GiveNotice,
    Receive,
    TakeCompletion,
    TakeOn,
    accept_silent,
    decline,
    give_notice,
    receive,
    take_completion,
    take_on,
)
from station_desk.counter.interrupt import (
    Continue,
    Extend,
    Suspend,
    Withdraw,
    carry_on,
    extend,
    suspend,
    withdraw,
)
from station_desk.counter.papers.journal import unprinted
from station_desk.counter.papers.print_paper import paper_pdf_of
from station_desk.store.lists import open_cases
from station_desk.store.verify import verify_deep

pypdfium2: Any = import_module("pypdfium2")
Fresh = Callable[[], str]


@pytest.fixture(autouse=True)
def all_is_as_written(desk: Desk) -> Any:
    """After each story the tables are what the log makes of them."""
    yield
    assert verify_deep(desk.store, lambda done, total: None) == []


def received(desk: Desk, application: Application, fresh: Fresh) -> str:
    return receive(desk, Receive(application), fresh()).answer.number


def test_a_faulty_application_is_received_noticed_completed_and_accepted(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    faulty = msgspec.structs.replace(pension, materials={"id_card": "brought"}, answers={})
    number = received(desk, faulty, fresh)
    with pytest.raises(ApplicationFaulty):
        take_on(desk, TakeOn(number), fresh())
    clock.wait(days=3)
    told = give_notice(
        desk, GiveNotice(number, ("hukou", "app_form"), "2026-12-04", ("缴费档次未填",)), fresh()
    )
    assert told.answer.state == "noticed"
    with pytest.raises(rules.NotAcceptedYet):
        advance(desk, Advance(number), fresh())
    clock.wait(days=2)
    take_completion(desk, TakeCompletion(number, pension.answers, pension.materials), fresh())
    done = take_on(desk, TakeOn(number), fresh()).answer
    assert (done.state, done.stage, done.promised) == ("processing", "county-review", "2026-11-25")
    meant = [(paper.number, paper.paper) for paper in unprinted(desk)]
    assert meant == [(number, "intake"), (number, "notice"), (number, "receipt")]
    case = desk.store.case(number)
    assert (case.received_at[:10], case.accepted_at[:10], case.notices) == ("2026-11-20", "2026-11-25", 1)


def test_silence_accepts_on_the_day_of_receipt_after_five_working_days(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    silent, spoken = received(desk, pension, fresh), received(desk, pension, fresh)
    give_notice(desk, GiveNotice(spoken, ("hukou",), "2026-12-04"), fresh())
    clock.wait(days=7)
    assert accept_silent(desk, AcceptSilent("2026-11-27"), fresh()).answer.numbers == ()
    clock.wait(days=3)
    assert accept_silent(desk, AcceptSilent("2026-11-30"), fresh()).answer.numbers == (silent,)
    case = desk.store.case(silent)
    assert (case.accepted_at, case.silent, case.times.promised) == (case.received_at, True, "2026-11-25")
    assert accept_silent(desk, AcceptSilent("2026-11-30"), fresh()).answer.numbers == ()


def test_a_refusal_at_the_door_says_why_and_is_delivered(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = received(desk, pension, fresh)
    with pytest.raises(rules.ReasonNeeded):
        decline(desk, Decline(number, "不在受理范围", " "), fresh())
    decline(desk, Decline(number, "户籍不在本地", "社会保险法", "户籍地社保机构"), fresh())
    assert deliver(desk, Deliver(number, "counter", "王秀兰"), fresh()).answer.state == "delivered"


def test_a_suspended_case_gets_its_days_back(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    with pytest.raises(rules.ApproverNeeded):
        suspend(desk, Suspend(number, "等待法院裁判", "依据", ""), fresh())
    suspend(desk, Suspend(number, "等待法院裁判", "依据", "周敏", "2026-12-31"), fresh())
    with pytest.raises(rules.CaseSuspended):
        advance(desk, Advance(number), fresh())
    with pytest.raises(rules.CaseSuspended):
        finish(desk, Finish(number, "granted", "x"), fresh())
    clock.wait(days=14)
    assert carry_on(desk, Continue(number), fresh()).answer.promised == "2026-12-09"
    with pytest.raises(rules.NotSuspended):
        carry_on(desk, Continue(number), fresh())


def test_an_extension_is_longer_and_approved(desk: Desk, fresh: Fresh, pension: Application) -> None:
    number = accept(desk, pension, fresh()).answer.number
    with pytest.raises(rules.ExtensionTooShort):
        extend(desk, Extend(number, 3, "材料复杂", "周敏"), fresh())
    assert extend(desk, Extend(number, 10, "材料复杂", "周敏"), fresh()).answer.promised == "2026-12-04"
    assert desk.store.case(number).accepted_times.promised == "2026-11-25"


def test_papers_go_out_and_come_back_against_signature(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    sent = Forward(number, "青石桥街道办事处", (PaperSent("申请表", 3),), "李想", "2026-11-24")
    forward(desk, sent, fresh())
    with pytest.raises(rules.PapersAway):
        advance(desk, Advance(number), fresh())
    with pytest.raises(rules.PapersAway):
        forward(desk, sent, fresh())
    take_back(desk, TakeBack(number, "同意", "何静"), fresh())
    with pytest.raises(rules.PapersHere):
        take_back(desk, TakeBack(number, "同意", "何静"), fresh())
    advance(desk, Advance(number), fresh())
    trip = desk.store.case(number).trips[0]
    assert (trip.body, trip.papers[0].pages, trip.opinion) == ("青石桥街道办事处", 3, "同意")


def test_what_is_accepted_on_trust_has_its_day_and_its_end(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    item = desk.item("SA-003")
    answers = {"event_type": desk.catalogue.fields["event_type"].choices[0].hans, "event_date": "2026-11-19"}
    answers["household_members"] = "本人"
    application = Application(
        "SA-003", pension.applicant, answers,
        {"app_form": "brought", "id_card": "shared", "event_proof": "follows"},
    )  # fmt: skip
    number = accept(desk, application, fresh()).answer.number
    waiting = desk.store.case(number).follow_ups
    assert [(f.key, f.how, f.until) for f in waiting] == [("event_proof", "bring", "2026-12-04")]
    with pytest.raises(rules.NoSuchFollowUp):
        follow_up(desk, FollowUpDone(number, "event_proof", "true"), fresh())
    follow_up(desk, FollowUpDone(number, "event_proof", "brought"), fresh())
    with pytest.raises(rules.NoSuchFollowUp):
        follow_up(desk, FollowUpDone(number, "event_proof", "brought"), fresh())
    assert item.material[2].follow_days == 10


def test_a_commitment_instead_of_a_paper_is_verified(desk: Desk, fresh: Fresh, pension: Application) -> None:
    application = Application(
        "SA-003", pension.applicant,
        {"event_type": desk.catalogue.fields["event_type"].choices[0].hans, "event_date": "2026-11-19",
         "household_members": "本人"},
        {"app_form": "brought", "id_card": "brought", "event_proof": "promise"},
    )  # fmt: skip
    number = accept(desk, application, fresh()).answer.number
    follow_up(desk, FollowUpDone(number, "event_proof", "false"), fresh())
    done = desk.store.case(number).follow_ups[0]
    assert (done.how, done.outcome, bool(done.done)) == ("verify", "false", True)


def test_an_application_can_be_withdrawn_while_it_is_open(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    numbers = [received(desk, pension, fresh), accept(desk, pension, fresh()).answer.number]
    assert len(open_cases(desk.store)) == 2
    for number in numbers:
        withdraw(desk, Withdraw(number, "本人撤回"), fresh())
        with pytest.raises(rules.CaseWithdrawn):
            withdraw(desk, Withdraw(number, "本人撤回"), fresh())
    assert open_cases(desk.store) == []


@pytest.mark.parametrize("kind", sorted(rules.MAY_HAPPEN))
def test_every_forbidden_turn_has_a_rule_of_its_own(
    desk: Desk, fresh: Fresh, pension: Application, kind: str
) -> None:
    number = accept(desk, pension, fresh()).answer.number
    case = desk.store.case(number)
    for state in ("received", "noticed", "processing", "supplement", "suspended", "finished", "withdrawn"):
        there = msgspec.convert({**msgspec.to_builtins(case), "state": state}, type(case))
        if state in rules.MAY_HAPPEN[kind]:
            rules.require_may(there, kind)
        else:
            with pytest.raises(RuleError) as refused:
                rules.require_may(there, kind)
            assert desk.texts.error(refused.value)


def birth(desk: Desk, pension: Application) -> Application:
    """A good application for birth registration (HF-001): where the data agree it is done at once."""
    shown: dict[str, Any] = {m.key: "brought" for m in desk.item("HF-001").material if m.need == "must"}
    return Application("HF-001", pension.applicant, {"live_in_local": "yes"}, shown)


def test_a_case_takes_the_way_that_somebody_chose(desk: Desk, fresh: Fresh, pension: Application) -> None:
    done = accept(desk, birth(desk, pension), fresh()).answer
    assert done.stage == "acceptance", "a step with several ways is not passed by accepting"
    with pytest.raises(rules.WayNeeded) as needed:
        advance(desk, Advance(done.number), fresh())
    assert needed.value.values["ways"] == "end, verification"
    with pytest.raises(rules.NoSuchWay):
        advance(desk, Advance(done.number, to="acceptance"), fresh())
    assert desk.store.case(done.number).stage == "acceptance", "a refusal changes nothing"
    assert advance(desk, Advance(done.number, to="verification"), fresh()).answer.stage == "verification"
    assert passed_over(desk.store.case(done.number)) == frozenset()


def test_steps_on_the_other_way_are_passed_over(desk: Desk, fresh: Fresh, pension: Application) -> None:
    number = accept(desk, birth(desk, pension), fresh()).answer.number
    assert advance(desk, Advance(number, to="end"), fresh()).answer.stage == ""
    assert passed_over(desk.store.case(number)) == {"verification"}
    assert finish(desk, Finish(number, "recorded", "生育登记服务单"), fresh()).answer.state == "finished"


def test_the_ways_of_a_sensitive_case_are_not_told_in_public(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, birth(desk, pension), fresh()).answer.number
    ((public,),) = desk.store.read(
        "SELECT public FROM events WHERE subject = ? AND kind = 'case.accepted'", (number,)
    )
    assert '"to":"verification"' in public
    assert "信息不一致" not in public
    assert [way.when.hans for way in desk.store.case(number).steps[0].next if way.when] == [
        "信息一致",
        "信息不一致、难以核实",
    ]


def test_an_answer_that_is_not_asked_is_a_fault(desk: Desk, fresh: Fresh, pension: Application) -> None:
    with pytest.raises(ApplicationFaulty) as faulty:
        accept(desk, msgspec.structs.replace(pension, answers={**pension.answers, "bank": "1" * 16}), fresh())
    assert [(fault.field, fault.code) for fault in faulty.value.faults] == [("bank", "not_asked")]
    drawn = {**pension.answers, "payment_mode": "银行代扣", "bank": "6222020000000000"}
    assert accept(desk, msgspec.structs.replace(pension, answers=drawn), fresh()).answer.number


def test_a_receipt_promises_no_step_that_the_case_may_pass_over(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    number = accept(desk, birth(desk, pension), fresh()).answer.number
    with pypdfium2.PdfDocument(paper_pdf_of(desk, number, "receipt")) as document:
        text = document[0].get_textpage().get_text_range()
    assert "协查核实（视情况）" in text
    assert "受理比对（视情况）" not in text
