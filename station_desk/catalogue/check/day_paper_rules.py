"""Rules for the papers of a day: known figures and tables, all sentences, equal gaps in each language."""

from collections.abc import Iterator
from pathlib import PurePosixPath

from station_desk.catalogue.check.numbers import too_small
from station_desk.catalogue.check.paper_rules import LEAST_SHARE, gap_differences
from station_desk.catalogue.day_paper import DAY_KINDS, DayPaper
from station_desk.catalogue.day_paper_references import day_loose_ends, day_texts
from station_desk.catalogue.fault import Fault


def day_paper_faults(paper: DayPaper, file: str) -> Iterator[Fault]:
    """All that is wrong in one file of `papers/day/`."""
    name = PurePosixPath(file).stem
    kind = DAY_KINDS.get(name)
    if kind is None:
        yield Fault((), "paper_unknown", {"found": name, "known": ", ".join(DAY_KINDS)})
        return
    found = list(day_loose_ends(paper, kind))
    yield from found
    # A misspelt name leaves a gap behind; the gap is no fault of its own.
    if not found:
        yield from gap_differences([*day_texts(paper)])
        for rows in kind.must:
            if rows not in {table.rows for table in paper.table}:
                yield Fault(("table",), "paper_lacks", {"found": rows})
    for index, table in enumerate(paper.table):
        at = ("table", index)
        if not table.column:
            yield Fault((*at, "column"), "list_empty", {"key": "column"})
        for number, column in enumerate(table.column):
            yield from too_small((*at, "column", number, "share"), column.share, LEAST_SHARE)
