"""How each column is filled in, said beside its heading and in the list on the first sheet."""

from station_desk.catalogue.workbook.plan import Column, Table
from station_desk.catalogue.workbook.wording import Wording, said


def filling(table: Table, column: Column, wording: Wording) -> str:
    """Whether it must be filled in, with what, what it means when it is empty, and what else to know."""
    say = wording.texts
    codes = wording.listed([wording.value(table, column, code) for code in column.codes])
    told = [
        say("workbook.fill.required") if column.required else "",
        *_kind(column, codes, wording),
        _empty(table, column, wording),
        wording.hint(table, column),
    ]
    return ("" if wording.language.startswith("zh") else " ").join(filter(None, told))


def owner_filling(owner: Table, wording: Wording) -> str:
    """How the column is filled in that says to which entry a row belongs."""
    return wording.texts("workbook.fill.owner", what=wording.texts(f"workbook.owner.{owner.name}"))


def _kind(column: Column, codes: str, wording: Wording) -> list[str]:
    say = wording.texts
    if codes:
        return [say("workbook.fill.several_of" if column.listed else "workbook.fill.choice", codes=codes)]
    kinds = {str: "text", int: "integer", bool: "yes_no"}
    one = said(say, f"workbook.fill.{column.refers or kinds.get(column.type, 'date')}")
    return [one, say("workbook.fill.several")] if column.listed else [one]


def _empty(table: Table, column: Column, wording: Wording) -> str:
    if column.fills is None:
        return ""
    if isinstance(column.fills, bool):
        return wording.texts("workbook.fill.empty", value=wording.yes_no(column.fills))
    value = wording.value(table, column, column.fills) if column.codes else column.fills
    return wording.texts("workbook.fill.empty", value=value)
