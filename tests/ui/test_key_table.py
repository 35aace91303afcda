"""Every key stands in one table: what is painted, heard, found by Ctrl+K and listed in the handbook."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from station_desk.core import paths
from station_desk.core.texts import LANGUAGES, Texts
from station_desk.main.screenshots import settle
from station_desk.main.window import Window
from station_desk.ui.handbook.keys_page import keys_page
from station_desk.ui.handbook.sections import sections
from station_desk.ui.shared.heard import Heard
from station_desk.ui.shared.key_table import ACTS, BESIDE, INSIDE, LEAVES, Act, Place
from station_desk.ui.shared.keyed import Keyed
from station_desk.ui.shared.painting import key_words
from tests.house.tree import rooms
from tests.ui.conftest import open_request
from tests.ui.test_fits import states

TABLE = Path("station_desk/ui/shared/key_table.py")
BY_WIDGETS = {"take.toggle", "cases.toggle", "cases.copy", "notice.give"}
"""Heard by the list or line that has the focus, or by the button of another state."""


def test_no_key_is_given_twice_where_both_would_be_heard() -> None:
    for one, other in BESIDE:
        _once([*_heard_in(one), *(act for act in ACTS if act.place == other)])
    for place in {act.place for act in ACTS}:
        _once(list(_heard_in(place)))


def test_every_act_is_done_somewhere() -> None:
    named = {text for tree in _windows().values() for text in _texts(tree)}
    asked = {act.name for act in ACTS if not act.name.startswith(("go.", "ticket.", "hall."))} - BY_WIDGETS
    assert sorted(asked - named) == [], "in the table, but no button and no key does it"


def test_no_key_is_given_outside_the_table() -> None:
    typed = {
        f"{path}:{node.lineno} {node.args[1].value!r}"
        for path, tree in _windows().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in ("KeyButton", "RailButton")
        and len(node.args) > 1
        and isinstance(node.args[1], ast.Constant)
        and node.args[1].value
    }
    assert sorted(typed) == [], "give these keys in the table"
    bare = [path.as_posix() for path, tree in _windows().items() if "QShortcut" in set(_names(tree))]
    assert bare == ["station_desk/ui/shared/heard.py"], "a key without a button is a Heard"


@pytest.mark.long
def test_whatever_is_heard_in_the_window_stands_in_the_table(window: Window) -> None:
    known = {QKeySequence(act.key).toString() for act in ACTS}
    for name, show in states(window, ("SA-001",)):
        show()
        settle(window)
        for button in window.shell.findChildren(Keyed):
            assert not button.key or QKeySequence(button.key).toString() in known, (name, button.text())
        for heard in window.shell.findChildren(QShortcut):
            assert isinstance(heard, Heard), (name, heard.key().toString())


@pytest.mark.long
def test_no_key_in_sight_is_heard_by_two(window: Window) -> None:
    leaves = QKeySequence(LEAVES).toString()
    for name, show in states(window, ("SA-001",)):
        show()
        settle(window)
        heard: dict[str, str] = {}
        for key, who in _in_sight(window.shell):
            assert key == leaves or heard.setdefault(key, who) == who, (name, key, who, heard[key])


def test_what_has_a_key_but_no_button_is_found_by_its_name(window: Window) -> None:
    panel = open_request(window, "SA-001")
    say, offers = window.shell.say, {offer.name: offer for offer in window.shell.search.commands.offers()}
    for name in ("window.help", "window.hall", "request.tab"):
        assert say(f"act.do.{name}") == offers[name].words
    offers["request.tab"].do()
    assert panel.tabs.currentIndex() == 1
    assert "window.mute" not in offers, "there is nothing to mute"


def test_language_and_look_are_changed_by_name(window: Window) -> None:
    offers = {offer.name: offer for offer in window.shell.search.commands.offers()}
    assert {"set.language.en", "set.look.theme.dark", "set.look.text_size.1.5"} <= set(offers)
    assert "set.language.zh-Hans" not in offers, "it is so already"
    light = window.shell.look.palette
    offers["set.look.theme.dark"].do()
    settle(window)
    assert window.shell.look.palette != light


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_handbook_lists_every_key(language: str) -> None:
    say = Texts(paths.RESOURCES / "i18n", language)
    page = keys_page(say)
    assert [act.name for act in ACTS if act.key and f"`{key_words(act.key)}`" not in page] == []
    (listed,) = [section.text for section in sections(say) if section.mark == "keys"]
    assert page in listed


def _heard_in(place: Place) -> Iterator[Act]:
    above: Place | None = place
    while above:
        yield from (act for act in ACTS if act.place == above)
        above = INSIDE.get(above)


def _once(acts: list[Act]) -> None:
    keys = [QKeySequence(act.key).toString() for act in acts if act.key and act.key != LEAVES]
    assert sorted({key for key in keys if keys.count(key) > 1}) == [], [act.name for act in acts]


def _in_sight(shell: QWidget) -> Iterator[tuple[str, str]]:
    for button in shell.findChildren(Keyed):
        if button.key and button.isVisible() and button.isEnabled() and button.window() is shell:
            yield QKeySequence(button.key).toString(), button.text()
    for heard in shell.findChildren(Heard):
        inside = heard.parent()
        here = isinstance(inside, QWidget) and inside.isVisible() and inside.window() is shell
        if here and heard.is_possible():
            yield heard.key().toString(), heard.act


def _windows() -> dict[Path, ast.Module]:
    return {path: tree for path, tree in rooms().items() if path.parts[1:2] == ("ui",) and path != TABLE}


def _texts(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def _names(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name):
            yield node.id
