"""Which files are ours: what git keeps or would keep, and nothing that a run left behind."""

import ast
import os
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE_BY_A_RUN = {str(ROOT / "demo"), str(ROOT / "dist")}


@cache
def our_files() -> tuple[Path, ...]:
    """Every file of the tree, relative to its top; where there is no git, all but hidden and compiled."""
    if not (ROOT / ".git").exists():
        return tuple(sorted(path.relative_to(ROOT) for path in _walk(ROOT)))
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    named = (Path(name) for name in done.stdout.split("\0") if name)
    return tuple(sorted(path for path in named if (ROOT / path).is_file()))


@cache
def modules() -> dict[Path, ast.Module]:
    """Every Python file of ours, read as a syntax tree."""
    return {path: ast.parse((ROOT / path).read_text("utf-8")) for path in our_files() if path.suffix == ".py"}


def rooms() -> dict[Path, ast.Module]:
    """The modules of the program itself."""
    return {path: tree for path, tree in modules().items() if path.parts[0] == "station_desk"}


def room_of(path: Path) -> str:
    """The room a module of the program stands in; the package's own two files stand in none."""
    return path.parts[1] if len(path.parts) > 2 else ""


def imported(tree: ast.Module) -> Iterator[str]:
    """Every module a file imports by statement or by name (`import_module("sqlcipher3")`), dotted."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (name.name for name in names)
            case ast.ImportFrom(module=str() as module, names=names):
                yield from (f"{module}.{name.name}" for name in names)
            case ast.Call(
                func=ast.Attribute(attr="import_module") | ast.Name(id="import_module"),
                args=[ast.Constant(value=str() as module), *_],
            ):
                yield module
            case _:
                pass


def _walk(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.name.startswith(".") or entry.name == "__pycache__" or entry.path in MADE_BY_A_RUN:
            continue
        if entry.is_dir():
            yield from _walk(Path(entry.path))
        elif not entry.name.endswith(".pyc"):
            yield Path(entry.path)
