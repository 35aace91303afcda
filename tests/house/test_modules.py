"""Holds how a file looks here: it says first what it is for, and it stays short enough to be read."""

import ast
from pathlib import Path

from tests.house.tree import ROOT, modules, rooms

LINES_OF_A_MODULE = 400
LINES_OF_A_FUNCTION = 60
# A room with such a name fills up with whatever fits nowhere else.
NO_ROOM_NAMES = {"base", "common", "helper", "helpers", "manager", "misc", "util", "utils"}


def test_every_module_says_first_what_it_is_for() -> None:
    silent = [str(path) for path, tree in modules().items() if not ast.get_docstring(tree)]
    assert silent == []


def test_no_module_is_longer_than_a_reader_can_hold() -> None:
    lengths = {path: len((ROOT / path).read_text("utf-8").splitlines()) for path in modules()}
    assert {str(path): n for path, n in lengths.items() if n > LINES_OF_A_MODULE} == {}


def test_no_function_is_longer_than_a_page() -> None:
    long = {
        f"{path}:{node.lineno} {node.name}": lines
        for path, tree in modules().items()
        if not _may_be_long(path)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (lines := (node.end_lineno or node.lineno) - node.lineno + 1) > LINES_OF_A_FUNCTION
    }
    assert long == {}


def test_no_room_is_named_for_odds_and_ends() -> None:
    assert [str(path) for path in rooms() if NO_ROOM_NAMES & {*path.parent.parts, path.stem}] == []


def test_the_type_checker_is_never_told_to_look_away() -> None:
    looked_away = "type: " + "ignore"
    assert [str(path) for path in modules() if looked_away in (ROOT / path).read_text("utf-8")] == []


def _may_be_long(path: Path) -> bool:
    """A story of a test and a migration are read from top to bottom."""
    return path.parts[0] == "tests" or (path.parts[0] == "db" and "versions" in path.parts)
