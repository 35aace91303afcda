"""The comments that people wrote into a published file, so that they stay when we write the file anew.

A comment belongs to what stands beside or below it. What that is called, and not in which line it stood, says
where the comment goes; it goes away with what it belonged to.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from station_desk.catalogue.places import comments, places
from station_desk.catalogue.sheet import Sheet
from station_desk.catalogue.spelling import Line

Named = tuple[str, ...]
"""A place whose entries of lists are called by their key, id, code or text instead of their number."""

_NAMES = ("key", "id", "code", "to", "asked")


@dataclass(frozen=True, slots=True)
class Remarks:
    """The comments of a file: at its head, above and beside what it holds, at its end."""

    head: Sequence[str]
    above: Mapping[Named, Sequence[str]]
    beside: Mapping[Named, str]
    tail: Sequence[str]


def remarks_of(sheet: Sheet) -> Remarks:
    """The comments of a file as it stands."""
    rows = sheet.text.replace("\r\n", "\n").split("\n")
    standing = _standing(sheet, rows)
    head = _head(rows)
    above: dict[Named, list[str]] = defaultdict(list)
    beside: dict[Named, str] = {}
    tail: list[str] = []
    for line, words in comments(sheet.text):
        below = min((at for at in standing if at > line), default=None)
        if line <= len(head):
            continue
        if rows[line - 1].strip() != words.strip():
            beside[standing[max(at for at in standing if at <= line)]] = words
        elif below is None:
            tail.append(words)
        else:
            above[standing[below]].append(words)
    return Remarks(head, above, beside, tail)


def with_remarks(lines: Sequence[Line], table: Mapping[str, Any], remarks: Remarks) -> list[Line]:
    """The lines of a file that holds `table`, with the comments that still belong to something in it."""
    above, beside = dict(remarks.above), dict(remarks.beside)
    put = [Line(None, words) for words in (*remarks.head, *([""] if remarks.head and lines else []))]
    for line in lines:
        name = () if line.place is None else _named(line.place, table)
        put += [Line(None, words) for words in above.pop(name, ())]
        words = beside.pop(name, "")
        put.append(Line(line.place, f"{line.text}  {words}") if words else line)
    return put + [Line(None, words) for words in remarks.tail]


def _head(rows: Sequence[str]) -> list[str]:
    """The comment that a blank line parts from the rest of the file, or that is all of it."""
    end = next((at for at, row in enumerate(rows) if not row.startswith("#")), len(rows))
    return [*rows[:end]] if end == len(rows) or not rows[end].strip() else []


def _standing(sheet: Sheet, rows: Sequence[str]) -> dict[int, Named]:
    """For each line what it says: the table of a header, else the outermost value that begins in it."""
    found: dict[int, Named] = {}
    for place, line in places(sheet.text).items():
        header = rows[line - 1].lstrip().startswith("[") and len(place) <= 2
        if line not in found or header:
            found[line] = _named(place, sheet.table)
    return found


def _named(place: Sequence[str | int], table: Any) -> Named:
    named: list[str] = []
    value = table
    for part in place:
        value = value[part]
        named.append(part if isinstance(part, str) else _name(value))
    return tuple(named)


def _name(entry: Any) -> str:
    if not isinstance(entry, Mapping):
        return str(entry)
    return next((str(entry[key]) for key in _NAMES if key in entry), str(entry))
