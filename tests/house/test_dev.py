"""Holds what the set-up command promises before it sets up: a sentence, an exact line, no traceback."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

from installer.dev import (
    NOT_POSSIBLE,
    SetupStopped,
    ensure_system,
    environment,
    find_initdb,
    missing_libraries,
)
from tests.house.tree import ROOT

DEV = ROOT / "installer" / "dev.py"
DEBIAN_11 = (3, 9)


def test_an_older_python_can_read_the_script_and_so_say_that_it_is_older() -> None:
    assert ast.parse(DEV.read_text("utf-8"), feature_version=DEBIAN_11).body != []


def test_the_script_needs_nothing_but_the_standard_library() -> None:
    names = [
        (node.module or "") if isinstance(node, ast.ImportFrom) else node.names[0].name
        for node in ast.walk(ast.parse(DEV.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert [name for name in names if name.split(".")[0] not in sys.stdlib_module_names] == []


def test_an_unknown_word_is_answered_with_the_usage() -> None:
    command = [sys.executable, str(DEV), "fly"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "demo [ARGS]" in done.stdout, done.stderr) == (NOT_POSSIBLE, True, "")


def test_a_missing_library_is_named_by_its_debian_package() -> None:
    wanted = {"libnothing1": "libnothing-of-the-kind.so.1", "libc6": "libc.so.6"}
    assert missing_libraries(wanted) == ["libnothing1"]


def test_who_may_not_install_is_told_the_exact_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    line = "apt-get update && apt-get install -y --no-install-recommends libegl1 libgl1"
    with pytest.raises(SetupStopped, match=line) as stopped:
        ensure_system(["libegl1", "libgl1"])
    assert stopped.value.exit_code == NOT_POSSIBLE


def test_postgresql_is_found_though_debian_keeps_it_out_of_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    found = find_initdb()
    assert found is not None
    assert found.with_name("postgres").is_file()


def test_what_is_compiled_is_kept_where_that_is_turned_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    monkeypatch.setenv("STATION_DESK_PROFILE", "/somewhere")
    told = environment()
    assert "PYTHONDONTWRITEBYTECODE" not in told
    assert told["STATION_DESK_PROFILE"] == "/somewhere"
