"""One file of `forms/` as an official wrote it: its text, what TOML makes of it, and where it is broken."""

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

import msgspec

from station_desk.catalogue.fault import BrokenForm, Fault, Finding
from station_desk.catalogue.places import line_of, places
from station_desk.catalogue.schema import read_on

T = TypeVar("T")

LARGEST = 1024 * 1024
"""Bytes of a published file; the largest has some 40,000. More is a slip and would take minutes to read."""

REMEMBERED = 300
"""So many files are remembered as they were read, more than two catalogues have: officials mend one line and
check again, or hold one catalogue against another that differs in a few files.
"""

DEEPEST = 12
"""Levels of lists and tables within each other; published files have five."""

_POSITION = re.compile(r"(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)")
_STATEMENT = re.compile(r"\s*(\[|[\w.\"'-]+\s*=)")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file that TOML can read; `name` is its path below `forms/`, with slashes on every platform."""

    name: str
    text: str
    table: Mapping[str, object]

    def findings(self, faults: list[Fault]) -> list[Finding]:
        """The faults with the lines where they stand."""
        if not faults:
            return []
        lines = places(self.text)
        return [Finding(self.name, line_of(lines, f.place), f.code, f.values, f.place) for f in faults]


def sheet_names(folder: Path, pattern: str) -> list[str]:
    """The names of the files below `folder` that match, sorted."""
    return sorted(file.relative_to(folder).as_posix() for file in folder.glob(pattern) if file.is_file())


def sheet_bytes(folder: Path, name: str) -> bytes:
    """The bytes of a file with the line ends of Unix. Raises BrokenForm for none and for a huge one."""
    try:
        if (size := (folder / name).stat().st_size) > LARGEST:
            raise BrokenForm(Finding(name, 1, "file_too_large", {"found": size, "most": LARGEST}))
        return (folder / name).read_bytes().replace(b"\r\n", b"\n")
    except OSError as error:
        raise BrokenForm(Finding(name, 1, "file_missing", {"file": name})) from error


@lru_cache(maxsize=REMEMBERED)
def parse(name: str, raw: bytes) -> Sheet:
    """What TOML 1.0 makes of the bytes. A byte order mark, as some editors write it, is passed over.

    Raises BrokenForm for what is not UTF-8 or not TOML.
    """
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BrokenForm(Finding(name, line, "not_utf8")) from error
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BrokenForm(_syntax_finding(name, text, str(error))) from error
    except RecursionError as error:
        raise BrokenForm(Finding(name, 1, "nested_too_deep", {"most": DEEPEST})) from error
    if (key := _too_deep(table)) is not None:
        line = line_of(places(text), (key,))
        raise BrokenForm(Finding(name, line, "nested_too_deep", {"most": DEEPEST}))
    return Sheet(name, text, table)


def read_content(folder: Path, name: str, type_: type[T]) -> T:
    """What a file says, in the shape of its type. Raises BrokenForm on the first fault."""
    return content(parse(name, sheet_bytes(folder, name)), type_)


def content(sheet: Sheet, type_: type[T]) -> T:
    """What a sheet says, in the shape of its type. Raises BrokenForm on the first fault."""
    try:
        return msgspec.convert(sheet.table, type_)
    except msgspec.ValidationError as error:
        findings = sheet.findings(read_on(sheet.table, type_)[1])
        raise BrokenForm(min(findings, key=lambda finding: finding.line)) from error


def _too_deep(table: Mapping[str, object]) -> str | None:
    """The first top-level key whose value nests deeper than any reader of ours follows."""
    for key, value in table.items():
        waiting: list[tuple[object, int]] = [(value, 1)]
        while waiting:
            inner, depth = waiting.pop()
            if depth > DEEPEST:
                return key
            if isinstance(inner, dict):
                waiting.extend((one, depth + 1) for one in inner.values())
            elif isinstance(inner, list):
                waiting.extend((one, depth + 1) for one in inner)
    return None


def _syntax_finding(name: str, text: str, message: str) -> Finding:
    position = _POSITION.fullmatch(message)
    if position is None:
        return Finding(name, 1, "syntax", {"detail": message})
    if position["line"] is None:
        opened = max(text.rfind('"""'), text.rfind("'''"))
        line = text.count("\n", 0, opened) + 1 if opened >= 0 else _last_written_line(text)
        return Finding(name, line, "syntax", {"detail": position["what"]})
    line = _line_of_gap(text, position["what"], int(position["line"]), int(position["column"]))
    return Finding(name, line, "syntax", {"detail": position["what"]})


def _line_of_gap(text: str, what: str, line: int, column: int) -> int:
    """The line to mend: the reader stumbles over what comes after a gap, or at a repeated value."""
    lines = text.splitlines()
    if what.startswith("Unclosed"):
        return _last_written_line("\n".join([*lines[: line - 1], lines[line - 1][: column - 1]]))
    if what.startswith("Cannot overwrite"):
        return next((n for n in range(line, 0, -1) if _STATEMENT.match(lines[n - 1])), line)
    return line


def _last_written_line(text: str) -> int:
    lines = text.splitlines() or [""]
    return next((n for n in range(len(lines), 0, -1) if lines[n - 1].strip()), 1)
