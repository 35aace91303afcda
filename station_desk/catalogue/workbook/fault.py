"""What is wrong in a workbook and where: the sheet, the row, the column, as a person sees them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from station_desk.catalogue.fault import FaultCode, Finding
from station_desk.core.errors import RuleError

CellFaultCode = Literal[
    "sheet_missing",
    "sheet_unknown",
    "sheet_twice",
    "header_missing",
    "column_missing",
    "column_unknown",
    "column_unnamed",
    "column_twice",
    "merged",
    "formula",
    "error_value",
    "control_character",
    "not_text",
    "not_integer",
    "not_yes_no",
    "not_date",
    "not_one_of",
    "row_twice",
    "row_unnamed",
    "owner_missing",
    "owner_unknown",
]
"""What the reader of workbooks finds; its text is `workbook.fault.<code>`."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place in a workbook: a sheet, a row of it, a cell; 0 where only what is around it is meant."""

    sheet: str
    row: int = 0
    column: int = 0
    header: str = ""


@dataclass(frozen=True, slots=True)
class SheetFault:
    """A fault that stands in a workbook; `rule` tells of one that the checker of published files found."""

    spot: Spot
    code: CellFaultCode | FaultCode
    values: Mapping[str, object] = field(default_factory=dict)
    rule: bool = False


class WorkbookFaulty(RuleError):
    """The workbook is not fit to be published: `faults` in it, `others` in files that it does not hold."""

    code = "workbook.faulty"

    def __init__(self, file: str, faults: Sequence[SheetFault], others: Sequence[Finding] = ()) -> None:
        super().__init__(file=file, count=len(faults) + len(others))
        self.faults = faults
        self.others = others
