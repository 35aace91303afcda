"""Several items with one form: all cases in one commit or none, linked, each with its own way."""

from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from station_desk.cases.parts import Applicant
from station_desk.cases.ticket import TicketNotInState
from station_desk.counter.advance import Advance, advance
from station_desk.counter.application import Application, ApplicationFaulty
from station_desk.counter.bundles import AcceptBundle, BundleUnknown, NotTogether, accept_bundle, cases_of
from station_desk.counter.desk import Desk
from station_desk.counter.papers.journal import unprinted
from station_desk.counter.queue import CallNext, MoveTicket, TakeTicket, call_next, move_ticket, take_ticket
from station_desk.store.lists import case_count
from station_desk.store.verify import verify_deep

Fresh = Callable[[], str]
ITEMS = ("HF-001", "LS-014", "HF-002")


@pytest.fixture(autouse=True)
def all_is_as_written(desk: Desk) -> Any:
    yield
    assert verify_deep(desk.store, lambda done, total: None) == []


@pytest.fixture
def form(pension: Application) -> Application:
    """One form for the three items of a birth that go together."""
    answers = {
        "live_in_local": "yes", "contact": "13912345678", "child": "李小雷", "guardian": "王秀兰",
        "person_category": "学生儿童", "bank": "6222020000000000",
    }  # fmt: skip
    shown: dict[str, Any] = dict.fromkeys(("id_card", "hukou", "app_form", "birth", "bank"), "brought")
    return Application("-", pension.applicant, answers, shown)


def test_each_item_becomes_a_case_of_its_own_in_one_commit(
    desk: Desk, fresh: Fresh, form: Application
) -> None:
    done = accept_bundle(desk, AcceptBundle("birth", ITEMS, form), fresh()).answer
    assert [case.item for case in done.cases] == list(ITEMS)
    numbers = tuple(case.number for case in done.cases)
    assert [number.split("-")[3] for number in numbers] == ["0001", "0002", "0003"]
    cases = {number: desk.store.case(number) for number in numbers}
    assert {case.bundle for case in cases.values()} == {done.bundle}
    assert {case.bundled for case in cases.values()} == {numbers}
    assert [paper.number for paper in unprinted(desk)] == list(numbers)
    assert "contact" in cases[numbers[1]].answers
    assert "child" not in cases[numbers[0]].answers
    assert [paper.key for paper in cases[numbers[1]].materials] == ["id_card", "app_form"]
    assert [case.number for case in cases_of(desk, done.bundle.lower())] == list(numbers)
    commands = desk.store.read("SELECT DISTINCT command FROM events WHERE kind = 'case.accepted'")
    assert len(commands) == 1


def test_each_case_goes_its_own_way(desk: Desk, fresh: Fresh, form: Application) -> None:
    first, second, _ = accept_bundle(desk, AcceptBundle("birth", ITEMS, form), fresh()).answer.cases
    advance(desk, Advance(first.number, to="verification"), fresh())
    assert desk.store.case(first.number).stage == "verification"
    assert desk.store.case(second.number).revision == 1


def test_all_faults_of_all_items_are_told_at_once_and_once(
    desk: Desk, fresh: Fresh, form: Application
) -> None:
    faulty = Application(
        "-", Applicant("", "citizen_id", "", "139"), {"live_in_local": "maybe", "shoes": "42"},
        {"id_card": "brought", "hat": "brought"},
    )  # fmt: skip
    with pytest.raises(ApplicationFaulty) as refused:
        accept_bundle(desk, AcceptBundle("birth", ITEMS, faulty), fresh())
    found = [(fault.field, fault.code) for fault in refused.value.faults]
    assert found == [
        ("applicant.name", "required"),
        ("applicant.id_number", "required"),
        ("applicant.phone", "phone_short"),
        ("live_in_local", "yes_no"),
        ("person_category", "required"),
        ("child", "required"),
        ("guardian", "required"),
        ("bank", "required"),
        ("material.hukou", "material_missing"),
        ("material.app_form", "material_missing"),
        ("material.birth", "material_missing"),
        ("material.bank", "material_missing"),
        ("shoes", "unknown_field"),
        ("material.hat", "unknown_field"),
    ]
    assert case_count(desk.store) == {}
    good = accept_bundle(desk, AcceptBundle("birth", ITEMS, form), fresh()).answer
    assert good.cases[0].number.split("-")[3] == "0001", "a refusal uses up no number"


def test_a_substitute_counts_only_where_every_item_accepts_it(
    desk: Desk, fresh: Fresh, form: Application
) -> None:
    shown: dict[str, Any] = {**form.materials, "app_form": "promise"}
    with pytest.raises(ApplicationFaulty) as refused:
        accept_bundle(
            desk, AcceptBundle("birth", ITEMS, msgspec.structs.replace(form, materials=shown)), fresh()
        )
    assert [(f.field, f.code) for f in refused.value.faults] == [("material.app_form", "material_way")]


def test_a_ticket_ends_with_the_bundle_and_a_ticket_in_another_state_stops_all(
    desk: Desk, fresh: Fresh, form: Application
) -> None:
    ticket = take_ticket(desk, TakeTicket("HF-001"), fresh()).answer.id
    wish = AcceptBundle("birth", ITEMS, msgspec.structs.replace(form, ticket=ticket))
    call_next(desk, CallNext(), fresh())
    move_ticket(desk, MoveTicket(ticket, "missed"), fresh())
    with pytest.raises(TicketNotInState):
        accept_bundle(desk, wish, fresh())
    assert case_count(desk.store) == {}
    for state in ("waiting", "called", "serving"):
        move_ticket(desk, MoveTicket(ticket, msgspec.convert(state, Any)), fresh())
    done = accept_bundle(desk, wish, fresh()).answer
    assert desk.store.ticket(ticket).case == done.cases[0].number


def test_the_same_command_again_changes_nothing(desk: Desk, form: Application) -> None:
    wish = AcceptBundle("birth", ITEMS, form)
    first = accept_bundle(desk, wish, "once")
    assert accept_bundle(desk, wish, "once").answer == first.answer
    assert sum(case_count(desk.store).values()) == 3
    assert cases_of(desk, first.answer.bundle)


def test_what_does_not_go_together_is_not_accepted(desk: Desk, fresh: Fresh, form: Application) -> None:
    with pytest.raises(NotTogether) as refused:
        accept_bundle(desk, AcceptBundle("birth", ("HF-001", "SA-006"), form), fresh())
    assert "SA-006" in desk.texts.error(refused.value)
    assert "生育" in desk.texts.error(refused.value)


@pytest.mark.parametrize("asked", ["", "-B", "QSQ001-261120-02-B009-X", "x" * 300])
def test_a_bundle_that_is_not_here_is_a_sentence(desk: Desk, asked: str) -> None:
    with pytest.raises(BundleUnknown):
        cases_of(desk, asked)
