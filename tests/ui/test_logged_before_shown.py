"""No resident's data in full is in sight before the log has the look: read from what the window paints."""

from collections.abc import Callable, Iterator
from functools import partial
from uuid import uuid4

import msgspec
import pytest
from pytestqt.qtbot import QtBot

from station_desk.cases.contents import Line, lines_of
from station_desk.cases.parts import Agent
from station_desk.cases.rights import FIELDS
from station_desk.cases.sight import sight_of
from station_desk.counter.accept import accept
from station_desk.counter.access import Unmask, unmask
from station_desk.counter.advance import Advance, advance
from station_desk.counter.desk import Desk
from station_desk.counter.finish import Finish, finish
from station_desk.main.window import Window
from station_desk.store.verify import verify_deep
from station_desk.ui.shared import contents_dialog
from tests.store.any_case import any_application, somebody
from tests.store.certificates import LIVING, with_certificates
from tests.store.staffed import PASSWORDS, ROLES, staffed
from tests.store.test_ways_out import ITEMS, values_of
from tests.ui.conftest import OpenWindow, fill_queue
from tests.ui.shown_walk import close_dialogs, every_step, reveal
from tests.ui.shown_watch import Watch
from tests.ui.test_lock import sign_in

INITIALS = ("oymx", "sgmx", "stmx", "zgmx", "dfmx", "hfmx", "wcmx")
ENDED = ("LS-001", "CC-002")


def accepted(desk: Desk, code: str, place: int) -> str:
    """A case of somebody with an agent, in which every field can be recognised."""
    family, son = somebody(place % 10).name[:2], somebody(place + 100)
    given, sons = ("明轩", "小川") if place < 10 else ("青禾", "小江")
    who = msgspec.structs.replace(somebody(place), name=family + given)
    agent = Agent(family + sons, son.id_number, son.phone)
    form = any_application(desk, code, who, agent, f"家中情况之{place}号")
    if "list_item" in form.answers:
        form.answers["list_item"] = LIVING.name.hans
    return accept(desk, form, uuid4().hex).answer.number


def ended(desk: Desk, code: str, place: int) -> str:
    number = accepted(desk, code, place)
    while desk.store.case(number).stage:
        advance(desk, Advance(number), uuid4().hex)
    finish(desk, Finish(number, "granted", "已登记"), uuid4().hex)
    return number


def watched(desk: Desk, window: Window, numbers: list[str]) -> Watch:
    return Watch(window, desk, {number: values_of(desk.store.case(number)) for number in numbers})


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.qt_log_ignore("does not support raise", "propagateSizeHints", extend=True)
@pytest.mark.parametrize("name", ROLES, ids=ROLES.get)
def test_every_page_shows_in_full_only_what_the_log_has_already(
    desk: Desk, open_on: OpenWindow, qtbot: QtBot, name: str
) -> None:
    desk = with_certificates(desk)
    desk.store.set_about({"backup.on": "no"})
    fill_queue(desk)
    items = list(ITEMS.values())
    numbers = [accepted(desk, code, place) for place, code in enumerate(items)]
    numbers.append(accepted(desk, "HV-004", 13))
    numbers += [ended(desk, code, 10 + place) for place, code in enumerate(ENDED)]
    window = open_on(staffed(desk))
    sign_in(window, name, PASSWORDS[name], qtbot)
    # On a slow machine the walk takes longer than the window waits before it locks by itself.
    window.guard.idle.stop()
    watch = watched(window.acts.desk, window, numbers)
    with watch.on():
        for step, act, again in every_step(window, ROLES[name], dict(zip(items, INITIALS, strict=True))):
            watch.step(step, act, again=again)
    print(watch.seen.shown)
    print("\n".join(watch.seen.faults))
    assert watch.seen.faults == []


Late = list[Callable[[], object]]
"""Entries that a faulty program writes when the eye has it already."""


@pytest.fixture
def late(monkeypatch: pytest.MonkeyPatch) -> Late:
    """The planted fault, from now on: what is asked for is shown at once and logged afterwards, if at all."""
    entries: Late = []

    def shown_first(desk: Desk, wish: Unmask, command: str) -> tuple[Line, ...]:
        case = desk.store.case(wish.case)
        entries.append(partial(unmask, desk, wish, command))
        return lines_of(case, sight_of(desk.role, case, FIELDS))

    monkeypatch.setattr(contents_dialog, "unmask", shown_first)
    return entries


@pytest.fixture
def two(desk: Desk, open_on: OpenWindow) -> Iterator[tuple[Watch, Window, list[str]]]:
    """A window with a common case and a restricted one, watched."""
    numbers = [accepted(desk, "LS-008", 2), accepted(desk, "CC-002", 6)]
    window = open_on(desk)
    watch = watched(desk, window, numbers)
    with watch.on():
        watch.step("in progress", partial(window.shell.show_page, "progress"))
        yield watch, window, numbers


def contents_in_full(watch: Watch, window: Window, number: str) -> None:
    panel = window.shell.progress.panel
    for name, act in (
        ("chosen", partial(window.shell.progress.choose, number)),
        ("contents", panel.show_contents),
        ("in full", partial(reveal, window)),
        ("closed", partial(close_dialogs, window)),
    ):
        watch.step(f"{name} {number}", act)


def test_what_stands_in_full_was_logged_before(two: tuple[Watch, Window, list[str]]) -> None:
    watch, window, numbers = two
    for number in numbers:
        contents_in_full(watch, window, number)
    assert watch.seen.faults == []
    assert watch.seen.shown["ContentsDialog name"] == len(numbers)
    assert watch.seen.shown["ContentsDialog contents"] == 1
    assert watch.seen.shown["Shell case"] >= 1
    assert verify_deep(window.acts.desk.store, lambda _done, _total: None) == []


def test_an_entry_that_comes_after_the_eye_is_found(two: tuple[Watch, Window, list[str]], late: Late) -> None:
    """The control: the log is whole in the end, and still it came too late; without any it is the same."""
    watch, window, (number, _) = two
    contents_in_full(watch, window, number)
    wrong = [fault for fault in watch.seen.faults if f"name of {number}" in fault]
    assert wrong == [f"in full {number}: ContentsDialog shows name of {number}"]
    count = "SELECT count(*) FROM events WHERE kind = 'access.unmasked'"
    assert window.acts.desk.store.read(count) == [(0,)]
    for entry in late:
        entry()
    assert window.acts.desk.store.read(count) == [(1,)]
    contents_in_full(watch, window, number)
    assert len([fault for fault in watch.seen.faults if f"name of {number}" in fault]) == 2
