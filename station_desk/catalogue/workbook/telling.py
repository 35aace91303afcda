"""A fault of a workbook as a sentence: where it stands, what is wrong, what to do."""

from station_desk.catalogue.workbook.fault import SheetFault, Spot
from station_desk.catalogue.workbook.grid import column_letters
from station_desk.core.texts import Texts


def fault_text(fault: SheetFault, texts: Texts) -> str:
    """What is wrong and what to do, without the place."""
    if not fault.rule:
        return texts(f"workbook.fault.{fault.code}", **fault.values)
    try:
        return texts(f"workbook.check.{fault.code}", **fault.values)
    except KeyError:
        return texts(f"check.{fault.code}", **fault.values)


def fault_line(fault: SheetFault, texts: Texts) -> str:
    """The place and what is wrong there."""
    spot, text = fault.spot, fault_text(fault, texts)
    if not spot.row:
        return texts("workbook.at.sheet", sheet=spot.sheet, text=text)
    if not spot.column:
        return texts("workbook.at.row", sheet=spot.sheet, row=spot.row, text=text)
    header = spot.header.replace("\n", " ")
    return texts("workbook.at.cell", sheet=spot.sheet, cell=cell_name(spot), header=header, text=text)


def cell_name(spot: Spot) -> str:
    """The name of a cell, like C7; empty where no single cell is meant."""
    return f"{column_letters(spot.column)}{spot.row}" if spot.row and spot.column else ""
