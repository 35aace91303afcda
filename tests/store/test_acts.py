"""One case from the ticket to the delivery, on the real store: what each act does, refuses and repeats."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import msgspec
import pytest

from station_desk.cases import case as rules
from station_desk.cases.number import CaseNumber, NumberMistyped
from station_desk.cases.parts import Agent, Applicant, Priority, TicketState
from station_desk.cases.ticket import QueueEmpty, TicketNotInState, TicketUnknown
from station_desk.core.identifiers import check_character
from station_desk.counter.accept import FormTooLarge, accept
from station_desk.counter.advance import (
    Advance,
    AskSupplement,
    TakeSupplement,
    advance,
    ask_supplement,
    take_supplement,
)
from station_desk.counter.application import Application, ApplicationFaulty, How
from station_desk.counter.desk import Desk, ItemUnknown, MaterialUnknown
from station_desk.counter.finish import Deliver, Finish, ReasonNeeded, VoidCase, deliver, finish, void_case
from station_desk.counter.queue import (
    CallNext,
    MoveTicket,
    TakeTicket,
    call_next,
    move_ticket,
    queue_now,
    take_ticket,
)
from station_desk.store.desk_store import CommandReused
from station_desk.store.unit import CaseUnknown

Fresh = Callable[[], str]


def accepted(desk: Desk, application: Application, fresh: Fresh) -> str:
    return accept(desk, application, fresh()).answer.number


def finished(desk: Desk, application: Application, fresh: Fresh) -> str:
    number = accepted(desk, application, fresh)
    advance(desk, Advance(number), fresh())
    finish(desk, Finish(number, "granted", "参保登记结果"), fresh())
    return number


def test_the_queue_calls_emergencies_then_priority_then_arrival(desk: Desk, clock: Any, fresh: Fresh) -> None:
    wanted: list[tuple[str, Priority]] = [
        ("LS-001", "normal"),
        ("SA-001", "elderly"),
        ("SA-003", "emergency"),
        ("FP-001", "normal"),
    ]
    for item, priority in wanted:
        take_ticket(desk, TakeTicket(item, priority), fresh())
        clock.wait(minutes=1)
    called = [call_next(desk, CallNext(), fresh()).answer.item for _ in wanted]
    assert called == ["SA-003", "SA-001", "LS-001", "FP-001"]
    with pytest.raises(QueueEmpty):
        call_next(desk, CallNext(), fresh())


def test_a_counter_may_call_some_item_types_only(desk: Desk, fresh: Fresh) -> None:
    take_ticket(desk, TakeTicket("SA-001", "emergency"), fresh())
    take_ticket(desk, TakeTicket("LS-001"), fresh())
    assert call_next(desk, CallNext(("labour_social_security",)), fresh()).answer.item == "LS-001"


def test_numbers_run_per_item_type_and_day(desk: Desk, clock: Any, fresh: Fresh) -> None:
    taken = [
        take_ticket(desk, TakeTicket(item), fresh()).answer.number for item in ("SA-001", "SA-002", "LS-001")
    ]
    clock.wait(days=3)
    taken.append(take_ticket(desk, TakeTicket("SA-001"), fresh()).answer.number)
    assert taken == ["A001", "A002", "B001", "A001"]


def test_each_state_of_a_ticket_has_exact_times(desk: Desk, clock: Any, fresh: Fresh) -> None:
    name = take_ticket(desk, TakeTicket("LS-001"), fresh()).answer.id
    moves: list[TicketState] = ["called", "missed", "waiting", "called", "serving", "done"]
    for minutes, state in enumerate(moves, 7):
        clock.wait(minutes=minutes)
        move_ticket(desk, MoveTicket(name, state), fresh())
    periods = desk.store.ticket(name).periods
    assert [period.state for period in periods] == [
        "waiting", "called", "missed", "waiting", "called", "serving", "done",
    ]  # fmt: skip
    assert [p.ended for p in periods[:-1]] == [p.began for p in periods[1:]]
    assert periods[1].began[11:16] == "09:37"


def test_a_restricted_item_is_not_named_on_the_queue(desk: Desk, fresh: Fresh) -> None:
    take_ticket(desk, TakeTicket("CC-001"), fresh())
    assert queue_now(desk)[0].title == {}


def test_a_case_goes_from_the_ticket_to_the_delivery(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    ticket = take_ticket(desk, TakeTicket("LS-008"), fresh()).answer.id
    call_next(desk, CallNext(), fresh())
    move_ticket(desk, MoveTicket(ticket, "serving"), fresh())
    done = accept(desk, replace_ticket(pension, ticket), fresh()).answer
    assert (done.number[:17], done.promised, done.stage) == (
        "QSQ001-261120-02-",
        "2026-11-25",
        "county-review",
    )
    assert desk.store.ticket(ticket).case == done.number
    clock.wait(days=3)
    assert advance(desk, Advance(done.number, "county-review", "属实"), fresh()).answer.stage == ""
    assert finish(desk, Finish(done.number, "granted", "登记结果"), fresh()).answer.state == "finished"
    assert deliver(desk, Deliver(done.number, "counter", "王秀兰"), fresh()).answer.state == "delivered"
    case = desk.store.case(done.number)
    assert [step.id for step in case.trail] == ["acceptance", "county-review"]
    assert (case.trail[1].opinion, case.receiver, case.dossier) == ("属实", "王秀兰", 2)


def replace_ticket(application: Application, ticket: str) -> Application:
    return msgspec.structs.replace(application, ticket=ticket)


def test_the_same_command_twice_changes_nothing_and_answers_the_same(
    desk: Desk, clock: Any, pension: Application
) -> None:
    first = accept(desk, pension, "once")
    events = desk.store.read("SELECT count(*) FROM events")
    clock.wait(days=1)
    again = accept(desk, pension, "once")
    assert again.answer == first.answer
    assert not again.changes.cases
    assert desk.store.read("SELECT count(*) FROM events") == events


def test_a_command_id_is_never_used_for_something_else(desk: Desk, pension: Application) -> None:
    accept(desk, pension, "once")
    other = msgspec.structs.replace(pension, answers={**pension.answers, "payment_grade": "900"})
    with pytest.raises(CommandReused):
        accept(desk, other, "once")


def test_all_faults_of_a_form_are_told_at_once(desk: Desk, fresh: Fresh, pension: Application) -> None:
    who = msgspec.structs.replace(
        pension.applicant, name=" ", id_number="110105194912310021", phone="1391234567"
    )
    faulty = Application(
        "LS-008", who, {"payment_grade": "viel", "shoe_size": "42"}, {"hukou": "promise", "hat": "elic"}
    )
    with pytest.raises(ApplicationFaulty) as caught:
        accept(desk, faulty, fresh())
    assert {(fault.field, fault.code) for fault in caught.value.faults} == {
        ("applicant.name", "required"), ("applicant.id_number", "id_check_digit"),
        ("applicant.phone", "phone_short"),
        ("payment_grade", "number"), ("payment_mode", "required"), ("shoe_size", "unknown_field"),
        ("material.id_card", "material_missing"), ("material.app_form", "material_missing"),
        ("material.hukou", "material_way"), ("material.hat", "unknown_field"),
    }  # fmt: skip
    assert desk.store.read("SELECT count(*) FROM cases") == [(0,)]


def test_an_unknown_region_is_warned_of_and_accepted(desk: Desk, fresh: Fresh, pension: Application) -> None:
    who = msgspec.structs.replace(pension.applicant, id_number="990105194912310020")
    warned = msgspec.structs.replace(pension, applicant=who)
    with pytest.raises(ApplicationFaulty):
        accept(desk, warned, fresh())
    good = msgspec.structs.replace(who, id_number="99010519491231002" + check_character("99010519491231002"))
    assert accepted(desk, msgspec.structs.replace(pension, applicant=good), fresh)


def test_steps_are_done_in_the_published_order(desk: Desk, fresh: Fresh, pension: Application) -> None:
    number = accepted(desk, pension, fresh)
    with pytest.raises(rules.StepOutOfOrder):
        advance(desk, Advance(number, "acceptance"), fresh())
    with pytest.raises(rules.StepsOpen):
        finish(desk, Finish(number, "granted", "x"), fresh())
    with pytest.raises(rules.CaseNotFinished):
        deliver(desk, Deliver(number, "counter", "x"), fresh())
    advance(desk, Advance(number, "county-review"), fresh())
    with pytest.raises(rules.NoStepLeft):
        advance(desk, Advance(number), fresh())


AGAIN: dict[str, Callable[[Desk, str], object]] = {
    "finish": lambda desk, number: finish(desk, Finish(number, "granted", "x"), "again"),
    "advance": lambda desk, number: advance(desk, Advance(number), "again"),
    "void": lambda desk, number: void_case(desk, VoidCase(number, "x"), "again"),
    "supplement": lambda desk, number: take_supplement(desk, TakeSupplement(number), "again"),
}


@pytest.mark.parametrize("act", AGAIN)
def test_a_finished_case_stays_as_it_is(desk: Desk, fresh: Fresh, pension: Application, act: str) -> None:
    number = finished(desk, pension, fresh)
    before = desk.store.case(number)
    with pytest.raises(rules.CaseAlreadyFinished):
        AGAIN[act](desk, number)
    assert desk.store.case(number) == before


def test_nothing_is_delivered_twice(desk: Desk, fresh: Fresh, pension: Application) -> None:
    number = finished(desk, pension, fresh)
    deliver(desk, Deliver(number, "counter", "王秀兰"), fresh())
    with pytest.raises(rules.CaseAlreadyDelivered):
        deliver(desk, Deliver(number, "counter", "王秀兰"), fresh())


def test_a_clock_stopped_for_papers_gives_the_days_back(
    desk: Desk, clock: Any, fresh: Fresh, pension: Application
) -> None:
    number = accepted(desk, pension, fresh)
    asked = ask_supplement(desk, AskSupplement(number, ("hukou",), "2026-12-04"), fresh()).answer
    assert (asked.state, asked.promised) == ("supplement", "")
    with pytest.raises(rules.ClockStands):
        advance(desk, Advance(number), fresh())
    clock.wait(days=7)
    assert take_supplement(desk, TakeSupplement(number), fresh()).answer.promised == "2026-12-02"
    with pytest.raises(rules.ClockRuns):
        take_supplement(desk, TakeSupplement(number), fresh())


def test_a_step_that_does_not_count_stops_the_clock_by_itself(desk: Desk, clock: Any, fresh: Fresh) -> None:
    item = desk.item("DE-002")
    shown: dict[str, How] = {m.key: "brought" for m in item.material if m.need == "must"}
    needed = {f.key: desk.catalogue.fields[f.key].choices[0].hans for f in item.field if f.required}
    who = Applicant("刘䶮", "citizen_id", "11010519491231002X", "13055554321")
    done = accept(desk, Application("DE-002", who, needed, shown), fresh()).answer
    assert (done.stage, done.promised) == ("assessment", "2026-12-18")
    assert desk.store.case(done.number).clock_stands
    clock.wait(days=14)
    advance(desk, Advance(done.number), fresh())
    clock.wait(days=7)
    assert advance(desk, Advance(done.number), fresh()).answer.promised == "2027-01-11"
    assert not desk.store.case(done.number).clock_stands


def test_a_voided_number_keeps_its_row_and_its_reason(desk: Desk, fresh: Fresh, pension: Application) -> None:
    number = accepted(desk, pension, fresh)
    with pytest.raises(ReasonNeeded):
        void_case(desk, VoidCase(number, "  "), fresh())
    void_case(desk, VoidCase(number, "重复受理"), fresh())
    assert desk.store.case(number).void_reason == "重复受理"
    assert accepted(desk, pension, fresh) != number
    with pytest.raises(rules.CaseVoided):
        deliver(desk, Deliver(number, "counter", "x"), fresh())


def test_what_does_not_exist_is_said_so(desk: Desk, fresh: Fresh, pension: Application) -> None:
    number = accepted(desk, pension, fresh)
    with pytest.raises(ItemUnknown):
        take_ticket(desk, TakeTicket("XX-999"), fresh())
    with pytest.raises(ItemUnknown):
        accept(desk, msgspec.structs.replace(pension, item="XX-999"), fresh())
    with pytest.raises(TicketUnknown):
        move_ticket(desk, MoveTicket("T261120-Z999", "called"), fresh())
    with pytest.raises(TicketUnknown):
        accept(desk, replace_ticket(pension, "T261120-Z999"), fresh())
    with pytest.raises(CaseUnknown):
        advance(desk, Advance(str(CaseNumber("QSQ001", date(2026, 11, 20), "02", 99))), fresh())
    with pytest.raises(NumberMistyped):
        advance(desk, Advance(number[:-1] + ("A" if number[-1] != "A" else "B")), fresh())
    with pytest.raises(MaterialUnknown):
        ask_supplement(desk, AskSupplement(number, ("hat",), "2026-12-04"), fresh())


def test_a_ticket_that_was_not_called_cannot_be_served(desk: Desk, fresh: Fresh) -> None:
    name = take_ticket(desk, TakeTicket("LS-001"), fresh()).answer.id
    with pytest.raises(TicketNotInState):
        move_ticket(desk, MoveTicket(name, "serving"), fresh())


def test_a_form_that_no_district_would_take_is_refused_before_the_receipt(
    desk: Desk, fresh: Fresh, pension: Application
) -> None:
    wide = {key: msgspec.structs.replace(kind, kind="long_text", pattern="", longest=10_000)
            for key, kind in desk.catalogue.fields.items()}  # fmt: skip
    roomy = replace(desk, catalogue=msgspec.structs.replace(desk.catalogue, fields=wide))
    item = desk.item("SA-001")
    answers = {field.key: "长" * 10_000 for field in item.field}
    shown: dict[str, How] = {m.key: "brought" for m in item.material}
    with pytest.raises(FormTooLarge):
        accept(roomy, Application("SA-001", pension.applicant, answers, shown), fresh())
    assert desk.store.read("SELECT count(*) FROM cases") == [(0,)]


def test_who_acts_for_somebody_is_checked_too(desk: Desk, fresh: Fresh, pension: Application) -> None:
    agent = Agent(" ", "110105194912310021", "139")
    with pytest.raises(ApplicationFaulty) as caught:
        accept(desk, msgspec.structs.replace(pension, agent=agent), fresh())
    assert [(fault.field, fault.code) for fault in caught.value.faults] == [
        ("agent.name", "required"), ("agent.id_number", "id_check_digit"), ("agent.phone", "phone_short"),
    ]  # fmt: skip
