"""The table of rights: complete, denied by default, and every command of the program belongs to an act."""

import ast
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from station_desk.cases import rights
from station_desk.cases.rights import (
    ACTS,
    CATEGORIES,
    FACETS,
    FIELDS,
    NOTHING,
    RIGHTS,
    WISHES,
    Act,
    level_of,
    may,
)
from station_desk.cases.sight import Sight
from station_desk.cases.staff import ROLES
from station_desk.core import paths
from station_desk.core.texts import LANGUAGES, read_texts
from station_desk.main.allowed import VERBS
from station_desk.main.verbs import ROOMS

CODE = Path(rights.__file__).parent.parent
WITHOUT_DESK = frozenset({"init", "demo", "items", "district", "reader-simulator"})
"""Verbs that open no counter's data."""


def test_every_role_has_a_row_for_every_facet_and_no_other() -> None:
    assert set(RIGHTS) == {(role, facet) for role in ROLES for facet in FACETS}


def test_every_act_is_somebodys_and_all_of_them_are_named() -> None:
    assert set(ACTS) == set(get_args(Act))
    assert all("head" in roles for roles in ACTS.values())
    for language in LANGUAGES:
        said = read_texts(paths.RESOURCES / "i18n" / language / "rights.toml")
        assert {key for key in said if key.startswith("act.")} == {f"act.{act}" for act in ACTS}


def test_what_is_not_named_is_denied() -> None:
    assert not may("clerk", rights.act_of("NeverHeardOf"))
    assert not may("auditor", rights.act_of("NeverHeardOf"))
    unknown = Sight("auditor", "never_heard_of", "S1")
    assert [unknown.shown(field, "王秀兰") for field in FIELDS] == [""] * len(FIELDS)


def test_an_auditor_changes_nothing_and_opens_nothing() -> None:
    assert {act for act in ACTS if may("auditor", act)} == {
        "look", "search", "export", "report", "audit", "settings", "verify", "dump", "diagnose",
    }  # fmt: skip
    for category in CATEGORIES:
        for field in FIELDS:
            assert level_of("auditor", category, "S1", field) in ("masked", "hidden")


@pytest.mark.parametrize("category", CATEGORIES)
def test_a_restricted_item_of_any_type_has_the_narrowest_rights(category: str) -> None:
    levels = [level_of("auditor", category, "S3", field) for field in FIELDS]
    assert levels == list(NOTHING)


def test_nobody_sees_a_person_without_a_reason() -> None:
    person = [field for field in FIELDS if field != "materials"]
    for (role, facet), levels in RIGHTS.items():
        assert all(getattr(levels, field) != "open" for field in person), (role, facet)


def test_every_published_type_has_a_facet() -> None:
    told = tomllib.loads((paths.FORMS / "categories.toml").read_text("utf-8"))
    assert {row["code"] for row in told["category"]} == set(CATEGORIES)


def test_every_command_that_writes_belongs_to_an_act() -> None:
    asked = {
        name
        for file in (CODE / "counter").rglob("*.py")
        for name in _wishes(ast.parse(file.read_text("utf-8")))
    }
    assert asked, "no command was found: this test looks at the wrong place"
    assert asked - set(WISHES) == set(), "say in cases/rights.py (WISHES) which act each of these is"


OWN_QUESTION = {"desk.py", "accounts.py"}
"""Ask the table of rights in the unit itself: the first account of a station is added by nobody."""


def test_no_command_goes_past_the_table() -> None:
    past = [
        str(file.relative_to(CODE))
        for file in (CODE / "counter").rglob("*.py")
        if "store.once(" in file.read_text("utf-8") and file.name not in OWN_QUESTION
    ]
    assert past == [], "call desk.once: it asks the table of rights"


def test_every_verb_on_a_counters_data_is_an_act() -> None:
    verbs = {name for names in ROOMS.values() for name in names}
    assert verbs - WITHOUT_DESK - set(VERBS) == set(), "say in main/allowed.py which act each of these is"


def _wishes(tree: ast.Module) -> set[str]:
    """The classes of what `Command(id, wish)` is made of, by the annotation of the argument or its making."""
    found = set()
    for act in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)):
        types = {
            argument.arg: ast.unparse(argument.annotation)
            for argument in act.args.args
            if argument.annotation
        }
        made = {
            target.id: node.value.func.id
            for node in ast.walk(act)
            if isinstance(node, ast.Assign)
            and isinstance(node.value, ast.Call)
            and isinstance(node.value.func, ast.Name)
            for target in node.targets
            if isinstance(target, ast.Name)
        }
        for call in ast.walk(act):
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "Command":
                wish = call.args[1]
                if isinstance(wish, ast.Call) and isinstance(wish.func, ast.Name):
                    found.add(wish.func.id)
                elif isinstance(wish, ast.Name):
                    found.add(types.get(wish.id) or made.get(wish.id, wish.id))
    return found
