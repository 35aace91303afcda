"""Whoever is signed in presses only what his role may do; what he may not do says who does it."""

import pytest
from pytestqt.qtbot import QtBot

from station_desk.cases.rights import ACTS as RIGHTS
from station_desk.cases.rights import may
from station_desk.cases.staff import ROLES
from station_desk.counter.desk import Desk
from station_desk.main.screenshots import settle
from station_desk.ui.shared.denying import NEEDS, PLACES, may_press, needed, why_not
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.key_table import ACTS, PAGES
from station_desk.ui.shared.keyed import Keyed
from tests.store.staffed import PASSWORDS, staffed
from tests.store.staffed import ROLES as WHO
from tests.ui.conftest import OpenWindow
from tests.ui.test_case_pages import accepted
from tests.ui.test_lock import sign_in

FREE_PLACES = {
    "window", "cases", "guide", "calendar", "settings", "preview", "diagnose", "trouble", "handbook", "hall",
    "first_run", "contents", "resident", "register", "confirm", "staff", "unlock", "case",
}  # fmt: skip
"""Parts of the window that everybody may see; what an act in them needs stands by itself."""


def test_every_act_needs_a_right_or_is_everybodys() -> None:
    assert {act.place for act in ACTS} <= FREE_PLACES | set(PLACES)
    assert {needed(act.name) for act in ACTS} <= {None, *RIGHTS}
    assert set(NEEDS) <= {act.name for act in ACTS}


@pytest.mark.parametrize("role", ROLES)
def test_an_act_is_refused_with_who_does_it(desk: Desk, role: str) -> None:
    asked = next(one for one in ROLES if one == role)
    for act in ACTS:
        right = needed(act.name)
        assert may_press(asked, act.name) == (right is None or may(asked, right))
        if not may_press(asked, act.name):
            told = why_not(asked, act.name, desk.texts)
            assert desk.texts("staff.role.head") in told
            assert "{" not in told


@pytest.mark.parametrize("name", WHO)
def test_every_button_of_every_page_knows_the_role(
    desk: Desk, open_on: OpenWindow, qtbot: QtBot, name: str
) -> None:
    accepted(desk, "LS-001", "李建国")
    window = open_on(staffed(desk))
    sign_in(window, name, PASSWORDS[name], qtbot)
    shell, role = window.shell, WHO[name]
    met: set[str] = set()
    for page in PAGES:
        shell.show_page(page)
        settle(window)
        for button in shell.findChildren(Keyed):
            if button.act:
                met.add(button.act)
                _knows(button, may_press(role, button.act))
        for heard in shell.findChildren(Heard):
            assert heard.isEnabled() or not may_press(role, heard.act), heard.act
            assert may_press(role, heard.act) or not heard.is_possible(), heard.act
        offered = {offer.name for offer in shell.search.commands.offers()}
        assert all(may_press(role, act.name) for act in ACTS if act.name in offered)
    assert {"window.sync", "window.printers", "guide.begin", "calendar.enter"} <= met
    assert shell.sync.isEnabled() == may(role, "sync")
    assert shell.sync.denied in shell.sync.toolTip()
    assert bool(shell.sync.denied) != may(role, "sync")


def _knows(button: Keyed, allowed: bool) -> None:
    # What is made later, on a page that the role does not come to, is never in sight.
    assert button.denied or allowed or not button.isVisible(), button.act
    assert not (button.denied and allowed), button.act
    if button.denied:
        button.setEnabled(True)
        assert not button.isEnabled(), "nothing that happens later gives it back"
        assert button.denied in button.accessibleDescription()
        assert button.denied in button.toolTip()
