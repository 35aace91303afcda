"""The proof-reader of one calendar year that a station enters from a file of its own."""

from collections.abc import Sequence
from pathlib import Path

from station_desk.catalogue.calendar import CalendarYear
from station_desk.catalogue.check.calendar_rules import entered_faults
from station_desk.catalogue.fault import BrokenForm, Finding, without_shadows
from station_desk.catalogue.schema import read_on
from station_desk.catalogue.sheet import parse
from station_desk.core.errors import RuleError

LARGEST = 16 * 1024
"""Bytes of a year file. A full year with comments has two thousand; this fits any message to the district."""


class YearNotReadable(RuleError):
    code = "calendar.not_readable"


class YearFaulty(RuleError):
    """A year with faults; `findings` says all of them, by line."""

    code = "calendar.faulty"

    def __init__(self, file: str, findings: Sequence[Finding]) -> None:
        super().__init__(file=file, count=len(findings))
        self.findings = tuple(findings)


def read_year(file: Path) -> CalendarYear:
    """The year that a file enters.

    Raises YearFaulty with all faults; YearNotReadable for what is no file, too large or nested without end.
    """
    try:
        with file.open("rb") as opened:
            raw = opened.read(LARGEST + 1)
        if len(raw) > LARGEST:
            raise YearNotReadable(file=file, why=f"> {LARGEST} bytes")
        year, findings = _read(file.name, raw.replace(b"\r\n", b"\n"))
    except OSError as error:
        raise YearNotReadable(file=file, why=error.strerror or str(error)) from error
    except BrokenForm as error:
        raise YearFaulty(file.name, [error.finding]) from error
    except RecursionError as error:
        raise YearNotReadable(file=file, why="[[[[…") from error
    if findings:
        raise YearFaulty(file.name, sorted(findings, key=lambda finding: finding.line))
    return year


def require_sound(year: CalendarYear) -> None:
    """Raises YearFaulty for a year that did not come out of `read_year`, and would not have."""
    faults = list(entered_faults(year))
    if faults:
        name = str(year.year)
        raise YearFaulty(name, [Finding(name, 1, fault.code, fault.values) for fault in faults])


def _read(name: str, raw: bytes) -> tuple[CalendarYear, list[Finding]]:
    sheet = parse(name, raw)
    year, faults = read_on(sheet.table, CalendarYear)
    broken = [fault.place for fault in faults]
    return year, sheet.findings([*faults, *without_shadows(entered_faults(year), broken)])
